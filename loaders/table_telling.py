"""Telling the ties of a row: each once, none to itself, and no amount of several; and how many rows were hidden."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from graph.ledger import Ledger
from graph.reading import Fault, Row, Where
from loaders.table_between import Between, Says
from loaders.table_cells import Cells, Sheet
from loaders.table_personal import has_personal
from loaders.table_ties import Tie

FEW = 10
MANY = 100_000  # pairs of which it is kept in mind that a tie was told
Told: TypeAlias = tuple[Tie, tuple[str, str], Says]  # a tie of the mapping, whom it is between, and what is said of it


def of_several(first: Sequence[Told], more: Sequence[Told], where: Where) -> list[Fault]:
    """Return what is wrong where an amount would be said of several ties, `first` and `more` of one row."""
    further = {id(tie) for tie, _, _ in more}
    nl = "dit bedrag is van meer dan één band; splits de rij, en verdeel het bedrag"
    en = "this amount is of more than one tie; split the row, and divide the amount"
    return [
        Fault(where, "", nl, en)
        for tie, _, (record, amount) in first
        if id(tie) in further and (record.amount is not None or amount is not None)
    ]


def to_itself(told: Sequence[Told], where: Where) -> list[Fault]:
    """Return what is wrong with ties of an actor with itself."""
    faults = []
    for tie, (one, other), _ in told:
        if one == other != "":
            source, target = tie.rule.source, tie.rule.target
            nl = f"{source} en {target} zijn dezelfde; een band met zichzelf is geen band"
            en = f"{source} and {target} are the same; a tie to itself is no tie"
            faults.append(Fault(where, "", nl, en))
    return faults


def tell(told: Sequence[Told], between: Between, sheet: int, where: Where, pending: list[Row]) -> bool:
    """Add the ties of a row that no row said before; return whether one that repeats was said by another sheet."""
    old = False
    for tie, of, says in told:
        if not (of[0] and of[1]):
            continue
        ref = ""
        if tie.repeatable:
            new, ref = between.again(says, of, sheet)
            old |= new is None
        else:
            new = between.once(says, of, where, symmetric=tie.symmetric)
            if new and says is tie.same and len(tie.told) < MANY:
                tie.told.add(of)
        if new:
            pending.append(Row(new, where, (), of, says[1], ref))
    return old


def tell_hidden(ledger: Ledger, sheet: Sheet, count: int) -> None:
    """Note how many rows of a sheet one does not see in it, as a filter leaves them out; nothing if none."""
    if not count:
        return
    nl, en = sheet.place
    told = (
        f"{nl}: rijen die verborgen zijn (door een filter, of met de hand) en wel gelezen: {count}.",
        f"{en}: rows that are hidden (by a filter, or by hand) and were read: {count}.",
    )
    ledger.note("hidden_rows", told, count)


def tell_left_out(ledger: Ledger, columns: Mapping[str, int], cells: Cells, where: Where) -> None:
    """Note of which texts of a row something was left out that is somebody's own; `columns` are those of texts, with their places."""
    for column, place in columns.items():
        if has_personal(cells[place]):
            told = f"{where.text('nl')}, kolom {column!r}.", f"{where.text('en')}, column {column!r}."
            ledger.note("left_out", told)


def tell_under(ledger: Ledger, sheet: Sheet, rows: Sequence[int]) -> None:
    """Note which rows stand under a table and are none of it, if any do."""
    if not rows:
        return
    nl, en = sheet.place
    between = f"{rows[0]}–{rows[-1]}" if len(rows) > 1 else str(rows[0])
    told = f"{nl}: rij {between}.", f"{en}: row {between}."
    ledger.note("below", told, len(rows))


def tell_bare(ledger: Ledger, bare: Sequence[Where], rows: int) -> None:
    """Note rows that say nothing but a name, where few of the rows of a sheet do."""
    for where in bare if len(bare) <= max(FEW, rows / FEW) else ():
        ledger.note("bare", (f"{where.text('nl')}: kijk dit na.", f"{where.text('en')}: look this over."))
