"""The index that answers who can help."""

from graph.index.building import build
from graph.index.files import Index
from graph.view import View, today


def index_of(view: View) -> Index:
    """Return the index of a view."""
    return build(view, today())
