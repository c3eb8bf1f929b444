"""What a field of a record may say: words of closed lists, dates, identifiers, codes, texts that one can see."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from graph import dates
from graph.text import nearest
from graph.vocabulary import vocabulary

SCHEMES: Mapping[str, str] = {
    "cbs": r"GM\d{4}|PV\d{2}",
    "kvk": r"\d{8}",
    "rsin": r"\d{9}",
    "org-id": r"([A-Z]{2}-[A-Z0-9_]+|360G)-\S+",
    "wikidata": r"Q\d+",
    "sameAs": r"https?://\S+",
}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")
MOST_EURO = 1e15  # of an amount


def is_identifier(text: str) -> bool:
    """Return whether a text is `scheme:value`, of a scheme that is known and a value as it has them.

    >>> is_identifier("cbs:GM0599"), is_identifier("cbs:Rotterdam"), is_identifier("id:wijkpaleis")
    (True, False, False)
    """
    scheme, _, value = text.partition(":")
    return scheme in SCHEMES and re.fullmatch(SCHEMES[scheme], value) is not None


def identifiers_in(text: str) -> list[str]:
    """Return the identifiers that a text may be, with or without its scheme; 0 begins a code of CBS, and no postcode.

    >>> identifiers_in("kvk:12345678"), identifiers_in(" gm0599"), identifiers_in("0599"), identifiers_in("3023")
    (['kvk:12345678'], ['cbs:GM0599'], ['cbs:GM0599'], [])
    """
    said = text.strip()
    if is_identifier(said):
        return [said]
    code = f"GM{said}" if re.fullmatch(r"0\d{3}", said) else said.upper()
    spelled = {scheme: said if scheme == "sameAs" else code for scheme in SCHEMES}
    return [f"{scheme}:{value}" for scheme, value in spelled.items() if is_identifier(f"{scheme}:{value}")]


def is_elsewhere(end: str) -> bool:
    """Return whether an end is named by `scheme:value` rather than by a local id.

    >>> is_elsewhere("cbs:GM0599"), is_elsewhere("id:wijkpaleis"), is_elsewhere("wijkpaleis")
    (True, True, False)
    """
    return is_identifier(end) or (end.startswith("id:") and end != "id:")


def wrong(code: str, nl: str, en: str) -> PydanticCustomError:
    """Return what a check raises: what is wrong, in Dutch and in English."""
    return PydanticCustomError(code, "{en}", {"nl": nl, "en": en})


def one_of(name: str) -> AfterValidator:
    """Return a check that a value stands in the closed list `name`."""

    @lru_cache(maxsize=1)
    def known() -> Mapping[str, object]:
        return vocabulary().closed(name)

    @lru_cache(maxsize=1_000)  # a wrong word tends to stand in many rows
    def unknown(value: str) -> tuple[str, str]:
        near, names = nearest(value, known()), ", ".join(known())
        return (
            f"{value!r} kennen we niet; {f'bedoel je {near!r}?' if near else f'wel: {names}'}",
            f"{value!r} is not known; {f'do you mean {near!r}?' if near else f'known: {names}'}",
        )

    def check(value: str) -> str:
        if value in known():
            return value
        raise wrong("choice", *unknown(value))

    return AfterValidator(check)


def _date(value: str) -> str:
    if dates.valid(value):
        return value
    raise wrong(
        "date",
        f"{value!r} is geen datum; schrijf 2021, 2021-05 of 2021-05-31",
        f"{value!r} is no date; write 2021, 2021-05 or 2021-05-31",
    )


def _identifier(value: str) -> str:
    if is_identifier(value):
        return value
    known = ", ".join(SCHEMES)
    raise wrong(
        "identifier",
        f"{value!r} is geen kenmerk dat we kennen (schema:waarde, met schema {known})",
        f"{value!r} is no identifier that we know (scheme:value, with scheme {known})",
    )


def _code(pattern: str, nl: str, en: str) -> AfterValidator:
    """Return a check that a value has the form of `pattern`; what it is not, and what would do, is said in `nl` and `en`."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        if form.fullmatch(value):
            return value
        raise wrong("code", f"{value!r} is geen {nl}", f"{value!r} is no {en}")

    return AfterValidator(check)


def _clean(value: str) -> str:
    """Refuse what no reader can see: control characters, and marks that turn the direction of text around."""
    if _UNSEEN.search(value):
        raise wrong("control", "er staan onzichtbare tekens in", "there are invisible characters in it")
    return value


Text: TypeAlias = Annotated[str, Field(max_length=5_000), AfterValidator(_clean)]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_clean)]
LocalId: TypeAlias = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_clean)]
PartialDate: TypeAlias = Annotated[str, AfterValidator(_date)]
Identifier: TypeAlias = Annotated[str, AfterValidator(_identifier)]
Theme: TypeAlias = Annotated[str, one_of("theme")]
Help: TypeAlias = Annotated[str, one_of("help")]
Area: TypeAlias = Annotated[
    str,
    _code(
        r"GM\d{4}|PV\d{2}|NL",
        "gebied; schrijf een CBS-code (GM0599, PV28), of NL",
        "area; write a CBS code (GM0599, PV28), or NL",
    ),
]
Municipality: TypeAlias = Annotated[
    str,
    _code(
        r"GM\d{4}",
        "CBS-code van een gemeente (GM0599)",
        "CBS code of a municipality (GM0599)",
    ),
]
DatasetName: TypeAlias = Annotated[
    str,
    _code(
        r"[a-z0-9][a-z0-9._-]{0,99}",
        "naam van een dataset; schrijf kleine letters, cijfers en streepjes, zoals leden",
        "name of a dataset; write small letters, digits and dashes, such as leden",
    ),
]
