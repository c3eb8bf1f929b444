"""What the names of columns mean by themselves: as they are known, with words around them, or with a slip of the pen."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from graph.text import fold
from loaders.table_header import Header
from loaders.table_values import without_footnote
from loaders.table_words import Meaning, is_question, meanings, names_somebody

NAME, OF_YEAR = Meaning("subject", "name"), Meaning("year", "amount")
ADDRESSES = ("address", "postcode")  # fields in whose cells a place may stand
ENDS = frozenset(("from", "to"))  # roles of the ends of ties, in sheets that list them
# Ends only where both are there: alone the one is where it was read, and the other what money was for.
_TOGETHER = {"bron": Meaning("from", "name"), "doel": Meaning("to", "name")}
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_CAMEL = re.compile(r"[a-z]+([A-Z][a-z]+)+")
# Whom headings mention without asking for their names: "Wie is de voorzitter van uw initiatief?"
_MENTIONED = ("initiative", "subject", "recipient")
NEARLY = 90.0  # how alike (0–100) a word must be to one that is known


def known(header: Header) -> int:
    """Return how many names of columns are known for sure; one that several have, as under a merged cell, counts once.

    Of names that stand in two lines it is enough if their words are known.
    """
    sure = exact if header.lines == 1 else by_name
    return len({folded(column) for column in header.names if sure(column)})


def doubled(header: Header) -> int:
    """Return how many columns have the name of another, as those under a merged cell do."""
    return len(header.names) - len(set(map(folded, header.names)))


def ends_together(columns: Sequence[str]) -> Mapping[str, Meaning]:
    """Return the columns that are ends of ties as both are there and no other column names anybody.

    >>> list(ends_together(["Bron", "Doel", "Relatie"])), list(ends_together(["Ontvanger", "Bron", "Doel"]))
    (['Bron', 'Doel'], [])
    """
    found = {column: _TOGETHER[plain] for column in columns if (plain := folded(column)) in _TOGETHER}
    others = (by_name(column) for column in columns if column not in found)
    if len(found) < len(_TOGETHER) or any(meaning and meaning.field == "name" for meaning in others):
        return {}
    return found


def by_name(column: str) -> Meaning | None:
    """Return what a column means by its name: as it is known, with words around it, or with a slip of the pen.

    >>> by_name("Naam van het initiatief"), by_name("Subsidiebedrag (EUR)").field, by_name("Gemeeente").field
    (Meaning(role='initiative', field='name'), 'amount', 'municipality')
    >>> by_name("Lidnr.").field, by_name("KvK-nr").field, by_name("Bedrag dat is aangevraagd").field
    ('id', 'kvk', 'requested')
    >>> by_name("nomBeneficiaire"), by_name("Naam van de regeling").role
    (Meaning(role='recipient', field='name'), 'scheme')
    >>> by_name("Naam (fonds)").role, by_name("Subsidie (gemeente)").field
    ('giver', 'amount')
    """
    return next(iter(may_mean(column)), None)


def is_address(column: str) -> bool:
    """Return whether a column is called as one of addresses.

    >>> is_address("Bezoekadres"), is_address("Bezoekadres - plaats"), is_address("Postcode en plaats")
    (True, False, False)
    """
    meaning = by_name(column)
    return meaning is not None and meaning.field in ADDRESSES


def folded(column: str) -> str:
    """Return the name of a column as it is compared: without the number of a second one, `nr` in full, `aName` in words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column) if _CAMEL.fullmatch(column) else column
    return re.sub(r"nrs?\b", "nummer", fold(without_footnote(re.sub(r"\s*\(\d+\)$", "", spaced))))


def exact(column: str) -> Meaning | None:
    """Return what a column means whose name is known as it stands."""
    return meanings().get(folded(column))


@lru_cache(maxsize=10_000)
def may_mean(column: str) -> tuple[Meaning, ...]:
    """Return what a column may mean by its name, the likeliest first."""
    plain, table = folded(column), meanings()
    words = plain.split()
    if plain in table:
        return (table[plain],)
    if re.fullmatch(r"(19|20)\d\d", plain):
        return (OF_YEAR,)
    if asked := [table[word] for word in words if word in table and table[word].field == "requested"]:
        return tuple(asked)
    parts = {word: meaning for word, meaning in table.items() if meaning.role not in ENDS}  # those mean much else too
    found = [
        parts[part]
        for size in range(min(4, len(words)), 0, -1)
        for start in range(len(words) - size, -1, -1)  # the last word tells what it is, in Dutch as in English
        if (part := " ".join(words[start : start + size])) in parts and (size > 1 or len(part) > 3)
    ]
    found.sort(key=lambda meaning: meaning == NAME)  # of whom, another word tells
    bare = exact(_BRACKETS.sub("", column))
    if bare and (bare != NAME or all(meaning.field != "name" for meaning in found if meaning != NAME)):
        found.sort(
            key=lambda meaning: meaning != bare
        )  # what stands between brackets says less, unless it says whose name
    if any(meaning.role == "person" for meaning in found) or (is_question(column) and not names_somebody(plain)):
        found = [meaning for meaning in found if meaning.field != "name" or meaning.role not in _MENTIONED]
    near = process.extractOne(plain, list(parts), scorer=fuzz.ratio, score_cutoff=NEARLY) if len(plain) > 4 else None
    return (*found, parts[near[0]]) if near else tuple(found)
