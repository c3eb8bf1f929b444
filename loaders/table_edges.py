"""Sheets that list ties: what their words for kinds of ties are here, and when another loader reads them as they are."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from shlex import quote

from rapidfuzz import fuzz, process

from graph.text import fold
from graph.vocabulary import vocabulary
from loaders.foreign_words import Relation, relations, word_key
from loaders.options import dataset_of
from loaders.pairs import DIRECTIONS
from loaders.table_codes import LIKELY
from loaders.table_guess import LONG, WORDS, Guess
from loaders.table_header import Header
from loaders.table_headings import ENDS, ends_together
from loaders.table_mapping import ASK
from loaders.table_questions import Question
from loaders.table_words import meanings

_OF_GEPHI = {"source", "bron"}
LOADER = "loader"  # the key of the question that another loader answers


def kind_of(found: Sequence[tuple[Guess, Sequence[str]]]) -> Guess | None:
    """Return which of some columns, each with its cells, tells the kind of ties: the one with most words that are known."""
    known = relations("table", {})
    lists = [
        (sum(word_key(cell) in known for cell in cells) / len(cells), guess)
        for guess, cells in found
        if len(strange := {word_key(cell) for cell in cells} - known.keys()) <= WORDS
        and all(len(one) <= LONG for one in strange)
    ]
    return max(lists, key=lambda one: one[0])[1] if lists else None


def readings(cells: Iterable[str]) -> tuple[dict[str, str], list[Question]]:
    """Return what each word for a kind of tie is here, as a mapping says it, and what has to be asked of some."""
    known = relations("table", {})
    found, asked = dict[str, str](), list[Question]()
    for key, word in {word_key(cell): cell.strip() for cell in reversed([*cells])}.items():
        relation = known.get(key)
        question = _unknown(word) if relation is None else _of_person(word, relation)
        found[word] = ASK if question or relation is None else means(relation)
        asked += [question] if question else []
    return dict(reversed(found.items())), asked[::-1]


def means(relation: Relation) -> str:
    """Return a kind of tie as a mapping says it."""
    return f"{'<' if relation.turned else ''}{relation.kind}"


def likely(word: str) -> str:
    """Return the kind of tie that a word most likely is; empty if it is like none.

    >>> likely("financierd"), likely("krijgt subsidies van"), likely("xyz")
    ('funds', '<funds', '')
    """
    known = relations("table", {})
    found = process.extractOne(word_key(word), list(known), scorer=fuzz.WRatio, score_cutoff=LIKELY)
    return means(known[found[0]]) if found else ""


def sentence(means: str, source: str, target: str, lang: str) -> str:
    """Return a kind of tie as a sentence about its ends, so that its direction is plain.

    >>> sentence("<funds", "van", "naar", "nl"), sentence("?", "van", "naar", "nl")
    ('naar financiert van', '')
    """
    kind = vocabulary().tie_kinds.get(means.removeprefix("<"))
    ends = (target, source) if means.startswith("<") else (source, target)
    return f"{ends[0]} {kind.label('nl' if lang == 'nl' else 'en')} {ends[1]}" if kind else ""


def lists_ties(header: Header) -> bool:
    """Return whether each row names both ends of a tie."""
    return ENDS <= _ends(header).keys()


def _ends(header: Header) -> dict[str, str]:
    together = ends_together(header.names)
    return {
        meaning.role: column
        for column in header.names
        if (meaning := together.get(column) or meanings().get(fold(column))) and meaning.role in ENDS
    }


def elsewhere(file: str, header: Header, guesses: Sequence[Guess], *, alone: bool) -> Question | None:
    """Return which loader reads a list of ties whose ends are ids of nodes, or go in other directions than from one to the other.

    Directions alone are no reason where there is no sheet of nodes (`alone`): that loader needs them.
    """
    ends = _ends(header).values()
    if not lists_ties(header):
        return None
    ids = not all(_names(guess) for guess in guesses if guess.column in ends)
    told = {DIRECTIONS.get(word.lower()) for guess in guesses if is_direction(guess) for word in guess.examples}
    if not ids and (alone or told <= {"directed"}):
        return None
    loader = "csv" if _OF_GEPHI.intersection(map(fold, ends)) else "kumu"
    nodes = "KNOPEN.csv " if alone else ""
    command = f"weefsel load {loader} {nodes}{quote(file)} --dataset {dataset_of(Path(file))}"
    return Question(
        LOADER,
        f"dit zijn banden uit een tekenprogramma (Gephi, Kumu); de lader {loader} leest ze zoals ze zijn: {command}",
        f"these are ties of a drawing program (Gephi, Kumu); the loader {loader} reads them as they are: {command}",
    )


def _names(guess: Guess) -> bool:
    """Return whether a column has names: cells with letters, that are no ids such as `n12`."""
    named = guess.meaning is not None and guess.meaning.field == "name"
    return named and not all(re.fullmatch(r"\S*\d\S*", example) for example in guess.examples)


def is_direction(guess: Guess) -> bool:
    """Return whether a column tells in which direction ties go."""
    return guess.meaning is not None and guess.meaning.field == "direction"


def _unknown(word: str) -> Question:
    near = likely(word)
    told_nl, told_en = (sentence(near, "van", "naar", lang) for lang in ("nl", "en"))
    nl, en = (f"; lijkt {near}: {told_nl}", f"; looks like {near}: {told_en}") if near else ("", "")
    return Question(
        f"relations.{word}",
        f'welke band is {word!r}{nl}? Zet erachter wat het is; "<" ervoor keert de band om, "" laat zulke rijen weg',
        f'which tie is {word!r}{en}? Put behind what it is; "<" before it turns the tie around, "" leaves such rows out',
    )


def _of_person(word: str, relation: Relation) -> Question | None:
    """Ask whether there is a basis for persons, where a word says that an end is one."""
    kind = vocabulary().tie_kinds[relation.kind] if relation.kind else None
    if not kind or not kind.of_person:
        return None
    put = means(relation)
    return Question(
        f"relations.{word}",
        f'{word!r} is een band van een persoon, en die staan niet vanzelf in het voorstel; zet er {put} achter als er een grond voor is, of ""',
        f'{word!r} is a tie of a person, and those are not proposed; put {put} behind it if there is a basis for it, or ""',
    )
