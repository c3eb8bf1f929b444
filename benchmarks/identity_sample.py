"""A sample of all names of the open data and the demo, with all that is the same as one of them: what somebody meets who loads these files.

    names of municipalities (2026), the demo sector, joint arrangements and who takes part in them, receivers of grants

Names that differ in case, spaces or punctuation alone are one. A name is drawn by its digest, so that which names are drawn can be
told from the name alone, and every pair with a drawn name in it is in the sample, with the same chance: no weights are needed.
`identity_sample.csv` has those of these pairs that are the same (`yes`), and those of which names alone do not tell (`unknown`); all
others are not the same. A pair is of the part `train` if one of its drawn names is, else of `test` if one is, else of `later`.

How it was labelled: by one reader, a language model, by rules that were written before (docs/benchmarks.md), from lists of each drawn name
with all that could be the same: what shares a rare word or most of its letters or words with it, what rapidfuzz finds near it, what could be its acronym,
and what `duplicates` proposed, in order of the alphabet and without saying which method found it. Names of persons are in none of these pairs.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import numpy as np
from rapidfuzz import fuzz, process

from graph.cleaning import cleaned
from graph.model import Card
from graph.questions.pairing import LEAST, alike
from graph.text import fold

SAMPLE = Path(__file__).with_name("identity_sample.csv")
DEMO = Path(__file__).parents[1] / "data" / "sector" / "actors.csv"
REGISTER = Path("nl-ministeries-subsidies-2015") / "subsidiesministeries2015.csv"
PARTS = {"train": 0.235, "test": 0.335, "later": 0.4}  # of all names, up to where
LEAST_RATIO = 80
Couple: TypeAlias = frozenset[str]  # the folded names of two


def population(folder: Path) -> dict[str, Card]:
    """Return an actor for each name of the open data in a folder, and of the demo, by its folded name."""
    found: dict[str, Card] = {}
    for name, kind, place, code in _names(folder):
        n = len(found)
        if plain := fold(name):
            found.setdefault(
                plain, Card(n, str(n), kind, " ".join(name.split()), plain, place=place, municipality=code)
            )
    return found


def _names(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for row in _rows(folder / "nl-gemeenten" / "gemeenten_2026_derived.csv"):
        yield row["statnaam"], "municipality", "", row["statcode"]
    for row in _rows(DEMO):
        if row["kind"] != "person":
            yield row["name"], "organisation", row["place"], ""
    for row in _rows(folder / "nl-gemeenschappelijke-regelingen" / "opengr_provincies.csv"):
        yield row["Gemeenschappelijke regeling"], "organisation", row["Plaats"], ""
        yield row["Deelnemer"], "organisation", "", ""
    for row in _rows(folder / REGISTER):
        yield row["Ontvanger"], "organisation", "", ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def part_of(pair: Couple) -> str:
    """Return of which part of the sample a pair is; empty if none of its names was drawn."""
    parts = {_drawn(name) for name in pair}
    return next((part for part in PARTS if part in parts), "")


def _drawn(name: str) -> str:
    place = int(sha256(f"sample {name}".encode()).hexdigest()[:8], 16) / 2**32
    return next((part for part, until in PARTS.items() if place < until), "")


def labels() -> dict[Couple, str]:
    """Return what pairs of the sample were labelled, but for those that are not the same."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {frozenset((fold(row["one"]), fold(row["other"]))): row["same"] for row in rows}


def measured(proposed: set[Couple], labelled: Mapping[Couple, str], part: str) -> tuple[float, float, float]:
    """Return the precision without what names do not tell, with that counted as wrong, and the recall, in one part."""
    said = [labelled.get(pair, "no") for pair in proposed if part_of(pair) == part]
    right, sure = said.count("yes"), len(said) - said.count("unknown")
    all_same = sum(same == "yes" and part_of(pair) == part for pair, same in labelled.items())
    return right / max(1, sure), right / max(1, len(said)), right / max(1, all_same)


def proposals(actors: Mapping[str, Card]) -> set[Couple]:
    """Return the pairs that are proposed among all actors."""
    return {frozenset((one.names, other.names)) for score, one, other in alike(list(actors.values())) if score >= LEAST}


def equal(actors: Mapping[str, Card]) -> set[Couple]:
    """Return the pairs that are equal after cleaning."""
    groups = defaultdict(list)
    for name in actors:
        groups[cleaned(name).name].append(name)
    return {frozenset((one, other)) for group in groups.values() for one in group for other in group if one < other}


def token_set(actors: Mapping[str, Card]) -> dict[Couple, int]:
    """Return the pairs of the sample whose `token_set_ratio` is at least `LEAST_RATIO`, with it."""
    names = list(actors)
    drawn = [name for name in names if _drawn(name)]
    found: dict[Couple, int] = {}
    for start in range(0, len(drawn), 500):
        some = drawn[start : start + 500]
        scores = process.cdist(some, names, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_RATIO, dtype=np.uint8)
        for one, other in np.argwhere(scores >= LEAST_RATIO).tolist():
            if some[one] != names[other]:
                found[frozenset((some[one], names[other]))] = int(scores[one, other])
    return found


def table(folder: Path) -> Iterator[str]:
    """Yield the lines of a table of what each way finds of the sample."""
    actors, labelled = population(folder), labels()
    ratios = token_set(actors)
    at = {least: {pair for pair, ratio in ratios.items() if ratio >= least} for least in range(LEAST_RATIO, 101)}
    best = max(at, key=lambda least: _f1(*measured(at[least], labelled, "train")))
    counts = Counter((part_of(pair), same) for pair, same in labelled.items())
    told = [f"{counts[part, 'yes']} {part} ({counts[part, 'unknown']} more unknown)" for part in PARTS]
    yield f"sample of {len(actors):,} names: {', '.join(told)}\n"
    yield "| way |" + "".join(f" precision, {part} | if unknown is wrong | recall |" for part in PARTS)
    yield "|---" * (1 + 3 * len(PARTS)) + "|"
    ways = {
        "names equal after cleaning": equal(actors),
        "token_set_ratio, 90": at[90],
        f"token_set_ratio, {best} (its best)": at[best],
        "duplicates": proposals(actors),
    }
    for name, found in ways.items():
        figures = [f"{figure:.3f}" for part in PARTS for figure in measured(found, labelled, part)]
        yield f"| {name} | {' | '.join(figures)} |"


def _f1(precision: float, _: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)
