"""The words around a drawing, in Dutch and English; closed lists have theirs in graph's vocabulary."""

from collections.abc import Mapping

from graph.errors import Lang

MONTHS: Mapping[Lang, tuple[str, ...]] = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}

CAPTIONS: Mapping[Lang, Mapping[str, str]] = {
    "nl": {
        "as_of": "Stand van",
        "revision": "Revisie",
        "audience": "Voor",
        "left_out": "Weggelaten",
        "map": "Kaart",
        "map_of": "Kaart van wie met wie te maken heeft",
        "same_below": "Alles op de kaart staat ook in de tabellen eronder.",
        "keys": "Schuif met de pijltjestoetsen. Zoom met + en −. Kies een naam in de tabel om die hier aan te wijzen.",
        "zoom_in": "Zoom in",
        "zoom_out": "Zoom uit",
        "show_all": "Toon alles",
        "no_script": "Uw browser tekent de kaart niet, omdat JavaScript uit staat. De tabellen zeggen hetzelfde.",
        "names_fit": "Er passen {shown} van de {all} namen. Zoom in voor meer.",
        "no_actors": "Hier valt niets te tekenen: er zijn geen actoren gevonden die u mag zien.",
        "no_ties": "Er zijn geen banden bekend tussen wie hier staat. Dat wil niet zeggen dat ze er niet zijn.",
        "choose": "Kies iemand op de kaart om de banden te lezen.",
        "in_table": "Naar de tabel",
        "more_ties": "en nog {count}, zie de tabel",
        "legend": "Legenda",
        "kinds": "Wie",
        "lines": "Lijnen: hoe zeker is de band",
        "states": "Een lichtere lijn geldt nu niet; waar het past, staat het woord erbij",
        "arrow": "Een pijl zegt van wie de band uitgaat",
        "arrow_none": "Zonder pijl geldt de band over en weer.",
        "centre": "dikke rand: om deze actor gaat het",
        "actors": "Actoren",
        "ties": "Banden",
        "sources": "Bronnen",
        "name": "Naam",
        "kind": "Soort",
        "place": "Plaats",
        "tie": "Band",
        "status": "Status",
        "basis": "Zekerheid",
        "since": "Sinds",
        "until": "Tot",
        "details": "Bijzonderheden",
        "unknown": "onbekend",
        "checked": "nagegaan in",
        "no_sources": "Bij deze kaart zijn geen bronnen genoemd.",
        "licence": "licentie",
        "licence_unknown": "onbekend",
        "numbers": "actoren: {actors}, banden: {ties}",
        "unnamed": "Zonder naam, want die paste niet: {count}",
        "more_sources": "en nog {count}",
        "made_with": "Gemaakt met Weefsel",
        "from_page": "Deze kaart hoort bij",
        "faint": "geldt nu niet",
        "outlines": "Grenzen van gemeenten: CBS en Kadaster, CC BY 4.0",
        "by_place": "Op de plek die bekend is, anders het midden van plaats of gemeente",
        "find": "Zoek op de kaart",
        "found_none": "Niemand op deze kaart heet zo.",
        "found_more": "en nog {count}; typ verder",
        "filters": "Kies wat u ziet",
        "filter_kinds": "Wie",
        "filter_ties": "Welke banden",
        "hidden": "Verborgen door uw keuze: {count}.",
        "large": "Deze kaart is groot. Wie veel banden met elkaar heeft, is samengevouwen. Kies een groep om haar te openen.",
        "fold": "Rond {name}",
        "fold_many": "{count} actoren",
        "fold_open": "Open deze groep",
        "fold_close": "Vouw de groep weer dicht",
        "fold_ties": "banden: {count}",
        "open_all": "Open alle groepen",
        "close_all": "Vouw alles dicht",
        "group": "groep actoren, dichtgevouwen",
    },
    "en": {
        "as_of": "As of",
        "revision": "Revision",
        "audience": "For",
        "left_out": "Left out",
        "map": "Map",
        "map_of": "Map of who is tied to whom",
        "same_below": "All that is on the map stands in the tables below it too.",
        "keys": "Move with the arrow keys. Zoom with + and −. Choose a name in the table to point it out here.",
        "zoom_in": "Zoom in",
        "zoom_out": "Zoom out",
        "show_all": "Show all",
        "no_script": "Your browser does not draw the map, as JavaScript is off. The tables say the same.",
        "names_fit": "{shown} of the {all} names fit. Zoom in for more.",
        "no_actors": "There is nothing to draw: no actors were found that you may see.",
        "no_ties": "No ties are known among those shown. That does not mean that there are none.",
        "choose": "Choose an actor on the map to read its ties.",
        "in_table": "Go to the table",
        "more_ties": "and {count} more, see the table",
        "legend": "Legend",
        "kinds": "Who",
        "lines": "Lines: how sure is the tie",
        "states": "A fainter line does not hold now; where it fits, the word is with it",
        "arrow": "An arrow tells where the tie comes from",
        "arrow_none": "Without an arrow the tie goes both ways.",
        "centre": "thick outline: the actor that this is about",
        "actors": "Actors",
        "ties": "Ties",
        "sources": "Sources",
        "name": "Name",
        "kind": "Kind",
        "place": "Place",
        "tie": "Tie",
        "status": "Status",
        "basis": "Sureness",
        "since": "Since",
        "until": "Until",
        "details": "Details",
        "unknown": "unknown",
        "checked": "checked in",
        "no_sources": "No sources were named with this map.",
        "licence": "licence",
        "licence_unknown": "unknown",
        "numbers": "actors: {actors}, ties: {ties}",
        "unnamed": "Without a name, as it did not fit: {count}",
        "more_sources": "and {count} more",
        "made_with": "Made with Weefsel",
        "from_page": "This map belongs to",
        "faint": "does not hold now",
        "outlines": "Boundaries of municipalities: CBS and Kadaster, CC BY 4.0",
        "by_place": "At the place that is known, else the middle of town or municipality",
        "find": "Search the map",
        "found_none": "Nobody on this map is called that.",
        "found_more": "and {count} more; type on",
        "filters": "Choose what you see",
        "filter_kinds": "Who",
        "filter_ties": "Which ties",
        "hidden": "Hidden by your choice: {count}.",
        "large": "This map is large. Those who have many ties with each other are folded together. Choose a group to open it.",
        "fold": "Around {name}",
        "fold_many": "{count} actors",
        "fold_open": "Open this group",
        "fold_close": "Fold the group again",
        "fold_ties": "ties: {count}",
        "open_all": "Open all groups",
        "close_all": "Fold all",
        "group": "group of actors, folded",
    },
}


def language(lang: str) -> Lang:
    """Return `lang` if the captions are there in it, else Dutch.

    >>> language("en"), language("fy")
    ('en', 'nl')
    """
    return "en" if lang == "en" else "nl"


def spelled(partial: str, lang: Lang) -> str:
    """Return a year, month or day of ISO 8601 in words.

    >>> spelled("2022-02", "nl"), spelled("2026-11-22", "en"), spelled("2021", "nl")
    ('februari 2022', '22 November 2026', '2021')
    """
    year, *rest = partial.split("-")
    if not rest:
        return year
    month = MONTHS[lang][int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
