"""GeoJSON (RFC 7946): a point for each actor whose place is known; `located` says how well: stated, place or municipality."""

from collections.abc import Iterator

from graph.drawing import Extract
from viz import about
from viz.columns import of_actor, plain
from viz.lines import as_json, encoded, listed


def render(extract: Extract) -> Iterator[bytes]:
    """Yield the file."""
    told = [f"{what}: {words}" for what, words in about.told(extract)]
    placed = _Placed(extract)
    yield f'{{"type":"FeatureCollection","about":{as_json(told)},\n"features":['.encode()
    yield from encoded(listed(placed.features()))
    yield f'],\n"without_place":{placed.without}}}\n'.encode()


class _Placed:
    """The actors with a place, and how many have none."""

    def __init__(self, extract: Extract) -> None:
        self._extract = extract
        self.without = 0

    def features(self) -> Iterator[dict[str, object]]:
        for actor in self._extract.actors():
            card = actor.card
            if card.lat is None or card.lon is None:
                self.without += 1
                continue
            values = of_actor(actor, self._extract.municipalities)
            told = {name: value for name, value in plain(values).items() if name not in ("lat", "lon")}
            yield {
                "type": "Feature",
                "id": card.id,
                "geometry": {"type": "Point", "coordinates": [card.lon, card.lat]},
                "properties": {**told, "located": card.located},
            }
