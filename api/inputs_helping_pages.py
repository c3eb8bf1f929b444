"""What the pages about help and paths take: as HTTP does, but what is not filled in is sent as an empty value."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, Field

from api.inputs import Day, FromForm, Help, Id, Input, Named, Question, Themes
from api.inputs_helping import MOST_CONTACTS, Helpers, Steps
from graph.errors import BadInputError
from graph.questions.askers import Stranger
from graph.questions.paths import MAX_LIMIT as MOST_PATHS
from graph.questions.searching import MAX_TEXT
from graph.questions.who_can_help import Ask

LONGEST_LIST = 4_000  # characters of names


def _lines(text: object) -> object:
    """Return a text with the ends of lines that a browser counts: one character, though it sends two."""
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


class HelpPage(FromForm, Question):
    """Who can help: step by step, first who asks, then what for."""

    q: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    """The beginnings of words of the asker's name."""
    actor: Named = ""
    """The id of the actor who asks."""
    help: Help | None = None
    """The help that is asked for."""
    theme: Themes = ()
    """Themes that it is for."""
    max_steps: Steps = 4
    """Of how many introductions a path may be."""
    limit: Helpers = 5
    """The most helpers in one answer."""
    as_of: Day | None = None
    """The day on which ties and offers are judged."""

    def asked(self) -> Ask:
        """Return what is asked of `graph.questions.who_can_help`.

        Raises:
            BadInputError: It is not said which help.
        """
        if not self.help:
            raise BadInputError(
                nl="Welke hulp? Geef help mee, zoals geld of kennis.advies.",
                en="Which help? Give help, such as geld or kennis.advies.",
                field="help",
            )
        return Ask(self.help, self.theme, self.max_steps, self.limit, self.as_of)


class StrangerForm(FromForm, Input):
    """Who can help somebody who is no actor, and describes itself."""

    model_config = ConfigDict(str_strip_whitespace=True)

    help: Help
    """The help that is asked for."""
    place: Named = ""
    """Where the asker is."""
    meant: Named = ""
    """Which of the places of that name, as the page offered them."""
    theme: Themes = ()
    """What the asker does."""
    names: Annotated[str, BeforeValidator(_lines), Field(max_length=LONGEST_LIST)] = ""
    """Names of actors that the asker knows, one a line."""
    contact: Annotated[tuple[Id, ...], Field(max_length=MOST_CONTACTS)] = ()
    """Ids of actors that the asker knows."""
    unclear: Annotated[tuple[Annotated[str, Field(max_length=LONGEST_LIST)], ...], Field(max_length=MOST_CONTACTS)] = ()
    """Names that the page asked back: whom the asker means by these is among `contact`, or was left open."""
    max_steps: Steps = 4
    """Of how many introductions a path may be."""
    limit: Helpers = 5
    """The most helpers in one answer."""
    as_of: Day | None = None
    """The day on which ties and offers are judged."""

    def sent(self) -> list[tuple[str, str]]:
        """Return what was told, to be sent again: each value with the name of its field."""
        told = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return [(name, str(one)) for name, it in told.items() for one in (it if isinstance(it, list) else [it])]

    def settled(self) -> Self:
        """Return the form with the place that was chosen, unless another was written."""
        return self.model_copy(update={"place": self.place or self.meant, "meant": ""})

    def asker(self, contacts: Iterable[str]) -> Stranger:
        """Return who asks, and knows these."""
        return Stranger(self.place, self.theme, tuple(contacts))

    def asked(self) -> Ask:
        """Return what is asked of `graph.questions.who_can_help`."""
        return Ask(self.help, self.theme, self.max_steps, self.limit, self.as_of)


class PathsPage(FromForm, Question):
    """How one gets from one actor to another; both may be named."""

    start: Annotated[Named, Field(alias="from")] = ""
    """The id or name of the actor who asks."""
    end: Annotated[Named, Field(alias="to")] = ""
    """The id or name of the actor to get to."""
    max_steps: Steps = 4
    """Of how many introductions a path may be."""
    limit: Annotated[int, Field(ge=1, le=MOST_PATHS)] = 3
    """The most paths in one answer."""
    as_of: Day | None = None
    """The day on which ties are judged."""
