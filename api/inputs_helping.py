"""What may be asked of who can help, and of paths, over HTTP: the inputs of each question, and their bounds."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from api.inputs import Day, Help, Id, Input, Named, Question, Themes, whole_number
from graph.questions.askers import Stranger
from graph.questions.paths import MAX_LIMIT as MOST_PATHS
from graph.questions.paths import MAX_STEPS
from graph.questions.who_can_help import MAX_LIMIT as MOST_HELPERS
from graph.questions.who_can_help import Ask

MOST_CONTACTS = 100  # that somebody names who is no actor

Steps: TypeAlias = Annotated[int, Field(ge=1, le=MAX_STEPS)]
Helpers: TypeAlias = Annotated[int, Field(ge=1, le=MOST_HELPERS)]


class HelpQuestion(Question):
    """Who can help an actor."""

    actor: Id
    """The id of the actor who asks."""
    help: Help
    """The help that is asked for."""
    theme: Themes = ()
    """Themes that it is for. None: those of the actor."""
    max_steps: Steps = 4
    """Of how many introductions a path may be."""
    limit: Helpers = 10
    """The most helpers in one answer, and the most in each of its other lists."""
    as_of: Day | None = None
    """The day on which ties and offers are judged; today in Amsterdam if left out."""

    def asked(self) -> Ask:
        """Return what is asked of `graph.questions.who_can_help`."""
        return Ask(self.help, self.theme, self.max_steps, self.limit, self.as_of)


class HelpRequest(Input):
    """Who can help somebody who is no actor, in the body of the request, so that it stands in no address or log."""

    help: Help
    """The help that is asked for."""
    place: Named = ""
    """Where the asker is: a municipality, its CBS code, or a town. Empty: not told."""
    themes: Themes = ()
    """What the asker does."""
    contacts: Annotated[tuple[Id, ...], Field(max_length=MOST_CONTACTS)] = ()
    """Whom the asker knows: ids of actors."""
    legal_form: Named = ""
    """The asker's legal form. Empty: not told."""
    max_steps: Annotated[Steps, BeforeValidator(whole_number)] = 4
    """Of how many introductions a path may be."""
    limit: Annotated[Helpers, BeforeValidator(whole_number)] = 10
    """The most helpers in one answer, and the most in each of its other lists."""
    as_of: Day | None = None
    """The day on which ties and offers are judged; today in Amsterdam if left out."""

    def asker(self) -> Stranger:
        """Return who asks."""
        return Stranger(self.place, self.themes, self.contacts, self.legal_form)

    def asked(self) -> Ask:
        """Return what is asked of `graph.questions.who_can_help`."""
        return Ask(self.help, self.themes, self.max_steps, self.limit, self.as_of)


class PathsQuestion(Question):
    """How one gets from one actor to another."""

    start: Annotated[Id, Field(alias="from")]
    """The id of the actor who asks."""
    end: Annotated[Id, Field(alias="to")]
    """The id of the actor to get to."""
    max_steps: Steps = 4
    """Of how many introductions a path may be."""
    limit: Annotated[int, Field(ge=1, le=MOST_PATHS)] = 3
    """The most paths in one answer."""
    as_of: Day | None = None
    """The day on which ties are judged; today in Amsterdam if left out."""
