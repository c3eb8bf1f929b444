"""Ties of an actor with itself: what is left of a tie between two records once they are joined. No answer has them."""

from collections.abc import Iterable, Mapping

from graph.ingest.changes import Changes, batches
from graph.model import Viewer
from graph.store import Draft
from graph.stored import Node, Table, TieRow


def count(draft: Draft, changes: Changes, regrouped: Mapping[int, tuple[Node, Node]]) -> int:
    """Return how many ties a write made ties of an actor with itself, as staff see it."""
    before = {n: old for n, (old, _) in regrouped.items()}
    joined = [n for n, (old, new) in regrouped.items() if old.leads_staff != new.leads_staff]
    rows = draft.rows_at(joined)[Table.TIES] if joined else []
    ties = [(row.source, row.target) for row in rows if isinstance(row, TieRow)]
    became = sum(not _is_one(tie, nodes | before) for tie, nodes in _inner(draft, ties))
    return became + sum(_is_one(tie, nodes | before) for tie, nodes in _inner(draft, changes.new_ties))


def _inner(draft: Draft, ties: list[tuple[int, int]]) -> Iterable[tuple[tuple[int, int], dict[int, Node]]]:
    """Yield those of the ties that have one actor at both ends now, with the nodes that they are between."""
    for batch in batches(ties):
        nodes = draft.nodes({n for tie in batch for n in tie})
        for tie in batch:
            if _is_one(tie, nodes):
                yield tie, {n: nodes[n] for n in tie}


def _is_one(tie: tuple[int, int], nodes: Mapping[int, Node]) -> bool:
    source, target = (nodes[n].lead(Viewer.STAFF) for n in tie)
    return source == target
