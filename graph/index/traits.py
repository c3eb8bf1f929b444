"""What actors may have in common by themselves: themes, where they are, words of their names.

All of it is taken down as numbers as it comes, and what a number stands for is worked out once.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from graph.index.arrays import Flags, Ints, Longs, Numbers, gather
from graph.text import fold

BAR = "|"  # behind each name: folded names have none


class Traits:
    """The traits of actors, as they come."""

    def __init__(self) -> None:
        """Begin without any."""
        self._actor = array("i")
        self._themes, self._theme = Numbers[tuple[str, ...]](), array("i")
        self._areas, self._area = Numbers[tuple[str, str]](), array("i")
        self._words, self._word = Numbers[str]({BAR: 0}), array("i")

    def take(
        self,
        actors: Iterable[int],
        names: Iterable[str],
        themes: Iterable[tuple[str, ...]],
        areas: Iterable[tuple[str, str]],
    ) -> None:
        """Take down what some actors have: words of folded names, themes, municipality and place."""
        self._actor.extend(actors)
        self._theme.extend(map(self._themes.__getitem__, themes))
        self._area.extend(map(self._areas.__getitem__, areas))
        self._word.extend(map(self._words.__getitem__, f" {BAR} ".join([*names, ""]).split()))

    def told(self) -> tuple[tuple[str, ...], Ints]:
        """Return how traits are called, and pairs of (actor, the number of a trait), those of one actor in order."""
        numbers = Numbers[str]()
        themes = [[numbers[f"theme:{theme}"] for theme in some] for some in self._themes]
        areas = [[numbers[name] for name in _named(*area)] for area in self._areas]
        words = [-1 if word == BAR or word.isdigit() else numbers[f"word:{word}"] for word in self._words]
        theme, area, word = (np.frombuffer(column, np.int32) for column in (self._theme, self._area, self._word))
        found = (_each(themes, theme), _each(areas, area), _words(np.array(words, np.int64), word))
        owner, trait = (np.concatenate(part) for part in zip(*found, strict=True))
        actor = np.frombuffer(self._actor, np.int32)[owner]
        return tuple(numbers), np.stack([actor, trait.astype(np.int32)], axis=1)


def _named(municipality: str, place: str) -> list[str]:
    """Return how it is called where an actor is."""
    if municipality:
        return [f"municipality:{municipality}"]
    return [f"place:{folded}"] if (folded := fold(place)) else []


def _each(meant: Sequence[Sequence[int]], numbers: Ints) -> tuple[Longs, Longs]:
    """Return whose each of the values is that numbers stand for, and the values."""
    ptr = np.cumsum([0, *map(len, meant)])
    rows, owner = gather(ptr, numbers)
    return owner, np.array([value for some in meant for value in some], np.int64)[rows]


def _words(meant: Longs, numbers: Ints) -> tuple[Longs, Longs]:
    """Return whose each word is, and its trait; each once of who has it more than once."""
    owner, trait = np.cumsum(numbers == 0), meant[numbers]
    kept = np.flatnonzero(trait >= 0)
    owner, trait = owner[kept], trait[kept]
    kept = np.flatnonzero(~_again(owner, trait))
    return owner[kept], trait[kept]


def _again(owner: Longs, value: Longs) -> Flags:
    """Return which values their owner had before; those of one owner stand together."""
    again = np.zeros(len(owner), bool)
    at, apart = np.arange(1, len(owner)), 1
    while len(at):
        at = at[owner[at] == owner[at - apart]]
        again[at[value[at] == value[at - apart]]] = True
        apart += 1
        at = at[at >= apart]
    return again
