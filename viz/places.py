"""Where the actors of a drawing stand: as its paths fan out, by community if they are many, else as its ties draw them."""

from dataclasses import dataclass

from graph.drawing import Drawing
from viz import fan, layout
from viz.communities import LARGE, communities
from viz.layout import Point

FEW = 160  # actors; more are laid out by community, which is sooner done and shows more


@dataclass(frozen=True, slots=True)
class Placed:
    """The spot of each actor, in pixels at scale 1, y downwards; and the groups into which a large map folds."""

    spots: dict[str, Point]
    groups: tuple[tuple[str, ...], ...] = ()


def placed(drawing: Drawing) -> Placed:
    """Return where the actors of a drawing stand."""
    ids = [card.id for card in drawing.actors]
    pairs = [(tie.source, tie.target) for tie in drawing.ties]
    if drawing.rings:
        return Placed(fan.positions(ids, drawing.rings, pairs))
    if len(ids) <= FEW:
        return Placed(layout.positions(ids, pairs, drawing.centre))
    groups, apart = communities(ids, pairs)
    spots = layout.grouped(ids, pairs, [*groups, *([apart] if apart else [])])
    return Placed(spots, tuple(tuple(group) for group in groups) if len(ids) > LARGE else ())
