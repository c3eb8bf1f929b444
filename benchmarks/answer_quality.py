"""Measures whether the right helpers come out on top: hides grants that were given, and asks for them back.

    python -m benchmarks.answer_quality REGISTER.csv [--half train] [--folds 3]

REGISTER.csv is a public register of grants with the columns Overheid, Regeling, Ontvanger and Realisatie (euro), as the
Dutch ministries publish it. Schemes are the givers, each a part of its ministry. Of every receiver with two schemes or
more one grant is hidden at a time, in one fold another than in the next: the graph of a fold is loaded without it, so
that neither contacts nor likeness nor index know of it. The receiver asks who can help it with money; what counts is
the rank of the hidden giver among those that it has no tie with (equal scores: the mean rank).

Receivers are split in two halves by their names: constants are chosen on `train`, figures are told of `test`.
Recipients that are groups of people, and amounts of zero, are no grants and are left out.
"""

import argparse
import csv
import hashlib
import re
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graph.index.building import build
from graph.index.files import Index
from graph.index.nearest import Wanted, nearest
from graph.ingest import replace
from graph.model import Viewer
from graph.questions.askers import actor
from graph.questions.who_can_help import Ask, _Asking
from graph.reading import Row, Where
from graph.records import ActorRecord, DatasetRecord, Record, TieRecord
from graph.stores import STORES
from graph.text import fold
from graph.view import View, open_view, today

Scores = NDArray[np.float64]

# Recipients that stand for many: nobody is like them, and they would make everybody near everybody.
GROUPS = re.compile(
    r"^(x+|n ?v ?t|onbekend|divers\w*|overig\w*|particulier\w*|natuurlijke? perso\w+|organisaties? in .*)$"
)
SEED = "weefsel"
UNREACHED = 1e-9  # who cannot be reached follows those who can, in order of fit


@dataclass(frozen=True)
class Register:
    """Who gave whom: schemes by number, with their ministries; receivers by number, with the schemes that gave."""

    ministries: list[str]
    schemes: list[tuple[str, int]]
    receivers: list[str]
    gave: list[tuple[int, ...]]


def read(path: Path) -> Register:
    """Return a register; names that differ in case, spaces or punctuation are the same."""
    ministries: dict[str, int] = {}
    schemes: dict[tuple[str, int], int] = {}
    names: dict[str, str] = {}
    gave: dict[str, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            receiver = fold(row["Ontvanger"])
            if not receiver or GROUPS.match(receiver) or float(row["Realisatie"] or 0) <= 0:
                continue
            ministry = ministries.setdefault(row["Overheid"].strip(), len(ministries))
            names.setdefault(receiver, row["Ontvanger"].strip())
            gave[receiver].add(schemes.setdefault((fold(row["Regeling"]), ministry), len(schemes)))
    order = sorted(gave)
    return Register(
        list(ministries), list(schemes), [names[it] for it in order], [tuple(sorted(gave[it])) for it in order]
    )


def hidden(register: Register, fold_number: int) -> dict[int, int]:
    """Return, per receiver with two schemes or more, the one that is hidden in this fold."""
    chosen = {}
    for receiver, schemes in enumerate(register.gave):
        if len(schemes) > 1:
            turn = int(hashlib.blake2b(f"{SEED}{register.receivers[receiver]}".encode(), digest_size=4).hexdigest(), 16)
            if fold_number < len(schemes):
                chosen[receiver] = schemes[(turn + fold_number) % len(schemes)]
    return chosen


def half(name: str) -> str:
    """Return in which half a receiver is."""
    return "train" if hashlib.blake2b(fold(name).encode(), digest_size=1).digest()[0] % 2 else "test"


def records(register: Register, without: Mapping[int, int]) -> Iterator[Record]:
    """Yield what the register says, the hidden grants left out."""
    for number, name in enumerate(register.ministries):
        yield ActorRecord(id=f"m{number}", kind="organisation", name=name)
    for number, (name, _) in enumerate(register.schemes):
        yield ActorRecord(id=f"s{number}", kind="funder", name=name or "-")
    for number, name in enumerate(register.receivers):
        yield ActorRecord(id=f"r{number}", kind="organisation", name=name)
    for number, (_, ministry) in enumerate(register.schemes):
        yield TieRecord(source=f"s{number}", kind="part_of", target=f"m{ministry}")
    for receiver, schemes in enumerate(register.gave):
        for scheme in schemes:
            if without.get(receiver) != scheme:
                yield TieRecord(source=f"s{scheme}", kind="funds", target=f"r{receiver}")


class Fold:
    """A graph without the hidden grants, and every way to rank givers in it."""

    def __init__(self, register: Register, without: Mapping[int, int]) -> None:
        """Count what the baselines need."""
        self.register, self.without = register, without
        self.known = [
            tuple(scheme for scheme in schemes if scheme != without.get(receiver))
            for receiver, schemes in enumerate(register.gave)
        ]
        self.given: list[list[int]] = [[] for _ in register.schemes]
        for receiver, schemes in enumerate(self.known):
            for scheme in schemes:
                self.given[scheme].append(receiver)

    def popularity(self, _: int) -> Scores:
        """Score givers by how many they gave."""
        return np.array([len(receivers) for receivers in self.given], float)

    def fewest_hops(self, receiver: int) -> Scores:
        """Score givers by the number of steps to them."""
        links = self._links
        steps, ring, reached = 0, {receiver}, {receiver}
        scores = np.zeros(len(self.given))
        while ring:
            steps += 1
            ring = {near for one in ring for near in links[one]} - reached
            reached |= ring
            for one in ring:
                if 0 <= one - len(self.known) < len(self.given):
                    scores[one - len(self.known)] = 1 / steps
        return scores

    @property
    def _links(self) -> list[list[int]]:
        if not hasattr(self, "_linked"):
            first, last = len(self.known), len(self.known) + len(self.given)
            links: list[list[int]] = [[first + scheme for scheme in schemes] for schemes in self.known]
            links += [[*receivers, last + self.register.schemes[s][1]] for s, receivers in enumerate(self.given)]
            links += [
                [first + s for s, (_, m) in enumerate(self.register.schemes) if m == number]
                for number in range(len(self.register.ministries))
            ]
            self._linked = links
        return self._linked

    def resource_allocation(self, receiver: int) -> Scores:
        """Score givers by what flows to them from the receiver over its givers and whom these gave."""
        scores = np.zeros(len(self.given))
        for scheme in self.known[receiver]:
            for other in self.given[scheme]:
                for giver in self.known[other]:
                    scores[giver] += 1 / len(self.given[scheme]) / len(self.known[other])
        return scores

    def personalised_pagerank(self, receiver: int, damping: float = 0.85) -> Scores:
        """Score givers by where a walk ends that starts at the receiver again and again."""
        if not hasattr(self, "_arcs"):
            counts = np.array([len(links) for links in self._links])
            self._arcs = (
                np.repeat(np.arange(len(counts)), counts),
                np.array([x for links in self._links for x in links]),
            )
            self._degrees = np.maximum(counts, 1)
        source, target = self._arcs
        start = np.zeros(len(self._degrees))
        start[receiver] = 1.0
        rank = start
        for _ in range(30):
            flow = (rank / self._degrees)[source]
            rank = (1 - damping) * start + damping * np.bincount(target, flow, len(start))
        return rank[len(self.known) : len(self.known) + len(self.given)]


def ours(view: View, index: Index, receiver: int, schemes: int) -> tuple[Scores, Scores]:
    """Return the scores of the givers by who_can_help, and by the best path alone."""
    who = actor(view, index, f"r{receiver}", (), today())
    asking = _Asking(view, index, who, Ask("geld", as_of=today()))
    helpers, fits = asking.claims.helpers, asking.fits
    wanted = Wanted(helpers, (fits > 0).astype(float), np.zeros(len(helpers), bool), len(helpers))
    found = nearest(asking.asked, asking.who.layers, wanted, 4)
    cards = view.cards(index.ties.ns[helpers].tolist())
    number = {place: int(cards[int(index.ties.ns[place])].id[1:]) for place in helpers.tolist()}
    whole, alone = np.zeros(schemes), np.zeros(schemes)
    for place, fit in zip(helpers.tolist(), fits.tolist(), strict=True):
        whole[number[place]] = UNREACHED * fit
    for best in found.others:
        alone[number[best.place]] = best.way.chance
        whole[number[best.place]] = best.way.chance * fits[np.searchsorted(helpers, best.place)]
    return whole, alone


def rank(scores: Scores, wanted: int, known: Sequence[int]) -> float:
    """Return the rank of `wanted` among those not known; equal scores share the mean rank."""
    others = np.delete(scores, list(known))
    mine = scores[wanted]
    return float(np.count_nonzero(others > mine) + (np.count_nonzero(others == mine) + 1) / 2)


def report(ranks: Mapping[str, Sequence[float]]) -> None:
    """Print MRR and hits of every way to rank."""
    print("| way to rank | MRR | 95 % of resamples | hits@1 | hits@5 | hits@10 |\n|---|---|---|---|---|---|")
    for name, each in ranks.items():
        mrr = np.array([1 / it for it in each])
        draw = np.random.default_rng(1)
        means = np.sort([draw.choice(mrr, len(mrr)).mean() for _ in range(1000)])
        hits = [statistics.fmean(it <= top for it in each) for top in (1, 5, 10)]
        print(
            f"| {name} | {mrr.mean():.3f} | {means[25]:.3f}–{means[974]:.3f} | "
            + " | ".join(f"{it:.2f}" for it in hits)
            + " |"
        )


def measured(register: Register, folds: int, which: str) -> dict[str, list[float]]:
    """Return the ranks of every hidden giver by every way to rank."""
    ranks: dict[str, list[float]] = defaultdict(list)
    for number in range(folds):
        without = hidden(register, number)
        fold_ = Fold(register, without)
        with tempfile.TemporaryDirectory() as folder, STORES["sqlite"](f"{folder}/store.db", "") as store:
            rows = (Row(record, Where("register", at), ()) for at, record in enumerate(records(register, without), 1))
            replace(store, DatasetRecord(name="register", audience="public"), rows, "benchmark")
            with open_view(store, Viewer.PUBLIC) as view:
                index = build(view, today())
                for receiver, giver in without.items():
                    if half(register.receivers[receiver]) == which:
                        _rank_all(fold_, view, index, receiver, giver, ranks)
    return ranks


def _rank_all(fold_: Fold, view: View, index: Index, receiver: int, giver: int, ranks: dict[str, list[float]]) -> None:
    ways: dict[str, Callable[[int], Scores]] = {
        "most popular giver": fold_.popularity,
        "fewest hops": fold_.fewest_hops,
        "resource allocation": fold_.resource_allocation,
        "personalised PageRank": fold_.personalised_pagerank,
    }
    known = fold_.known[receiver]
    for name, way in ways.items():
        ranks[name].append(rank(way(receiver), giver, known))
    whole, alone = ours(view, index, receiver, len(fold_.given))
    ranks["best path alone"].append(rank(alone, giver, known))
    ranks["who can help me"].append(rank(whole, giver, known))


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path)
    parser.add_argument("--half", choices=("train", "test"), default="test")
    parser.add_argument("--folds", type=int, default=2)
    given = parser.parse_args()
    register = read(given.register)
    ranks = measured(register, given.folds, given.half)
    print(
        f"{len(register.receivers):,} receivers, {len(register.schemes)} givers, {len(ranks['fewest hops'])} hidden grants\n"
    )
    report(ranks)


if __name__ == "__main__":
    main()
