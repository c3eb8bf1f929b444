"""The TOML file of a mapping: read, and what is wrong with it told as all faults at once, by file and key."""

import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from graph.errors import LoadError
from graph.fields import is_elsewhere
from graph.reading import WHOLE, Fault, Where, faults_of
from graph.records import DatasetRecord
from graph.text import nearest
from graph.vocabulary import vocabulary
from loaders.table_mapping import (
    ACTOR_COLUMNS,
    ASK,
    OFFER_COLUMNS,
    TIE_COLUMNS,
    Manners,
    Mapping,
    OfferRule,
    Part,
    Role,
    Tables,
    TieRule,
)
from loaders.tables import refuse

_Form = TypeVar("_Form", bound=BaseModel)


def read(path: Path) -> list[Mapping]:
    """Return what a file says of each table that it describes; nearly always one.

    Raises:
        LoadError: It cannot be read, or has faults; the message tells all.
    """
    return of(toml(path), path.name)


def toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        LoadError: It cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LoadError(
            nl=f"{path} is niet te lezen ({error.strerror}); maak een mapping met: weefsel mapping BESTAND --save {path}",
            en=f"{path} cannot be read ({error.strerror}); make a mapping with: weefsel mapping FILE --save {path}",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LoadError(nl=f"{path} is geen TOML ({error}).", en=f"{path} is no TOML ({error}).") from error


def of(data: ReadOnly[str, Any], name: str) -> list[Mapping]:
    """Return the mappings that `data` is; `name` is what messages call it.

    Raises:
        LoadError: It has faults.
    """
    if "tables" not in data:
        mapping = checked(Mapping, data, name, _keys())
        refuse(fault(name, key, nl, en) for key, nl, en in _problems(mapping))
        return [mapping]
    several = checked(Tables, data, name, _keys())
    refuse(fault(name, key, nl, en) for key, nl, en in _problems_of(several))
    return [mapping.model_copy(update={"dataset": several.dataset}) for mapping in several.tables]


def checked(form: type[_Form], data: ReadOnly[str, Any], name: str, keys: Sequence[str]) -> _Form:
    """Return `data` in its form; `keys` are those that a misspelt one is compared with.

    Raises:
        LoadError: It has another form; the message tells all.
    """
    try:
        return form.model_validate(data)
    except ValidationError as error:
        refuse(_told(error, name, keys))
        raise


def _told(error: ValidationError, name: str, keys: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with each key, once: what may be a text or a list of texts is neither."""
    seen: set[str] = set()
    for detail, one in zip(error.errors(include_url=False), faults_of(error, Where(name, 1), (), {}), strict=True):
        key = _key(detail["loc"])
        if key in seen:
            continue
        seen.add(key)
        if detail["type"] == "extra_forbidden":
            near = nearest(str(detail["loc"][-1]), keys)
            nl, en = (f"; bedoel je {near!r}?", f"; do you mean {near!r}?") if near else ("", "")
            yield fault(name, key, f"kennen we niet{nl}", f"is not known{en}")
        elif detail["type"] == "missing":
            yield fault(name, key, "ontbreekt", "is missing")
        else:
            yield fault(name, key, one.nl, one.en)


def _key(place: Sequence[int | str]) -> str:
    """Return the key at a place in a mapping; what stands there several times has its number, from 1.

    >>> _key(("ties", 0, "to")), _key(("actors", "van", "column", "name", "list[str]"))
    ('ties 1.to', 'actors.van.column.name')
    """
    named = (part for part in place if part not in ("str", "list[str]"))
    return "".join(f" {part + 1}" if isinstance(part, int) else f".{part}" for part in named).lstrip(".")


def _keys() -> list[str]:
    parts = (Mapping, Tables, Role, TieRule, OfferRule, Manners)
    return [info.alias or key for part in parts for key, info in part.model_fields.items()]


def fault(name: str, key: str, nl: str, en: str) -> Fault:
    """Return what is wrong with a key of a mapping."""
    return Fault(Where(name, 1, unit=WHOLE), key, nl, en)


def of_audience(reading: Manners, audience: str) -> Iterator[Fault]:
    """Yield what a dataset for this audience may not hold."""
    if reading.personal_mail and audience != "staff":
        yield Fault(
            Where("mapping", 1, unit=WHOLE),
            "reading.personal_mail",
            "persoonlijke adressen kunnen alleen in een dataset voor staff; laad met --audience staff",
            "personal addresses can only be in a dataset for staff; load with --audience staff",
        )


def _problems(mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong in a mapping of the right form: a key, and why."""
    for key, nl, en in _asked(mapping):
        yield (
            key,
            f"hier staat nog een vraagteken; kies zelf ({nl})",
            f"there is still a question mark here; choose yourself ({en})",
        )
    for role, rule in mapping.actors.items():
        yield from _of_role(role, rule, mapping)
    for number, tie in enumerate(mapping.ties, start=1):
        yield from _of_columns(f"ties {number}", tie, TIE_COLUMNS)
        yield from _of_kind(f"ties {number}.kind", tie)
        for key, end in (("from", tie.source), ("to", tie.target)):
            yield from _of_end(f"ties {number}.{key}", end, mapping)
    for number, offer in enumerate(mapping.offers, start=1):
        yield from _of_columns(f"offers {number}", offer, OFFER_COLUMNS)
        yield from _of_end(f"offers {number}.actor", offer.actor, mapping)
    for word, means in mapping.relations.items():
        if means.removeprefix("<") not in ("", ASK, *vocabulary().tie_kinds):
            yield f"relations.{word}", *not_known(means.removeprefix("<"), tuple(vocabulary().tie_kinds))
    yield from _of_dataset(mapping.dataset)


def _problems_of(several: Tables) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with each of several tables, by its number."""
    yield from _of_dataset(several.dataset)
    for number, mapping in enumerate(several.tables, start=1):
        if mapping.dataset:
            nl, en = "staat één keer, bovenaan: het is één dataset", "stands once, on top: it is one dataset"
            yield f"tables {number}.dataset", nl, en
        for key, nl, en in _problems(mapping):
            yield f"tables {number}.{key}", nl, en


def _of_kind(key: str, tie: TieRule) -> Iterator[tuple[str, str, str]]:
    if not tie.kind and "kind" not in tie.column:
        yield key, "ontbreekt: welke band is dit?", "is missing: which tie is this?"
    elif tie.kind not in ("", ASK, *vocabulary().tie_kinds):
        yield key, *not_known(tie.kind, tuple(vocabulary().tie_kinds))


def _of_dataset(stated: ReadOnly[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in stated:
        if key not in DatasetRecord.model_fields:
            known = ", ".join(DatasetRecord.model_fields)
            yield f"dataset.{key}", f"kennen we niet (wel: {known})", f"is not known (known: {known})"


def _of_role(role: str, rule: Role, mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    key = f"actors.{role}"
    yield from _of_columns(key, rule, ACTOR_COLUMNS)
    if "name" not in rule.column:
        yield f"{key}.column.name", "ontbreekt: welke kolom heeft de naam?", "is missing: which column has the name?"
    if not rule.kind and "kind" not in rule.column:
        yield f"{key}.kind", "ontbreekt: wat voor actor is dit?", "is missing: what kind of actor is this?"
    if rule.separator:
        yield from _of_separator(key, role, rule, mapping)
    if rule.within and (rule.within == role or rule.within not in mapping.actors):
        yield f"{key}.within", "is geen andere rol van deze mapping", "is no other role of this mapping"


def _of_separator(key: str, role: str, rule: Role, mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """Yield why a cell cannot name several actors of a role."""
    nl = en = ""
    if role == mapping.subject:
        nl, en = "een rij gaat over één actor", "a row is about one actor"
    elif list(rule.column) != ["name"] or rule.within:
        nl, en = "dan heeft de rol alleen column.name", "then the role has column.name only"
    elif any(role == offer.actor for offer in mapping.offers):
        nl, en = "van meer dan één kan geen aanbod staan", "an offer cannot be of several"
    elif any({tie.source, tie.target} <= _separated(mapping) for tie in mapping.ties):
        nl, en = "een band heeft maar één kant met meer namen", "a tie has one end with several names at most"
    if nl:
        yield f"{key}.separator", nl, en


def _separated(mapping: Mapping) -> set[str]:
    return {role for role, rule in mapping.actors.items() if rule.separator}


def _asked(mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """Yield the keys that still ask, with what may be chosen."""
    if mapping.reading.decimal == ASK:
        yield "reading.decimal", '"," of "."', '"," or "."'
    if mapping.reading.dates == ASK:
        yield "reading.dates", '"dmy" of "mdy"', '"dmy" or "mdy"'
    themes = ", ".join(vocabulary().themes)
    for word, id_ in mapping.words.items():
        if id_ == ASK:
            nl, en = f'een van: {themes}; of "" om het over te slaan', f'one of: {themes}; or "" to leave it out'
            yield f"words.{word}", nl, en
    yield from _asked_of_ties(mapping)


def _asked_of_ties(mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    kinds = ", ".join(vocabulary().tie_kinds)
    for word, means in mapping.relations.items():
        if means == ASK:
            nl = f'een van: {kinds}; "<" ervoor keert de band om, "" laat zulke rijen weg'
            en = f'one of: {kinds}; "<" before it turns the tie around, "" leaves such rows out'
            yield f"relations.{word}", nl, en
    for number, tie in enumerate(mapping.ties, start=1):
        if tie.kind == ASK:
            yield f"ties {number}.kind", f"een van: {kinds}", f"one of: {kinds}"
        for key, end in (("from", tie.source), ("to", tie.target)):
            if end == ASK:
                nl, en = "een rol, of bijvoorbeeld id:lsa-bewoners", "a role, or for example id:lsa-bewoners"
                yield f"ties {number}.{key}", f"{nl} of cbs:GM0599", f"{en} or cbs:GM0599"


def _of_columns(key: str, part: Part, known: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for field in part.column:
        if field not in known:
            yield f"{key}.column.{field}", *not_known(field, known)


def _of_end(key: str, end: str, mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    if end == ASK or end in mapping.actors or is_elsewhere(end):
        return
    roles = ", ".join(mapping.actors)
    yield (
        key,
        f"{end!r} is geen rol van deze mapping ({roles}) en geen schema:waarde (zoals id:wijkpaleis of cbs:GM0599)",
        f"{end!r} is no role of this mapping ({roles}) and no scheme:value (such as id:wijkpaleis or cbs:GM0599)",
    )


def not_known(word: str, known: Sequence[str]) -> tuple[str, str]:
    """Return what to say of a word that is none of those that are known."""
    near, names = nearest(word, known), ", ".join(known)
    hint_nl, hint_en = (f"bedoel je {near!r}?", f"do you mean {near!r}?") if near else ("", "")
    return f"kennen we niet; {hint_nl or 'wel: ' + names}", f"is not known; {hint_en or 'known: ' + names}"
