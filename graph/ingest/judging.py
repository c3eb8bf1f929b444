"""Judgements: what a person decided about records. They survive every reload and can be taken back."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from graph.errors import BadInputError, NotFoundError
from graph.ingest import waiting
from graph.ingest.changes import Changes
from graph.ingest.ends import keyed_hash
from graph.ingest.finishing import finish
from graph.ingest.identity import Mint
from graph.model import Viewer
from graph.store import Draft, Judgement, Node, Row, Store, Table

OPPOSITE = {"same": "different", "different": "same"}


def judge(store: Store, verdict: str, a: str, b: str, who: str, why: str = "") -> int:
    """Judge that the actors with ids `a` and `b` are `same` or `different`; return the revision.

    Raises:
        NotFoundError: There is no such id.
        BadInputError: The verdict is another, or `a` is `b`.
        LockedError, StoreError: As for a load.
    """
    if verdict not in OPPOSITE or a == b:
        raise BadInputError(
            nl=f"Oordeel {verdict!r} over {a!r} en {b!r} kan niet: kies same of different, over twee ids.",
            en=f"A judgement {verdict!r} on {a!r} and {b!r} cannot be: choose same or different, on two ids.",
            field="verdict",
        )
    with store.draft(f"judge {verdict}") as draft:
        first, second = sorted(_nodes(draft, [a, b]), key=lambda node: node.n)
        draft.drop_judgement(OPPOSITE[verdict], first.n, second.n)
        draft.put_judgement(Judgement(verdict, first.n, second.n, who, _now(), why))
        return _finished(draft, Changes(identity={first.n, second.n}))


def take_back(store: Store, verdict: str, a: str, b: str = "") -> int:
    """Take a judgement back (`b` empty for `suppress`); return the revision.

    A suppressed person comes back with the next load of a dataset that names it, under a new id.

    Raises:
        NotFoundError: There is no such id, or no such judgement on it.
        LockedError, StoreError: As for a load.
    """
    with store.draft(f"take back {verdict}") as draft:
        found = sorted(node.n for node in _nodes(draft, [a, b] if b else [a]))
        if not draft.drop_judgement(verdict, found[0], found[1] if b else 0):
            raise NotFoundError(
                nl=f"Er is geen oordeel {verdict!r} over {a!r}{f' en {b!r}' if b else ''}.",
                en=f"There is no judgement {verdict!r} on {a!r}{f' and {b!r}' if b else ''}.",
            )
        return _finished(draft, Changes(identity=set(found)))


def suppress(store: Store, person: str, who: str, why: str = "") -> int:
    """Erase a person from every record, and remember keyed hashes of its keys so that no load brings it back.

    What others wrote about the person in notes is not found by this. Returns the revision.

    Raises:
        NotFoundError: There is no such id.
        BadInputError: It is no person.
        LockedError, StoreError: As for a load.
    """
    with store.draft("suppress") as draft:
        [node] = _nodes(draft, [person])
        members = _cluster(draft, node)
        rows = draft.rows_at([member.n for member in members])
        if not _is_person(rows[Table.ACTORS]):
            raise BadInputError(
                nl=f"{person!r} is geen persoon; alleen personen worden gewist.",
                en=f"{person!r} is no person; only persons are erased.",
                field="person",
            )
        changes = Changes(identity={member.n for member in members})
        _erase(draft, rows, changes)
        _remember(draft, members, who, why)
        draft.erase()
        return _finished(draft, changes)


def _cluster(draft: Draft, node: Node) -> list[Node]:
    """Return the nodes that are this one for any viewer, the awaited left out."""
    found = {n for viewer in Viewer for n in draft.members(viewer, [node.lead(viewer)]).get(node.lead(viewer), ())}
    return [member for member in draft.nodes(found | {node.n}).values() if member.id]


def _is_person(rows: Iterable[Row]) -> bool:
    return any(json.loads(row.body)["kind"] == "person" for row in rows)


def _erase(draft: Draft, rows: dict[Table, list[Row]], changes: Changes) -> None:
    waiting.add(draft, _fewer(draft, rows))
    for table, found in rows.items():
        for dataset in sorted({row.dataset for row in found}):
            mine = [row.digest for row in found if row.dataset == dataset]
            changes.note(draft.drop(table, dataset, mine))


def _fewer(draft: Draft, rows: dict[Table, list[Row]]) -> dict[str, dict[str, Counter[Viewer]]]:
    """Return what to add to the counts of datasets when these rows go: by dataset, what is counted, and viewer."""
    fewer: dict[str, dict[str, Counter[Viewer]]] = defaultdict(lambda: defaultdict(Counter))
    for viewer in Viewer:
        for table, found in rows.items():
            for row in waiting.known_to(draft, viewer, found):
                fewer[row.dataset][table.value][viewer] -= 1
    about = [row for table, found in rows.items() if table is not Table.ACTORS for row in found]
    nodes = draft.nodes({n for row in about for n in waiting.ends(row)})
    for dataset, numbers in waiting.waiting(draft, about, nodes).items():
        fewer[dataset]["waiting"].subtract(numbers)
    return fewer


def _remember(draft: Draft, members: Sequence[Node], who: str, why: str) -> None:
    secret = draft.state().secret
    forgotten = []
    for member in members:
        hashed = keyed_hash(secret, member.key)
        draft.put_judgement(Judgement("suppress", member.n, 0, who, _now(), why, (hashed,)))
        forgotten.append(member._replace(key=f"suppressed:{hashed}", ever=0))
    draft.set_nodes(forgotten)


def _finished(draft: Draft, changes: Changes) -> int:
    state = finish(draft, changes, Mint(draft))
    draft.commit(state)
    return state.revision


def _nodes(draft: Draft, ids: Sequence[str]) -> list[Node]:
    nodes = draft.nodes_by_id(ids)
    missing = [actor_id for actor_id in ids if actor_id not in nodes]
    if missing:
        names = ", ".join(repr(actor_id) for actor_id in missing)
        raise NotFoundError(nl=f"Er is geen actor {names}.", en=f"There is no actor {names}.")
    return [nodes[actor_id] for actor_id in ids]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
