"""What is told of a foreign file besides its faults: why items were set apart, and by name and count what was not understood."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from graph.ledger import Ledger
from graph.ledger import Words as Texts

SHOWN = 20  # names that are told of each sort, the most frequent first
MANY = 10_000  # names that are counted of each sort
REASONS: Mapping[str, Texts] = {
    "relation": (
        "zijn een band van een soort die we niet kennen; zet in de mapping onder [relations] wat het is",
        "are a relation of a kind that we do not know; say in the mapping under [relations] what it is",
    ),
    "kindless": (
        "zijn een band zonder soort; zet in de mapping onder [ties] kind wat het is",
        "are a relation without a kind; say in the mapping under [ties] kind what it is",
    ),
    "unwanted": ("zijn van een soort die de mapping niet wil", "are of a kind that the mapping does not want"),
    "undirected": (
        'hebben geen richting, en hun soort band wel; is de eerste de bron, zet dan onder [ties] undirected = "as-written"',
        'have no direction, but their kind has; if the first is the source, put undirected = "as-written" under [ties]',
    ),
    "self": ("gaan van een actor naar zichzelf", "go from an actor to itself"),
    "unkept": ("gaan naar iets wat we niet bewaren", "go to something that is not kept"),
    "missing": ("noemen iemand die niet in het bestand staat", "name somebody who is not in the file"),
    "nobody": ("noemen niemand (zoals 'particulier')", "name nobody (such as 'particulier')"),
    "individual": ("gaan naar een particulier, die we niet bewaren", "go to an individual, who is not kept"),
    "helpless": (
        "bieden of zoeken iets wat in geen tabel staat; zet het bij help in words/foreign.csv",
        "offer or want what is in no table; add it as help to words/foreign.csv",
    ),
    "trash": (
        "staan in Kumu op geen kaart meer, en zijn dus weggegooid; zet ze daar terug op een kaart als ze meetellen",
        "stand on no map in Kumu any more, so were thrown away; put them back on a map there if they count",
    ),
    "zero": (
        "hebben een bedrag van nul: een aanvraag, geen subsidie",
        "have an amount of zero: an application, no grant",
    ),
    "back": ("hebben een negatief bedrag: geld dat terugging", "have a negative amount: money that went back"),
    "doubled": ("zeggen wat er al staat", "say what stands there already"),
    "other": ("zijn niets dat we bewaren", "are nothing that we keep"),
}
NOTES: Mapping[str, Texts] = {
    "words": ("woorden uit het bestand kennen we niet", "words of the file are not known"),
    "unread": ("delen van het bestand zijn niet gelezen", "parts of the file were not read"),
    "differing": ("delen spreken iets eerders tegen", "parts contradict something before"),
    "personal": ("gegevens van personen zijn niet bewaard", "data of persons were not kept"),
    "currency": (
        "bedragen in een andere munt zijn geen bedrag in euro",
        "amounts in another currency are no amount in euro",
    ),
    "short": ("lange teksten zijn ingekort", "long texts were cut short"),
}
_EACH = ("currency", "personal")  # kinds of notes that count every time, not every name
_SORTS: Mapping[str, tuple[str, str, str]] = {  # note, and what the names are
    "relation": ("words", "soorten banden (niet geladen)", "kinds of relations (not loaded)"),
    "related": ("words", "soorten banden (nu wat de mapping zegt)", "kinds of relations (now what the mapping says)"),
    "type": ("words", "soorten knopen (nu organisatie)", "kinds of nodes (organisation now)"),
    "typed": ("words", "soorten knopen (nu wat de mapping zegt)", "kinds of nodes (now what the mapping says)"),
    "kind": ("words", "soorten knopen (in de notitie)", "kinds of nodes (in the note)"),
    "theme": ("words", "thema's en trefwoorden (in de notitie)", "themes and tags (in the note)"),
    "help": ("words", "hulp (in de notitie)", "help (in the note)"),
    "offer": ("words", "aanbod en vragen (niet geladen)", "offers and needs (not loaded)"),
    "subtype": ("words", "ondersoorten (in de notitie)", "subtypes (in the note)"),
    "status": ("words", "statussen (in de notitie)", "statuses (in the note)"),
    "basis": ("words", "gronden (in de notitie)", "bases (in the note)"),
    "tier": ("words", "niveaus (in de notitie)", "tiers (in the note)"),
    "country": ("words", "landen", "countries"),
    "node": ("unread", "kenmerken van knopen", "attributes of nodes"),
    "edge": ("unread", "kenmerken van banden", "attributes of edges"),
    "part": ("unread", "onderdelen", "parts"),
    "missing": ("unread", "wie niet in het bestand staat", "who is not in the file"),
    "personal": ("personal", "kenmerken", "attributes"),
    "currency": ("currency", "munten", "currencies"),
}


class Told:
    """Counts names that were not understood or not read, until all is read and they can be told."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing."""
        self.ledger = ledger
        self._names: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def count(self, sort: str, name: str, times: int = 1) -> None:
        """Count a name of a sort: `relation`, `type`, `theme`, `node` (an attribute that is not read), `part` and so on."""
        names = self._names[sort]
        if name in names or len(names) < MANY:
            names[name] += times

    def tell(self) -> None:
        """Note in the ledger what was counted: a note for each sort, the names in it in order of their number."""
        for sort, (kind, nl, en) in _SORTS.items():
            if names := self._names.get(sort):
                listed = ", ".join(f"{_short(name)} ({count})" for name, count in names.most_common(SHOWN))
                rest = len(names) - SHOWN
                more_nl, more_en = (f" en nog {rest}", f" and {rest} more") if rest > 0 else ("", "")
                times = names.total() if kind in _EACH else len(names)
                self.ledger.note(kind, (f"{nl}: {listed}{more_nl}.", f"{en}: {listed}{more_en}."), times)


def _short(name: str) -> str:
    plain = " ".join(name.split())
    return repr(plain if len(plain) <= 60 else f"{plain[:59]}…")
