"""Reads spreadsheets for tests, and tells what came of it."""

from pathlib import Path

from graph.reading import Fault, Reading, Row
from graph.records import ActorRecord, OfferRecord, TieRecord
from loaders import table, table_mapping_file
from loaders.options import Options
from loaders.table_files import opened
from loaders.table_proposal import as_one, proposals
from loaders.table_toml import written


class Read:
    """What was read of spreadsheets. `faults` are told in English, `faults_nl` in Dutch. Each row is accounted for."""

    def __init__(self, reading: Reading) -> None:
        items = list(reading.items)
        self.reading, self.ledger = reading, reading.ledger
        self.records = [item.record for item in items if isinstance(item, Row)]
        found = [item for item in items if isinstance(item, Fault)]
        self.faults, self.faults_nl = ([fault.text(lang) for fault in found] for lang in ("en", "nl"))
        assert self.ledger.rows == self.ledger.accepted + self.ledger.rejected + sum(self.ledger.set_apart.values())

    @property
    def actors(self) -> list[ActorRecord]:
        return [record for record in self.records if isinstance(record, ActorRecord)]

    @property
    def ties(self) -> list[TieRecord]:
        return [record for record in self.records if isinstance(record, TieRecord)]

    @property
    def offers(self) -> list[OfferRecord]:
        return [record for record in self.records if isinstance(record, OfferRecord)]

    @property
    def actor(self) -> ActorRecord:
        assert self.faults == []
        [only] = self.actors
        return only

    @property
    def names(self) -> list[str]:
        """The names of the actors, of files without faults."""
        assert self.faults == []
        return [actor.name for actor in self.actors]


def without_mapping(*paths: Path) -> Read:
    """Read files as a load without a mapping does."""
    return Read(table.load(paths, Options()))


def mapped(path: Path, *, lang: str = "nl") -> Path:
    """Write the mapping that is proposed for a file beside it."""
    saved = path.with_name("mapping.toml")
    saved.write_text(written(as_one(proposals(opened([path]))), path.name, lang))
    return saved


def as_proposed(path: Path) -> Read:
    """Read a file by the mapping that is proposed for it, written to a file and read again."""
    return Read(table.reading(opened([path]), table_mapping_file.read(mapped(path))))
