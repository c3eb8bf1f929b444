"""What a person has to choose about a proposed mapping, and is told of columns that are not in it, or not whole."""

from collections.abc import Iterable
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field, replace
from typing import Any

from graph.text import fold
from graph.vocabulary import vocabulary
from loaders import table_codes as codes
from loaders import table_values as values
from loaders.table_cells import Sheet
from loaders.table_guess import DIRECTION, LISTS, STATUS, THEMES, Guess
from loaders.table_header import Header, candidates
from loaders.table_headings import by_name, known
from loaders.table_mapping import ASK
from loaders.table_text import SEPARATORS
from loaders.table_told import NO_LEAVE
from loaders.table_words import member_words

FILE = "file"  # the key of what is to be mended in the file itself
WHO_GAVE = (
    "wie gaf dit geld? Een rol, of bijvoorbeeld cbs:GM0599 (een gemeente) of id:oranje-fonds",
    "who gave this money? A role, or for instance cbs:GM0599 (a municipality) or id:oranje-fonds",
)
OF_WHOM = (
    "van wie zijn dit de leden? Bijvoorbeeld id:lsa-bewoners, of een rol (zet een kolom Koepel met de naam in het bestand als die koepel er nog niet is); haal deze band weg als het geen leden zijn",
    "whose members are these? For instance id:lsa-bewoners, or a role (put a column Koepel with the name in the file if that network is not there yet); take this tie away if they are no members",
)
WHICH_TIE = (
    "welke band is er tussen van en naar? Bijvoorbeeld collaborates_with, member_of (van is lid van naar) of funds (van financiert naar)",
    "which tie is there between van and naar? For instance collaborates_with, member_of (van is a member of naar) or funds (van funds naar)",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to choose: the key in the mapping, and why, in Dutch and in English."""

    key: str
    nl: str
    en: str


@dataclass(slots=True)
class Proposal:
    """A mapping as data, the sheet and header that it is made from, and what it leaves open; `sheets` are the names of those that it reads."""

    sheet: Sheet
    header: Header
    mapping: dict[str, Any]
    guesses: list[Guess]
    questions: list[Question] = field(default_factory=list)
    sheets: tuple[str, ...] = ()

    @property
    def unknown(self) -> list[Guess]:
        """The columns that it does not understand."""
        return [guess for guess in self.guesses if guess.meaning is None]


ANYBODY = Question(
    "public",
    "van en naar worden organisaties die iedereen ziet, ook als er personen bij zijn; kijk dat eerst na",
    "van and naar become organisations that everybody sees, also if some are persons; look that over first",
)
NAMES = Question("actors", "welke kolom heeft de namen?", "which column has the names?")
UNNAMED = Question(
    "actors",
    "welke kolom heeft de namen? De eerste heet niets; zet er Naam boven als zij het is",
    "which column has the names? The first is called nothing; put Name above it if it is that one",
)
NO_HEADER = Question(
    "actors",
    "welke kolom heeft de namen? Geen van deze namen van kolommen kennen we; is dit al een rij met gegevens, zet er dan een rij met namen van kolommen boven (Naam, Plaats, …)",
    "which column has the names? None of these names of columns is known; if this is a row with data already, put a row with names of columns above it (Name, Place, …)",
)
IN_ONE_CELL = Question(
    FILE,
    "alles staat in één kolom; verdeel haar eerst over kolommen (in Excel: Gegevens, Tekst naar kolommen)",
    "all stands in one column; divide it into columns first (in Excel: Data, Text to Columns)",
)
IN_MATRIX = Question(
    FILE,
    "kolommen heten hier als rijen; maak er een lijst van met kolommen Van, Naar en Soort relatie, een rij voor elk kruisje",
    "columns are called here as rows are; make a list of it with columns From, To and Type, a row for each mark",
)
PIVOT = Question(
    FILE,
    "dit is een draaitabel; geef het blad met de rijen waarvan ze gemaakt is",
    "this is a pivot table; give the sheet with the rows that it is made of",
)
TURNED = Question(
    FILE,
    "in deze kolom staan namen van kolommen; zet elke organisatie op een rij en de namen van kolommen erboven (in Excel: Plakken speciaal, Transponeren)",
    "this column has names of columns; put each organisation in a row and the names of columns above them (in Excel: Paste Special, Transpose)",
)


def of_leave(guesses: Iterable[Guess]) -> list[Question]:
    """Ask what is to become of rows that give no leave."""
    nl = "niet alle rijen geven toestemming; mogen ze er allemaal in? Haal anders eerst weg wie het niet wil"
    en = "not all rows give leave; may all of them be in? If not, first take out who does not want it"
    return [Question(guess.column, nl, en) for guess in guesses if (guess.nl, guess.en) == NO_LEAVE]


def repeated(column: str) -> Question:
    """Ask what an empty cell says in a column that seems to name somebody in the first row of several only."""
    nl = f"kolom {column!r} is in veel rijen leeg; staat daar hetzelfde als erboven, vul dat dan in elke rij in: nu zegt zo'n rij er niets van"
    en = f"column {column!r} is empty in many rows; if the same is meant as above, fill it in in each row: now such a row says nothing of it"
    return Question(column, nl, en)


def names(header: Header, sheet: Sheet) -> Question:
    """Ask which column has the names, with what may be the matter if none of the headings is known."""
    if len(header.names) == 1 and any(mark in header.names[0] for mark in SEPARATORS):
        return IN_ONE_CELL
    if any(_is_of_pivot(column) for other in candidates(sheet) for column in other.names):  # filters may stand above it
        return PIVOT
    if header.names[0] == "kolom A":
        return UNNAMED
    return NAMES if known(header) else NO_HEADER


def _is_of_pivot(column: str) -> bool:
    meaning = by_name(column)
    return meaning is not None and meaning.field == "pivot"


def theme(word: str, likely: str) -> Question:
    """Ask whether a word of the file is the theme that it looks like."""
    return Question(
        f"words.{word}",
        f'is {word!r} ons thema {likely}? Zet het erachter, of een ander; "" slaat het over',
        f'is {word!r} our theme {likely}? Put it behind, or another one; "" leaves it out',
    )


def of_list(word: str, closed: str) -> Question:
    """Ask what a word of a closed list means: how things stand with a tie, or what sort of actor somebody is."""
    known = ", ".join(vocabulary().words[closed])
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


def words(guesses: Iterable[Guess]) -> tuple[dict[str, str], list[Question]]:
    """Return what words of columns are that are none of ours: those that may be are asked about, other themes are left out."""
    found: dict[str, str] = {}
    asked: list[Question] = []
    for word, closed in [(word, LISTS[one.meaning.field]) for one in guesses if one.meaning for word in one.strange]:
        likely = codes.likely(word, closed)
        found[word] = ASK if likely or closed != "theme" else ""
        if found[word]:
            asked.append(theme(word, likely) if closed == "theme" else of_list(word, closed))
    return found, asked


def without(guess: Guess) -> Guess:
    """Return a column of themes with the words that are left out of it."""
    words = ", ".join(word for word in guess.strange if guess.meaning == THEMES and not codes.likely(word, "theme"))
    return replace(guess, nl=f"zonder: {words}", en=f"without: {words}") if words else guess


def of_membership(about: ReadOnly[str, list[str]]) -> dict[str, list[str]]:
    """Return those of the columns about ties, by field, that say since or until when somebody is a member."""
    found = {named: list(filter(_says_member, about.get(named, ()))) for named in ("since", "until")}
    return {named: columns for named, columns in found.items() if columns}


def _says_member(column: str) -> bool:
    return any(word in member_words() for word in fold(column).split())


def without_person(guess: Guess) -> Guess:
    """Return a column that has persons as one that is not read."""
    return unused(guess) if guess.meaning and guess.meaning.role == "person" else guess


def unused(guess: Guess) -> Guess:
    """Return a column that is understood and not in the proposal as one that is not read, with why."""
    if guess.meaning and guess.meaning.role == "person":
        nl = "personen staan niet vanzelf in het voorstel; voeg zelf een rol toe als daar een grond voor is (docs/tables.md)"
        en = "persons are not proposed; add a role yourself if there is a basis for it (docs/tables.md)"
    elif guess.meaning == STATUS:
        nl = "hoe het met iemand staat bewaren we niet; haal weg wie er niet meer is, of geef een kolom met sinds wanneer (ended)"
        en = "how somebody fares is not kept; take out who is no longer there, or give a column with since when (ended)"
    elif guess.meaning == DIRECTION:
        nl, en = "banden gaan hier van van naar naar", "ties go from van to naar here"
    else:
        field = guess.meaning.field if guess.meaning else ""
        nl = f"lijkt '{field}', maar past niet bij wat er verder staat; voeg het zelf toe als het klopt"
        en = f"looks like '{field}', but does not go with the rest; add it yourself if it is right"
    return replace(guess, meaning=None, nl=nl, en=en)
