"""Pairs of actors that are probably one, in plain words for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.terminal import CONTACTS, number_of, one_line, said
from graph.answers_duplicates import Duplicates
from graph.errors import Lang
from graph.model import Card, Count
from graph.municipalities import named
from graph.vocabulary import vocabulary

if TYPE_CHECKING:  # ingest brings numpy along
    from graph.ingest import JudgementReport


def told(found: Duplicates, lang: Lang) -> Iterator[str]:
    """Yield the pairs, why they are proposed, and how to judge them."""
    if not found.pairs:
        yield said(lang, "Er lijkt niets dubbel te staan.", "Nothing seems to be there twice.")
        return
    for number, pair in enumerate(found.pairs, start=1):
        yield f"{number}. {told_of(pair.one, lang)}"
        yield f"   {told_of(pair.other, lang)}"
        reasons = "; ".join(reason.nl if lang == "nl" else reason.en for reason in pair.reasons)
        yield f"   {one_line(reasons)}"
        yield said(
            lang,
            f"   dezelfde: weefsel merge {pair.one.id} {pair.other.id}   niet: weefsel split {pair.one.id} {pair.other.id}",
            f"   the same: weefsel merge {pair.one.id} {pair.other.id}   not: weefsel split {pair.one.id} {pair.other.id}",
        )
    if found.more.count:
        more = number_of(found.more, lang, ("paar", "paren"), ("pair", "pairs"))
        yield said(lang, f"Niet getoond: {more} (--limit)", f"Not shown: {more} (--limit)")


def merged(one: str, other: str, judged: "JudgementReport") -> tuple[str, str]:
    """Say, in Dutch and in English, whether two that were judged the same are one now; if not, why not, and what would do."""
    if judged.away:
        away = ", ".join(judged.away)
        return (
            f"Bewaard, maar nu staat {away} er niet. Ze worden één als een dataset die weer noemt.",
            f"Kept, but {away} is not here now. They become one when a dataset names it again.",
        )
    if judged.apart:
        ids, undo = judged.apart, f"weefsel take-back different {' '.join(judged.apart)}"
        return (
            f"Bewaard, maar {one} en {other} blijven apart: {ids[0]} en {ids[1]} zijn niet dezelfde, is geoordeeld. Was dat fout: {undo}.",
            f"Kept, but {one} and {other} stay apart: {ids[0]} and {ids[1]} were judged different. If that was wrong: {undo}.",
        )
    return f"{one} en {other} zijn nu één.", f"{one} and {other} are one now."


def comparing(count: int, lang: Lang) -> str:
    """Say that names are being compared, which takes a while."""
    return said(
        lang,
        f"{count} actoren worden vergeleken; bij 15.000 duurt dat een kwart tot een hele minuut …",
        f"{count} actors are being compared; 15,000 take a quarter of a minute to a minute …",
    )


def told_of(card: Card, lang: Lang) -> str:
    """Return who an actor is, in a line."""
    kind = vocabulary().words["kind"][card.kind].label(lang)
    place = f", {one_line(where)}" if (where := card.place or named(card.municipality)) else ""
    contacts = number_of(Count(card.contacts), lang, *CONTACTS)
    return f"{one_line(card.name)} ({kind}{place}) · {contacts} · {card.id}"
