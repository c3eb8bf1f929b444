"""Municipalities as cells name them: by code or name, in all spellings, also those that have ended."""

import re
from functools import lru_cache

from graph.errors import BadInputError
from graph.gazetteer import names_in
from graph.municipalities import Municipality, bearing, municipalities, province, today
from graph.text import fold, nearest
from graph.vocabulary import vocabulary
from loaders.table_cells import Cell
from loaders.table_values import listed, name

_NATIONAL = ("nederland", "heel nederland", "landelijk", "nationaal", "nl", "netherlands", "national", "nationwide")
_CODE = re.compile(r"(?:GM|gm)?\s*(\d{1,4})")


def municipality(cell: Cell, within: str = "") -> Municipality | None:
    """Return the municipality that a cell names; None if it names one in Belgium.

    `within`, a province, tells apart those that bear the same name.

    >>> municipality("363").name, municipality("GM1680   ").name, municipality("The Hague").code
    ('Amsterdam', 'Aa en Hunze', 'GM0518')
    >>> municipality("Gemeente Haren").successor
    'GM0014'
    """
    return _named(name(cell), within)


@lru_cache(maxsize=20_000)
def _named(plain: str, within: str) -> Municipality | None:
    if found := _CODE.fullmatch(plain):
        return _by_code(f"GM{int(found[1]):04}", plain)
    folded = re.sub(r"^(gemeente|municipality of|commune de|stad) ", "", fold(plain))
    there = bearing(folded)
    if len(there) > 1 and within:
        there = tuple(one for one in there if one.province == province_code(within))
    if len(there) == 1:
        return there[0]
    if there:
        raise _several(plain, there)
    if folded in names_in("BE"):
        return None
    near = nearest(plain, [one.name for one in municipalities().values()])
    raise BadInputError(
        nl=f"{plain!r} is geen gemeente die we kennen{f'; bedoel je {near!r}?' if near else '.'} Een plaats hoort in de kolom"
        " voor 'place'",
        en=f"{plain!r} is no municipality that we know{f'; do you mean {near!r}?' if near else '.'} A town belongs in the"
        " column for 'place'",
    )


def _by_code(code: str, plain: str) -> Municipality:
    if code in municipalities():
        return municipalities()[code]
    raise BadInputError(
        nl=f"{plain!r} is geen code van een gemeente van nu of sinds 2005; kijk de code na bij het CBS",
        en=f"{plain!r} is no code of a municipality of today or since 2005; look the code up at CBS",
    )


def _several(plain: str, there: tuple[Municipality, ...]) -> BadInputError:
    names = " of ".join(f"{one.name} ({one.code})" for one in there)
    return BadInputError(
        nl=f"{plain!r} kan meer dan één gemeente zijn: schrijf {names}, of geef een kolom met de provincie",
        en=f"{plain!r} may be more than one municipality: write {names.replace(' of ', ' or ')}, or give a column with the"
        " province",
    )


def province_code(text: str) -> str:
    """Return the code of a province, by any of its names; empty if it is none.

    >>> province_code("Provincie Friesland"), province_code("Noord Holland")
    ('PV21', 'PV27')
    """
    bare = re.sub(r"^provincie ", "", fold(text))
    return bare.upper() if bare.upper() in vocabulary().provinces else province(bare)


def areas(cell: Cell) -> tuple[str, ...]:
    """Return the codes of the areas that a cell names: municipalities, provinces, or all of the country.

    Raises:
        BadInputError: One is none of these, or may be a municipality and a province.

    >>> areas("Ede; provincie Utrecht"), areas("landelijk")
    (('GM0228', 'PV26'), ('NL',))
    """
    return tuple(dict.fromkeys(_area(one) for one in listed(cell)))


def _area(plain: str) -> str:
    folded = fold(plain)
    if folded in _NATIONAL:
        return "NL"
    code, whole = province_code(plain), folded.startswith("provincie ")
    if code and not whole and bearing(folded):
        raise BadInputError(
            nl=f"{plain!r} kan een gemeente of een provincie zijn: schrijf 'gemeente {plain}' of 'provincie {plain}'",
            en=f"{plain!r} may be more than one area: write 'gemeente {plain}' or 'provincie {plain}'",
        )
    if code:
        return code
    if (found := _named(plain, "")) is None:
        raise BadInputError(
            nl=f"{plain!r} ligt in België; daarvoor hebben we geen codes",
            en=f"{plain!r} is in Belgium, without a code of ours",
        )
    return today(found).code
