"""Records turned into the store's rows: who is named becomes a node, the rest stays as the record's body."""

import hashlib
from typing import TypeAlias

from graph import chance
from graph.ingest.ends import Ends
from graph.model import EVERYONE, STAFF_ONLY
from graph.records import SECTOR, ActorRecord, FigureRecord, OfferRecord, SourceRecord, TieRecord
from graph.store import ActorRow, FigureRow, OfferRow, Row, Table, TieRow

Kept: TypeAlias = ActorRecord | TieRecord | OfferRecord | FigureRecord

TABLES: dict[type, Table] = {
    ActorRecord: Table.ACTORS,
    TieRecord: Table.TIES,
    OfferRecord: Table.OFFERS,
    FigureRecord: Table.FIGURES,
}
_NAMED = {  # fields that are not in a body: they name actors, by ids that may hold a person's name, or are columns
    Table.ACTORS: {"id"},
    Table.TIES: {"source", "kind", "target", "ref"},
    Table.OFFERS: {"actor"},
    Table.FIGURES: {"about"},
}


def ends_of(record: Kept | SourceRecord) -> tuple[str, ...]:
    """Return whom a record names by local id or `scheme:value`."""
    if isinstance(record, TieRecord):
        return record.source, record.target
    if isinstance(record, OfferRecord):
        return (record.actor,)
    if isinstance(record, FigureRecord) and record.about != SECTOR:
        return (record.about,)
    return ()


def body_of(table: Table, record: Kept) -> str:
    """Return what a record says, without whom it names, as JSON; equal sayings, equal text."""
    return record.model_dump_json(exclude=_NAMED[table], exclude_defaults=True)


def digest_of(mask: int, record: Kept, body: str) -> int:
    """Return a hash of what a record says, to whom: 64 bits, signed."""
    if isinstance(record, TieRecord):
        named: tuple[str, ...] = (record.source, record.kind, record.target, record.ref or "")
    else:
        named = (record.id,) if isinstance(record, ActorRecord) else ends_of(record)
    said = "\0".join((str(mask), *named, body)).encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big", signed=True)


def visible(record: ActorRecord, mask: int) -> int:
    """Return the viewers of `mask` that may see the actor of this record, as far as it alone tells."""
    if record.kind != "person":
        return mask
    return mask & {"public": EVERYONE, "nobody": 0}.get(record.visibility or "staff", STAFF_ONLY)


def row_of(record: Kept, dataset: str, mask: int, said: tuple[int, str], ends: Ends) -> Row:
    """Return the store's row of a record whose ends are resolved; `said` is its digest and body."""
    digest, body = said
    nodes = [ends.node(end) or 0 for end in ends_of(record)]
    if isinstance(record, TieRecord):
        bound = chance.bound(record.kind, record.status, record.since, record.until)
        ref = record.distinct_ref()
        return TieRow(dataset, digest, nodes[0], record.kind, nodes[1], ref, mask, bound, body)
    if isinstance(record, OfferRecord):
        return OfferRow(dataset, digest, nodes[0], mask, record.stance, record.help, body)
    if isinstance(record, FigureRecord):
        return FigureRow(dataset, digest, nodes[0] if nodes else 0, mask, body)
    claims = tuple(sorted(set(record.identifiers)))
    return ActorRow(dataset, digest, ends.node(record.id) or 0, mask, claims, body)
