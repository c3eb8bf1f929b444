"""What waits: records that name an end elsewhere that nobody bears yet; and what of a dataset the public may know.

A dataset's counts say how many of its records wait, for each viewer: whether an end is there may be a secret of staff.
A load counts its own dataset whole; every write counts again the records of others that it brought an end, or took one.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pydantic_core import from_json

from graph.folding import seen_by
from graph.ingest.ends import Ends
from graph.model import EVERYONE, Viewer
from graph.store import Draft
from graph.stored import Node, Row, Table, ends_of

ByDataset = Mapping[str, Mapping[Viewer, int]]
Late = Mapping[Viewer, tuple[int, list[str]]]  # how many records wait, and for which ends


def keep(draft: Draft, regrouped: Mapping[int, tuple[Node, Node]], but: str) -> None:
    """Bring the numbers of waiting records up to date with nodes that came in sight or went; not those of `but`."""
    moved = [n for n, (old, new) in regrouped.items() if old.mask != new.mask]
    rows = [row for row in _naming(draft, moved) if row.dataset != but]
    if rows:
        after = draft.nodes({n for row in rows for n in ends_of(row)})
        before = after | {n: regrouped[n][0] for n in moved if n in after}
        more: dict[str, Counter[Viewer]] = defaultdict(Counter)
        for name, number in waiting(draft, rows, after).items():
            more[name].update(number)
        for name, number in waiting(draft, rows, before).items():
            more[name].subtract(number)
        add(draft, {name: {"waiting": number} for name, number in more.items()})


def _naming(draft: Draft, ns: Sequence[int]) -> Iterable[Row]:
    tables = draft.rows_at(ns) if ns else {}
    return [row for table, rows in tables.items() if table is not Table.ACTORS for row in rows]


def waiting(draft: Draft, rows: Iterable[Row], nodes: Mapping[int, Node]) -> ByDataset:
    """Return how many of these records wait, by dataset and viewer, their ends being `nodes`."""
    counted: dict[str, Counter[Viewer]] = defaultdict(Counter)
    for viewer in Viewer:
        late = [row for row in rows if any(awaited(nodes.get(n), row.dataset, viewer) for n in ends_of(row))]
        for row in known_to(draft, viewer, late):
            counted[row.dataset][viewer] += 1
    return counted


def awaited(node: Node | None, dataset: str, viewer: Viewer) -> bool:
    """Return whether an end that a record of `dataset` names is elsewhere, and nobody whom `viewer` sees bears it."""
    return node is not None and not node.key.startswith(f"{dataset}/") and not node.mask & viewer.bit


def known_to(draft: Draft, viewer: Viewer, rows: Sequence[Row]) -> Sequence[Row]:
    """Return the records that `viewer` may know of, as far as their own dataset tells: none of persons it hides."""
    if viewer is Viewer.STAFF:
        return rows
    about = draft.actor_rows({n for row in rows for n in ends_of(row)})
    hidden = {(row.dataset, row.n) for row in about if seen_by([from_json(row.body)]) != EVERYONE}
    return [row for row in rows if not any((row.dataset, n) in hidden for n in ends_of(row))]


def add(draft: Draft, more: Mapping[str, Mapping[str, Mapping[Viewer, int]]]) -> None:
    """Add to the counts of datasets: by dataset, what is counted, and viewer."""
    for row in draft.datasets():
        counts = json.loads(row.counts)
        for name, numbers in more.get(row.name, {}).items():
            for viewer, number in numbers.items():
                counts[viewer][name] += number
        if (text := json.dumps(counts)) != row.counts:
            draft.put_dataset(row._replace(counts=text))


class Named:
    """The ends elsewhere that the records of a dataset that is being loaded name."""

    def __init__(self, draft: Draft, dataset: str, resolved: Ends) -> None:
        """Start with none; `resolved` tells whom an end names."""
        self._draft = draft
        self._dataset = dataset
        self._ends = resolved
        self._times: Counter[tuple[tuple[str, ...], bool]] = Counter()

    def note(self, elsewhere: tuple[str, ...], *, hidden: bool) -> None:
        """Take down a record; `hidden`: the public may not know of it."""
        self._times[elsewhere, hidden] += 1

    def late(self, *, moved: bool) -> Late:
        """Return how many records wait, as far as each viewer may know of them, and the ends that they wait for.

        `moved`: nodes may have come in sight or gone since they were looked up.
        """
        numbers = {end: self._ends.elsewhere[end] for elsewhere, _ in self._times for end in elsewhere}
        nodes = self._draft.nodes(n for n in numbers.values() if n > 0) if moved else self._ends.met
        return {viewer: self._late(viewer, numbers, nodes) for viewer in Viewer}

    def _late(self, viewer: Viewer, numbers: Mapping[str, int], nodes: Mapping[int, Node]) -> tuple[int, list[str]]:
        late = {end for end, n in numbers.items() if awaited(nodes.get(n), self._dataset, viewer)}
        if not late:
            return 0, []
        known = {named: number for named, number in self._times.items() if viewer is Viewer.STAFF or not named[1]}
        return sum(number for (named, _), number in known.items() if not late.isdisjoint(named)), sorted(late)
