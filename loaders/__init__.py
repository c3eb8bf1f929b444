"""Loaders turn a source into records and faults. To add one, add a line to `LOADERS`, and one to `GUESSES` in `guess`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from graph.errors import BadInputError
from graph.reading import Reading
from loaders import (
    ftm,
    gexf,
    graphml,
    jsonld,
    kumu,
    municipalities,
    murmurations,
    openfairdb,
    pairs,
    points,
    popolo,
    sector,
    table,
    threesixtygiving,
)
from loaders.options import NONE, Options


class Loader(Protocol):
    """Reads files or folders."""

    def __call__(self, paths: Sequence[Path], options: Options = ..., /) -> Reading:
        """Return what they say."""


def _sector(paths: Sequence[Path], options: Options = NONE) -> Reading:
    if options.mapping:
        raise BadInputError(
            nl="De tabellen van sector hebben vaste kolommen; laat --mapping weg, of laad met: weefsel load table.",
            en="The tables of sector have fixed columns; leave --mapping out, or load with: weefsel load table.",
            field="mapping",
        )
    return sector.load(paths)


def _table(paths: Sequence[Path], options: Options = NONE) -> Reading:
    return table.load(paths, options)


LOADERS: dict[str, Loader] = {
    "csv": pairs.load,
    "ftm": ftm.load,
    "geojson": points.load,
    "gexf": gexf.load,
    "graphml": graphml.load,
    "jsonld": jsonld.load,
    "kumu": kumu.load,
    "municipalities": municipalities.load,
    "murmurations": murmurations.load,
    "openfairdb": openfairdb.load,
    "popolo": popolo.load,
    "sector": _sector,
    "table": _table,
    "threesixtygiving": threesixtygiving.load,
}
