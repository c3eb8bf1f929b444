"""A sample of all names of the open data and the demo, with all that is the same as one of them: what somebody meets who loads these files.

    names of municipalities (2026), the demo sector, joint arrangements and who takes part in them, receivers of grants

Names that differ in case, spaces or punctuation alone are one. A name is drawn by its digest, so that which names are drawn can be
told from the name alone, and every pair with a drawn name in it is in the sample, with the same chance: no weights are needed.
`identity_sample.csv` has those of these pairs that are the same (`yes`), and those of which names alone do not tell (`unknown`); all
others are not the same. A pair is of the half `test` if none of its drawn names is of `train`.

How it was labelled: by one reader, a language model, by rules that were written before (docs/benchmarks.md), from lists of each drawn name
with all that could be the same: what shares a rare word or most of its letters or words with it, what rapidfuzz finds near it, what could be its acronym,
and what `duplicates` proposed, in order of the alphabet and without saying which method found it. Names of persons are in none of these pairs.
"""

import csv
from collections import defaultdict
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
TRAIN, TEST = 0.085, 0.235  # of the names, up to where
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
    for row in _rows(folder / "nl-ministeries-subsidies-2015" / "subsidiesministeries2015.csv"):
        yield row["Ontvanger"], "organisation", "", ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def half_of(pair: Couple) -> str:
    """Return of which half of the sample a pair is; empty if none of its names was drawn."""
    halves = {_drawn(name) for name in pair}
    return "train" if "train" in halves else "test" if "test" in halves else ""


def _drawn(name: str) -> str:
    place = int(sha256(f"sample {name}".encode()).hexdigest()[:8], 16) / 2**32
    return "train" if place < TRAIN else "test" if place < TEST else ""


def labels() -> dict[Couple, str]:
    """Return what pairs of the sample were labelled, but for those that are not the same."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {frozenset((fold(row["one"]), fold(row["other"]))): row["same"] for row in rows}


def measured(proposed: set[Couple], labelled: Mapping[Couple, str], half: str) -> tuple[float, float, float]:
    """Return the precision without what names do not tell, with that counted as wrong, and the recall, in one half."""
    said = [labelled.get(pair, "no") for pair in proposed if half_of(pair) == half]
    right, sure = said.count("yes"), len(said) - said.count("unknown")
    all_same = sum(same == "yes" and half_of(pair) == half for pair, same in labelled.items())
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


def token_set(actors: Mapping[str, Card], least: int) -> set[Couple]:
    """Return the pairs of the sample with this `token_set_ratio`."""
    names = list(actors)
    drawn = [name for name in names if _drawn(name)]
    found: set[Couple] = set()
    for start in range(0, len(drawn), 500):
        some = drawn[start : start + 500]
        scores = process.cdist(some, names, scorer=fuzz.token_set_ratio, score_cutoff=least, dtype=np.uint8)
        for one, other in np.argwhere(scores >= least).tolist():
            if some[one] != names[other]:
                found.add(frozenset((some[one], names[other])))
    return found
