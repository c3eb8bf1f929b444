"""Proposing mappings for a file that nobody described yet: one for each sort of sheet that names somebody."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from graph.errors import LoadError
from graph.text import fold
from loaders import table_by_sheet
from loaders import table_owners as owners
from loaders.table_amounts import in_euro
from loaders.table_body import sample
from loaders.table_cells import Sheet, visible
from loaders.table_draft import Drafting
from loaders.table_edges import LOADER, elsewhere, lists_ties
from loaders.table_guess import Guess, guesses
from loaders.table_header import Header, candidates
from loaders.table_headings import ENDS, doubled, known
from loaders.table_questions import IN_MATRIX, NAMES, NO_HEADER, UNNAMED, Proposal
from loaders.table_told import MATRIX
from loaders.table_words import DUTCH, ROLES


def meant(guess: Guess) -> tuple[str, str]:
    """Return what a column is understood as, with the key that the mapping has for it, in Dutch and in English."""
    role, named = guess.meaning or ("", "")
    of = f"{ROLES[role][0]}: " if role in ROLES and role != "subject" else ""
    dutch = DUTCH.get(named, named)
    return f"{of}{dutch}{f' ({named})' if dutch != named else ''}", f"{of}{named}"


def proposals(sheets: Sequence[Sheet]) -> list[Proposal]:
    """Return a mapping for each sort of sheet that names somebody, the one that is understood best first.

    Sheets with the same columns are of one sort; hidden ones are left out. If no sheet is known to name anybody, the best asks which column does.

    Raises:
        LoadError: No sheet has a row that may be a header, with rows under it.
    """
    sorts: dict[frozenset[str], list[tuple[Sheet, Header]]] = defaultdict(list)
    for sheet, header in _headers(visible(sheets)):
        sorts[frozenset(map(fold, header.names))].append((sheet, header))
    if not sorts:
        raise LoadError(
            nl="Er is geen blad met een rij kolomnamen en rijen daaronder.",
            en="There is no sheet with a row of names of columns, and rows under it.",
        )
    if len(sorts) > 1:  # what one column says under an odd heading is an explanation
        sorts = {names: sort for names, sort in sorts.items() if _is_wide(sort[0][1]) or known(sort[0][1])} or sorts
    best = sorted(sorts.values(), key=lambda sort: -known(sort[0][1]))
    made = [_proposal(sort, alone=len(best) == 1) for sort in best]
    found = [proposal for proposal in made if proposal.mapping or proposal.questions[0].key == LOADER] or made[:1]
    found.sort(key=lambda proposal: lists_ties(proposal.header))  # whom they are between is told elsewhere
    if not lists_ties(found[0].header):
        for proposal in found[1:]:
            proposal.guesses = [_named_elsewhere(guess) for guess in proposal.guesses]
    for proposal, sort in zip(made, best, strict=True):
        names = list(proposal.sheets or dict.fromkeys(sheet.name for sheet, _ in sort if sheet.name))
        by_sheet = any(guess.place < 0 for guess in proposal.guesses) and not proposal.sheets
        proposal.sheets = tuple(names)
        if names and len(sheets) > 1 and not by_sheet:  # else next year's sheet goes by the same mapping
            proposal.mapping = {"sheets": names} | proposal.mapping
    return found


def _is_wide(header: Header) -> bool:
    return sum(not column.startswith("kolom ") for column in header.names) > 1


def _named_elsewhere(guess: Guess) -> Guess:
    """Return a column of ends of ties with whom they are: those that another sheet names."""
    if guess.meaning is None or guess.meaning.role not in ENDS:
        return guess
    return replace(guess, nl="wie zo heet op een ander blad is die", en="who is called so on another sheet is meant")


def as_one(proposed: Sequence[Proposal]) -> dict[str, Any]:
    """Return what a mapping file says of all tables that are proposed."""
    first, *more = (proposal.mapping for proposal in proposed)
    return {"tables": [first, *more]} if more else first


def _proposal(sort: Sequence[tuple[Sheet, Header]], *, alone: bool) -> Proposal:
    """Return a mapping for sheets with the same columns, by the first of them."""
    sheet, header = sort[0]
    rows = sample(sheet, header)
    proposal = Proposal(sheet, header, {}, in_euro(guesses(header, rows, sheet.hidden_columns), rows))
    if other := elsewhere(sheet.file, header, proposal.guesses, alone=alone):
        proposal.questions.append(other)
        return proposal
    Drafting(proposal, rows).draft()
    if matrix := owners.of_matrix(header, rows):
        proposal.guesses = [_of_matrix(guess) if guess.column in matrix else guess for guess in proposal.guesses]
        proposal.questions = [IN_MATRIX if one in (NAMES, NO_HEADER, UNNAMED) else one for one in proposal.questions]
    sheets = [one for one, _ in sort]
    if newest := table_by_sheet.newest(proposal.mapping, sort):
        proposal = _proposal([one for one in sort if one[0] is newest], alone=alone)
        proposal.guesses.append(table_by_sheet.older(newest, sheets))
        proposal.sheets = (newest.name,)
        return proposal
    proposal.guesses += table_by_sheet.propose(proposal.mapping, sheets)
    return proposal


def _of_matrix(guess: Guess) -> Guess:
    return replace(guess, nl=MATRIX[0], en=MATRIX[1]) if guess.meaning is None else guess


def _headers(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Header]]:
    """Yield each sheet with the row that is most likely its header: the first of those with most columns that are known."""
    for sheet in sheets:
        headers = list(candidates(sheet))
        if headers:
            header = max(headers, key=lambda header: (known(header), -doubled(header), header.lines, -header.row))
            if any(row > header.row for row, _ in islice(sheet.read(), header.row + 1)):
                yield sheet, header
