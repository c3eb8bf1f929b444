"""What is wrong with an input, in plain words: pydantic's findings, told in Dutch and English."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, get_origin

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from api.words import WORDS, say
from graph.errors import BadInputError, Lang


class Meant(BaseModel):
    """What an input may have meant."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    value: str
    """What to give instead."""
    label: str
    """What that is, in words."""


class InvalidInput(BaseModel):
    """One input that cannot be: where it stood (`in`), its name, and what would do."""

    model_config = ConfigDict(use_attribute_docstrings=True, populate_by_name=True)

    where: Annotated[str, Field(alias="in")]
    """`query`, `path`, `body` or `header`."""
    name: str
    """The input's name, as it was sent; empty if the body as a whole is meant."""
    detail: str
    """What is wrong with it, and what would do."""
    choices: list[Meant] = []
    """What it may have meant, where that is known."""


def invalid_inputs(request: Request, findings: Sequence[Mapping[str, Any]], lang: Lang) -> list[InvalidInput]:
    """Return what is wrong with each input of a request; `findings` are pydantic's."""
    return [_invalid(request, finding, lang) for finding in findings]


def _invalid(request: Request, finding: Mapping[str, Any], lang: Lang) -> InvalidInput:
    where, *name = (str(part) for part in finding["loc"])
    if finding["type"] == "json_invalid":
        name = []
    return InvalidInput(where=where, name=name[0] if name else "", detail=_detail(request, where, finding, lang))


def _detail(request: Request, where: str, finding: Mapping[str, Any], lang: Lang) -> str:
    context = finding.get("ctx", {})
    if lang in context:
        return str(context[lang])
    key = f"fault_{finding['type']}"
    if key not in WORDS:
        return str(finding["msg"])
    # As it is to be typed, in any language
    written = {name: f"{it:g}" if isinstance(it, float) else it for name, it in context.items()}
    told = say(lang, key, **{"known": ", ".join(known_inputs(request, where)), **written})
    return f"{told[0].upper()}{told[1:]}."


def known_inputs(request: Request, where: str) -> list[str]:
    """Return the names that the route of this request takes in its query or body."""
    return [name for name, _ in _inputs(request, where)]


def _inputs(request: Request, where: str) -> Iterator[tuple[str, Any]]:
    """Yield what the route of this request takes in its query or body, with the types."""
    dependant = request.scope["route"].dependant
    fields = dependant.body_params if where == "body" else dependant.query_params
    for model in (field.field_info.annotation for field in fields):
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from ((info.alias or name, info.annotation) for name, info in model.model_fields.items())


def check_once(request: Request) -> None:
    """Make sure that what takes one value in the query is there once: of several, all but the last would go unsaid.

    Raises:
        BadInputError: Something is there twice.
    """
    single = {name for name, kind in _inputs(request, "query") if get_origin(kind) is not tuple}
    many = Counter(name for name, _ in request.query_params.multi_items())
    faults = [
        BadInputError(
            nl=f"{name} staat er {count} keer; geef er één.", en=f"{name} is there {count} times; give one.", field=name
        )
        for name, count in many.items()
        if count > 1 and name in single
    ]
    if faults:
        nl, en = " ".join(fault.nl for fault in faults), " ".join(fault.en for fault in faults)
        raise BadInputError(nl=nl, en=en, faults=faults)
