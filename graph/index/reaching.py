"""Reaching outward from actors: everybody who can be reached with at least some chance, in at most some steps.

The search goes step by step. A step takes everybody newly reached, or reached with a better chance than in fewer
steps, and follows their arcs as far down as these may still be worth the `floor`. As arcs stand in order of chance,
what lies below the floor is never looked at: the work follows what is reached, not the size of the graph.

Equal chances (up to the last digits of a float) are settled by the way with fewer steps, then by the ids on it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.index.arrays import FEW, Floats, Ints, Longs, spread
from graph.index.asked import Asked
from graph.index.lookahead import STEPS, Lookahead
from graph.index.pruned import Passed, Pruned
from graph.index.scratch import Scratch
from graph.numbers import positions

NOBODY = -2  # where a path has ended; -1 is the place of an asker that is no actor
LEAST = float(np.nextafter(0.0, 1.0))  # what is worth anything
EQUAL = 5e-13  # chances that differ by less, relatively, are equal: 12 significant digits count


class Layer(NamedTuple):
    """Who is reached in so many steps and not as well in fewer.

    Places, chances, who is before (its position in the layer before), and in which order those before come.
    """

    places: Longs
    chances: Floats
    before: Longs
    turn: Longs


def start(place: int) -> Layer:
    """Return the layer of an asker that is an actor."""
    return Layer(np.array([place]), np.ones(1), np.zeros(1, np.int64), np.zeros(1, np.int64))


class Reach:
    """Everybody within reach of some actors; made on scratch arrays that are wiped when it is done with."""

    def __init__(
        self,
        asked: Asked,
        scratch: Scratch,
        layers: list[Layer],
        floor: float,
        banned: Longs | None = None,
        ahead: Lookahead | None = None,
    ) -> None:
        """Begin at these layers, the last of which goes on; look at nothing that is worth less than `floor`.

        Who is `banned` is not reached. `ahead` is what lies ahead on the way to those who are wanted; None: everybody is.
        """
        self.asked, self.scratch, self.layers, self.floor = asked, scratch, list(layers), floor
        self._ahead = ahead
        self.spent = False  # whether anything was left out because there was too much
        self.looked = 0
        self.cuts: list[tuple[Floats, Ints]] = []  # worth and end of the last arc of those that had more than `each`
        self._pruned = Pruned()
        self._passed: list[Passed] = []
        self._least = floor or LEAST  # what is worth less is left out, or is worth nothing
        self._banned = banned if banned is not None else np.zeros(0, np.int64)
        self._begins, self._next = list[int](), 1  # the label of each layer's first actor, and the next one's
        scratch.best[self._banned] = np.inf
        for layer in self.layers:
            self._write(layer)

    def _write(self, layer: Layer) -> None:
        if len(layer.places) and layer.places[0] >= 0:  # else it is of an asker that is no actor
            self.scratch.label[layer.places] = np.arange(self._next, self._next + len(layer.places))
            self.scratch.best[layer.places] = layer.chances
        self._begins.append(self._next)
        self._next += len(layer.places)

    def wipe(self) -> None:
        """Leave the scratch arrays empty."""
        for places in (self._banned, *(layer.places for layer in self.layers)):
            self.scratch.best[places] = 0.0
            self.scratch.label[places] = 0

    def go(self, steps: int) -> "Reach":
        """Take steps until `steps` of them are taken or nobody new is reached."""
        while len(self.layers) - 1 < steps and len(self.layers[-1].places):
            self._take(steps - len(self.layers))
        return self

    def _worth(self) -> Floats:
        """Return what the last layer is worth to those who come after."""
        last = self.layers[-1]
        return last.chances if len(self.layers) == 1 else last.chances * self.asked.openness(last.places)

    def _onward(self, places: NDArray[np.integer], worth: Floats, left: int) -> Floats:
        """Return what at most so many further steps from these actors are worth at most."""
        if self._ahead and left <= STEPS:
            return worth * self._ahead.at_most(places, left)
        return worth * self.asked.clock.most.take(self.asked.index.first.take(places))

    def _step(self, left: int) -> Layer:
        """Return everybody whom the last layer reaches better than anybody before it did; so many steps may follow."""
        index, clock, before, worth = self.asked.index, self.asked.clock, self.layers[-1], self._worth()
        most = self._onward(before.places, worth, left + 1)
        going = positions(most >= self._least)
        if len(going) < len(most):
            self._leave_out(before.places, most, (most > 0) & (most < self._least))
        ends = before.places.take(going)
        order = np.argsort(ends if self.asked.toward else before.turn.take(going) * index.size + ends)
        going, ends = going.take(order), ends.take(order)
        arcs, by = self._arcs(ends, worth.take(going))
        places = index.other.take(arcs).astype(np.int64)
        ahead = self._ahead
        if ahead and not left:
            wanted = positions(ahead.wanted.take(places))
            arcs, places, by = arcs.take(wanted), places.take(wanted), by.take(wanted)
        chances = clock.chance.take(index.sort.take(arcs)) * worth.take(going).take(by)
        if ahead:  # positions are taken here rather than flags, as that costs a tenth
            kept = self._of_use(ahead, places, chances, left)
            places, chances, by = places.take(kept), chances.take(kept), by.take(kept)
        better = self._better(places, chances)
        if not ahead and self.floor > 0:
            enough = chances.take(better) >= self.floor
            few = better[~enough]
            if len(few):
                self._pruned.add(chances.take(few), np.ones(len(few), np.int64))
                better = better[enough]
        return self._settled(places.take(better), chances.take(better), by.take(better), going)

    def _better(self, places: Longs, chances: Floats) -> Longs:
        """Return the positions of those who are reached better than before."""
        return positions(chances > self.scratch.best.take(places) * (1 + EQUAL))

    def _of_use(self, ahead: Lookahead, places: Longs, chances: Floats, left: int) -> Longs:
        """Return the positions of those that are near, or from whom one gets to who is wanted, within the floor."""
        worth = chances * self._promise(ahead, places, left)
        self._passed.append(Passed(len(self.layers), places, chances, worth))
        return positions(worth >= self._least)

    def _left_out(self, floor: float) -> Pruned:
        """Return what was left out, also of going on over those passed who were not reached as well in as few steps.

        Of these only what is worth `floor` at least.
        """
        each = max(len(self.asked.index.other) // self.asked.index.size, 1)
        left = self._pruned.copy()
        for steps, places, chances, worth in self._passed:
            out = positions((worth < self._least) & (worth >= floor))
            places, chances = places.take(out), chances.take(out)
            later = self.scratch.label.take(places) >= [*self._begins, self._next][steps + 1]
            out = out[later | (chances > self.scratch.best.take(places) * (1 + EQUAL))]
            left.add(worth.take(out), np.full(len(out), each))
        return left

    def _promise(self, ahead: Lookahead, places: Longs, left: int) -> Floats:
        """Return what part of the chance of being with these actors is left when one gets to who is wanted, at most."""
        if left <= STEPS:
            return ahead.promise(places, left)
        index, clock = self.asked.index, self.asked.clock
        open_ = clock.openness.take(index.manner.take(places))
        return np.where(ahead.near.take(places), 1.0, open_ * clock.most.take(index.first.take(places)))

    def _arcs(self, places: Longs, worth: Floats) -> tuple[Longs, Longs]:
        """Return the arcs of these actors that may be worth the floor, and for each whose it is."""
        index, clock = self.asked.index, self.asked.clock
        begin, end = index.ptr[places], index.ptr[places + 1]
        many = positions(end - begin > FEW)
        if len(many) and self.floor > 0:
            lowest = np.searchsorted(clock.falling, -(self.floor / worth[many]) * (1 - EQUAL), side="right")
            cut = index.ends(places[many], lowest)
            self._pruned.add(worth[many] * clock.most[lowest.clip(max=index.ranks - 1)], end[many] - cut)
            end[many] = cut
        if self.asked.each:
            self._cut(worth, begin, end)
        counts = end - begin
        total = int(counts.sum())
        self.looked += total
        if total > self.asked.most:
            self.spent = True
            counts = _within(counts, self.asked.most)
        return spread(begin, counts)

    def _cut(self, worth: Floats, begin: Longs, end: Longs) -> None:
        """Let no actor have more arcs than `each`, and take down where those end that had."""
        index, many = self.asked.index, positions(end - begin > self.asked.each)
        end[many] = begin[many] + self.asked.each
        last = end[many] - 1
        if len(many):
            self.cuts.append((worth[many] * self.asked.clock.chance[index.sort[last]], index.other[last]))

    def _leave_out(self, places: Longs, worth: Floats, which: NDArray[np.bool_]) -> None:
        at, ptr = positions(which), self.asked.index.ptr
        out = places.take(at)
        self._pruned.add(worth.take(at), ptr.take(out + 1) - ptr.take(out))

    def _settled(self, places: Longs, chances: Floats, turn: Longs, going: Longs) -> Layer:
        """Return the best way to each place: of equal ones the first as they come, which is in order of the ids."""
        best, owner = self.scratch.best, self.scratch.label  # of all these places labels are written anew
        np.maximum.at(best, places, chances)
        winning = positions(chances >= best.take(places) * (1 - EQUAL))
        there = places.take(winning)
        owner[there[::-1]] = winning[::-1]
        winning = winning.take(positions(owner.take(there) == winning))
        turn = turn.take(winning)
        return Layer(places.take(winning), chances.take(winning), going.take(turn), turn)

    # -- what came of it

    def probe(self, most: int, steps: int) -> "Reach":
        """Take at most so many steps as long as these look at no more than `most` arcs; what lies beyond is left out."""
        while (left := steps - len(self.layers)) >= 0:
            last, ptr = self.layers[-1].places, self.asked.index.ptr
            if not len(last) or int((ptr[last + 1] - ptr[last]).sum()) > most:
                worth = self._onward(last, self._worth(), left + 1)
                self._leave_out(last, worth, worth > 0)
                break
            self._take(left)
        return self

    def _take(self, left: int) -> None:
        layer = self._step(left)
        self.layers.append(layer)
        self._write(layer)

    @property
    def pruned(self) -> bool:
        """Whether anything was left out because of the floor."""
        return self._pruned.any() or self._left_out(LEAST).any()

    def beyond(self, floor: float) -> int:
        """Return how many arcs that were left out may be worth a floor."""
        return self._left_out(floor).beyond(floor)

    def lower(self, enough: int) -> float:
        """Return the highest floor under which at least so many arcs more are looked at; one a bit lower if none is."""
        return self._left_out(LEAST).lower(enough) * (1 - 4 * EQUAL)

    def best(self, places: NDArray[np.integer]) -> Floats:
        """Return the best chance with which each of these actors is reached; 0: it is not."""
        return self.scratch.best.take(places)

    def columns(self, places: Longs) -> Longs:
        """Return the places on the best paths to actors that are reached, the start first: a column each, filled up with `NOBODY`."""
        label = self.scratch.label[places]
        steps = np.searchsorted(self._begins, label, side="right") - 1
        at = label - np.array(self._begins)[steps]
        found = np.full((len(self.layers), len(places)), NOBODY)
        for number in range(len(self.layers) - 1, -1, -1):
            here, layer = positions(steps >= number), self.layers[number]
            found[number, here] = layer.places[at[here]]
            at[here] = layer.before[at[here]]
        return found

    def paths(self, places: Longs) -> list[tuple[int, ...]]:
        """Return the places on the best paths to actors that are reached, the start first."""
        return [tuple(place for place in path if place != NOBODY) for path in self.columns(places).T.tolist()]

    def arrivals(self, places: Longs) -> tuple[Longs, Longs]:
        """Return, for actors that are reached, in how many steps, and the place of who comes last before each."""
        label = self.scratch.label[places]
        steps = np.searchsorted(self._begins, label, side="right") - 1
        last = np.empty(len(places), np.int64)
        for step in range(1, len(self.layers)):
            here = positions(steps == step)
            before = self.layers[step].before[label[here] - self._begins[step]]
            last[here] = self.layers[step - 1].places[before]
        return steps, last

    def everybody(self) -> Longs:
        """Return the places of all that were reached, each once, the start not among them."""
        reached = [np.zeros(0, np.int64)]
        for layer, begin in zip(self.layers[1:], self._begins[1:], strict=True):
            reached.append(layer.places[self.scratch.label[layer.places] == begin + np.arange(len(layer.places))])
        return np.concatenate(reached)


def _within(counts: Longs, most: int) -> Longs:
    """Return how many arcs each may have, so that there are `most` at most: those that come first go first."""
    so_far = np.cumsum(counts)
    return np.clip(counts - np.clip(so_far - most, 0, None), 0, None)
