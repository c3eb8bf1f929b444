"""What may be asked of the sector as a whole over HTTP: themes, municipalities, networks; inputs and their bounds."""

from typing import Annotated, TypeAlias

from fastapi import Path
from pydantic import Field

from api.inputs import LONGEST_ID, Day, FromForm, Id, Named, Question, Themes
from graph.questions.askers import Stranger
from graph.questions.networks import MAX_LIMIT as MOST_NETWORKS
from graph.questions.networks import MOST_SIDES, Wish
from graph.questions.portraits import MAX_LIMIT as MOST_SHOWN
from graph.questions.portraits import MOST_MUNICIPALITIES

ThemeId: TypeAlias = Annotated[
    str, Path(alias="themeId", min_length=1, max_length=LONGEST_ID, description="The theme, such as `wonen`.")
]
MunicipalityId: TypeAlias = Annotated[
    str,
    Path(
        alias="municipalityId",
        min_length=1,
        max_length=LONGEST_ID,
        description="The CBS code of the municipality (`GM0599`), or the id of its actor.",
    ),
]


class MunicipalitiesQuestion(Question):
    """The municipalities."""

    limit: Annotated[int, Field(ge=1, le=MOST_MUNICIPALITIES)] = MOST_MUNICIPALITIES
    """The most municipalities in one answer."""


class PortraitQuestion(Question):
    """Who is active on a theme or in a municipality."""

    limit: Annotated[int, Field(ge=1, le=MOST_SHOWN)] = 10
    """The most actors of each kind, and the most in each of the other lists."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""


class PortraitPage(FromForm, PortraitQuestion):
    """A portrait, asked by a form."""


class NetworksQuestion(Question):
    """Networks for an actor, or for somebody who tells where it is and what it does; some beside each other."""

    actor: Named = ""
    """The id of the actor who asks."""
    place: Named = ""
    """Where somebody who is no actor is: a municipality or its CBS code. With an `actor` it is not read."""
    theme: Themes = ()
    """Themes. None: those of the actor."""
    network: Annotated[tuple[Id, ...], Field(max_length=MOST_SIDES)] = ()
    """Ids of networks to set side by side. None: those that fit best."""
    limit: Annotated[int, Field(ge=1, le=MOST_NETWORKS)] = 10
    """The most networks in each list."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""

    def stranger(self) -> Stranger:
        """Return who asks, if it is no actor."""
        return Stranger(self.place, self.theme)

    def wish(self) -> Wish:
        """Return what is asked of `graph.questions.networks`."""
        return Wish(self.theme, self.network, self.limit, self.as_of)


class NetworksPage(FromForm, NetworksQuestion):
    """Networks, asked by a form: the actor may be named, and the page itself tells who ticks too many."""

    network: Annotated[tuple[Id, ...], Field(max_length=2 * MOST_NETWORKS)] = ()
    """Ids of networks to set side by side."""
