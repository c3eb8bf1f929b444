"""The closed lists: kinds of actors and ties, help, themes, provinces, subtypes and the words of controlled fields.

They stand in `graph/vocabulary/*.csv`, with Dutch and English labels, for anyone who knows the field to edit;
they are checked when the program starts. A wrong line is a `LoadError` that names file, line and column.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.errors import Lang, LoadError

FOLDER = Path(__file__).parent / "vocabulary"
LISTS = (
    "kind",
    "tier",
    "municipality_basis",
    "basis",
    "status",
    "year_basis",
    "subtype",
    "stance",
    "visibility",
    "visibility_basis",
    "audience",
)
TIE_COLUMNS = (
    *("id", "label_nl", "label_en", "inverse_nl", "inverse_en", "of_person", "symmetric", "repeatable", "contact"),
    *("gives", "gives_back", "strength", "reason"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a closed list, with its labels; `factor` weighs a status or basis (0–1)."""

    id: str
    nl: str
    en: str
    factor: float = 1.0
    connects: bool = True

    def label(self, lang: Lang) -> str:
        """Return the label in `lang`."""
        return self.nl if lang == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Topic(Word):
    """A help or a theme: a word with a broader one (empty for the tops)."""

    broader: str = ""


@dataclass(frozen=True, slots=True)
class TieKind(Word):
    """A kind of tie: how strong an introduction it is, and what its ends give each other.

    `strength` is the chance (0–1) that a current tie of this kind introduces; `contact` false means
    it is never walked. `gives` is the help that its source gives its target, `gives_back` the other way.
    `of_person`: its source is a person.
    """

    inverse_nl: str = ""
    inverse_en: str = ""
    of_person: bool = False
    symmetric: bool = False
    repeatable: bool = False
    contact: bool = True
    gives: str = ""
    gives_back: str = ""
    strength: float = 0.0
    reason: str = ""

    def inverse(self, lang: Lang) -> str:
        """Return the label read from the target's side."""
        return self.inverse_nl if lang == "nl" else self.inverse_en


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All closed lists. `words[list][id]`; `digest` (hex) changes when what is folded by them changes."""

    words: Mapping[str, Mapping[str, Word]]
    tie_kinds: Mapping[str, TieKind]
    helps: Mapping[str, Topic]
    themes: Mapping[str, Topic]
    provinces: Mapping[str, Word]
    digest: str

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the ids of the list `name` (one of `LISTS`), in the order of the file."""
        return tuple(self.words[name])

    def closed(self, name: str) -> Mapping[str, Word]:
        """Return the list `name`, by id: `tie_kind`, `help`, `theme`, or one of `LISTS`."""
        others: Mapping[str, Mapping[str, Word]] = {
            "tie_kind": self.tie_kinds,
            "help": self.helps,
            "theme": self.themes,
        }
        return others.get(name) or self.words[name]

    def kinds_of_all_but_persons(self) -> tuple[str, ...]:
        """Return the kinds of actors but persons, who are found, counted and told apart from all others."""
        return tuple(kind for kind in self.ids("kind") if kind != "person")

    def covers(self, general: str, help_id: str) -> bool:
        """Return whether `help_id` is the help `general` or a kind of it."""
        return help_id == general or help_id.startswith(general + ".")

    def narrower(self, theme: str) -> tuple[str, ...]:
        """Return `theme` and the themes that fall under it."""
        return (theme, *(t.id for t in self.themes.values() if t.broader == theme))


def load(folder: Path = FOLDER) -> Vocabulary:
    """Read and check the closed lists in `folder`.

    Raises:
        LoadError: A file is missing, or a line of it is wrong.
    """
    words = _controlled(folder / "controlled.csv")
    helps = {t.id: t for t in _topics(folder / "help.csv", "id", _top)}
    themes = {t.id: t for t in _topics(folder / "themes.csv", "broader", str)}
    kinds = {k.id: k for k in _tie_kinds(folder / "tie_kinds.csv", helps)}
    rows = _words(folder / "provinces.csv", ("code", "label_nl", "label_en"))
    provinces = {row["code"]: Word(row["code"], row["label_nl"], row["label_en"]) for _, row in rows}
    return Vocabulary(words, kinds, helps, themes, provinces, _digest(words, kinds))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the program's own vocabulary, read once."""
    return load()


def _digest(words: Mapping[str, Mapping[str, Word]], kinds: Mapping[str, TieKind]) -> str:
    """Return a hash of all that the store's kept folds depend on."""
    weights = [[w.id, w.factor, w.connects] for name in ("basis", "status", "subtype") for w in words[name].values()]
    weights += [[k.id, k.strength, k.contact] for k in kinds.values()]
    return hashlib.blake2b(repr(weights).encode(), digest_size=8).hexdigest()


def _controlled(path: Path) -> dict[str, dict[str, Word]]:
    words: dict[str, dict[str, Word]] = {name: {} for name in LISTS}
    for line, row in _rows(path, ("list", "value", "label_nl", "label_en", "factor", "connects")):
        if row["list"] not in words:
            known, word = ", ".join(LISTS), row["list"]
            raise _wrong(
                path, line, "list", f"{word!r} kennen we niet (wel: {known})", f"{word!r} is not one of {known}"
            )
        if row["value"] in words[row["list"]]:
            raise _twice(path, line, "value", row["value"])
        factor = _number(path, line, "factor", row["factor"] or "1")
        connects = _yes(path, line, "connects", row["connects"] or "yes")
        words[row["list"]][row["value"]] = Word(row["value"], row["label_nl"], row["label_en"], factor, connects)
    for name in LISTS:
        if not words[name]:
            raise LoadError(nl=f"{path}: de lijst {name!r} is leeg.", en=f"{path}: the list {name!r} is empty.")
    return words


def _top(help_id: str) -> str:
    """Return the help that this one is a kind of; empty for the tops."""
    top, _, kind = help_id.partition(".")
    return top if kind else ""


def _topics(path: Path, column: str, broader: Callable[[str], str]) -> Iterator[Topic]:
    """Yield the topics of a list; `broader` gives what each falls under, of what this column says.

    Pages and counts know two levels: what falls under a topic that falls under another would be left out of them.
    """
    seen: dict[str, str] = {}
    for line, row in _words(path, ("id", "label_nl", "label_en", column)):
        above = broader(row[column])
        if above and above not in seen:
            raise _wrong(path, line, column, f"{above!r} moet erboven staan", f"{above!r} must stand above it")
        if top := seen.get(above):
            nl, en = f"{above!r} valt zelf al onder {top!r}", f"{above!r} itself falls under {top!r} already"
            raise _wrong(path, line, column, nl, en)
        seen[row["id"]] = above
        yield Topic(row["id"], row["label_nl"], row["label_en"], broader=above)


def _tie_kinds(path: Path, helps: Mapping[str, Topic]) -> Iterator[TieKind]:
    for line, row in _words(path, TIE_COLUMNS):
        for column in ("gives", "gives_back"):
            if row[column] and row[column] not in helps:
                nl, en = f"de hulp {row[column]!r} is er niet", f"there is no help {row[column]!r}"
                raise _wrong(path, line, column, nl, en)
        yield TieKind(
            row["id"],
            row["label_nl"],
            row["label_en"],
            inverse_nl=row["inverse_nl"],
            inverse_en=row["inverse_en"],
            of_person=_yes(path, line, "of_person", row["of_person"]),
            symmetric=_yes(path, line, "symmetric", row["symmetric"]),
            repeatable=_yes(path, line, "repeatable", row["repeatable"]),
            contact=_yes(path, line, "contact", row["contact"]),
            gives=row["gives"],
            gives_back=row["gives_back"],
            strength=_number(path, line, "strength", row["strength"]),
            reason=row["reason"],
        )


def _words(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a list with a word a line, each of which stands there once: by the first of the `columns`."""
    seen: set[str] = set()
    for line, row in _rows(path, columns):
        word = row[columns[0]]
        if word in seen:
            raise _twice(path, line, columns[0], word)
        seen.add(word)
        yield line, row


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise _wrong(path, 1, missing[0], "de kolom ontbreekt", "the column is missing")
            for row in reader:
                yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(nl=f"{path} is niet te lezen: {error}.", en=f"{path} cannot be read: {error}.") from error


def _number(path: Path, line: int, column: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise _wrong(
            path, line, column, f"{text!r} is geen getal van 0 tot en met 1", f"{text!r} is not a number from 0 to 1"
        )
    return number


def _yes(path: Path, line: int, column: str, text: str) -> bool:
    if text not in ("yes", "no"):
        raise _wrong(path, line, column, f"{text!r} is geen yes of no", f"{text!r} is not yes or no")
    return text == "yes"


def _twice(path: Path, line: int, column: str, word: str) -> LoadError:
    return _wrong(path, line, column, f"{word!r} staat er al", f"{word!r} stands there twice")


def _wrong(path: Path, line: int, column: str, nl: str, en: str) -> LoadError:
    return LoadError(
        nl=f"{path}, regel {line}, kolom {column!r}: {nl}.", en=f"{path}, line {line}, column {column!r}: {en}."
    )
