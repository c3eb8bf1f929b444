"""JSON-LD flattened: each thing once, under its id, with all that is said of it; words of schema.org bare, as its context means them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from graph.errors import LoadError
from graph.reading import Where
from graph.text import fold
from loaders import json_stream
from loaders.foreign_items import key
from loaders.foreign_json import each

_WORDS = re.compile(r"https?://(?:www\.)?schema\.org/|urn:weefsel:tie:")
_FIRST = ("nl", "en")  # languages
_LANGUAGE = re.compile(r"(?!id$)[a-zA-Z]{2}(-[a-zA-Z0-9]+)*")


class Ref(NamedTuple):
    """A value that is a thing: its id."""

    id: str


@dataclass(slots=True)
class Thing:
    """What is said of a thing: its types, and by property the values, texts and numbers or `Ref`. `top`: it stands in no other."""

    where: Where
    types: list[str] = field(default_factory=list)
    said: dict[str, list[object]] = field(default_factory=dict)
    top: bool = False


def things_of(path: Path, name: str) -> Mapping[str, Thing]:
    """Return the things of a file by id, in order.

    Raises:
        LoadError: It is no JSON, or nested too deeply.
    """
    document = json_stream.value(path, name)
    flat = _Flat()
    try:
        for one in each(document):
            if isinstance(one, dict):
                flat.context(one.get("@context"))
        flat.read(document, name)
    except RecursionError as error:
        raise LoadError(nl=f"{name} is te diep genest.", en=f"{name} is nested too deeply.") from error
    return flat.things


class _Flat:
    """Puts together what is said of each thing."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self._terms: dict[str, str] = {"schema": "https://schema.org/"}
        self._naming: set[str] = set()  # terms whose texts are ids of things
        self._spoken: set[str] = set()  # terms with a text in each language
        self._blank = 0

    def context(self, said: Any) -> None:  # noqa: ANN401 - what JSON holds
        """Learn what a context calls things; one that stands elsewhere is not fetched."""
        for one in each(said):
            for term, means in one.items() if isinstance(one, dict) else ():
                said = means if isinstance(means, dict) else {"@id": means}
                if isinstance(said.get("@id"), str) and not term.startswith("@"):
                    self._terms[term] = said["@id"]
                if said.get("@type") in ("@id", "@vocab"):
                    self._naming.add(term)
                if "@language" in each(said.get("@container")):
                    self._spoken.add(term)

    def read(self, document: Any, name: str) -> None:  # noqa: ANN401
        """Read a document."""
        for number, one in enumerate(each(document), start=1):
            inner = one.get("@graph") if isinstance(one, dict) else None
            if inner is not None and not {"name", "schema:name"} & set(one):
                for place, item in enumerate(each(inner), start=1):
                    self._thing(item, Where(name, place, "@graph", "item"), top=True)
            else:
                self._thing(one, Where(name, number, "", "item"), top=True)

    def _thing(self, value: Any, where: Where, *, top: bool = False) -> Ref | None:  # noqa: ANN401
        if not isinstance(value, dict):
            return None
        said: dict[str, Any] = {}
        for name, one in value.items():
            said.setdefault(self._term(name), self._meant(name, one))
        types = [self._term(key(one)) for one in each(said.pop("@type", None))]
        thing = self.things.setdefault(id_ := self._id(said, types), Thing(where))
        if types and not thing.types:
            thing.where = where
        thing.top |= top
        thing.types += [one for one in types if one not in thing.types]
        for name, values in said.items():
            self._say(Ref(id_), name, values, where)
        return Ref(id_)

    def _say(self, thing: Ref, name: str, values: Any, where: Where) -> None:  # noqa: ANN401
        if name in ("@graph", "@included"):
            for one in each(values):
                self._thing(one, where, top=True)
        elif name == "@reverse" and isinstance(values, dict):
            self._reverse(thing, values, where)
        elif not name.startswith("@"):
            known = self.things[thing.id].said.setdefault(name, [])
            known += [one for one in self._values(values, where) if one not in known]

    def _reverse(self, named: Ref, said: dict[str, Any], where: Where) -> None:
        """Keep what others say of a thing, as it stands in that thing."""
        for name, those in said.items():
            for ref in self._values(_naming(those), where):
                if isinstance(ref, Ref):
                    self.things[ref.id].said.setdefault(self._term(name), []).append(named)

    def _meant(self, name: str, value: Any) -> Any:  # noqa: ANN401
        """Return a value as it would be without a context: things named by a text, and texts by language."""
        if name in self._naming and not self._term(name).startswith("@"):
            return _naming(value)
        if isinstance(value, dict) and (name in self._spoken or all(map(_is_spoken, value, value.values()))):
            texts = ((language, text) for language, those in value.items() for text in each(those))
            plain = {"@id", "@value", "@type"}.isdisjoint(value)
            return [{"@value": text, "@language": language} for language, text in texts] if plain else value
        return value

    def _id(self, said: dict[str, Any], types: list[str]) -> str:
        id_ = key(said.pop("@id", None))
        if id_:
            return id_
        name = next((one for one in each(said.get("name")) if isinstance(one, str)), "")
        if name and types:
            return f"_:{types[0]}/{fold(name)}"
        self._blank += 1
        return f"_:{self._blank}"

    def _values(self, value: Any, where: Where) -> list[object]:  # noqa: ANN401
        """Return the values of a property; of texts in several languages those in the best one."""
        found: list[object] = []
        spoken: dict[str, list[object]] = {}
        for one in each(value):
            if isinstance(one, dict) and "@value" in one:
                spoken.setdefault(key(one.get("@language")).removeprefix("@none").lower()[:2], []).append(one["@value"])
            elif isinstance(one, dict) and ("@list" in one or "@set" in one):
                found += self._values(one.get("@list", one.get("@set")), where)
            elif isinstance(one, dict):
                found += [ref for ref in [self._thing(one, where)] if ref]
            elif one is not None and not isinstance(one, list):
                found.append(one)
        best = next((lang for lang in (*_FIRST, "", *spoken) if lang in spoken), None)
        return found + (spoken[best] if best is not None else [])

    def _term(self, name: str) -> str:
        """Return a word as schema.org has it, if it is one of its."""
        iri = self._terms.get(name, name)
        prefix, mark, rest = iri.partition(":")
        if mark and prefix in self._terms and not rest.startswith("//"):
            iri = self._terms[prefix] + rest
        return _WORDS.sub("", iri, count=1)


def _naming(value: Any) -> list[Any]:  # noqa: ANN401 - what JSON holds
    return [{"@id": one} if isinstance(one, str) else one for one in each(value)]


def _is_spoken(language: str, value: Any) -> bool:  # noqa: ANN401
    return bool(_LANGUAGE.fullmatch(language)) and all(isinstance(text, str) for text in each(value))
