"""Whom a record names: local ids and `scheme:value` ends turned into nodes, awaited ones where nobody bears them yet."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from graph.errors import BadInputError
from graph.ingest.identity import Mint
from graph.ingest.suppressed import Suppressed
from graph.numbers import Column, Flags, Numbers, among, in_order
from graph.store import Draft
from graph.stored import Node

APART = -1  # the end was suppressed: what names it is set apart
SECTOR_END = -1  # the number of the end of what is about no actor in particular


def speaks_for_nobody(speaker: str) -> BadInputError:
    """Return the error of a dataset that speaks for somebody who is not in it."""
    return BadInputError(
        nl=f"De dataset spreekt voor {speaker!r}, maar dat is geen actor die erin staat. Gebruik een id uit de dataset, of"
        " schema:waarde (zoals cbs:GM0599).",
        en=f"The dataset speaks for {speaker!r}, but that is no actor in it. Use an id of the dataset, or scheme:value"
        " (such as cbs:GM0599).",
        field="speaker",
    )


class Ends:
    """The ends that one dataset names, by the numbers that `preparing` gives them.

    `elsewhere` has the nodes of ends by `scheme:value`, `met` what these nodes were when they were looked up, and `awaited`
    those that were made for them.
    """

    def __init__(self, draft: Draft, dataset: str, mint: Mint, suppressed: Suppressed) -> None:
        """Resolve for `dataset`; who is `suppressed` is `APART`."""
        self._draft = draft
        self._dataset = dataset
        self._mint = mint
        self._suppressed = suppressed
        self._ids: list[str] = []
        self._local, self._hidden = Column(), Column()
        self._named = [""]  # an end elsewhere by its number, from -1 down; the first is the sector
        self.elsewhere: dict[str, int] = {"": 0}
        self.met: dict[int, Node] = {}
        self.awaited: list[Node] = []

    def __len__(self) -> int:
        """Return how many local ids there are."""
        return len(self._local)

    def key(self, local: str) -> str:
        """Return the record key of a local id."""
        return f"{self._dataset}/{local}"

    def add(self, ids: Sequence[str], nodes: Numbers, hidden: Flags, *, keep: bool) -> None:
        """Note the next local ids with their nodes (0: to be looked up, `keep` the ids for that) and who is hidden."""
        self.__dict__.pop("hidden", None)
        self._local.extend(nodes)
        self._hidden.extend(hidden.astype(np.int64))
        if keep:
            self._ids += ids

    def move(self, moves: Mapping[int, int]) -> None:
        """Put another node in place of each of these."""
        self.__dict__.pop("hidden", None)
        here = among(self._local.values, in_order(moves))
        self._local.values[here] = [moves[n] for n in self._local.values[here].tolist()]

    def add_elsewhere(self, ends: Sequence[str]) -> None:
        """Look up the next ends elsewhere, making awaited nodes for those that nobody bears."""
        self._named += ends
        self.resolve(ends)

    def resolve(self, ends: Iterable[str]) -> None:
        """Look up all of these ends elsewhere that are not known yet."""
        ends = sorted({end for end in ends if end not in self.elsewhere})
        if not ends:
            return
        by_id = self._draft.nodes_by_id(end[3:] for end in ends if end.startswith("id:"))
        by_key = self._draft.nodes_by_key(end for end in ends if not (end.startswith("id:") and end[3:] in by_id))
        fresh = []
        for end in ends:
            node = by_id.get(end[3:]) if end.startswith("id:") else None
            node = node or by_key.get(end)
            if self._suppressed and (self._suppressed.has(end) or (node and self._suppressed.is_node(node))):
                self.elsewhere[end] = APART
                continue
            if node is None:
                node = self._mint.awaited(end)
                fresh.append(node)
            self.elsewhere[end] = node.n
            self.met[node.n] = node
        self._draft.put_nodes(fresh)
        self.awaited += fresh

    def named(self, ends: Sequence[int]) -> tuple[str, ...]:
        """Return those of some ends that are elsewhere, as they are named."""
        return tuple(self._named[-1 - end] for end in ends if end < SECTOR_END)

    def apart(self, ends: Numbers) -> Flags:
        """Return which of some ends are suppressed, as far as they have been looked up."""
        found: Flags = self._nodes(ends) == APART
        return found

    def nodes(self, ends: Numbers) -> Numbers:
        """Return the nodes of some ends, looking up those that are not known yet."""
        unknown = np.unique(ends[(ends >= 0) & (self._nodes(ends) == 0)])
        if len(unknown):
            keys = [self.key(self._ids[i]) for i in unknown.tolist()]
            found = self._draft.nodes_by_key(keys)
            self._local.values[unknown] = [found[key].n if key in found else 0 for key in keys]
        return self._nodes(ends)

    def every(self) -> Numbers:
        """Return the nodes of all local ids."""
        return self.nodes(np.arange(len(self._local)))

    @cached_property
    def hidden(self) -> Numbers:
        """The nodes of the persons that this dataset hides from the public, in order."""
        return np.sort(self.nodes(np.flatnonzero(self._hidden.values)))

    def _nodes(self, ends: Numbers) -> Numbers:
        found = np.zeros(len(ends), dtype=np.int64)
        local = ends >= 0
        found[local] = self._local.values[ends[local]]
        if not local.all():
            found[~local] = [self.elsewhere[self._named[-1 - end]] for end in ends[~local].tolist()]
        return found
