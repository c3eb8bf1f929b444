"""What pages and messages say, in plain Dutch (B1) and in English. Labels of closed lists stand in graph's vocabulary."""

from collections.abc import Mapping

from graph.errors import Lang

WORDS: Mapping[str, tuple[str, str]] = {
    # every page
    "tagline": ("de collectieve sector als één weefsel", "the collective sector as one fabric"),
    "skip": ("Naar de inhoud", "Skip to the content"),
    "main_menu": ("Hoofdmenu", "Main menu"),
    "search": ("Zoeken", "Search"),
    "datasets": ("Datasets", "Datasets"),
    "sign_in": ("Inloggen voor medewerkers", "Sign in for staff"),
    "sign_out": ("Uitloggen", "Sign out"),
    "seen_as_staff": (
        "Je bent ingelogd als medewerker. Je ziet ook wat niet openbaar is.",
        "You are signed in as staff. You also see what is not public.",
    ),
    "session_over": (
        "Je bent niet meer ingelogd. Je ziet nu alleen wat openbaar is.",
        "You are no longer signed in. You now see only what is public.",
    ),
    "other_language": ("English", "Nederlands"),
    "as_data": ("Deze pagina als gegevens (JSON)", "This page as data (JSON)"),
    "api": ("Beschrijving van de API (OpenAPI)", "Description of the API (OpenAPI)"),
    "revision": ("Stand van de gegevens: revisie {revision}", "State of the data: revision {revision}"),
    "unknown": ("onbekend", "unknown"),
    # search box
    "search_label": (
        "Naam van een initiatief, netwerk, fonds of gemeente",
        "Name of an initiative, network, fund or municipality",
    ),
    "search_hint": (
        "De eerste letters van een woord zijn genoeg.",
        "The first letters of a word are enough.",
    ),
    "search_button": ("Zoek", "Search"),
    "search_persons_button": ("Zoek personen", "Search persons"),
    "search_persons_hint": (
        "Zoek je een persoon? Kies dan ‘Zoek personen’: zo komt de naam niet in het adres van de pagina.",
        "Looking for a person? Choose “Search persons”: that keeps the name out of the page’s address.",
    ),
    # home
    "home_title": ("Wie is er, en wie kent wie?", "Who is there, and who knows whom?"),
    "home_intro": (
        (
            "Weefsel laat de collectieve sector zien: bewonersinitiatieven, netwerken, financiers, gemeenten en andere "
            "organisaties, met de banden ertussen. Bij alles staat waar het vandaan komt."
        ),
        (
            "Weefsel shows the collective sector: residents’ initiatives, networks, funders, municipalities and other "
            "organisations, with the ties between them. Everything says where it comes from."
        ),
    ),
    "what_is_here": ("Wat staat erin", "What is in here"),
    "kinds_caption": ("Aantal actoren per soort", "Number of actors by kind"),
    "nothing_here": (
        "Er staat nog niets in dat jij mag zien. Laad eerst een dataset, bijvoorbeeld met: weefsel load sector data/sector.",
        (
            "There is nothing in here yet that you may see. Load a dataset first, for instance with: weefsel load sector "
            "data/sector."
        ),
    ),
    "figures_of_sector": ("Cijfers over de sector", "Figures about the sector"),
    # kinds in the plural
    "many_initiative": ("initiatieven", "initiatives"),
    "many_network": ("netwerken", "networks"),
    "many_funder": ("financiers", "funders"),
    "many_municipality": ("gemeenten", "municipalities"),
    "many_person": ("personen", "persons"),
    "many_organisation": ("organisaties", "organisations"),
    # results
    "search_title": ("Zoeken in het weefsel", "Search the fabric"),
    "results_for": ("Gevonden voor ‘{text}’", "Found for “{text}”"),
    "results_some": ("Wat bij je keuzes past", "What fits your choices"),
    "results_all": ("Alle actoren", "All actors"),
    "results_most": ("Wie de meeste banden heeft staat bovenaan.", "Those with the most ties come first."),
    "refine": ("Verfijn", "Refine"),
    "filter_kind": ("Soort", "Kind"),
    "filter_theme": ("Thema", "Theme"),
    "filter_help": ("Hulp die ze bieden", "Help that they offer"),
    "filter_municipality": ("Gemeente (naam of code)", "Municipality (name or code)"),
    "any_theme": ("alle thema’s", "any theme"),
    "any_help": ("alle hulp", "any help"),
    "all_of": ("{topic}: alles", "{topic}: all"),
    "apply": ("Toon resultaten", "Show results"),
    "without_filters": ("Zoek zonder deze keuzes", "Search without these choices"),
    "next_page": ("Volgende resultaten", "Next results"),
    "first_page": ("Naar het begin van de lijst", "To the start of the list"),
    "no_results": ("Niets gevonden", "Nothing found"),
    "no_results_help": (
        "Probeer minder letters, of alleen het begin van een woord. Hoofdletters en accenten maken niet uit.",
        "Try fewer letters, or just the start of a word. Capitals and accents make no difference.",
    ),
    "no_results_filters": (
        "Je keuzes bij ‘Verfijn’ sluiten misschien veel uit.",
        "Your choices under “Refine” may rule out a lot.",
    ),
    "persons_title": ("Personen zoeken", "Search persons"),
    "persons_intro": (
        "Je vindt hier alleen personen die met toestemming of in een openbare publicatie genoemd zijn.",
        "Here you find only persons who are named with their consent or in a public publication.",
    ),
    "persons_label": ("Naam van een persoon", "Name of a person"),
    "persons_short": ("Geef minstens twee letters van de naam.", "Give at least two letters of the name."),
    "contacts_one": ("1 contact", "1 contact"),
    "contacts_many": ("{count} contacten", "{count} contacts"),
    "until_ended": ("gestopt {date}", "ended {date}"),
    # an actor
    "facts": ("Wat we weten", "What we know"),
    "facts_none": ("Meer dan de naam weten we niet.", "We know no more than the name."),
    "others_say": ("Een andere bron zegt:", "Another source says:"),
    "source_place": ("bron {number}, {locator}", "source {number}, {locator}"),
    "source_number": ("bron {number}", "source {number}"),
    "sources": ("Bronnen", "Sources"),
    "in_dataset": ("in dataset", "in dataset"),
    "licence": ("licentie", "licence"),
    "also_known": ("Dit adres geldt ook voor: {ids}.", "This address also serves: {ids}."),
    "offers_title": ("Hulp", "Help"),
    "stance_offers": ("Biedt", "Offers"),
    "stance_refers": ("Verwijst door voor", "Refers for"),
    "stance_needs": ("Zoekt", "Looks for"),
    "stance_declines": ("Doet dit niet", "Does not do this"),
    "offer_themes": ("voor {themes}", "for {themes}"),
    "offer_area": ("in {area}", "in {area}"),
    "whole_country": ("heel Nederland", "all of the Netherlands"),
    "offer_legal_forms": ("rechtsvorm: {forms}", "legal form: {forms}"),
    "offer_window": ("aanvragen: {window}", "apply: {window}"),
    "offer_conditions": ("voorwaarden: {conditions}", "conditions: {conditions}"),
    "amount_from_to": ("{low} tot {high}", "{low} to {high}"),
    "amount_from": ("vanaf {low}", "from {low}"),
    "amount_to": ("tot {high}", "up to {high}"),
    "figures": ("Cijfers", "Figures"),
    "ties": ("Banden", "Ties"),
    "ties_none": (
        "We kennen geen banden van {name}. Dat wil niet zeggen dat ze er niet zijn.",
        "We know no ties of {name}. That does not mean that there are none.",
    ),
    "ties_more": (
        "Nog {count} banden van deze soort staan hier niet.",
        "{count} more ties of this kind are not shown here.",
    ),
    "ties_more_link": ("Toon meer banden", "Show more ties"),
    "since": ("sinds {date}", "since {date}"),
    "until": ("tot {date}", "until {date}"),
    "from_until": ("{since} tot {until}", "{since} to {until}"),
    "in_time": ("in {date}", "in {date}"),
    "checked": ("nagegaan {date}", "checked {date}"),
    "around": ("Rondom {name}", "Around {name}"),
    "around_more": ("Wie staan er verder omheen", "Who else stands around"),
    "nearby_link": ("Wie zitten er in de buurt", "Who is nearby"),
    "map": ("Kaart", "Map"),
    "map_title": ("Rondom {name}", "Around {name}"),
    "map_frame": ("Kaart van de banden rondom {name}", "Map of the ties around {name}"),
    "map_alone": ("Open de kaart op een eigen pagina", "Open the map on a page of its own"),
    "map_left_out": ("{count} actoren die minder dichtbij staan", "{count} actors that stand less close"),
    "map_left_out_least": (
        "minstens {count} actoren die minder dichtbij staan",
        "at least {count} actors that stand less close",
    ),
    # around
    "around_title": ("Wie staan er rondom {name}", "Who stands around {name}"),
    "around_intro": (
        (
            "De kans zegt hoe waarschijnlijk het is dat een kennismaking lukt: sterke banden maken de kans groter, "
            "drukbezette tussenpersonen maken hem kleiner."
        ),
        "The chance says how likely an introduction is to succeed: strong ties raise it, busy go-betweens lower it.",
    ),
    "around_none": (
        "We kennen niemand rondom {name} die aan deze keuzes voldoet.",
        "We know nobody around {name} that fits these choices.",
    ),
    "around_caption": (
        "Actoren rondom {name}, de grootste kans eerst",
        "Actors around {name}, the highest chance first",
    ),
    "ties_caption": ("Banden tussen deze actoren", "Ties between these actors"),
    "depth": ("Hoe ver", "How far"),
    "depth_1": ("1 stap: directe banden", "1 step: direct ties"),
    "depth_2": ("2 stappen: ook wie zij kennen", "2 steps: also whom they know"),
    "depth_3": ("3 stappen", "3 steps"),
    "tie_kinds": ("Soort band", "Kind of tie"),
    "any_tie": ("alle banden", "any tie"),
    "any_kind": ("alle soorten", "any kind"),
    "how_many": ("Hoeveel", "How many"),
    "as_of": ("Op welke dag", "On which day"),
    "as_of_said": ("Banden zoals ze gelden op {date}.", "Ties as they stand on {date}."),
    "name": ("Naam", "Name"),
    "kind": ("Soort", "Kind"),
    "place": ("Plaats", "Place"),
    "steps": ("Stappen", "Steps"),
    "chance": ("Kans", "Chance"),
    "not_walked": ("geen", "none"),
    "via": ("Via", "Via"),
    "direct": ("direct", "direct"),
    "tie": ("Band", "Tie"),
    "details": ("Bijzonderheden", "Details"),
    "source": ("Bron", "Source"),
    "more_actors": ("Er zijn er nog {count} die hier niet staan.", "{count} more are not shown here."),
    "more_actors_least": (
        "Er zijn er nog minstens {count} die hier niet staan.",
        "At least {count} more are not shown here.",
    ),
    "more_ties_cut": (
        "{count} banden tussen deze actoren staan hier niet.",
        "{count} ties between these actors are not shown here.",
    ),
    "back_to": ("Terug naar {name}", "Back to {name}"),
    # nearby
    "nearby_title": ("Wie zitten er in de buurt van {name}", "Who is near {name}"),
    "nearby_km": ("Hoeveel kilometer", "How many kilometres"),
    "nearby_km_unit": ("km, hemelsbreed", "km, as the crow flies"),
    "nearby_caption": (
        "Actoren binnen {km} km van {name}, de dichtstbijzijnde eerst",
        "Actors within {km} km of {name}, the nearest first",
    ),
    "nearby_none": (
        "Binnen {km} km kennen we niemand. Probeer een grotere afstand.",
        "We know nobody within {km} km. Try a greater distance.",
    ),
    "nearby_unlocated": (
        "Van {name} weten we niet waar het is. Daarom kunnen we niet zeggen wie er in de buurt zit.",
        "We do not know where {name} is. So we cannot say who is nearby.",
    ),
    "located_stated": ("De plek van {name} komt uit een bron.", "The location of {name} comes from a source."),
    "located_place": (
        "Van {name} kennen we alleen de plaats. We meten vanaf het midden daarvan.",
        "Of {name} we know only the town. We measure from its centre.",
    ),
    "located_municipality": (
        "Van {name} kennen we alleen de gemeente. We meten vanaf het midden daarvan.",
        "Of {name} we know only the municipality. We measure from its centre.",
    ),
    "distance": ("Afstand", "Distance"),
    "distance_about": ("ongeveer {km} km", "about {km} km"),
    "distance_same": ("zelfde plaats", "same town"),
    "distance_km": ("{km} km", "{km} km"),
    "why": ("Waarom interessant", "Why of interest"),
    "why_themes": ("ook bezig met {themes}", "also works on {themes}"),
    "why_offers": ("biedt {helps}, en dat zoekt {name}", "offers {helps}, which {name} looks for"),
    "why_needs": ("zoekt {helps}, en dat biedt {name}", "looks for {helps}, which {name} offers"),
    "show": ("Toon", "Show"),
    # datasets
    "datasets_title": ("Waar komt dit vandaan", "Where this comes from"),
    "datasets_intro": (
        "Een dataset is wat één bron zegt. Hij wordt in zijn geheel geladen en vervangen.",
        "A dataset is what one source says. It is loaded and replaced as a whole.",
    ),
    "dataset_name": ("Naam van de dataset", "Name of the dataset"),
    "dataset_date": ("Datum", "Date"),
    "dataset_audience": ("Voor wie", "For whom"),
    "dataset_speaker": ("Spreekt namens", "Speaks for"),
    "dataset_address": ("Adres", "Address"),
    "dataset_counts": ("Wat erin staat", "What it holds"),
    "count_actors": ("{count} actoren", "{count} actors"),
    "count_ties": ("{count} banden", "{count} ties"),
    "count_offers": ("{count} keer hulp", "{count} offers"),
    "count_figures": ("{count} cijfers", "{count} figures"),
    "count_waiting": (
        "{count} banden wachten op een actor die nog niet bekend is",
        "{count} ties wait for an actor that is not known yet",
    ),
    "dataset_sources": ("{count} geraadpleegde bronnen", "{count} sources consulted"),
    # signing in
    "sign_in_title": ("Inloggen voor medewerkers", "Sign in for staff"),
    "sign_in_intro": (
        "Medewerkers zien ook gegevens die niet openbaar zijn. Je blijft acht uur ingelogd op dit apparaat.",
        "Staff also see data that are not public. You stay signed in on this device for eight hours.",
    ),
    "token_label": ("Token", "Token"),
    "token_hint": ("Het token krijg je van de beheerder.", "The administrator gives you the token."),
    "sign_in_button": ("Log in", "Sign in"),
    "sign_in_closed": (
        "Inloggen kan hier niet: er is geen token ingesteld. De beheerder stelt het in met WEEFSEL_STAFF_TOKEN.",
        "Signing in is not possible here: no token is set. The administrator sets it with WEEFSEL_STAFF_TOKEN.",
    ),
    "signed_in_already": ("Je bent al ingelogd.", "You are signed in already."),
    "form_old": (
        "Dit formulier was te oud. Er is niets gebeurd. Probeer het nu opnieuw.",
        "This form was too old. Nothing happened. Try again now.",
    ),
    # what goes wrong
    "error_inputs": ("Dit klopt niet", "This is not right"),
    "error_go_on": ("Hoe nu verder", "How to go on"),
    "error_home": ("Naar de voorpagina", "To the front page"),
    "error_where_query": ("in het adres", "in the address"),
    "error_where_path": ("in het adres", "in the address"),
    "error_where_body": ("in het formulier", "in the form"),
    "error_where_header": ("in de kop van het verzoek", "in the request’s header"),
    "problem_400_title": ("Dat kunnen we niet beantwoorden", "We cannot answer that"),
    "problem_400_detail": (
        "Er klopt iets niet in de vraag. Pas aan wat hieronder staat.",
        "Something in the question is not right. Change what is listed.",
    ),
    "problem_401_title": ("Niet ingelogd", "Not signed in"),
    "problem_401_detail": ("Het token is niet goed.", "The token is not right."),
    "problem_403_title": ("Dat mag niet", "Not allowed"),
    "problem_403_detail": ("Dit verzoek is geweigerd.", "This request is refused."),
    "problem_404_title": ("Niet gevonden", "Not found"),
    "problem_404_detail": (
        "Dit adres bestaat niet. Kijk of het goed is overgenomen, zonder schuine streep aan het eind.",
        "This address does not exist. See whether it was copied right, without a slash at the end.",
    ),
    "problem_405_title": ("Zo werkt dit adres niet", "This address does not work that way"),
    "problem_405_detail": (
        "Dit adres kent deze methode niet. De kop Allow noemt de methoden die wel kunnen.",
        "This address does not know this method. The header Allow names those that it knows.",
    ),
    "problem_410_title": ("Niet meer aanwezig", "No longer here"),
    "problem_410_detail": ("Dit stond hier wel, maar nu niet meer.", "This was here, but is no longer."),
    "problem_413_title": ("Te groot", "Too large"),
    "problem_413_detail": ("Het verzoek is te groot. Stuur minder.", "The request is too large. Send less."),
    "problem_429_title": ("Even wachten", "Wait a moment"),
    "problem_429_detail": ("Te veel pogingen. Probeer het later opnieuw.", "Too many attempts. Try again later."),
    "problem_500_title": ("Er ging iets mis", "Something went wrong"),
    "problem_500_detail": (
        "Dat ligt aan ons, niet aan je vraag. Probeer het opnieuw. Blijft het misgaan? Laat het de beheerder weten.",
        "It is our fault, not that of your question. Try again. If it goes on, tell the administrator.",
    ),
    "problem_503_title": ("De gegevens zijn nu niet te bereiken", "The data cannot be reached now"),
    "problem_503_detail": (
        "De opslag van de gegevens antwoordt niet. Probeer het over een minuut opnieuw.",
        "The place where the data are kept does not answer. Try again in a minute.",
    ),
    # fields of an actor
    "field_kind": ("Soort", "Kind"),
    "field_name": ("Naam", "Name"),
    "field_aliases": ("Ook genoemd", "Also called"),
    "field_identifiers": ("Kenmerken", "Identifiers"),
    "field_subtype": ("Type", "Type"),
    "field_tier": ("Rol in het weefsel", "Part in the fabric"),
    "field_place": ("Plaats", "Place"),
    "field_municipality": ("Gemeente", "Municipality"),
    "field_municipality_basis": ("Gemeente bepaald", "Municipality known"),
    "field_province": ("Provincie", "Province"),
    "field_lat": ("Breedtegraad", "Latitude"),
    "field_lon": ("Lengtegraad", "Longitude"),
    "field_websites": ("Website", "Website"),
    "field_contacts": ("Contact", "Contact"),
    "field_themes": ("Thema’s", "Themes"),
    "field_legal_form": ("Rechtsvorm", "Legal form"),
    "field_founded": ("Begonnen", "Founded"),
    "field_ended": ("Gestopt", "Ended"),
    "field_size_note": ("Omvang", "Size"),
    "field_visibility": ("Zichtbaar voor", "Visible to"),
    "field_visibility_basis": ("Waarom zichtbaar", "Why visible"),
    "field_introduces": ("Stelt mensen aan elkaar voor", "Introduces people"),
    "field_note": ("Opmerking", "Note"),
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
}


def say(lang: Lang, key: str, **values: object) -> str:
    """Return the words for `key` in `lang`, filled in.

    >>> say("nl", "contacts_many", count=3)
    '3 contacten'
    """
    return WORDS[key][0 if lang == "nl" else 1].format(**values)
