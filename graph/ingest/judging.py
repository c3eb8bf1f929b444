"""Judgements: what a person decided about records. They survive every reload and can be taken back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pydantic_core import from_json

from graph.errors import BadInputError, NotFoundError
from graph.ingest import waiting
from graph.ingest.changes import Changes
from graph.ingest.finishing import finish
from graph.ingest.identity import Mint, is_of_a_person
from graph.ingest.report import JudgementReport
from graph.ingest.suppressed import forgotten, keyed_hash, remembered
from graph.model import Viewer
from graph.store import Draft, Store
from graph.stored import ActorRow, Judgement, Node, Row, Table, ends_of

FEW = 5  # judgements to name
VERDICTS = ("same", "different", "unknown")  # on two actors; of these one holds at a time


def judge(store: Store, verdict: str, a: str, b: str, who: str, why: str = "") -> JudgementReport:
    """Judge that the actors with ids `a` and `b` are `same` or `different`, or that it is `unknown` which.

    The last neither joins nor parts them; it keeps them from being proposed again.

    Raises:
        NotFoundError: There is no such id.
        BadInputError: The verdict is another, or `a` is `b`.
        LockedError, StoreError: As for a load.
    """
    if verdict not in VERDICTS:
        raise BadInputError(
            nl=f"Oordeel {verdict!r} kennen we niet: kies {', '.join(VERDICTS)}.",
            en=f"A judgement {verdict!r} is not known: choose from {', '.join(VERDICTS)}.",
            field="verdict",
        )
    if a == b:
        raise BadInputError(
            nl=f"Een oordeel gaat over twee actoren; {a!r} is er één.",
            en=f"A judgement is on two actors; {a!r} is one.",
            field="other",
        )
    with store.draft(f"judge {verdict}") as draft:
        first, second = sorted(_nodes(draft, [a, b]), key=lambda node: node.n)
        before = [other for other in VERDICTS if draft.drop_judgement(other, first.n, second.n) and other != verdict]
        draft.put_judgement(Judgement(verdict, first.n, second.n, who, _now(), why))
        return _finished_with(draft, (first, second))._replace(before="".join(before))


def take_back(store: Store, verdict: str, a: str, b: str = "") -> JudgementReport:
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
            raise _no_judgement(draft, verdict, nodes)
        return _finished_with(draft, nodes)


def suppress(store: Store, person: str, who: str, why: str = "") -> JudgementReport:
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
    """Return the nodes that are this one for any viewer, and those judged the same whose records are away but may come back."""
    found = {n for viewer in Viewer for n in draft.members(viewer, [node.lead(viewer)]).get(node.lead(viewer), ())}
    away = found = found | {node.n}
    same = [{j.a, j.b} for j in draft.judgements() if j.verdict == "same"]
    while away:
        linked = {n for pair in same if pair & away for n in pair} - found
        away = linked - {row.n for row in draft.actor_rows(linked)}
        found |= away
    return list(draft.nodes(found).values())


def _is_person(node: Node, rows: Sequence[Row]) -> bool:
    """Return whether these records are of a person; if they left the store, the id tells."""
    if not rows:
        return is_of_a_person(node.id)
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
    """Forget the keys of nodes, that anybody ever bore their ids, what was judged of them; and whom datasets spoke for, if it was them."""
    secret = draft.state().secret
    draft.set_nodes([forgotten(member, secret) for member in members])
    gone = {member.n for member in members}
    for judged in draft.judgements():
        if judged.b and not gone.isdisjoint((judged.a, judged.b)):
            draft.drop_judgement(judged.verdict, judged.a, judged.b)
    for row in draft.datasets():
        if row.speaker in gone:
            draft.put_dataset(row._replace(speaker=0))


def _suppressed_with(draft: Draft, node: Node) -> int:
    """Return the node by which a judgement suppressed this one: itself, or another record of the same person."""
    hashed = remembered(node)
    return next((j.a for j in draft.judgements() if j.verdict == "suppress" and hashed in j.keys), node.n)


def _no_judgement(draft: Draft, verdict: str, nodes: Sequence[Node]) -> NotFoundError:
    """Return the error that tells that there is no such judgement, and which there are on the same actors."""
    leads = {node.leads_staff for node in nodes}
    made = [judged for judged in draft.judgements() if judged.b]
    known = draft.nodes({n for judged in made for n in (judged.a, judged.b)})
    pairs = ((judged.verdict, known[judged.a], known[judged.b]) for judged in made)
    near = [f"{it} {one.id} {other.id}" for it, one, other in pairs if leads <= {one.leads_staff, other.leads_staff}]
    ids, told = [repr(node.id) for node in nodes], "; ".join(near[:FEW])
    return NotFoundError(
        nl=f"Er is geen oordeel {verdict!r} over {' en '.join(ids)}." + (f" Wel: {told}." if near else ""),
        en=f"There is no judgement {verdict!r} on {' and '.join(ids)}." + (f" There is: {told}." if near else ""),
    )


def _finished(draft: Draft, changes: Changes) -> JudgementReport:
    state = finish(draft, changes, Mint(draft))
    draft.commit(state)
    return JudgementReport(state.revision, changes.self_ties)


def _finished_with(draft: Draft, pair: Sequence[Node]) -> JudgementReport:
    """Commit what was judged of two, or taken back; return also whether they are one now and, if judged the same, why not."""
    ns = [node.n for node in pair]
    state, away, apart = finish(draft, changes := Changes(identity=set(ns)), Mint(draft)), list[str](), list[str]()
    joined = len(ns) == 2 and len({node.leads_staff for node in draft.nodes(ns).values()}) == 1
    judgements = draft.judgements()
    if not joined and any(judged[:3] == ("same", *ns) for judged in judgements):
        away = [node.id for node in pair if not list(draft.actor_rows([node.n]))]
        apart = _held_by(draft, ns, judgements)
    draft.commit(state)
    return JudgementReport(state.revision, changes.self_ties, joined, tuple(away), tuple(apart))


def _held_by(draft: Draft, pair: Sequence[int], judgements: Iterable[Judgement]) -> list[str]:
    """Return the ids of two that were judged different, which holds the actors of these two nodes apart; none if nothing does."""
    different = [(j.a, j.b) for j in judgements if j.verdict == "different"]
    nodes = draft.nodes({n for two in (pair, *different) for n in two})
    leads = {nodes[n].leads_staff for n in pair}
    held = (two for two in different if {nodes[n].leads_staff for n in two} == leads)
    return [nodes[n].id for n in next(held, ())]


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
