"""Files of other tools for tests, and what their loaders read of them. All names and numbers are made up."""

import json

from graph.reading import Fault, Row
from graph.records import ActorRecord, TieRecord
from loaders import LOADERS
from loaders.options import Options


class Read:
    """What a loader reads of files: actors by name, ties as (source, kind, target) by name, faults and notes in English."""

    def __init__(self, loader, *paths, mapping=None, audience=""):
        self.reading = LOADERS[loader](paths, Options(mapping, audience))
        items = list(self.reading.items)
        records = [item.record for item in items if isinstance(item, Row)]
        self.records = [one for one in records if isinstance(one, ActorRecord)]
        self.actors = {one.name: one for one in self.records}
        names = {one.id: one.name for one in self.records}
        self.tie_records = [one for one in records if isinstance(one, TieRecord)]
        self.ties = [(names[one.source], one.kind, names[one.target]) for one in self.tie_records]
        self.faults = [item.text("en") for item in items if isinstance(item, Fault)]
        self.ledger = ledger = self.reading.ledger
        self.apart, self.notes = ledger.set_apart, " ".join(ledger.notes("en"))
        assert ledger.rows == ledger.accepted + ledger.rejected + sum(ledger.set_apart.values())
        assert ledger.rejected == len({item.where for item in items if isinstance(item, Fault)})


def kumu(path, elements, connections=(), **more):
    """Write a blueprint; an element that is a text is one with that label, a connection may be (from, type, to)."""
    each = [{"label": one} if isinstance(one, str) else one for one in elements]
    ties = [
        dict(zip(("from", "type", "to"), one, strict=True)) if isinstance(one, tuple) else one for one in connections
    ]
    path.write_text(json.dumps({"elements": each, "connections": ties, **more}), encoding="utf-8")
    return path


def toml(path, text):
    """Write a mapping."""
    path.write_text(text, encoding="utf-8")
    return path
