"""Small made-up worlds, said record by record, and loaded as a loader would. No name in them is a real one's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.answers import Neighbourhood
from graph.ingest import Policy, Report, replace
from graph.model import Viewer
from graph.questions import nearby, neighbourhood, overview, search, show
from graph.reading import Fault, Row, Where
from graph.records import ActorRecord, DatasetRecord, FigureRecord, OfferRecord, Record, SourceRecord, TieRecord
from graph.store import Store
from graph.stored import Filters
from graph.view import open_view, today

PUBLIC, STAFF = Viewer.PUBLIC, Viewer.STAFF
_NUMBER = re.compile(r"Card\(n=\d+, ")


def actor(id: str, kind: str = "initiative", name: str = "", **fields: Any) -> ActorRecord:
    """Return what a dataset says of an actor."""
    return ActorRecord(id=id, kind=kind, name=name or f"Verzonnen {id}", **fields)


def person(id: str, name: str = "", visibility: str = "public", **fields: Any) -> ActorRecord:
    """Return what a dataset says of a person, visible to all unless told otherwise."""
    basis = "publication" if visibility == "public" else None
    return actor(id, "person", name, visibility=visibility, visibility_basis=basis, **fields)


def tie(source: str, kind: str, target: str, **fields: Any) -> TieRecord:
    """Return what a dataset says of a tie."""
    return TieRecord(source=source, kind=kind, target=target, **fields)


def offer(actor: str, stance: str = "offers", help: str = "geld.lening", **fields: Any) -> OfferRecord:
    """Return what a dataset says of an offer."""
    return OfferRecord(actor=actor, stance=stance, help=help, **fields)


def figure(about: str, what: str = "leden", value: float = 7, **fields: Any) -> FigureRecord:
    """Return what a dataset says in numbers."""
    return FigureRecord(about=about, what=what, value=value, **fields)


def source(id: str, title: str, **fields: Any) -> SourceRecord:
    """Return a source that other records cite."""
    return SourceRecord(id=id, title=title, **fields)


def rows(records: Sequence[Record | Fault]) -> Iterator[Row | Fault]:
    """Yield the records as rows of one file."""
    for number, record in enumerate(records, 2):
        yield record if isinstance(record, Fault) else Row(record, Where("made-up.csv", number), (str(number),))


def fault(row: int, column: str = "name") -> Fault:
    """Return a fault of a row."""
    return Fault(Where("bad.csv", row), column, "ontbreekt", "is missing")


def load(
    store: Store,
    name: str,
    *records: Record | Fault,
    audience: str = "public",
    policy: Policy | None = None,
    **fields: Any,
) -> Report:
    """Load a dataset that says `records`."""
    dataset = DatasetRecord(name=name, audience=audience, **fields)
    return replace(store, dataset, rows(records), "made-up", policy or Policy())


def revision(store: Store) -> int:
    """Return the store's revision."""
    with store.snapshot() as snapshot:
        return snapshot.state().revision


def ids(store: Store, viewer: Viewer = PUBLIC, text: str = "", **filters: Any) -> list[str]:
    """Return the ids of the actors that a search finds, in its order, over all pages."""
    found: list[str] = []
    cursor = ""
    with open_view(store, viewer) as view:
        while True:
            page = search(view, text, Filters(**filters), limit=100, cursor=cursor)
            found += [card.id for card in page.actors]
            if not (cursor := page.cursor):
                return found


def shown(store: Store, actor_id: str, viewer: Viewer = PUBLIC) -> Mapping[str, Any]:
    """Return an actor's facts by field."""
    with open_view(store, viewer) as view:
        return {fact.field: fact.value for fact in show(view, actor_id).actor.facts}


def ties_of(store: Store, actor_id: str, viewer: Viewer = PUBLIC) -> list[tuple[str, str, str, str]]:
    """Return an actor's ties, as (source, kind, target, ref), sorted."""
    with open_view(store, viewer) as view:
        groups = show(view, actor_id, limit=500).ties
        return sorted((t.source, t.kind, t.target, t.ref) for group in groups for t in group.ties)


def around(store: Store, actor_id: str, viewer: Viewer = PUBLIC, **options: Any) -> Neighbourhood:
    """Return an actor's neighbourhood."""
    with open_view(store, viewer) as view:
        return neighbourhood(view, actor_id, **options)


def everything(store: Store, viewer: Viewer) -> dict[str, Any]:
    """Return all that a viewer can be told, as plain values that two stores can be compared by; no numbers `n`."""
    with open_view(store, viewer) as view:
        found = search(view, "", limit=100)
        told: dict[str, Any] = {"overview": overview(view), "order": [card.id for card in found.actors]}
        for card in found.actors:
            whole = show(view, card.id, as_of=today())
            told[card.id] = {
                "show": repr(whole),
                "around": repr(neighbourhood(view, card.id, depth=3, limit=20)),
                "nearby": repr(nearby(view, card.id, km=500)),
            }
        return {name: plain(value) for name, value in told.items()}


def plain(value: Any) -> Any:
    """Return a value as text, without the internal numbers of actors."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    text = value if isinstance(value, str) else repr(value)
    return _NUMBER.sub("Card(", text)
