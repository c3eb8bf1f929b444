"""Overview: what is in here, for this viewer."""

from graph.answers import Overview
from graph.model import Count
from graph.questions.asking import within
from graph.view import View

MAX_LIMIT = 500


def overview(view: View, limit: int = 100) -> Overview:
    """Return how many actors there are by kind, the datasets, and the figures about the sector, `limit` of each at most.

    Raises:
        BadInputError: `limit` is out of range.
    """
    within("limit", limit, 1, MAX_LIMIT)
    datasets, figures = view.datasets(), view.sector_figures()
    return Overview(
        view.revision,
        view.counts(),
        datasets[:limit],
        figures[:limit],
        Count(max(0, len(datasets) - limit)),
        Count(max(0, len(figures) - limit)),
    )
