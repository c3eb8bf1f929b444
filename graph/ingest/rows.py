"""Records turned into the store's rows: who is named becomes a node, the rest stays as the record's body."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
from pydantic_core import to_json

from graph import chance
from graph.folding import SEEN_BY
from graph.ingest.identity import proposal
from graph.model import EVERYONE
from graph.numbers import Numbers
from graph.records import ActorRecord, FigureRecord, OfferRecord, Record, TieRecord
from graph.stored import ActorRow, FigureRow, OfferRow, Row, Table, TieRow

Kept: TypeAlias = ActorRecord | TieRecord | OfferRecord | FigureRecord
Said: TypeAlias = tuple[Any, ...]  # what the columns of a row say, but for digest and ends; the body is the last

NUL = "\0"
TABLES: dict[type[Record], Table] = {
    ActorRecord: Table.ACTORS,
    TieRecord: Table.TIES,
    OfferRecord: Table.OFFERS,
    FigureRecord: Table.FIGURES,
}
_ELSEWHERE: dict[type[Record], set[str]] = {  # fields that are not in a body: they name actors, or are columns
    ActorRecord: {"id"},
    TieRecord: {"source", "kind", "target", "ref"},
    OfferRecord: {"actor"},
    FigureRecord: {"about"},
}


def said(record: Kept) -> tuple[str, Said]:
    """Return what a record says, without whom it names: as text (equal sayings, equal text), and as columns."""
    body = record.model_dump_json(exclude=_ELSEWHERE[type(record)], exclude_defaults=True)
    if isinstance(record, TieRecord):
        bound = chance.bound(record.kind, record.status, record.since, record.until)
        text = f"{record.kind}\0{record.ref or ''}\0{body}"
        return text, (record.kind, record.distinct_ref(), bound, body)
    if isinstance(record, OfferRecord):
        return body, (record.stance, record.help, body)
    if isinstance(record, FigureRecord):
        return body, (body,)
    claims = tuple(sorted(set(record.identifiers)))
    return body, (proposal(record.id, record.kind, record.name), visible(record), claims, body)


def by_name(record: ActorRecord) -> Callable[[str, str], Said]:
    """Return what gives, by id and name, what an actor says that differs from `record` by these alone."""
    kind, (_, (_, seen, claims, body)) = record.kind, said(record)
    head, name, tail = body.partition(f'"name":{_json(record.name)}')
    head += name[: len('"name":')]

    def named(local: str, name: str) -> Said:
        return proposal(local, kind, name), seen, claims, f"{head}{_json(name)}{tail}"

    return named


def by_amount(record: TieRecord) -> Callable[[float, str], tuple[str, Said]]:
    """Return what gives, by the amount (and its `distinct_ref`, if known), what a tie says that differs from `record` by that alone."""
    _, (kind, _, bound, body) = said(record)
    head, amount, tail = body.partition(f'"amount":{_json(record.amount)}')
    head += amount[: len('"amount":')]
    front, ref_of = f"{kind}\0{record.ref or ''}\0", record.distinct_ref

    def worth(amount: float, ref: str) -> tuple[str, Said]:
        body = f"{head}{_json(amount)}{tail}"
        return front + body, (kind, ref or ref_of(amount), bound, body)

    return worth


def _json(value: str | float | None) -> str:
    return to_json(value).decode()


def digests_of(names: Iterable[Sequence[str]], texts: Iterable[str]) -> Numbers:
    """Return hashes of what records say, of whom: 64 bits, signed."""
    raw = [
        blake2b(f"{text}\0{NUL.join(of)}".encode(), digest_size=8).digest()
        for of, text in zip(names, texts, strict=True)
    ]
    return np.frombuffer(b"".join(raw), dtype=">i8").astype(np.int64)


def visible(record: ActorRecord) -> int:
    """Return the viewers that may see the actor of this record, as far as it alone tells."""
    return SEEN_BY[record.visibility or "staff"] if record.kind == "person" else EVERYONE


def rows_of(
    table: Table, dataset: str, mask: int, digests: Iterable[int], ends: Sequence[Iterable[int]], says: Sequence[Said]
) -> list[Row]:
    """Return the store's rows: of each record its digest, the nodes of its ends, and what it says."""
    name, masks = repeat(dataset), repeat(mask)
    if table is Table.ACTORS:
        _, _, claims, bodies = _columns(says)
        return list(map(ActorRow._make, zip(name, digests, *ends, masks, claims, bodies, strict=False)))
    if table is Table.TIES:
        sources, targets = ends
        kinds, refs, bounds, bodies = _columns(says)
        columns = (name, digests, sources, kinds, targets, refs, masks, bounds, bodies)
        return list(map(TieRow._make, zip(*columns, strict=False)))
    make: Any = OfferRow._make if table is Table.OFFERS else FigureRow._make
    return list(map(make, zip(name, digests, *ends, masks, *_columns(says), strict=False)))


def _columns(says: Sequence[Said]) -> Iterable[Any]:
    return zip(*says, strict=True)
