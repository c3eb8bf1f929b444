"""Rows of the port as parameters of queries, and results of queries as rows of the port."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from graph.model import Card, Viewer
from graph.stored import ActorRow, Arc, FigureRow, Node, OfferRow, Row, State, Table, TieRow, read_writes
from graph.stores.neo4j_types import KIND_OF, RECORD_TYPES, STANCE_OF, STANCE_TYPES, TIE_TYPES

T = TypeVar("T")
Result = Sequence[Any]  # one row of a query's answer
KEY = 100  # letters of a name that the key of its rank holds: an index takes no more than 8 kB
CLAIM = 300  # letters of an identifier that its index holds as they are
WORD = 250  # letters of a word that the text index keeps whole
MOST_CONTACTS = 10**9

SEEING: Mapping[Viewer, list[int]] = {
    viewer: [mask for mask in (1, 2, 3) if mask & viewer.bit] for viewer in Viewer
}  # the masks that a viewer sees: Cypher knows no bits
LEAD: Mapping[Viewer, int] = {Viewer.PUBLIC: 3, Viewer.STAFF: 4}  # where a state keeps the leading node
TYPES: Mapping[Table, tuple[str, ...]] = {
    Table.ACTORS: ("SAYS",),
    Table.TIES: tuple(TIE_TYPES.values()),
    Table.OFFERS: tuple(STANCE_TYPES.values()),
    Table.FIGURES: ("FIGURE",),
}


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield `items` in lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


# -- nodes


def state_row(node: Node) -> list[Any]:
    """Return a node as the queries take it: n, id, key, mask, ever, leads (0: itself)."""
    leads = [0 if lead == node.n else lead for lead in (node.leads_public, node.leads_staff)]
    return [node.n, node.id or None, node.key or None, node.mask, node.ever, *leads]


def node_at(row: Result, revision: int) -> Node | None:
    """Return the node as it was at `revision`; None if it came later, or is somebody else's, who put it beside ours."""
    n, node_id, key, state, names = row
    at = next((i for i in range(0, len(state or ()), 5) if state[i] <= revision), None)
    if at is None:
        return None
    if names:
        spot = next(i for i in range(0, len(names), 3) if int(names[i]) <= revision)
        node_id, key = names[spot + 1], names[spot + 2]
    _, mask, ever, public, staff = state[at : at + 5]
    return Node(n, node_id, key, mask, ever, public or n, staff or n)


# -- records


def type_of(row: Row) -> str:
    """Return the type of relationship that a record is kept as."""
    if isinstance(row, TieRow):
        return TIE_TYPES[row.kind]
    if isinstance(row, OfferRow):
        return STANCE_TYPES[row.stance]
    return "SAYS" if isinstance(row, ActorRow) else "FIGURE"


def claim_key(claim: str) -> str:
    """Return what the index keeps of an identifier: itself, or a hash if it is too long for it."""
    if len(claim) <= CLAIM:
        return claim
    return "#" + hashlib.blake2b(claim.encode(), digest_size=16).hexdigest()


def tie_params(row: TieRow) -> list[Any]:
    """Return a tie as its query takes it, with what people like to see beside it."""
    told = _shown(row.body)
    return [row.source, row.target, row.digest, row.ref, row.mask, row.bound, row.body, *told, TIE_TYPES[row.kind]]


def _shown(body: str) -> list[Any]:
    """Return role, status, since and until of a tie; a body is the ingest's, and may be anything."""
    try:
        fields = json.loads(body)
        return [fields.get(name) for name in ("role", "status", "since", "until")]
    except (ValueError, AttributeError):
        return [None] * 4


def actor_row(row: Result) -> ActorRow:
    """Make an actor's record of a result."""
    dataset, digest, n, mask, claims, body = row
    return ActorRow(dataset, digest, n, mask, tuple(claims), body)


def tie_row(row: Result) -> TieRow:
    """Make a tie's record of a result."""
    dataset, digest, source, kind, target, ref, mask, bound, body = row
    return TieRow(dataset, digest, source, KIND_OF[kind], target, ref, mask, bound, body)


def offer_row(row: Result) -> OfferRow:
    """Make an offer's record of a result."""
    dataset, digest, n, mask, stance, help_id, body = row
    return OfferRow(dataset, digest, n, mask, STANCE_OF[stance], help_id, body)


def figure_row(row: Result) -> FigureRow:
    """Make a figure's record of a result."""
    return FigureRow(*row)


def table_row(table: Table, row: Result) -> Row:
    """Make a record of `table` of a result."""
    return _MAKE[table](row)


_MAKE: Mapping[Table, Callable[[Result], Row]] = {
    Table.ACTORS: actor_row,
    Table.TIES: tie_row,
    Table.OFFERS: offer_row,
    Table.FIGURES: figure_row,
}


def arc(at: int, row: Result) -> Arc:
    """Make an arc at node `at` of a result."""
    other, out, kind, ref, bound, dataset, body = row
    return Arc(at, other, out, KIND_OF[kind], ref, bound, dataset, body)


# -- cards


def card_text(card: Card) -> str:
    """Return a card as it is kept."""
    return json.dumps(card, ensure_ascii=False, separators=(",", ":"))


def read_card(text: str) -> Card:
    """Return the card that is kept as `text`."""
    *fields, themes, helps = json.loads(text)
    return Card._make((*fields, tuple(themes), tuple(helps)))


def rank_key(contacts: int, names: str, actor_id: str) -> str:
    """Return a text that sorts as (more contacts, names, id) do; equal for names that differ only far on."""
    tail = f"{names}\t{actor_id}" if len(names) <= KEY else names[:KEY] + " "
    return f"{MOST_CONTACTS - contacts:010d}{tail}"


def bucket(contacts: int) -> int:
    """Return the step of contacts that a card stands on: each number up to 15 is one, then each doubling."""
    return contacts if contacts < 16 else contacts.bit_length() + 11


def card_words(card: Card) -> str:
    """Return the words by which the text index finds a card, with a space on both sides of each.

    Words of the name are themselves, those of aliases have a bar before them; a hat marks a whole name, an equals
    sign what a search can be narrowed to. Folded names have none of these signs.
    """
    aliases = [alias for alias in card.alias_names.split("|") if alias]
    words = [word[:WORD] for word in card.names.split()]
    words += ["|" + word[:WORD] for alias in aliases for word in alias.split()]
    words += [start("^", card.names), *(start("|^", alias) for alias in aliases)]
    words += [f"=k:{card.kind}", f"=m:{card.municipality}", f"=c:{bucket(card.contacts):02d}"]
    words += [f"=t:{theme}" for theme in card.themes]
    words += [f"=h:{general}" for help_id in card.helps for general in _and_broader(help_id)]
    return f" {' '.join(dict.fromkeys(words))} "


def start(sign: str, names: str) -> str:
    """Return a whole folded name as one word of the text index."""
    return sign + names.replace(" ", "_")[:WORD]


def _and_broader(help_id: str) -> Iterator[str]:
    parts = help_id.split(".")
    for length in range(1, len(parts) + 1):
        yield ".".join(parts[:length])


def card_params(card: Card, text: str) -> list[Any]:
    """Return a card as its query takes it."""
    rank = rank_key(card.contacts, card.names, card.id)
    return [
        card.n,
        card.id,
        card.names,
        card.alias_names or None,
        card.contacts,
        rank,
        card_words(card),
        card.lat,
        card.lon,
        text,
    ]


# -- the store's state


def state_text(state: State, **more: object) -> str:
    """Return all that becomes live at once, as it is kept on the store's node: a state, and `more` of the store."""
    seen = {viewer.value: revision for viewer, revision in state.seen.items()}
    fields = {name: getattr(state, name) for name in ("revision", "next_n", "next_person", "secret", "vocabulary")}
    return json.dumps({**fields, "seen": seen, "writes": state.writes, **more})


def read_types(live: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the types of records that a store has, or once had; an older version of Weefsel did not say."""
    types = live.get("types", RECORD_TYPES) if live else ()
    return tuple(name for name in RECORD_TYPES if name in types)


def read_state(live: Mapping[str, Any]) -> State:
    """Return the numbers of a store from what is live."""
    if not live:
        return State()
    seen = {Viewer(name): revision for name, revision in live["seen"].items()}
    numbers = (live["revision"], seen, live["next_n"], live["next_person"], live["secret"], live["vocabulary"])
    return State(*numbers, read_writes(live.get("writes", {})))
