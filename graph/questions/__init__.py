"""Questions: functions of a view. Each guards, works, and answers with plain data of `graph.answers`."""

from graph.questions.excerpts import excerpt
from graph.questions.nearby import nearby
from graph.questions.neighbourhood import neighbourhood
from graph.questions.overview import overview
from graph.questions.searching import search
from graph.questions.showing import show
from graph.questions.ties import among

__all__ = ["among", "excerpt", "nearby", "neighbourhood", "overview", "search", "show"]
