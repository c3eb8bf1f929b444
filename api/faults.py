"""What is wrong with an input, in plain words: pydantic's findings, told in Dutch and English."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import Lang


class InvalidInput(BaseModel):
    """One input that cannot be: where it stood (`in`), its name, and what would do."""

    model_config = ConfigDict(use_attribute_docstrings=True, populate_by_name=True)

    where: Annotated[str, Field(alias="in")]
    """`query`, `path`, `body` or `header`."""
    name: str
    """The input's name, as it was sent; empty if the body as a whole is meant."""
    detail: str
    """What is wrong with it, and what would do."""


_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("ontbreekt; geef het mee", "is missing; give it"),
    "extra_forbidden": ("kennen we hier niet; wel: {known}", "is not known here; known: {known}"),
    "int_parsing": ("moet een heel getal zijn", "must be a whole number"),
    "int_from_float": ("moet een heel getal zijn", "must be a whole number"),
    "int_type": ("moet een heel getal zijn", "must be a whole number"),
    "int_parsing_size": ("is een te groot getal", "is too large a number"),
    "float_parsing": ("moet een getal zijn", "must be a number"),
    "float_type": ("moet een getal zijn", "must be a number"),
    "finite_number": ("moet een eindig getal zijn", "must be a finite number"),
    "greater_than": ("moet meer zijn dan {gt}", "must be more than {gt}"),
    "greater_than_equal": ("moet minstens {ge} zijn", "must be at least {ge}"),
    "less_than_equal": ("mag hoogstens {le} zijn", "may be at most {le}"),
    "string_type": ("moet tekst zijn", "must be text"),
    "string_unicode": ("is geen leesbare tekst", "is no readable text"),
    "string_too_short": ("moet minstens {min_length} tekens hebben", "must have at least {min_length} characters"),
    "string_too_long": ("mag hoogstens {max_length} tekens hebben", "may have at most {max_length} characters"),
    "too_long": ("mag hoogstens {max_length} keer voorkomen", "may occur at most {max_length} times"),
    "json_invalid": ("de inhoud is geen JSON", "the body is no JSON"),
    "model_attributes_type": (
        "de inhoud moet een JSON-object zijn, met Content-Type: application/json",
        "the body must be a JSON object, with Content-Type: application/json",
    ),
}


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
    words = _WORDS.get(finding["type"])
    if words is None:
        return str(finding["msg"])
    told = words[0 if lang == "nl" else 1].format(**{"known": ", ".join(known_inputs(request, where)), **context})
    return f"{told[0].upper()}{told[1:]}."


def known_inputs(request: Request, where: str) -> list[str]:
    """Return the names that the route of this request takes in its query or body."""
    dependant = request.scope["route"].dependant
    fields = dependant.body_params if where == "body" else dependant.query_params
    models = [field.field_info.annotation for field in fields]
    return [
        info.alias or name
        for model in models
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name, info in model.model_fields.items()
    ]
