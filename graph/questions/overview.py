"""Overview: what is in here, for this viewer."""

from graph.answers import Overview
from graph.view import View


def overview(view: View) -> Overview:
    """Return how many actors there are by kind, the datasets, and the figures about the sector."""
    return Overview(view.revision, view.counts(), view.datasets(), view.figures([0])[0])
