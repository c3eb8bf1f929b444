"""Judgements: what a person decided about records. They survive every reload and can be taken back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pydantic_core import from_json

from graph.errors import BadInputError, NotFoundError
from graph.ingest import waiting
from graph.ingest.changes import Changes
from graph.ingest.finishing import finish
from graph.ingest.identity import STAFF_PREFIX, Mint
from graph.ingest.report import Judged
from graph.ingest.suppressed import forgotten, keyed_hash, remembered
from graph.model import Viewer
from graph.store import Draft, Store
from graph.stored import ActorRow, Judgement, Node, Row, Table, ends_of

VERDICTS = ("same", "different", "unknown")  # on two actors; of these one holds at a time


def judge(store: Store, verdict: str, a: str, b: str, who: str, why: str = "") -> Judged:
    """Judge that the actors with ids `a` and `b` are `same` or `different`, or that it is `unknown` which.

    The last neither joins nor parts them; it keeps them from being proposed again.

    Raises:
        NotFoundError: There is no such id.
        BadInputError: The verdict is another, or `a` is `b`.
        LockedError, StoreError: As for a load.
    """
    if verdict not in VERDICTS or a == b:
        raise BadInputError(
            nl=f"Oordeel {verdict!r} over {a!r} en {b!r} kan niet: kies {', '.join(VERDICTS)}, over twee ids.",
            en=f"A judgement {verdict!r} on {a!r} and {b!r} cannot be: choose from {', '.join(VERDICTS)}, on two ids.",
            field="verdict",
        )
    with store.draft(f"judge {verdict}") as draft:
        first, second = sorted(_nodes(draft, [a, b]), key=lambda node: node.n)
        for other in VERDICTS:
            draft.drop_judgement(other, first.n, second.n)
        draft.put_judgement(Judgement(verdict, first.n, second.n, who, _now(), why))
        return _finished(draft, Changes(identity={first.n, second.n}))


def take_back(store: Store, verdict: str, a: str, b: str = "") -> Judged:
    """Take a judgement back (`b` empty for `suppress`).

    A suppressed person comes back with the next load of a dataset that names it, under a new id.

    Raises:
        NotFoundError: There is no such id, or no such judgement on it.
        LockedError, StoreError: As for a load.
    """
    with store.draft(f"take back {verdict}") as draft:
        nodes = sorted(_nodes(draft, [a, b] if b else [a], also_forgotten=True), key=lambda node: node.n)
        one, other = (nodes[0].n, nodes[1].n) if b else (_suppressed_with(draft, nodes[0]), 0)
        if not draft.drop_judgement(verdict, one, other):
            raise NotFoundError(
                nl=f"Er is geen oordeel {verdict!r} over {a!r}{f' en {b!r}' if b else ''}.",
                en=f"There is no judgement {verdict!r} on {a!r}{f' and {b!r}' if b else ''}.",
            )
        return _finished(draft, Changes(identity={node.n for node in nodes}))


def suppress(store: Store, person: str, who: str, why: str = "") -> Judged:
    """Erase a person from every record, and remember keyed hashes by which every load sets it apart.

    Remembered are the keys of its records, its identifiers that nobody else has, and those by which others name it.
    What others wrote about the person in notes is not found by this.

    Raises:
        NotFoundError: There is no such id.
        BadInputError: It is no person.
        LockedError, StoreError: As for a load.
    """
    with store.draft("suppress") as draft:
        [node] = _nodes(draft, [person])
        members = _cluster(draft, node)
        rows = draft.rows_at([member.n for member in members])
        if not _is_person(node, rows[Table.ACTORS]):
            raise BadInputError(
                nl=f"{person!r} is geen persoon; alleen personen worden gewist.",
                en=f"{person!r} is no person; only persons are erased.",
                field="person",
            )
        changes = Changes(identity={member.n for member in members})
        names = {member.key for member in members} | _own_claims(draft, rows[Table.ACTORS], members)
        _erase(draft, rows, changes)
        _remember(draft, node, names, who, why)
        _forget(draft, members)
        draft.erase()
        return _finished(draft, changes)


def _cluster(draft: Draft, node: Node) -> list[Node]:
    """Return the nodes that are this one for any viewer."""
    found = {n for viewer in Viewer for n in draft.members(viewer, [node.lead(viewer)]).get(node.lead(viewer), ())}
    return list(draft.nodes(found | {node.n}).values())


def _is_person(node: Node, rows: Sequence[Row]) -> bool:
    """Return whether these records are of a person; if they left the store, the id tells."""
    if not rows:
        return node.id.removeprefix(STAFF_PREFIX).startswith("p-")
    return any(from_json(row.body)["kind"] == "person" for row in rows)


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
    nodes = draft.nodes({n for row in about for n in ends_of(row)})
    for dataset, numbers in waiting.waiting(draft, about, nodes).items():
        fewer[dataset]["waiting"].subtract(numbers)
    return fewer


def _own_claims(draft: Draft, rows: Iterable[Row], members: Sequence[Node]) -> set[str]:
    """Return the identifiers that these records claim, and no record of anybody else does."""
    claims = {claim for row in rows if isinstance(row, ActorRow) for claim in row.claims}
    mine = {member.n for member in members}
    return claims - {claim for claim, n, _ in draft.claimants(claims) if n not in mine}


def _remember(draft: Draft, node: Node, names: Iterable[str], who: str, why: str) -> None:
    secret = draft.state().secret
    keys = tuple(sorted(keyed_hash(secret, name) for name in names))
    draft.put_judgement(Judgement("suppress", node.n, 0, who, _now(), why, keys))


def _forget(draft: Draft, members: Sequence[Node]) -> None:
    """Forget the keys of nodes, and that anybody ever bore their ids; and whom datasets spoke for, if it was them."""
    secret = draft.state().secret
    draft.set_nodes([forgotten(member, secret) for member in members])
    gone = {member.n for member in members}
    for row in draft.datasets():
        if row.speaker in gone:
            draft.put_dataset(row._replace(speaker=0))


def _suppressed_with(draft: Draft, node: Node) -> int:
    """Return the node by which a judgement suppressed this one: itself, or another record of the same person."""
    hashed = remembered(node)
    return next((j.a for j in draft.judgements() if j.verdict == "suppress" and hashed in j.keys), node.n)


def _finished(draft: Draft, changes: Changes) -> Judged:
    state = finish(draft, changes, Mint(draft))
    draft.commit(state)
    return Judged(state.revision, changes.self_ties)


def _nodes(draft: Draft, ids: Sequence[str], *, also_forgotten: bool = False) -> list[Node]:
    """Return the nodes that bear these ids; `also_forgotten`: those of persons who were suppressed too."""
    found = draft.nodes_by_id(ids)
    nodes = {id: node for id, node in found.items() if also_forgotten or not remembered(node)}
    missing = [actor_id for actor_id in ids if actor_id not in nodes]
    if missing:
        names = ", ".join(repr(actor_id) for actor_id in missing)
        raise NotFoundError(nl=f"Er is geen actor {names}.", en=f"There is no actor {names}.")
    return [nodes[actor_id] for actor_id in ids]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
