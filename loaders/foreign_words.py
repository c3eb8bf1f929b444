"""How the words of a format meet ours: `words/foreign.csv`, our own labels, and what the user's mapping says before them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from graph.text import fold
from graph.vocabulary import vocabulary
from loaders.foreign_mapping import Foreign
from loaders.table_mapping import Columns, as_list
from loaders.table_words import known_words, rows


class Type(NamedTuple):
    """What a type of nodes is here."""

    kind: str
    subtype: str = ""


class Relation(NamedTuple):
    """What a kind of edges is here: a kind of tie, from target to source if `turned`. Without a kind it is not wanted."""

    kind: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of one format mean. Attributes, types and relations are found by the folded word.

    `nodes` and `edges` have the attributes in order of preference, each with the field that it fills (empty: not read).
    """

    nodes: Mapping[str, str]
    edges: Mapping[str, str]
    types: Mapping[str, Type]
    relations: Mapping[str, Relation]
    helps: Mapping[str, str]
    mapping: Foreign


def words_of(format_: str, mapping: Foreign) -> Words:
    """Return the words of a format: the user's go before those of the format, these before `any`, and all before our labels."""
    return Words(
        nodes=_fields("node", format_, mapping.actors.column, mapping.ignored),
        edges=_fields("edge", format_, mapping.ties.column, mapping.ignored),
        types={**_types(format_), **{fold(word): _type(means) for word, means in mapping.types.items()}},
        relations=relations(format_, mapping.relations),
        helps=dict(known_words("help"))
        | {fold(word): means for word, means in _listed("help", format_)}
        | _folded(mapping.words),
        mapping=mapping,
    )


def _folded(words: Mapping[str, str]) -> dict[str, str]:
    helps = vocabulary().helps
    return {fold(word): means for word, means in words.items() if means in helps}


def word_key(word: str) -> str:
    """Return a word for a kind as it is compared: `worksAt` and `works_at` are `works at`.

    >>> word_key("worksAt"), word_key("is lid van")
    ('works at', 'is lid van')
    """
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word))


def _listed(part: str, format_: str) -> Iterator[tuple[str, str]]:
    """Yield the words of one part of the table, those of the format first."""
    for wanted in (format_, "any"):
        for row in _table():
            if row["part"] == part and row["format"] == wanted:
                yield row["word"], row["means"]


@lru_cache(maxsize=1)
def _table() -> Sequence[Mapping[str, str]]:
    return tuple(rows("foreign.csv"))


def _fields(part: str, format_: str, columns: Columns, ignored: Iterable[str]) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    for field, named in columns.items():
        fields |= {fold(word): field for word in as_list(named)}
    fields = {fold(word): "" for word in ignored} | fields
    for word, field in _listed(part, format_):
        fields.setdefault(fold(word), field)
    return fields


def _types(format_: str) -> Mapping[str, Type]:
    types = {word: Type(kind) for word, kind in known_words("kind").items()}
    listed: dict[str, Type] = {}
    for word, means in _listed("type", format_):
        listed.setdefault(fold(word), _type(means))
    return types | listed


def _type(means: str) -> Type:
    kind, _, subtype = means.partition("/")
    return Type(kind, subtype)


def relations(format_: str, own: Mapping[str, str]) -> Mapping[str, Relation]:
    """Return what words for kinds of ties are here, by `word_key`; `own` has those of the user's mapping."""
    listed: dict[str, Relation] = {}
    for word, means in _listed("relation", format_):
        listed.setdefault(word_key(word), _relation(means))
    return {**_labels(), **listed, **{word_key(word): _relation(means) for word, means in own.items()}}


def _relation(means: str) -> Relation:
    return Relation(means.removeprefix("<"), means.startswith("<"))


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Relation]:
    """Return our kinds of ties by id and label, read from either side; a label that two kinds have says too little."""
    found: dict[str, set[Relation]] = {}
    for kind in vocabulary().tie_kinds.values():
        for label in (kind.nl, kind.en):
            found.setdefault(word_key(label), set()).add(Relation(kind.id))
        for label in () if kind.symmetric else (kind.inverse_nl, kind.inverse_en):
            found.setdefault(word_key(label), set()).add(Relation(kind.id, turned=True))
    labels = {label: relations.pop() for label, relations in found.items() if len(relations) == 1}
    return {**labels, **{word_key(kind): Relation(kind) for kind in vocabulary().tie_kinds}}
