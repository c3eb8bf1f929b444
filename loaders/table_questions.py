"""What a person has to choose about a proposed mapping."""

from dataclasses import dataclass

from graph.vocabulary import vocabulary
from loaders import table_values as values

WHO_GAVE = (
    "wie gaf dit geld? Een rol, of bijvoorbeeld cbs:GM0599 (een gemeente) of id:oranje-fonds",
    "who gave this money? A role, or for instance cbs:GM0599 (a municipality) or id:oranje-fonds",
)
OF_WHOM = (
    "van wie zijn dit de leden? Bijvoorbeeld id:lsa-bewoners, of een rol; haal deze band weg als het geen leden zijn",
    "whose members are these? For instance id:lsa-bewoners, or a role; take this tie away if they are no members",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to choose: the key in the mapping, and why, in Dutch and in English."""

    key: str
    nl: str
    en: str


NAMES = Question("actors", "welke kolom heeft de namen?", "which column has the names?")


def theme(word: str, likely: str) -> Question:
    """Ask whether a word of the file is the theme that it looks like."""
    return Question(
        f"words.{word}",
        f'is {word!r} ons thema {likely}? Zet het erachter, of een ander; "" slaat het over',
        f'is {word!r} our theme {likely}? Put it behind, or another one; "" leaves it out',
    )


def status(word: str) -> Question:
    """Ask what a word for how things stand with a tie means."""
    known = ", ".join(vocabulary().words["status"])
    return Question(
        f"words.{word}", f"wat is {word!r}? Zet erachter: {known}", f"what is {word!r}? Put behind: {known}"
    )


def decimal(cell: str) -> Question:
    """Ask which mark stands before the cents in an amount that can be read in two ways."""
    plain = values.text(cell)
    return Question(
        "decimal",
        f'{plain!r} kan duizenden betekenen of een stukje; kies "," (15.000,00) of "." (15,000.00)',
        f'{plain!r} may mean thousands or a fraction; choose "," (15.000,00) or "." (15,000.00)',
    )
