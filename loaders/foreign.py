"""What the formats of other tools have in common: nodes and edges in the file's own words, made into actors and ties.

A reader of a format yields `Node`, `Edge` and `Fault` as they stand in the file, and knows nothing of our words; which attribute fills
which field, and what their types and relations are here, stands in `words/foreign.csv` and in the user's mapping
(`foreign_words`). Here every node and edge is counted, once: accepted, rejected or set apart.

Nodes may stand before or behind the edges that name them. What is kept of a node is its id, so that a file of any size streams
if its nodes come first; edges that come before their ends wait.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from graph.errors import LoadError
from graph.forked import can_fork, forked
from graph.ledger import Ledger
from graph.reading import Fault, Reading, Row, Where
from graph.records import DatasetRecord, SourceRecord
from loaders import foreign_mapping, table_mapping_file
from loaders.foreign_actors import NOBODY, REJECTED, SEVERAL, UNKEPT, Actors
from loaders.foreign_items import Edge, Item, Node, Offer, Other, cell, key, number
from loaders.foreign_offers import Offers
from loaders.foreign_ties import Ties
from loaders.foreign_told import NOTES, REASONS, Told
from loaders.foreign_words import Words, words_of
from loaders.options import Options, sources
from loaders.tables import refuse

__all__ = ["Edge", "Item", "Node", "Other", "cell", "key", "load", "number"]
CHUNK = 250  # items that another process sends together
HERE = 2_000  # items that are read here; a file of more is large
STRETCH = 5_000  # edges that are given out together: turns between nodes and edges cost the store time


Read: TypeAlias = Callable[[Path, str], Iterator[Item]]
_Chunk: TypeAlias = tuple[int, list[Item]]  # which file it is of, and items


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str
    cites: str


def load(
    format_: str, read: Read, paths: Sequence[Path], options: Options, *, together: bool = False, wide: bool = False
) -> Reading:
    """Return what files of one format say; `read(path, name)` yields the items of a file, that messages call `name`.

    Each file has ids of its own, unless files are read `together`, as those of a pair of tables are. A `Fault` that `read` yields is
    counted as an item that is rejected. Where ids are those of the `wide` web, what names somebody who is not in the files is no
    fault: it is set apart.

    Raises:
        LoadError: A file is not there, or the mapping has faults.
    """
    mapping = foreign_mapping.read(options.mapping)
    stated = {key: value for key, value in mapping.dataset.items() if key in DatasetRecord.model_fields}
    audience = options.audience or str(stated.get("audience", "staff"))
    refuse(table_mapping_file.of_audience(mapping.reading, audience))
    refuse(_not_there(paths))
    ledger = Ledger(REASONS, NOTES)
    told = Told(ledger)
    words = words_of(format_, mapping)
    reader = _Reader(words, told, audience, together=together, wide=wide)
    files = _files(paths, str(stated.get("title") or options.dataset))
    return Reading(stated, reader.items(read, files, stated), {}, ledger=ledger)


def _files(paths: Sequence[Path], title: str) -> list[_File]:
    names = [path.name for path in paths]
    called = [path.name if names.count(path.name) == 1 else str(path) for path in paths]
    cites = sources(called, title)
    return [_File(path, name, cites[name]) for path, name in zip(paths, called, strict=True)]


def _chunks(read: Read, files: Sequence[_File]) -> Iterator[_Chunk]:
    """Yield the items of all files."""
    for place, file in enumerate(files):
        items = read(file.path, file.name)
        while chunk := list(islice(items, CHUNK)):
            yield place, chunk


def _ahead(chunks: Iterator[_Chunk]) -> Iterator[_Chunk]:
    """Yield chunks; if there are many, another process reads them, as that takes about as long as what is made of them here.

    One process reads all files, as what a reader knows of one may matter to the next.
    """
    read = 0
    while read < HERE and (chunk := next(chunks, None)):
        yield chunk
        read += len(chunk[1])
    if read < HERE or not can_fork():
        yield from chunks
        return
    with forked(chunks, "weefsel reading", nice=5) as rest:  # who maps them has more to do
        yield from rest


def _not_there(paths: Sequence[Path]) -> Iterator[Fault]:
    for path in paths:
        if not path.is_file():
            yield Fault(Where(str(path), 1), "", "is er niet, of is geen bestand", "is not there, or is no file")


class _Reader:
    """Takes the items of files one by one; the nodes of all of them are known `together`, or each file has its own ids."""

    def __init__(self, words: Words, told: Told, audience: str, *, together: bool, wide: bool) -> None:
        self._told, self._ledger, self._together, self._wide = told, told.ledger, together, wide
        self._actors = Actors(words, told, may_be_anyone=audience != "public")
        self._ties, self._offers = Ties(words, told), Offers(words, told)
        self._waiting_offers: list[tuple[Offer, str]] = []
        self._waiting: list[tuple[Edge, tuple[int, str]]] = []
        self._ready: list[Row | Fault] = []

    def items(self, read: Read, files: Sequence[_File], stated: Mapping[str, object]) -> Iterator[Row | Fault]:
        """Yield all that the files say."""
        for cites, file in {file.cites: file for file in files}.items():
            yield Row(_source(cites, file, stated), Where(file.name, 1))
        before = 0
        for place, items in _ahead(_chunks(read, files)):
            if place != before and not self._together:
                yield from self._last()
                self._actors.forget()
            yield from self._of_file(items, (place, files[place].cites))
            before = place
        yield from self._last()
        yield from self._actors.offered
        if not self._ledger.rows:
            names = ", ".join(file.name for file in files)
            raise LoadError(
                nl=f"{names}: er staan geen knopen en geen banden in; kijk of dit het goede bestand is.",
                en=f"{names}: there are no nodes and no edges in it; see whether this is the right file.",
            )
        self._told.tell()

    def _of_file(self, items: Sequence[Item], cites: tuple[int, str]) -> Iterator[Row | Fault]:
        for item in items:
            self._ledger.row()
            if isinstance(item, Edge):
                self._edge(item, cites, at_last=False)
                if len(self._ready) >= STRETCH:
                    yield from self._ready
                    self._ready.clear()
            elif isinstance(item, Node):
                yield from self._actors.take(item, cites[1])
            elif isinstance(item, Offer):
                self._waiting_offers.append((item, cites[1]))
            elif isinstance(item, Other):
                self._ledger.apart(item.reason)
                self._told.count("part", item.what)
                if item.id:
                    self._actors.set_apart(item.id)
            else:
                self._ledger.reject()
                yield item

    def _edge(self, edge: Edge, cites: tuple[int, str], *, at_last: bool) -> None:
        """Make ties ready to be given out; an edge whose ends are not both known yet waits."""
        source = self._actors.end(edge.source, by_label=at_last)
        target = self._actors.end(edge.target, by_label=at_last)
        if not at_last and (source is None or target is None):
            self._waiting.append((edge, cites))
        elif source and target and source not in _NO_ACTOR and target not in _NO_ACTOR:
            self._ready += self._ties.take(edge.said, edge.direction, (source, target), edge.where, cites)
        else:
            self._without(edge.where, {edge.source: source, edge.target: target})

    def _last(self) -> Iterator[Row | Fault]:
        """Yield what waited: all nodes are known now."""
        for edge, cites in self._waiting:
            self._edge(edge, cites, at_last=True)
        for offer, source in self._waiting_offers:
            self._offer(offer, source)
        yield from self._ready
        self._waiting, self._ready, self._waiting_offers = [], [], []

    def _offer(self, offer: Offer, cites: str) -> None:
        """Make an offer ready to be given out."""
        actor = self._actors.end(offer.owner, by_label=True)
        if actor and actor not in _NO_ACTOR:
            self._ready += self._offers.take(offer, actor, cites)
        else:
            self._without(offer.where, {offer.owner: actor})

    def _without(self, where: Where, ends: Mapping[str, str | None]) -> None:
        """Set apart or reject what names somebody who is no actor."""
        missing = [name for name, end in ends.items() if end is None]
        if missing and self._wide:
            self._told.count("missing", missing[0])
            self._ledger.apart("missing")
        elif wrong := _wrong_end(where, ends):
            self._ledger.reject()
            self._ready.append(wrong)
        else:
            self._ledger.apart("unkept" if UNKEPT in ends.values() else "nobody")


_NO_ACTOR = frozenset((NOBODY, REJECTED, SEVERAL, UNKEPT))


def _wrong_end(where: Where, ends: Mapping[str, str | None]) -> Fault | None:
    """Return what is wrong with whom an item names; None if one of them is nobody, which is no fault."""
    for name, end in ends.items():
        if end is None:
            nl = f"de knoop {name!r} staat niet in het bestand; voeg hem toe, of haal dit weg"
            en = f"the node {name!r} is not in the file; add it, or delete this"
            return Fault(where, "", nl, en)
        if end == SEVERAL:
            nl = f"{name!r} heten er meer dan een; noem in de band het id"
            en = f"more than one is called {name!r}; name the id in the edge"
            return Fault(where, "", nl, en)
        if end == REJECTED:
            nl = f"de knoop {name!r} is zelf afgekeurd"
            en = f"the node {name!r} is rejected itself"
            return Fault(where, "", nl, en)
    return None


def _source(cites: str, file: _File, stated: Mapping[str, object]) -> SourceRecord:
    said = {field: stated.get(field) for field in ("date", "url", "licence")}
    title = str(stated.get("title") or file.name)
    return SourceRecord.model_validate({"id": cites, "title": title, "file": file.name, **said})
