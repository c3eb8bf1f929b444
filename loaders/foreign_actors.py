"""The nodes of foreign files as actors: which of them stand there twice, whom edges name, and the ids that actors get."""

import re
from hashlib import blake2b

from graph.model import SECTOR
from graph.reading import Fault, Row, Where
from graph.text import fold, slug
from loaders.foreign_items import Node, is_given
from loaders.foreign_nodes import Nodes
from loaders.foreign_told import Told
from loaders.foreign_words import Words

LONGEST = 90  # of an id made from a name
NOBODY, REJECTED, SEVERAL, UNKEPT = "", "\0", "\1", "\2"  # what an end may be instead of an actor
_WORDS = re.compile(r"(?=.*[a-z]{3})[a-z0-9]+(?:-[a-z0-9]+)*")


class Actors:
    """The nodes read so far: whom ends of edges name, and the ids that actors have."""

    def __init__(self, words: Words, told: Told, *, may_be_anyone: bool) -> None:
        """Begin with nobody; a node of an unknown type is refused unless it `may_be_anyone`."""
        self._told, self._nodes = told, Nodes(words, told, may_be_anyone=may_be_anyone)
        self.offered: list[Row] = []  # to be given out when all actors were
        self._ends: dict[str, str] = {}  # ids of nodes
        self._labels: dict[str, str] = {}  # the node that bears one
        self._digests: dict[str, int] = {}
        self._chosen: dict[str, tuple[str, int]] = {}
        self._locals: set[str] = set()
        self._numbers: dict[str, int] = {}

    # -- whom ends name

    def end(self, name: str, *, by_label: bool = False) -> str | None:
        """Return the actor that an edge names (or `NOBODY`, `REJECTED`, `SEVERAL`, `UNKEPT`); None if there is no such node so far.

        Only when all nodes are known (`by_label`) it is sure whom a label names.
        """
        found = self._ends.get(name)
        if found is None and by_label and (node := self._labels.get(name)):
            return SEVERAL if node == SEVERAL else self._ends[node]
        return found

    def forget(self) -> None:
        """Forget the ids of the file that was read, as the next one has its own."""
        self._ends, self._labels, self._digests = {}, {}, {}

    def set_apart(self, node: str) -> None:
        """Take a node that is none of what we keep: who names it names nobody."""
        self._ends.setdefault(node, UNKEPT)

    # -- nodes

    def take(self, read: Node, cites: str) -> list[Row | Fault]:
        """Return the actor that a node is, or its faults; nothing if it is set apart."""
        node, where = read.id, read.where
        digest = hash(tuple(read.said.items()))
        if node in self._digests:
            return self._again(node, digest, where)
        self._digests[node] = digest
        for label in read.also:
            self._labels[label] = SEVERAL if label in self._labels else node
        made, faults = self._nodes.read(read, cites)
        if faults:
            self._ends[node] = REJECTED
            self._told.ledger.reject()
            return [*faults]
        if made is None:
            return self._apart(node, "nobody", NOBODY)
        record, name, chosen, offers = made
        chosen = chosen or node
        chosen = slug(chosen) if speaks(chosen) and record.kind != "person" else ""
        if chosen in self._chosen:
            return self._chosen_again(node, chosen, digest, where)
        local = self._ends[node] = self._local(node, chosen, name, record.kind)
        if chosen:
            self._chosen[chosen] = local, digest
        self.offered += [Row(offer, where, (), (local,)) for offer in offers]
        return [Row(record, where, (), (local, name))]

    def _again(self, node: str, digest: int, where: Where) -> list[Row | Fault]:
        if self._digests[node] == digest:
            return self._apart(node, "doubled", self._ends[node])
        return self._twice(node, where)

    def _chosen_again(self, node: str, chosen: str, digest: int, where: Where) -> list[Row | Fault]:
        local, before = self._chosen[chosen]
        if before == digest:
            return self._apart(node, "doubled", local)
        self._ends[node] = REJECTED
        return self._twice(chosen, where)

    def _apart(self, node: str, reason: str, end: str) -> list[Row | Fault]:
        self._ends[node] = end
        self._told.ledger.apart(reason)
        return []

    def _twice(self, name: str, where: Where) -> list[Row | Fault]:
        self._told.ledger.reject()
        nl = f"{name!r} staat er al, en zegt daar iets anders; geef elk een eigen id, of maak er een van"
        en = f"{name!r} stands there already, and says something else there; give each an id of its own, or make them one"
        return [Fault(where, "", nl, en)]

    # -- ids

    def _local(self, node: str, chosen: str, name: str, kind: str) -> str:
        """Return an id that no other actor has: the one that people chose, else one made of the name, else of the node's."""
        if kind == "person":
            base = f"persoon-{_hash(fold(name))}"
        else:
            base = chosen or slug(name) or slug(node) or _hash(name)
        if len(base) > LONGEST:
            base = f"{base[:LONGEST]}-{_hash(base)}"
        if base == SECTOR:
            base = f"{base}-{_hash(name)}"
        number, local = self._numbers.get(base, 1), base
        while local in self._locals:
            number += 1
            local = f"{base}-{number}"
        self._numbers[base] = number
        self._locals.add(local)
        return local


def speaks(id_: str) -> bool:
    """Return whether an id looks as if people chose it: words, not a number that a program gave.

    >>> [speaks(one) for one in ("wijkpaleis", "het-huis-2", "n0", "node-12", "elem-x1y2abc", "7", "Ons Huis")]
    [True, True, False, False, False, False, False]
    """
    return bool(_WORDS.fullmatch(id_) and not is_given(id_))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()
