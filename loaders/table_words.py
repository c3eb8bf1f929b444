"""The words of the field, as data files that a person can edit (`loaders/words/*.csv`): columns, cells, nobodies, desks."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from graph.cleaning import cleaned
from graph.gazetteer import names_in
from graph.text import fold
from graph.vocabulary import vocabulary
from loaders.table_cells import Broken

# What fields are called in Dutch; the others have a Dutch word as their name, or none.
DUTCH: Mapping[str, str] = {
    "name": "naam",
    "aliases": "andere namen",
    "kind": "soort",
    "kbo": "ondernemingsnummer",
    "since": "sinds",
    "until": "tot",
    "amount": "bedrag",
    "place": "plaats",
    "municipality": "gemeente",
    "province": "provincie",
    "identifiers": "kenmerken",
    "websites": "website",
    "phone": "telefoon",
    "themes": "thema's",
    "legal_form": "rechtsvorm",
    "founded": "opgericht",
    "ended": "opgeheven",
    "note": "opmerking",
    "role": "rol",
    "ref": "nummer",
    "contacts": "contact",
    "amount_from": "bedrag vanaf",
    "amount_to": "bedrag tot",
    "area": "gebied",
    "window": "termijn",
    "conditions": "voorwaarden",
    "relation": "soort band",
    "direction": "richting",
    "lat": "breedtegraad",
    "lon": "lengtegraad",
}
ROLES = {  # a name for each role, and the kind of its actors
    "recipient": ("ontvanger", "organisation"),
    "initiative": ("initiatief", "initiative"),
    "subject": ("organisatie", "organisation"),
    "from": ("van", "organisation"),
    "to": ("naar", "organisation"),
    "partner": ("partner", "organisation"),
    "network": ("koepel", "network"),
    "municipality": ("gemeente", "municipality"),
    "scheme": ("regeling", "funder"),
    "giver": ("verstrekker", "funder"),
    "person": ("contactpersoon", "person"),
}
LONGEST = 5  # words of an address, and one
MOST_NOTHING = 25  # letters of a cell that says nothing
_INITIALS = re.compile(
    r"(?:[A-Z]\.\s?){1,6}(?:(?:van|de|der|den|ter|ten|te|la|von|el|'t)\s+)*[A-ZÀ-Ý][\w'’-]*(?<!school)(?<!college)"
)
_TURNED = re.compile(
    r"(?P<last>[A-ZÀ-Ý][\w'’-]+), (?P<first>(?:[A-Z]\.\s?){1,6}|[A-ZÀ-Ý][a-zà-ÿ-]+)(?: (?:van|de|der|den|ter|ten|te|von|el|'t))*"
)
FOLDER = Path(__file__).parent / "words"


class Meaning(NamedTuple):
    """What a column may mean: whose field it is (`subject`, `recipient`, `tie`, …), and which."""

    role: str
    field: str


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a data file, without its remarks."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("# "))


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, Meaning]:
    """Return what names of columns mean, by the folded name."""
    return {fold(row["word"]): Meaning(row["role"], row["field"]) for row in rows("fields.csv")}


@lru_cache(maxsize=1)
def desks() -> frozenset[str]:
    """Return the first parts of mail addresses that belong to a desk."""
    return frozenset(fold(row["word"]) for row in rows("desks.csv"))


def nobody(name: str) -> str:
    """Return why a name names nobody: `nobody` or `total`; empty if it names somebody.

    >>> nobody("(Particulier)"), nobody("Particulier 12"), nobody("Eindtotaal"), nobody("Speeltuin")
    ('nobody', 'nobody', 'total', '')
    """
    folded = fold(name)
    if not folded:
        return "nobody" if name.strip() else ""  # a dash, a question mark
    whole, starts, firsts = _nobodies()
    if folded.partition(" ")[0] not in firsts:  # as it is with nearly every name
        return ""
    found = whole.get(folded) or whole.get(re.sub(r"( \d+)+$", "", folded))
    return found or next((kind for start, kind in starts if folded.startswith(start)), "")


def nothing(cell: object) -> bool:
    """Return whether a cell says nothing, though it is not empty; a broken one says that something is wrong.

    >>> nothing("n.v.t."), nothing("-"), nothing(0), nothing("Geen Zorgen"), nothing("")
    (True, True, True, False, True)
    """
    plain = str(cell)
    return not isinstance(cell, Broken) and len(plain) <= MOST_NOTHING and fold(plain.removesuffix(".0")) in _nothings()


def is_error(cell: str) -> bool:
    """Return whether a cell shows that a formula failed, or that it did not fit in its column.

    >>> is_error("#VERW!"), is_error("#####"), is_error("Err:502"), is_error("#1 in de wijk")
    (True, True, True, False)
    """
    return cell in _errors() or re.fullmatch(r"#{3,}|(?:Err|Fout):5\d\d", cell) is not None


def is_question(column: str) -> bool:
    """Return whether a heading is a question, as forms have them.

    >>> is_question("In welke gemeente bent u actief"), is_question("Contact?"), is_question("Gemeente")
    (True, True, False)
    """
    return "?" in column or any(word in _heading("asks") for word in fold(column).split()[:2])


def names_somebody(column: str) -> bool:
    """Return whether a heading (folded) asks for a name.

    >>> names_somebody("hoe heet uw initiatief"), names_somebody("waar is uw initiatief gevestigd")
    (True, False)
    """
    return any(word in _heading("names") for word in column.split())


def asks_leave(column: str) -> bool:
    """Return whether a heading asks for leave to keep or show what somebody says.

    >>> asks_leave("Mogen wij uw gegevens delen? (AVG)"), asks_leave("ANBI")
    (True, False)
    """
    return any(word in _heading("leave") for word in fold(column).split())


def sums(name: str) -> bool:
    """Return whether a line called so adds up others: it begins with a word for that, and is no organisation with a legal form.

    >>> sums("Totaal welzijn"), sums("Subtotaal"), sums("Totaal Vastgoed B.V."), sums("Totaalsport")
    (True, True, False, False)
    """
    return fold(name).partition(" ")[0] in _sums() and not cleaned(name).form


def adds_up(cells: Sequence[object]) -> bool:
    """Return whether a row begins with a word for adding up, and has no more words.

    >>> adds_up(["", "Subtotaal zorg", 7500]), adds_up(["Totaal Techniek", "Ede"])
    (True, False)
    """
    first, *more = [cell for cell in cells if isinstance(cell, str) and re.search(r"[^\W\d_]", cell)] or [""]
    return not more and (nobody(first) == "total" or sums(first))


def addressed(name: str) -> bool:
    """Return whether a name is that of a private person who is addressed as such.

    >>> (
    ...     addressed("Mw. B. Verzonnen"),
    ...     addressed("De Heer Verzonnen B.V."),
    ...     addressed("Mwandishi"),
    ...     addressed("MS Fonds"),
    ... )
    (True, False, False, False)
    """
    first, _, rest = fold(name).partition(" ")
    if not rest or first not in _firsts():  # as it is with nearly every name
        return False
    if name.startswith("MS") and not name.isupper():  # who is addressed is Ms
        return False
    words = [first, *rest.split()]
    starts = (" ".join(words[:size]) in _persons("address") for size in range(1, min(LONGEST, len(words))))
    return any(starts) and not cleaned(name).form


def initialled(name: str) -> bool:
    """Return whether a name may be that of a private person: initials and one word, or turned around; or has one in it ("t.a.v.").

    >>> initialled("B.M. van Verzonnen"), initialled("O.B.S. Verzonnen"), initialled("Tuin (t.a.v. B. Verzonnen)")
    (True, False, True)
    >>> initialled("Verzonnen, B. van"), initialled("Verzonnen, Bea"), initialled("Brug, De"), initialled("Tuin, Ede")
    (True, True, False, False)
    """
    if "," in name and (turned := _TURNED.fullmatch(name)):
        return not (cleaned(name).form or _is_no_first_name(fold(turned["first"])))
    if "." in name or "/" in name or "attentie" in name:
        words = f" {fold(name)} "
        if any(f" {mark} " in words for mark in _persons("attention")):
            return True
    return _INITIALS.fullmatch(name) is not None and fold(name.split()[0]).replace(" ", "") not in _persons("sort")


def member_words() -> frozenset[str]:
    """Return the words, folded, that tell that something is about being a member."""
    return _heading("member")


def _is_no_first_name(word: str) -> bool:
    return word in _persons("article") or word in names_in("NL") or word in names_in("BE")


@cache
def _heading(list_: str) -> frozenset[str]:
    """Return the words that tell what a heading in a sentence asks."""
    return frozenset(fold(row["word"]) for row in rows("headings.csv") if row["list"] == list_)


@lru_cache(maxsize=1)
def _nothings() -> frozenset[str]:
    return frozenset(["", *(fold(row["word"]) for row in rows("nothing.csv"))])


@lru_cache(maxsize=1)
def _errors() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("errors.csv"))


@lru_cache(maxsize=1)
def _sums() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("nobody.csv") if row["match"] == "first")


@cache
def marks(list_: str) -> frozenset[str]:
    """Return what a cell says that says `yes`, or `no`."""
    return frozenset(row["word"].lower() for row in rows("marks.csv") if row["list"] == list_)


@cache
def coins(list_: str) -> frozenset[str]:
    """Return the words for the `euro`, for `other` coins, or for thousands and millions (`more`)."""
    return frozenset(row["word"].lower() for row in rows("coins.csv") if row["list"] == list_)


@cache
def _firsts() -> frozenset[str]:
    """Return the first words of all addresses."""
    return frozenset(word.partition(" ")[0] for word in _persons("address"))


@cache
def _persons(list_: str) -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in rows("persons.csv") if row["list"] == list_)


@lru_cache(maxsize=1)
def _nobodies() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...], frozenset[str]]:
    """Return what whole names that name nobody mean, what those that start so mean, and the first words of all of these."""
    each = [(row["match"], fold(row["word"]), row["list"]) for row in rows("nobody.csv")]
    whole = {
        **dict.fromkeys(_nothings() - {""}, "nobody"),
        **{word: kind for match, word, kind in each if match == "whole"},
    }
    starts = tuple((word + " ", kind) for match, word, kind in each if match == "start")
    names = [*whole, *(start for start, _ in starts)]
    return whole, starts, frozenset(word.partition(" ")[0] for word in names)


@cache
def known_words(name: str) -> Mapping[str, str]:
    """Return the ids of a closed list by all folded words for them: the ids, their labels, those of `values.csv`, and other tools' for kinds of actors."""
    words: dict[str, str] = {}
    if name == "kind":
        types = (row for row in rows("foreign.csv") if (row["format"], row["part"]) == ("any", "type"))
        words = {fold(row["word"]): row["means"].partition("/")[0] for row in types}
    words |= {fold(row["word"]): row["value"] for row in rows("values.csv") if row["list"] == name}
    for word in vocabulary().closed(name).values():
        words |= {fold(text): word.id for text in (word.en, word.nl, word.id)}
    return words
