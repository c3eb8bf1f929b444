"""Identity: ids minted once and kept, and records joined into one actor or held apart.

Records join through shared identifiers or a judgement *same*; *different* holds them apart. Each viewer has clusters
of its own, made of the records that it may see: what the public may not see never joins actors for the public.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pydantic_core import from_json

from graph.folding import seen_by
from graph.ingest.changes import batches
from graph.model import Viewer
from graph.store import Draft
from graph.stored import ActorRow, Judgement, Node
from graph.text import slug

STAFF_PREFIX = "intern-"


class Mint:
    """Mints nodes for record keys: numbers count up, ids are slugs that no one has, opaque for persons.

    Ids of staff datasets begin with `intern-`, so that a public id never tells of a record the public may not see.
    """

    def __init__(self, draft: Draft) -> None:
        """Go on from the draft's counters."""
        state = draft.state()
        self._draft = draft
        self._empty = state.next_n == 1
        self.next_n, self.next_person = state.next_n, state.next_person
        self._taken: set[str] = set()
        self._suffix: dict[str, int] = {}
        self.masks = bytearray()  # of the nodes minted

    def awaited(self, key: str) -> Node:
        """Return a new node for an end that no record bears yet."""
        return self._node("", key, 0)

    def actors(self, wanted: Sequence[tuple[str, str, int]], *, public: bool) -> list[Node]:
        """Return new nodes for (key, `proposal`, mask) of a dataset that is `public` or not, in that order."""
        texts = [text if public or not text else STAFF_PREFIX + text for _, text, _ in wanted]
        if not self._empty:
            self._taken.update(self._draft.nodes_by_id({text for text in texts if text}))
        return [
            self._node(self._free(text, public), key, mask) for text, (key, _, mask) in zip(texts, wanted, strict=True)
        ]

    def _free(self, proposal: str, public: bool) -> str:
        if not proposal:
            return self._person(public)
        free, number = proposal, self._suffix.get(proposal, 2)
        while free in self._taken or (free != proposal and not self._empty and self._draft.nodes_by_id([free])):
            free, number = f"{proposal}-{number}", number + 1
        if number > 2:
            self._suffix[proposal] = number
        self._taken.add(free)
        return free

    def _person(self, public: bool) -> str:
        if not public:
            return f"{STAFF_PREFIX}p-{self.next_n}"
        self.next_person += 1
        return f"p-{self.next_person - 1}"

    def _node(self, actor_id: str, key: str, mask: int) -> Node:
        n = self.next_n
        self.next_n += 1
        self.masks.append(mask)
        return Node(n, actor_id, key, mask, mask, n, n)


def proposal(local: str, kind: str, name: str) -> str:
    """Return the id that an actor would like, made of its local id; empty for a person, whose id tells nothing.

    A local id that is a number says nothing to anybody: then it is made of the name that the actor has when it comes.

    >>> proposal("buurtmoes-2", "initiative", "Buurtmoes"), proposal("0012", "initiative", "De Verzonnen Tuin")
    ('buurtmoes-2', 'de-verzonnen-tuin')
    """
    if kind == "person":
        return ""
    text = slug(local)[:100]
    if not any(map(str.isalpha, text)):
        text = slug(name)[:100] or text or kind  # in another script than Latin nothing of it is left
    return f"a-{text}" if text.startswith((STAFF_PREFIX, "p-")) else text


def is_of_a_person(actor_id: str) -> bool:
    """Return whether an id was minted for a person.

    >>> is_of_a_person("p-12"), is_of_a_person("intern-p-12"), is_of_a_person("plukroute")
    (True, True, False)
    """
    return actor_id.removeprefix(STAFF_PREFIX).startswith("p-")


def sharing(draft: Draft, fresh: Iterable[Node], claims: Iterable[str]) -> set[int]:
    """Return who of those that make these claims share one, or that `fresh` nodes, which have just come, were awaited by id."""
    bearers = {f"id:{node.id}": {node.n} for node in fresh}
    for claim, n, _ in draft.claimants({*bearers, *claims}):
        bearers.setdefault(claim, set()).add(n)
    return {n for some in bearers.values() if len(some) > 1 for n in some}


def regroup(draft: Draft, ns: Iterable[int]) -> dict[int, tuple[Node, Node]]:
    """Join and part the clusters that the nodes `ns` belong to; return the nodes that changed, (before, after)."""
    judgements = draft.judgements()
    changed: dict[int, tuple[Node, Node]] = {}
    todo, done = sorted(set(ns)), set[int]()
    for batch in batches(todo):
        seeds = set(batch) - done
        for component in _components(draft, _with_mates(draft, seeds), judgements):
            done |= component.nodes.keys()
            changed.update(component.regrouped(judgements))
    for nodes in batches([after for _, after in changed.values()]):
        draft.set_nodes(nodes)
    return changed


def joined(draft: Draft, ns: Iterable[int]) -> set[int]:
    """Return those of the nodes `ns` that stand for one actor with another node, for any viewer."""
    found: set[int] = set()
    for batch in batches(list(ns)):
        nodes = draft.nodes(batch)
        for viewer in Viewer:
            clusters = draft.members(viewer, {node.lead(viewer) for node in nodes.values()})
            found.update(n for n, node in nodes.items() if len(clusters.get(node.lead(viewer), ())) > 1)
    return found


def _with_mates(draft: Draft, ns: set[int]) -> set[int]:
    """Return `ns` and all that they have been joined with until now."""
    nodes = draft.nodes(ns).values()
    mates = {
        n
        for viewer in Viewer
        for cluster in draft.members(viewer, {node.lead(viewer) for node in nodes}).values()
        for n in cluster
    }
    return ns | mates


class _Component:
    """Nodes that identifiers or judgements link, whoever may see the link."""

    def __init__(self, nodes: dict[int, Node], rows: dict[int, list[ActorRow]]) -> None:
        self.nodes = nodes
        self.rows = rows

    def regrouped(self, judgements: Sequence[Judgement]) -> dict[int, tuple[Node, Node]]:
        leads, masks = {}, dict.fromkeys(self.nodes, 0)
        for viewer in Viewer:
            leads[viewer] = self._leads(viewer, judgements)
            for n in self._visible(viewer, leads[viewer]):
                masks[n] |= viewer.bit
        after = (
            node._replace(
                mask=masks[n],
                ever=node.ever | (masks[n] if node.id else 0),
                leads_public=leads[Viewer.PUBLIC][n],
                leads_staff=leads[Viewer.STAFF][n],
            )
            for n, node in self.nodes.items()
        )
        return {node.n: (self.nodes[node.n], node) for node in after if node != self.nodes[node.n]}

    def _told(self, n: int, viewer: Viewer) -> list[ActorRow]:
        return [row for row in self.rows.get(n, ()) if row.mask & viewer.bit]

    def _leads(self, viewer: Viewer, judgements: Sequence[Judgement]) -> dict[int, int]:
        """Return the node that leads each node's cluster: the oldest that bears an id."""
        present = {n for n, node in self.nodes.items() if not node.id or self._told(n, viewer)}
        apart = {(j.a, j.b) for j in judgements if j.verdict == "different"}
        clusters = {n: {n} for n in self.nodes}
        for linked in self._links(viewer, present, judgements):
            while linked:  # all at once; of those that are held apart from the first, the others still belong together
                first, *rest = linked
                for other in rest:
                    if other not in clusters[first] and not _held_apart(clusters[first], clusters[other], apart):
                        joined = clusters[first] | clusters[other]
                        clusters.update(dict.fromkeys(joined, joined))
                linked = [n for n in rest if n not in clusters[first]]
        return {
            n: min((m for m in cluster if self.nodes[m].id), default=min(cluster)) for n, cluster in clusters.items()
        }

    def _links(self, viewer: Viewer, present: set[int], judgements: Sequence[Judgement]) -> Iterator[list[int]]:
        """Yield nodes that are one as far as nothing holds them apart: by each judgement, then by each identifier."""
        for judgement in judgements:
            if judgement.verdict == "same" and judgement.a in present and judgement.b in present:
                yield [judgement.a, judgement.b]
        claims: dict[str, list[int]] = defaultdict(list)
        for n in sorted(present):
            for claim in _claims(self.nodes[n], self._told(n, viewer)):
                claims[claim].append(n)
        yield from (claims[claim] for claim in sorted(claims))

    def _visible(self, viewer: Viewer, leads: dict[int, int]) -> Iterator[int]:
        bodies: dict[int, list[dict[str, object]]] = defaultdict(list)
        for n, lead in leads.items():
            bodies[lead].extend(from_json(row.body) for row in self._told(n, viewer))
        for n, lead in leads.items():
            if bodies[lead] and seen_by(bodies[lead]) & viewer.bit:
                yield n


def _held_apart(left: set[int], right: set[int], apart: set[tuple[int, int]]) -> bool:
    return any((a in left and b in right) or (a in right and b in left) for a, b in apart)


def _components(draft: Draft, ns: set[int], judgements: Sequence[Judgement]) -> Iterator[_Component]:
    """Yield the components that `ns` belong to, whole; all of them are read at once, a ring of links at a time."""
    nodes: dict[int, Node] = {}
    rows: dict[int, list[ActorRow]] = defaultdict(list)
    holders: dict[str, set[int]] = defaultdict(set)
    ring = ns
    while ring:
        fresh = draft.nodes(ring)
        nodes.update(fresh)
        for row in draft.actor_rows(fresh):
            rows[row.n].append(row)
        claims = {claim for n, node in fresh.items() for claim in _claims(node, rows.get(n, ()))}
        ring = _holders(draft, claims, holders) | _judged(fresh, judgements)
        ring -= nodes.keys()
    yield from (
        _Component({n: nodes[n] for n in sorted(part)}, {n: rows[n] for n in part if n in rows})
        for part in _parts(nodes, holders, judgements)
    )


def _claims(node: Node, rows: Iterable[ActorRow]) -> set[str]:
    """Return the identifiers by which a node joins others, as far as these records of it say them."""
    own = {f"id:{node.id}"} if node.id else {node.key}
    return own.union(*(row.claims for row in rows))


def _holders(draft: Draft, claims: set[str], holders: dict[str, set[int]]) -> set[int]:
    """Find who else makes these claims; note it in `holders`, and return them."""
    found: set[int] = set()
    for claim, n, _ in draft.claimants(claims):
        holders[claim].add(n)
        found.add(n)
    ids = {claim[3:]: claim for claim in claims if claim.startswith("id:")}
    for actor_id, node in draft.nodes_by_id(ids).items():
        holders[ids[actor_id]].add(node.n)
        found.add(node.n)
    return found


def _judged(nodes: Iterable[int], judgements: Sequence[Judgement]) -> set[int]:
    inside = set(nodes)
    linked = [(j.a, j.b) for j in judgements if j.verdict == "same" and (j.a in inside or j.b in inside)]
    return {n for pair in linked for n in pair}


def _parts(nodes: dict[int, Node], holders: dict[str, set[int]], judgements: Sequence[Judgement]) -> Iterator[set[int]]:
    """Split `nodes` in sets that links connect."""
    part_of = {n: {n} for n in nodes}
    links = [sorted(held) for held in holders.values()]
    links += [[j.a, j.b] for j in judgements if j.verdict == "same"]
    for link in links:
        known = [n for n in link if n in part_of]
        joined = set().union(*(part_of[n] for n in known))
        for n in joined:
            part_of[n] = joined
    done: set[int] = set()
    for n, part in part_of.items():
        if n not in done:
            done |= part
            yield part
