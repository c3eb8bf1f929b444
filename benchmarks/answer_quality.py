"""Measures whether the right helpers come out on top: hides help that was given, and asks for it back.

    python -m benchmarks.answer_quality REGISTER.csv [--giver COLUMN] [--receiver COLUMN] [--whole COLUMN] [--half train]
    python -m benchmarks.answer_quality data/sector

REGISTER.csv is a register of grants: a row each, with columns of who received and who (or which scheme) gave, and perhaps
of what the giver is part of, the amount and the place; `benchmarks/registers.py` guesses which. A folder is a dataset in
the project's own tables. Who received asks who can help it with what it got; what counts is the rank of the hidden giver
among those that it has no tie with (equal scores: the mean rank).

A graph is loaded without what is hidden, so that neither ties, contacts, likeness nor index know of it. Receivers of a
register are split in two halves by their names: constants are chosen on `train`, figures are told of `test`. Those of
the other half keep all that they got. Those of the half are dealt over graphs (`--graphs`), in each of which one
grant of its receivers is hidden: the more graphs, the nearer to hiding one grant at a time. Newcomers, who got one grant
only and so know nobody when it is hidden, are told of apart. Of a dataset each gift is hidden alone.
"""

import argparse
import hashlib
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from benchmarks.rankings import Network, rank, resampled
from benchmarks.registers import Columns, Register, RegisterError, read
from graph.index.building import build
from graph.index.files import Index
from graph.index.nearest import Wanted, nearest
from graph.ingest import replace as load
from graph.model import Viewer
from graph.questions.askers import actor
from graph.questions.who_can_help import Ask, _Asking
from graph.reading import Row, Where
from graph.records import ActorRecord, DatasetRecord, Record, TieRecord
from graph.stores import STORES
from graph.text import fold
from graph.view import View, open_view, today
from graph.vocabulary import vocabulary
from loaders import LOADERS

SEED = "weefsel"
NEWCOMERS = 500  # about so many are asked about
UNREACHED = 1e-9  # who cannot be reached follows those who can, in order of fit
OURS, ALONE = "who can help me", "best path alone"
Ranks = dict[str, list[float]]


@dataclass(frozen=True)
class Asked:
    """A graph from which help is hidden, and who can be asked about in it."""

    view: View
    index: Index
    ids: list[str]  # by place

    def ours(self, asker: str, help_id: str) -> tuple[dict[str, float], dict[str, float]]:
        """Return the scores of all helpers by who_can_help, and by the best path alone."""
        who = actor(self.view, self.index, asker, (), today())
        asking = _Asking(self.view, self.index, who, Ask(help_id, as_of=today()))
        helpers, fits = asking.claims.helpers, asking.fits
        wanted = Wanted(helpers, (fits > 0).astype(float), np.zeros(len(helpers), bool), len(helpers))
        found = nearest(asking.asked, asking.who.layers, wanted, 4)
        fit = {self.ids[place]: each for place, each in zip(helpers.tolist(), fits.tolist(), strict=True)}
        alone = {self.ids[best.place]: best.way.chance for best in found.others}
        return {id: alone.get(id, UNREACHED) * each for id, each in fit.items()}, alone


@contextmanager
def graph_of(dataset: DatasetRecord, rows: Iterator[Row]) -> Iterator[Asked]:
    """Give a graph of these rows."""
    with tempfile.TemporaryDirectory() as folder, STORES["sqlite"](f"{folder}/store.db", "") as store:
        load(store, dataset, rows, "benchmark")
        with open_view(store, Viewer.STAFF) as view:
            yield Asked(view, build(view, today()), sorted(card.id for card in view.every_card()))


# -- a register


def half(name: str) -> str:
    """Return in which half a receiver is."""
    return "train" if hashlib.blake2b(fold(name).encode(), digest_size=1).digest()[0] % 2 else "test"


def hidden(register: Register, which: str, turn: int, graph: int, graphs: int) -> dict[int, int]:
    """Return, per receiver whose grant is hidden in this graph, that grant; a receiver comes in one graph of each turn."""
    chosen = {}
    for receiver, givers in enumerate(register.gave):
        name = register.receivers[receiver]
        drawn = int(hashlib.blake2b(f"{SEED}{name}".encode(), digest_size=4).hexdigest(), 16)
        if half(name) == which and turn < len(givers) and (drawn >> 8) % graphs == graph and _asks(register, receiver):
            chosen[receiver] = givers[(drawn + turn) % len(givers)]
    return chosen


def _asks(register: Register, receiver: int) -> bool:
    """Return whether a receiver asks: all that got two grants or more, and so many newcomers that they are `NEWCOMERS`."""
    drawn = hashlib.blake2b(f"new {register.receivers[receiver]}".encode(), digest_size=4).digest()
    few = 2 * NEWCOMERS / max(register.newcomers, 1)
    return len(register.gave[receiver]) > 1 or int.from_bytes(drawn) < few * 2**32


def records(register: Register, without: Mapping[int, int]) -> Iterator[Record]:
    """Yield what the register says, the hidden grants left out."""
    for number, name in enumerate(register.wholes):
        yield ActorRecord(id=f"w{number}", kind="organisation", name=name)
    for number, (name, whole) in enumerate(register.givers):
        yield ActorRecord(id=f"g{number}", kind="funder", name=name)
        if whole >= 0:
            yield TieRecord(source=f"g{number}", kind="part_of", target=f"w{whole}")
    for number, name in enumerate(register.receivers):
        yield ActorRecord(id=f"r{number}", kind="organisation", name=name, place=register.places[number] or None)
        for giver in register.gave[number]:
            if without.get(number) != giver:
                yield TieRecord(source=f"g{giver}", kind="funds", target=f"r{number}")


def network(register: Register, without: Mapping[int, int]) -> Network:
    """Return the same as a network."""
    said = list(records(register, without))
    ties = [(each.source, each.target, each.kind) for each in said if isinstance(each, TieRecord)]
    gifts = [(source, target) for source, target, kind in ties if kind == "funds"]
    ids = [each.id for each in said if isinstance(each, ActorRecord)]
    return Network(ids, [(source, target) for source, target, _ in ties], gifts)


def of_register(register: Register, which: str, turns: int, graphs: int) -> dict[str, Ranks]:
    """Return the ranks of every hidden giver, by group of receivers and way to rank."""
    groups: dict[str, Ranks] = defaultdict(lambda: defaultdict(list))
    for turn, graph in ((turn, graph) for turn in range(turns) for graph in range(graphs)):
        without = hidden(register, which, turn, graph, graphs)
        net = network(register, without)
        rows = (Row(each, Where("register", at), ()) for at, each in enumerate(records(register, without), 1))
        with graph_of(DatasetRecord(name="register", audience="public"), rows) as asked:
            for receiver, giver in without.items():
                known = {f"g{each}" for each in register.gave[receiver] if each != giver}
                others = [f"g{each}" for each in range(len(register.givers)) if f"g{each}" not in known]
                group = "receivers with other grants" if known else "newcomers"
                _rank_all(asked, net, Case(f"r{receiver}", "geld", f"g{giver}", others), groups[group])
    return groups


# -- a dataset


def of_dataset(folder: Path) -> dict[str, Ranks]:
    """Return the ranks of every giver of help in a dataset, each hidden alone."""
    reading = LOADERS["sector"]([folder])
    dataset = DatasetRecord(**reading.dataset)
    rows = [item for item in reading.items if isinstance(item, Row)]
    ranks: Ranks = defaultdict(list)
    for giver, receiver, help_id in _gifts([row.record for row in rows]):
        kept = [row for row in rows if not _between(row.record, {giver, receiver})]
        ties = [
            row.record
            for row in kept
            if isinstance(row.record, TieRecord) and vocabulary().tie_kinds[row.record.kind].contact
        ]
        with graph_of(dataset, iter(kept)) as asked:
            ids = sorted({*asked.ids, *(end for tie in ties for end in (tie.source, tie.target))})
            gifts = [(one, other) for one, other, _ in _gifts(ties)]
            net = Network(ids, [(tie.source, tie.target) for tie in ties], gifts)
            fit, _ = asked.ours(receiver, help_id)
            others = sorted({*fit, giver} - net.known(receiver) - {receiver})
            _rank_all(asked, net, Case(receiver, help_id, giver, others), ranks)
    return {"each gift": ranks}


def _gifts(said: Sequence[Record]) -> list[tuple[str, str, str]]:
    """Return who gave whom which help, each once."""
    found = []
    for tie in (record for record in said if isinstance(record, TieRecord) and record.status in ("current", "former")):
        kind = vocabulary().tie_kinds[tie.kind]
        found += [(tie.source, tie.target, kind.gives)] * bool(kind.gives)
        found += [(tie.target, tie.source, kind.gives_back)] * bool(kind.gives_back)
    return sorted(set(found))


def _between(record: Record, ends: set[str]) -> bool:
    return isinstance(record, TieRecord) and {record.source, record.target} == ends


# -- ranking and telling


@dataclass(frozen=True)
class Case:
    """Help that is hidden: who asks for it, for which help, who gave it, and among whom it is ranked."""

    asker: str
    help: str
    giver: str
    others: Sequence[str]


def _rank_all(asked: Asked, net: Network, case: Case, ranks: Ranks) -> None:
    wanted = case.others.index(case.giver)
    for name, way in net.ways.items():
        ranks[name].append(rank(net.of(way(case.asker), case.others), wanted))
    for name, scores in zip((OURS, ALONE), asked.ours(case.asker, case.help), strict=True):
        ranks[name].append(rank(np.array([scores.get(id, 0.0) for id in case.others]), wanted))


def report(groups: Mapping[str, Ranks]) -> None:
    """Print MRR and hits of every way to rank, and the lead over the best of the others."""
    for group, ranks in groups.items():
        print(f"\n{group}: {len(ranks[OURS])} hidden\n")
        print("| way to rank | MRR | 95 % of resamples | hits@1 | hits@5 | hits@10 |\n|---|---|---|---|---|---|")
        mrr = {name: [1 / each for each in some] for name, some in ranks.items()}
        for name, some in ranks.items():
            low, high = resampled(mrr[name])
            hits = " | ".join(f"{statistics.fmean(it <= top for it in some):.2f}" for top in (1, 5, 10))
            print(f"| {name} | {statistics.fmean(mrr[name]):.3f} | {low:.3f}–{high:.3f} | {hits} |")
        best = max((name for name in mrr if name != OURS), key=lambda name: statistics.fmean(mrr[name]))
        lead = [one - other for one, other in zip(mrr[OURS], mrr[best], strict=True)]
        low, high = resampled(lead)
        print(f"\nLead over {best}: {statistics.fmean(lead):+.3f} (95 % of resamples {low:+.3f} to {high:+.3f})")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path, help="a CSV file of grants, or a folder with a dataset")
    for field in fields(Columns):
        parser.add_argument(f"--{field.name}", default="", metavar="COLUMN", help="the heading of this column; guessed")
    parser.add_argument("--half", choices=("train", "test"), default="test")
    parser.add_argument("--turns", type=int, default=2, help="grants of a receiver that are hidden, one after another")
    parser.add_argument("--graphs", type=int, default=5, help="graphs over which the receivers are dealt")
    given = parser.parse_args()
    if given.register.is_dir():
        report(of_dataset(given.register))
        return
    try:
        register, columns = read(given.register, Columns(*(getattr(given, field.name) for field in fields(Columns))))
    except RegisterError as error:
        sys.exit(str(error))
    print(", ".join(f"{field.name}: {getattr(columns, field.name) or '-'}" for field in fields(Columns)))
    print(
        f"{len(register.receivers):,} receivers, {len(register.givers):,} givers, {sum(map(len, register.gave)):,} grants"
    )
    report(of_register(register, given.half, given.turns, given.graphs))


if __name__ == "__main__":
    main()
