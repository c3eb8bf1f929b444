"""How the cells of a node of a foreign file are read: as those of a spreadsheet, but for what foreign files write otherwise."""

from collections.abc import Callable, Sequence

from loaders import foreign_text as texts
from loaders.foreign_mapping import STANCES
from loaders.foreign_words import Words
from loaders.table_cells import Cell
from loaders.table_codes import looks_like_mail
from loaders.table_columns import Parse
from loaders.table_header import Header
from loaders.table_mapping import Columns, Role, as_list
from loaders.table_mapping import Mapping as Table
from loaders.table_role import Reader, parsers

KIND = "= kind"  # the column of what a node is, after its type was looked up


def reader_of(words: Words, names: Sequence[str], lenient: Callable[[str, str], Parse]) -> Reader:
    """Return what reads the cells of a node: a column for each attribute, and at the end what it is."""
    columns: Columns = {"kind": KIND}
    for word in names:
        field = words.nodes[word]
        if field != "kind":
            columns[field] = [*as_list(columns.get(field, [])), word]
    manners = words.mapping.reading
    table = Table(actors={"": Role()}, words=words.mapping.words, reading=manners)
    own: dict[str, Parse] = {
        **parsers(table, manners.manner),
        **dict.fromkeys(("name", "place", "legal_form", "province", "country"), texts.name),
        "id": _id,
        **dict.fromkeys(("note", "size_note"), texts.text),
        **dict.fromkeys(("aliases", "identifiers"), texts.listed),
        "kind": str,
        "website": _websites,
        "themes": lenient("theme", "theme"),
        **dict.fromkeys(STANCES, lenient("help", "help")),
        "subtype": lenient("subtype", "subtype"),
        "tier": lenient("tier", "tier"),
    }
    return Reader(Role(column=columns), Header(1, (*names, KIND)), table, manners.manner, own)


def _id(cell: Cell) -> str:
    """Return an id; a mail address is none, and a node may go without."""
    said = texts.name(cell)
    return "" if looks_like_mail(said) else said


def _websites(cell: Cell) -> tuple[str, ...]:
    return tuple(site for said in texts.listed(cell) for site in said.split())
