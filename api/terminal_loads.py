"""Datasets, and what came of a load, in plain words for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from api.terminal import ACTORS, TIES, number_of, one_line, said
from graph.errors import Lang
from graph.model import Count, Dataset
from graph.vocabulary import vocabulary

if TYPE_CHECKING:  # ingest brings numpy along, which listing does not need
    from graph.answers_duplicates import Namesakes
    from graph.ingest import Report
    from graph.ledger import Ledger
    from loaders.guess import Guess

SHOWN = 5  # notes of a kind that are told in words
# Those that say how a file was read are told all.
_WHOLE = ("proposed", "renamed", "encoding", "older", "hidden_rows", "hidden_columns", "unread")
_TABLES = {  # of one, and of several
    "actors": ACTORS,
    "ties": TIES,
    "offers": (("hulp", "hulp"), ("offer", "offers")),
    "figures": (("cijfer", "cijfers"), ("figure", "figures")),
    "waiting": (("wachtend", "wachtend"), ("waiting", "waiting")),
}
_NEW = (("nieuwe actor heet", "nieuwe actoren heten"), ("new actor is called", "new actors are called"))
_WAITS = ("verwijzing wacht", "verwijzingen wachten"), ("reference waits", "references wait")


def nothing_in(store: str, lang: Lang) -> str:
    """Return what to tell of a store that holds nothing: perhaps it is not the one that was meant."""
    return said(
        lang,
        f"Er is nog niets geladen in {store}. Begin met: weefsel demo",
        f"Nothing is loaded yet into {store}. Begin with: weefsel demo",
    )


def datasets(held: Sequence[Dataset], store: str, lang: Lang) -> Iterator[str]:
    """Yield what is loaded into `store`, the place that the settings name."""
    if not held:
        yield nothing_in(store, lang)
    for dataset in held:
        audience = vocabulary().words["audience"][dataset.audience].label(lang)
        yield f"{dataset.name} ({audience}, {dataset.date or '-'}) {one_line(dataset.title)}"
        yield f"  {_counts(dataset.counts, lang)} · {said(lang, 'revisie', 'revision')} {dataset.revision}"
        about = (
            ("spreekt voor", "speaks for", dataset.speaker),
            ("licentie", "licence", dataset.licence),
            ("", "", dataset.url),
        )
        told = "; ".join(f"{said(lang, nl, en)} {value}".strip() for nl, en, value in about if value)
        yield from [f"  {told}"] if told else []
        for name, source in dataset.sources.items():
            parts = (source.get("title"), source.get("publisher"), source.get("date"), source.get("licence"))
            yield f"  {said(lang, 'bron', 'source')} {name}: {', '.join(str(part) for part in parts if part)}"


def removed(told: "Report", lang: Lang) -> str:
    """Say what went with a dataset."""
    gone = _counts({name: numbers["gone"] for name, numbers in told.tables.items()}, lang)
    return said(
        lang,
        f"{told.dataset} is weg ({gone}). Revisie {told.revision}.",
        f"{told.dataset} is gone ({gone}). Revision {told.revision}.",
    )


def _counts(counts: Mapping[str, int], lang: Lang) -> str:
    return ", ".join(number_of(Count(n), lang, *_TABLES[name]) for name, n in counts.items())


def _table(name: str, lang: Lang) -> str:
    (_, nl), (_, en) = _TABLES[name]
    return said(lang, nl, en)


def report(
    told: "Report", lang: Lang, ledger: "Ledger | None" = None, namesakes: "Iterable[Namesakes]" = ()
) -> Iterator[str]:
    """Yield what came of a load; `ledger` tells why rows of a spreadsheet were set apart, and what else was noticed."""
    for fault in told.faults:
        yield fault.text(lang)
    if told.fault_count > len(told.faults):
        rest = told.fault_count - len(told.faults)
        faults = number_of(Count(rest), lang, ("fout", "fouten"), ("more fault", "more faults"))
        yield said(lang, f"… en nog {faults}.", f"… and {faults}.")
    yield from counted(told, lang, ledger)
    yield from (_called_alike(one, lang) for one in namesakes if one.count)
    yield _outcome(told, lang)


def _called_alike(found: "Namesakes", lang: Lang) -> str:
    count = number_of(Count(found.count), lang, *_NEW)
    return count + said(
        lang,
        f" als een die er al was ({found.new} als {found.old}). Zijn het dezelfde? Zie: weefsel duplicates",
        f" as one that was there ({found.new} as {found.old}). Are they the same? See: weefsel duplicates",
    )


def counted(told: "Report", lang: Lang, ledger: "Ledger | None" = None) -> Iterator[str]:
    """Yield what became of the rows, in numbers."""
    rows = number_of(Count(told.rows), lang, ("rij", "rijen"), ("row", "rows"))
    yield said(
        lang,
        f"{told.dataset}: {rows} = {told.accepted} goed + {told.rejected} afgekeurd + {told.set_apart} apart gezet.",
        f"{told.dataset}: {rows} = {told.accepted} accepted + {told.rejected} rejected + {told.set_apart} set apart.",
    )
    yield from _of_ledger(ledger, lang) if ledger else ()
    yield from (_numbers(name, numbers, lang) for name, numbers in told.tables.items() if any(numbers.values()))
    if told.waiting:
        names = f": {', '.join(told.awaited)}" if told.awaited else ""
        waits = number_of(Count(told.waiting), lang, *_WAITS)
        yield waits + said(
            lang, f" op een actor die nog niet geladen is{names}.", f" for an actor that is not loaded yet{names}."
        )
    if told.self_ties:
        yield self_ties(told.self_ties, lang)


def _of_ledger(ledger: "Ledger", lang: Lang) -> Iterator[str]:
    for reason, count in ledger.set_apart.items():
        yield said(
            lang,
            f"  apart gezet ({count}): zulke rijen {ledger.reasons[reason][0]}",
            f"  set apart ({count}): such rows {ledger.reasons[reason][1]}",
        )
    for kind, words in ledger.kinds.items():
        if count := ledger.noted(kind):
            yield said(lang, f"  opgemerkt ({count}): {words[0]}", f"  noticed ({count}): {words[1]}")
            yield from _notes(ledger, kind, lang)


def _notes(ledger: "Ledger", kind: str, lang: Lang) -> Iterator[str]:
    """Yield the first notes of a kind, and of how many more things there are."""
    notes = ledger.notes_of(kind)
    shown = notes if kind in _WHOLE else notes[:SHOWN]
    yield from (f"    {said(lang, *words)}" for words, _ in shown)
    if rest := ledger.noted(kind) - sum(times for _, times in shown):
        yield said(lang, f"    … en nog {rest}.", f"    … and {rest} more.")


def guesses(path: Path, found: "Sequence[Guess]", lang: Lang) -> Iterator[str]:
    """Yield which loaders fit a file, and how it is loaded by the first."""
    from loaders.options import dataset_of

    if not found:
        yield said(
            lang,
            f"{path}: geen loader herkent dit. Zet het als tabel in een spreadsheet, of vraag het als GEXF, GraphML, GeoJSON of CSV.",
            f"{path}: no loader knows this. Put it in a spreadsheet as a table, or ask for it as GEXF, GraphML, GeoJSON or CSV.",
        )
        return
    for one in found:
        yield f"{path}: {one.loader}: {said(lang, *one.why)}."
    yield f"  weefsel load {found[0].loader} {quote(str(path))} --dataset {dataset_of(path)} --dry-run"


def self_ties(number: int, lang: Lang) -> str:
    """Say how many ties fell away because their ends were joined."""
    return said(
        lang,
        f"Banden van een actor met zichzelf, die wegvallen: {number}.",
        f"Ties of an actor with itself, which fall away: {number}.",
    )


def _numbers(name: str, numbers: Mapping[str, int], lang: Lang) -> str:
    words = {
        "new": ("nieuw", "new"),
        "changed": ("gewijzigd", "changed"),
        "same": ("gelijk", "same"),
        "gone": ("weg", "gone"),
    }
    parts = ", ".join(f"{numbers[key]} {said(lang, *words[key])}" for key in words if numbers.get(key))
    return f"  {_table(name, lang)}: {parts}"


def _outcome(told: "Report", lang: Lang) -> str:
    if told.refused:
        return said(
            lang,
            "Er is niets geladen. Herstel de rijen hierboven, of laad alleen wat goed is met --skip-bad-rows.",
            "Nothing was loaded. Mend the rows above, or load only what is good with --skip-bad-rows.",
        )
    if not told.changed:
        return said(
            lang, f"Er is niets veranderd (revisie {told.revision}).", f"Nothing changed (revision {told.revision})."
        )
    if told.dry_run:
        return said(lang, "Proef: er is niets bewaard.", "Dry run: nothing was kept.")
    return said(lang, f"Bewaard als revisie {told.revision}.", f"Kept as revision {told.revision}.")
