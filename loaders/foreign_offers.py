"""Offers and needs of a foreign file: which help its words mean (`help` in `words/foreign.csv`), and until when."""

from collections.abc import Mapping
from datetime import date

from graph.reading import Fault, Row
from graph.records import OfferRecord
from graph.text import fold
from loaders import foreign_text as texts
from loaders.foreign_items import Offer
from loaders.foreign_told import Told
from loaders.foreign_words import Words
from loaders.table_personal import without_personal


class Offers:
    """Reads offers."""

    def __init__(self, words: Words, told: Told) -> None:
        """Begin with nothing."""
        self._helps, self._told = words.helps, told
        self._keeps_personal = words.mapping.reading.personal_mail
        self._said: set[tuple[str, OfferRecord]] = set()

    def take(self, offer: Offer, actor: str, cites: str) -> list[Row | Fault]:
        """Return the offer that an actor makes; nothing if it is set apart."""
        help_ = known_help(offer.words, self._helps)
        if not help_:
            self._told.ledger.apart("helpless")
            self._told.count("offer", offer.words[0] if offer.words else "-")
            return []
        if offer.until and not _is_day(offer.until):
            self._told.ledger.reject()
            nl, en = (
                f"{offer.until!r} is geen moment; schrijf seconden sinds 1970",
                f"{offer.until!r} is no moment; write seconds since 1970",
            )
            return [Fault(offer.where, "expires_at", nl, en)]
        note = offer.note if self._keeps_personal else without_personal(offer.note)
        if note != offer.note:
            self._told.count("personal", "note")
        record = OfferRecord(
            actor="x",
            stance=offer.stance,
            help=help_,
            until=offer.until or None,
            note=texts.short(note) or None,
            cites=cites,
        )
        if (actor, record) in self._said:
            self._told.ledger.apart("doubled")
            return []
        self._said.add((actor, record))
        return [Row(record, offer.where, (), (actor,))]


def known_help(words: tuple[str, ...], helps: Mapping[str, str]) -> str:
    """Return the help that the first known word means; empty if none is known."""
    return next((helps[word] for one in words if (word := fold(one)) in helps), "")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
