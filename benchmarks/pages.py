"""Measures every sort of page, as the server makes it: how long it takes and how large it is, on the demo and on the sector M.

    python -m benchmarks.pages            the demo, and M as `python -m benchmarks.run M --only first_load` left it
    python -m benchmarks.pages demo --processors   on a machine with other work: by the processor instead of the clock

From the folder of the project. A page is asked for of the whole application, without a socket, for actors drawn at random and for
the largest hubs, as the public sees them; maps, which are pages of their own, are left out. Counts of the whole store, which the
first page after a change waits for, are told apart.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from benchmarks import asking, generate, processes
from benchmarks.processes import Target
from benchmarks.run import HEADER, Result
from graph.model import Card, Viewer
from graph.questions.portraits import municipalities, themes
from graph.questions.tallying import Tally
from graph.store import Store
from graph.stored import Filters
from graph.view import open_view

DEMO = Path(__file__).parents[1] / "data" / "sector"
HUBS = 5
SAMPLE = 40
LONGEST, LARGEST = 100, 150  # ms, kB: what a page must stay under


def addresses(store: Store) -> dict[str, list[str]]:
    """Return addresses of every sort of page, some of each."""
    draw = random.Random(11)
    with open_view(store, Viewer.PUBLIC) as view:
        kinds = ("initiative", "network", "funder", "municipality", "organisation")
        hubs = [hit.card for hit in view.ranked((), Filters(kinds), None, HUBS)]
        highest = sum(view.counts().values())
        drawn = view.cards(draw.choices(range(1, highest + 1), k=3 * SAMPLE)).values()
        cards = [*hubs, *[card for card in drawn if card.kind != "person"][:SAMPLE]]
        tally = Tally(view)
        codes = [one.id for one in municipalities(view, tally).municipalities]
        topics = [one.id for one in themes(view, tally).themes if one.total]
    nets = [card.id for card in cards if card.kind == "network"] or [hubs[0].id]
    return {
        "home, about, sources, themes, municipalities": [*("/", "/about", "/datasets", "/themes", "/municipalities")]
        * 5,
        "search": [f"/search?q={card.name[:3]}" for card in cards] + ["/search?theme=wonen&kind=network", "/search"],
        "an actor": [f"/actors/{card.id}" for card in cards],
        "neighbourhood, 2 steps": [f"/actors/{card.id}/neighbourhood?depth=2" for card in cards],
        "nearby": [f"/actors/{card.id}/nearby" for card in cards],
        "who can help": [f"/who-can-help?actor={card.id}&help=geld" for card in cards],
        "path": [f"/paths?from={one.id}&to={other.id}" for one, other in _pairs(cards)],
        "networks side by side": [f"/networks?actor={card.id}" for card in cards]
        + [f"/networks?network={net}" for net in nets],
        "a theme": [f"/themes/{topic}" for topic in draw.sample(topics, min(SAMPLE, len(topics)))],
        "a municipality": [f"/municipalities/{code}" for code in draw.sample(codes, min(SAMPLE, len(codes)))],
    }


def _pairs(cards: Sequence[Card]) -> list[tuple[Card, Card]]:
    return [(one, other) for one, other in pairwise(cards) if one.id != other.id]


def measure(name: str, store: Store, clock: Callable[[], float], report: Callable[[Result], None]) -> None:
    """Ask for pages of every sort, by the clock that is given."""
    with open_view(store, Viewer.PUBLIC) as view:
        began = clock()
        Tally(view)
        report(
            Result(f"{name}: counts of the whole store", 1000 * (clock() - began), "ms", 3000, note="no goal was set")
        )
    app = create_app(store, Settings())
    with closing(app.state.indexes), TestClient(app) as client:
        with open_view(store, Viewer.PUBLIC) as view:
            app.state.indexes.fresh(view)
        for sort, some in addresses(store).items():
            for address in some[:5]:  # what is made once
                client.get(address)
            asked = [_asked(client, address, clock) for address in some]
            seconds, sizes = [took for took, _ in asked], [size for _, size in asked]
            note = f"{len(some)} pages, largest {max(sizes) / 1000:.0f} kB{'' if max(sizes) <= 1000 * LARGEST else ': TOO LARGE'}"
            report(Result(f"{name}: {sort}, p95", 1000 * asking.p95(seconds), "ms", LONGEST, note=note))


def _asked(client: TestClient, address: str, clock: Callable[[], float]) -> tuple[float, int]:
    """Return the seconds that a page takes, and its bytes."""
    began = clock()
    answer = client.get(address)
    took = clock() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return took, len(answer.content)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stores", nargs="*", default=["demo", "M"], help="demo, or a size whose store is there")
    parser.add_argument("--processors", action="store_true", help="time by the processor instead of the clock")
    given = parser.parse_args()
    clock = time.process_time if given.processors else time.perf_counter
    print(HEADER)
    for name in given.stores:
        with TemporaryDirectory() as folder:
            target = Target(str(Path(folder) / "demo.db" if name == "demo" else generate.CACHE / f"{name}.db"))
            if name == "demo":
                processes.load(target, DEMO)
            with target.open() as store:
                measure(name, store, clock, lambda result: print(result.line(), flush=True))


if __name__ == "__main__":
    main()
