"""Measures proposals of duplicates: how many are right, how many are found, how long it takes.

    python -m benchmarks.identity [--open-data FOLDER] [--actors 15000]

From the folder of the project. Three sets. *Sample*: what somebody meets who loads the files of open data in FOLDER (`identity_sample.py`
says which). *Labelled*: `identity_pairs.csv`, pairs of real names, labelled by a reader; hard on purpose,
as pairs that are not alike in any way are not among them. Told for its halves: `train`, looked at while the likeness was made, and
`test`. *Varied*: the names of these pairs, each written once more as files do (seeded: another place for the legal form, a slip
of the pen, words cut short, an article less, spaces less); what is to be found is known, so that it tells of recall alone. How rare a
word is, is told by all these names, and by those of the register of grants in FOLDER: that is how it is used. Beside it: rapidfuzz's
`token_set_ratio` (at 90, and at the threshold that is best for it on these very pairs), and names that are equal after cleaning.
Times are for made-up names in a store of their own.
"""

import argparse
import csv
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.identity_sample import REGISTER, table
from graph.cleaning import cleaned
from graph.ingest import replace
from graph.model import Card, Viewer
from graph.questions.duplicates import duplicates
from graph.questions.pairing import LEAST, alike
from graph.reading import Row, Where
from graph.records import ActorRecord, DatasetRecord
from graph.stores import STORES
from graph.text import fold
from graph.view import open_view

Pair = tuple[str, str]
Says = Callable[[Sequence[Pair]], set[Pair]]
PAIRS = Path(__file__).with_name("identity_pairs.csv")


def main() -> None:
    """Measure and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open-data", type=Path)
    parser.add_argument("--actors", type=int, default=15_000)
    options = parser.parse_args()
    halves = read(PAIRS)
    labelled = {pair: same for half in halves.values() for pair, same in half.items()}
    names = sorted({name for pair in labelled for name in pair})
    others = receivers(options.open_data / REGISTER) if options.open_data else []
    varied = [(name, other) for name in names if (other := vary(name, random.Random(f"7{name}"))) != name]
    best = max(range(70, 101), key=lambda least: _f1(token_set(least)(list(labelled)), labelled))
    ways: dict[str, Says] = {
        "names equal after cleaning": equal,
        "token_set_ratio, 90": token_set(90),
        f"token_set_ratio, {best} (its best)": token_set(best),
        "duplicates": lambda pairs: ours(pairs, others),
    }
    told = ", ".join(f"{len(half)} {name} ({sum(half.values())} the same)" for name, half in halves.items())
    print(f"labelled pairs: {told}; {len(varied)} varied names\n")
    print(
        "| way | precision, train | recall, train | precision, test | recall, test | recall, varied |\n|---|---|---|---|---|---|"
    )
    for name, way in ways.items():
        said = way(list(labelled))
        figures = [f"{figure:.3f}" for half in halves.values() for figure in _measured(said & half.keys(), half)]
        found = way(varied)
        print(f"| {name} | {' | '.join(figures)} | {len(found & set(varied)) / len(varied):.3f} |")
    if options.open_data:
        print("", *table(options.open_data), sep="\n")
    if options.actors:
        _time(options.actors)


def read(path: Path) -> dict[str, dict[Pair, bool]]:
    """Return the labelled pairs, by half."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {
        half: {(row["one"], row["other"]): row["same"] == "yes" for row in rows if row["half"] == half}
        for half in ("train", "test")
    }


def receivers(path: Path) -> list[str]:
    """Return the names of who received anything by a register."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted({row["Ontvanger"].strip() for row in csv.DictReader(file)} - {""})


def ours(pairs: Sequence[Pair], others: Sequence[str] = ()) -> set[Pair]:
    """Return the pairs that are proposed among all the names of these pairs, and others."""
    names = sorted({name for pair in pairs for name in pair} | set(others))
    cards = [Card(n, str(n), "organisation", name, fold(name)) for n, name in enumerate(names)]
    proposed = {frozenset((one.name, other.name)) for score, one, other in alike(cards) if score >= LEAST}
    return {pair for pair in pairs if frozenset(pair) in proposed}


def token_set(least: float) -> Says:
    """Return what says that pairs with this `token_set_ratio` are the same."""
    return lambda pairs: {pair for pair in pairs if fuzz.token_set_ratio(*map(fold, pair)) >= least}


def equal(pairs: Sequence[Pair]) -> set[Pair]:
    """Return the pairs that are equal after cleaning."""
    return {pair for pair in pairs if cleaned(pair[0]).name == cleaned(pair[1]).name}


def _measured(said: set[Pair], labelled: dict[Pair, bool]) -> tuple[float, float]:
    right = sum(labelled[pair] for pair in said)
    return right / max(1, len(said)), right / sum(labelled.values())


def _f1(said: set[Pair], labelled: dict[Pair, bool]) -> float:
    precision, recall = _measured(said, labelled)
    return 2 * precision * recall / max(1e-9, precision + recall)


def vary(name: str, draw: random.Random) -> str:
    """Return a name as another file may write it."""
    words = name.split()
    way = draw.choice(("form", "slip", "cut", "article", "spaces", "case"))
    long = [place for place, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if way == "form":
        plain, form = cleaned(name)
        return f"{plain} ({form})" if form else f"Stichting {name}"
    if way in ("slip", "cut") and long:
        place = draw.choice(long)
        word, at = words[place], draw.randrange(2, len(words[place]) - 1)
        words[place] = word[:at] + word[at + 1 :] if way == "slip" else word[: max(5, len(word) - 3)]
        return " ".join(words)
    if way == "article" and words[0].lower() in ("de", "het", "the"):
        return " ".join(words[1:])
    if way == "spaces" and len(words) > 2:
        return " ".join([*words[:-2], words[-2] + words[-1].lower()])
    return name.swapcase()


def _time(actors: int) -> None:
    draw = random.Random(11)
    parts = [
        [f"{a}{b}" for a in _SYLLABLES for b in _SYLLABLES],
        ("tuin", "huis", "energie", "zorg", "dorp", "wijk", "plein"),
    ]

    def rows() -> Iterator[Row]:
        for number in range(actors):
            name = f"{draw.choice(('Stichting', 'Vereniging', 'De', ''))} {draw.choice(parts[0])} {draw.choice(parts[1])}".strip()
            name += f" {draw.choice(parts[0])}" if draw.random() < 0.7 else ""
            place = f"Plaats {draw.randrange(900)}"
            yield Row(
                ActorRecord(id=f"a{number}", kind="initiative", name=name.title(), place=place),
                Where("made up", number),
            )

    with tempfile.TemporaryDirectory() as folder, STORES["sqlite"](f"{folder}/store.db", "") as store:
        replace(store, DatasetRecord(name="made-up", audience="public"), rows(), "benchmark")
        began, worked = time.perf_counter(), time.process_time()
        with open_view(store, Viewer.STAFF) as view:
            found = duplicates(view, limit=1_000)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"\n{actors:,} actors: {len(found.pairs)} proposals in {seconds:.1f} s, {cpu:.1f} s of a processor")


_SYLLABLES = (
    "ber",
    "dal",
    "gro",
    "hof",
    "kam",
    "lin",
    "mor",
    "nes",
    "oos",
    "pol",
    "ros",
    "sta",
    "ven",
    "wes",
    "zui",
    "eik",
    "bui",
    "ker",
)

if __name__ == "__main__":
    main()
