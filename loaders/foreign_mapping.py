"""What a user may say of a foreign file: a TOML file that goes before `words/foreign.csv`. `docs/formats.md` describes it."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.records import DatasetRecord
from graph.vocabulary import vocabulary
from loaders import table_mapping, table_mapping_file
from loaders.table_mapping import Columns, Manners
from loaders.tables import refuse

STANCES = ("offers", "refers", "needs", "declines")  # fields of nodes that hold words for help
ACTOR_FIELDS = (*table_mapping.ACTOR_COLUMNS, "tier", "identifiers", "country", *STANCES)
TIE_FIELDS = (*table_mapping.TIE_COLUMNS, "basis", "currency")


class Actors(BaseModel):
    """What holds for every node that does not say it itself, and which attribute (`column`) fills which field."""

    model_config = ConfigDict(extra="forbid")

    kind: str = ""
    column: Columns = Field(default_factory=dict)


class Ties(BaseModel):
    """The same of edges; `undirected`: what an edge without a direction means, if its kind of tie has one."""

    model_config = ConfigDict(extra="forbid")

    kind: str = ""
    status: str = ""
    basis: str = ""
    undirected: Literal["apart", "as-written"] = "apart"
    column: Columns = Field(default_factory=dict)


class Foreign(BaseModel):
    """The whole file. `types` and `relations` say what a word of the file is here; `<` before a kind turns it around."""

    model_config = ConfigDict(extra="forbid")

    ignored: list[str] = Field(default_factory=list)
    dataset: dict[str, Any] = Field(default_factory=dict)
    reading: Manners = Field(default_factory=Manners)
    words: dict[str, str] = Field(default_factory=dict)
    actors: Actors = Field(default_factory=Actors)
    ties: Ties = Field(default_factory=Ties)
    types: dict[str, str] = Field(default_factory=dict)
    relations: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _dated(cls, data: Any) -> Any:  # noqa: ANN401 - what a TOML file holds
        return table_mapping.with_dates_as_text(data)


NONE = Foreign()


def read(path: Path | None) -> Foreign:
    """Return the mapping of a file; without one, a mapping that says nothing.

    Raises:
        LoadError: It cannot be read, or has faults; the message tells all.
    """
    if path is None:
        return NONE
    mapping = table_mapping_file.checked(Foreign, table_mapping_file.toml(path), path.name, _KEYS)
    refuse(table_mapping_file.fault(path.name, key, nl, en) for key, nl, en in _problems(mapping))
    return mapping


_KEYS = [key for part in (Foreign, Actors, Ties, Manners) for key in part.model_fields]


def _problems(mapping: Foreign) -> Iterator[tuple[str, str, str]]:
    lists = vocabulary()
    kinds, subtypes = lists.words["kind"], lists.words["subtype"]
    yield from _none_of("actors.column", mapping.actors.column, ACTOR_FIELDS)
    yield from _none_of("ties.column", mapping.ties.column, TIE_FIELDS)
    yield from _none_of("dataset", mapping.dataset, tuple(DatasetRecord.model_fields))
    ties = {"ties.kind": mapping.ties.kind} | {f"relations.{word}": kind for word, kind in mapping.relations.items()}
    types = {f"types.{word}": type_.partition("/") for word, type_ in mapping.types.items()}
    words: list[tuple[str, str, ReadOnly[str, object]]]
    words = [(key, kind.removeprefix("<"), lists.tie_kinds) for key, kind in ties.items()]
    words += [(key, kind, kinds) for key, (kind, _, _) in types.items()]
    words += [(key, subtype, subtypes) for key, (_, _, subtype) in types.items()]
    words += [("actors.kind", mapping.actors.kind, kinds), ("ties.status", mapping.ties.status, lists.words["status"])]
    words += [("ties.basis", mapping.ties.basis, lists.words["basis"])]
    for key, word, known in words:
        if word and word not in known:
            yield key, *table_mapping_file.not_known(word, tuple(known))


def _none_of(part: str, given: Iterable[str], known: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for key in given:
        if key not in known:
            yield f"{part}.{key}", *table_mapping_file.not_known(key, known)
