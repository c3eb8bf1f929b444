"""A made-up sector of any size, the same for the same seed, in the project's own table format.

Nothing in it is real: municipalities, networks, funders, initiatives and people are put together from lists of words.
What is as in the real sector is its shape: few large and many small municipalities, networks and funders (after Zipf),
each initiative in one municipality, about 1.3 memberships, 0.8 grants and 0.7 local partners each, and two people.

    python -m benchmarks.generate M        writes .cache/bench/M and says where
"""

import csv
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from graph.text import slug

SIZES = {"S": 300, "M": 20_000, "L": 330_000}  # initiatives
CACHE = Path(__file__).parents[1] / ".cache" / "bench"
SEED = 20261122
MUNICIPALITIES = 342
GRANTS = 150_000  # ties of the second dataset
YEARS = [str(year) for year in range(2012, 2027)]


def _words(text: str) -> list[str]:
    return text.split()


_PLACES = _words(
    "Aal Berk Biest Blaar Dals Doorn Eems Elzen Esp Gein Gors Haver Hei Hulst IJs Kade Keien Klaver Kolk Kreek Leem Linde"
    " Lis Maren Meer Mees Nes Oever Olmen Peel Plas Riet Roer Schans Sluis Sterre Terp Veen Vliet Vonder Waard Wilgen"
    " Wolde Zand Zwaan"
)
_PLACE_ENDS = _words(
    "broek dam dijk donk drecht gouw hage hoven kerke loo mare monde oord rade stede veen voorde wijk zand zele"
)
_FORMS = _words(
    "Buurtcoöperatie Buurtfabriek Buurthuis Buurttuin Bewonersbedrijf Dorpscoöperatie Dorpshuis Dorpswinkel Energiecoöperatie"
    " Fietsatelier Inloophuis Kluswerkplaats Leesclub Moestuin Muziekhuis Ontmoetingsplek Repaircafé Ruilwinkel Speeltuin"
    " Stadsboerderij Stadslab Stichting Vereniging Voedseltuin Werkplaats Wijkbedrijf Wijkkeuken Wooncoöperatie Zorgcoöperatie"
    " Zorgtuin"
)
_LIKE = _words(
    "Blauwe Blije Bonte Brede Dappere Diepe Echte Eigen Fijne Frisse Gouden Groene Grote Halve Hoge Houten Jonge Kleine"
    " Kleurige Kromme Lange Lichte Lieve Luie Mooie Nieuwe Nuchtere Open Oude Rijke Rode Ronde Rustige Samen Slimme Stille"
    " Sterke Trage Trotse Vlotte Vrije Vrolijke Warme Wakkere Wijde Wilde Witte Zachte Zonnige Zoete"
)
_THINGS = _words(
    "Akker Appel Bakfiets Bank Boom Brug Distel Draad Eik Els Ezel Fluit Garf Haan Haard Haven Hoek Honing Huiskamer Iep"
    " Kameel Kas Kastanje Ketel Kiem Klok Knoop Kom Kruik Kwast Ladder Lamp Lente Lepel Linde Meent Mezen Molen Mus Oven"
    " Paraplu Parel Peer Pergola Plein Pluk Poort Raaf Reiger Ring Schakel Schuur Sleutel Snoek Spade Spil Tafel Tegel"
    " Tent Touw Trap Tulp Uil Vijver Vlinder Vonk Vuurtoren Waaier Wever Wiel Wilg Wortel Zaad Zeil Zon Zwaluw"
)
_FIRST = _words(
    "Aafke Abel Amira Anouk Bas Bilal Carlijn Daan Dunya Eefje Emre Fenna Floris Gijs Hanna Ilse Imran Jelle Joost Kaat"
    " Karim Lotte Luuk Maaike Mees Nadia Niels Olga Pim Rachid Roos Sanne Sem Tess Tijn Umut Vera Wout Yara Zeynep"
)
_THEMES = _words(
    "zorg-welzijn eenzaamheid armoede jeugd leefbaarheid wonen ontmoetingsplekken energietransitie voedsel cultuur sport"
    " lokale-economie groen-biodiversiteit zeggenschap"
)
_SUBTYPES = _words("bewonersinitiatief buurtcooperatie buurthuis stichting vereniging wijknetwerk")
_HELPS = _words(
    "kennis.advies kennis.coaching kennis.training kennis.kennisbank geld.subsidie geld.lening geld.startgeld"
    " netwerk.doorverwijzen netwerk.lidmaatschap netwerk.vrijwilligers"
)

ACTOR_COLUMNS = "id kind name aliases identifiers subtype place municipality lat lon website themes founded visibility introduces source"
TIE_COLUMNS = "from kind to ref role since until amount_eur status basis source"
OFFER_COLUMNS = "actor stance help themes area source"
Cells = Sequence[str]


def zipf(size: int, exponent: float) -> list[float]:
    """Return cumulative weights of so many things, the first being the largest.

    >>> zipf(3, 1.0)[:2]
    [1.0, 1.5]
    """
    return list(accumulate(1 / rank**exponent for rank in range(1, size + 1)))


@dataclass(frozen=True)
class Sector:
    """A made-up sector of so many initiatives."""

    initiatives: int
    seed: int = SEED

    # -- who there is

    @cached_property
    def municipalities(self) -> list[str]:
        """Their names."""
        names = [head + end for end in _PLACE_ENDS for head in _PLACES]
        return random.Random(self.seed).sample(names, MUNICIPALITIES)

    @property
    def networks(self) -> int:
        """How many there are."""
        return max(10, self.initiatives // 50)

    @property
    def funders(self) -> int:
        """How many there are."""
        return max(5, self.initiatives // 100)

    @cached_property
    def towns(self) -> list[int]:
        """The municipality of each initiative."""
        draw = random.Random(f"{self.seed} towns")
        return draw.choices(range(MUNICIPALITIES), cum_weights=zipf(MUNICIPALITIES, 0.75), k=self.initiatives)

    @cached_property
    def ids(self) -> list[str]:
        """The local id of each initiative: its name and number, as addresses have them."""
        return [f"{slug(name)}-{i}" for i, name in enumerate(self.names)]

    @cached_property
    def names(self) -> list[str]:
        """The name of each initiative: most have two or three words, some their town."""
        draw = random.Random(f"{self.seed} names")
        return [self._name(draw, town) for town in self.towns]

    def _name(self, draw: random.Random, town: int) -> str:
        name = f"{draw.choice(_LIKE)} {draw.choice(_THINGS)}"
        if draw.random() < 0.6:
            name = f"{draw.choice(_FORMS)} {'De ' if draw.random() < 0.5 else ''}{name}"
        return f"{name} {self.municipalities[town]}" if draw.random() < 0.35 else name

    # -- tables

    def actors(self) -> Iterator[Cells]:
        """Yield the rows of actors.csv."""
        draw = random.Random(f"{self.seed} actors")
        for i, name in enumerate(self.municipalities):
            lat, lon = self.place(i)
            marks = (f"cbs:{code(i)}", "gemeente", "", "", f"{lat:.4f}", f"{lon:.4f}")
            yield (f"gemeente-{i}", "municipality", f"Gemeente {name}", name, *marks, "", "", "", "", "", "bron")
        for i in range(self.networks):
            yield self._large(draw, f"netwerk-{i}", "network", "Netwerk", "koepel")
        for i in range(self.funders):
            yield self._large(draw, f"fonds-{i}", "funder", "Fonds", "fonds")
        for i in range(self.initiatives):
            yield self._initiative(draw, i)
            for nth in (1, 2):
                yield self._person(draw, f"mens-{i}-{nth}")

    def place(self, town: int) -> tuple[float, float]:
        """Return where a municipality lies, in degrees; they stand on a grid."""
        return 51.0 + town // 18 * 0.13, 3.6 + town % 18 * 0.19

    def _large(self, draw: random.Random, local: str, kind: str, form: str, subtype: str) -> Cells:
        name = f"{form} {draw.choice(_LIKE)} {draw.choice(_THINGS)}"
        alias = "".join(word[0] for word in name.split()) + local.partition("-")[2]
        site = f"https://{local}.example.org"
        return (
            local,
            kind,
            name,
            alias,
            "",
            subtype,
            "",
            "",
            "",
            "",
            site,
            _themes(draw),
            draw.choice(YEARS),
            "",
            "",
            "bron",
        )

    def _initiative(self, draw: random.Random, i: int) -> Cells:
        town = self.towns[i]
        lat, lon = self.place(town)
        at = (
            (f"{lat + draw.gauss(0, 0.02):.4f}", f"{lon + draw.gauss(0, 0.03):.4f}")
            if draw.random() < 0.5
            else ("", "")
        )
        marks = f"kvk:{90_000_000 + i}" if draw.random() < 0.6 else ""
        site = f"https://{self.ids[i]}.example.org" if draw.random() < 0.5 else ""
        head = (self.ids[i], "initiative", self.names[i], "", marks, draw.choice(_SUBTYPES))
        return (
            *head,
            self.municipalities[town],
            code(town),
            *at,
            site,
            _themes(draw),
            draw.choice(YEARS),
            "",
            "",
            "bron",
        )

    def _person(self, draw: random.Random, local: str) -> Cells:
        name = f"{draw.choice(_FIRST)} {draw.choice(_PLACES)}{draw.choice(_THINGS).lower()}"
        return (local, "person", name, "", "", "", "", "", "", "", "", "", "", "staff", "no", "bron")

    def ties(self) -> Iterator[Cells]:
        """Yield the rows of ties.csv."""
        draw = random.Random(f"{self.seed} ties")
        networks, funders = zipf(self.networks, 1.1), zipf(self.funders, 0.9)
        earlier: list[list[str]] = [[] for _ in range(MUNICIPALITIES)]  # initiatives of each town that came before
        for i, local in enumerate(self.ids):
            town = self.towns[i]
            near = earlier[town] or self.ids[: max(i, 1)]
            yield _tie(local, "located_in", f"gemeente-{town}")
            yield _tie(f"mens-{i}-1", "works_at", local, role="coördinator", since=draw.choice(YEARS))
            yield _tie(f"mens-{i}-2", "board_member_of", local, role="bestuurder")
            for network in {draw.choices(range(self.networks), cum_weights=networks)[0] for _ in _times(draw, 1.3)}:
                yield _tie(local, "member_of", f"netwerk-{network}", since=draw.choice(YEARS))
            for funder in {draw.choices(range(self.funders), cum_weights=funders)[0] for _ in _times(draw, 0.8)}:
                yield _grant(draw, f"fonds-{funder}", local)
            for partner in {draw.choice(near) for _ in _times(draw, 0.7)} - {local}:
                yield _tie(local, "collaborates_with", partner, basis=draw.choice(("stated", "inferred")))
            if draw.random() < 0.85:
                yield _tie(f"gemeente-{town}", "supports", local, since=draw.choice(YEARS))
            if draw.random() < 0.8:
                yield _tie(f"mens-{i}-1", "active_in", draw.choice(near))
            if draw.random() < 0.2:
                network = draw.choices(range(self.networks), cum_weights=networks)[0]
                yield _tie(f"mens-{i}-2", "participates_in", f"netwerk-{network}")
            earlier[town].append(local)

    def offers(self) -> Iterator[Cells]:
        """Yield the rows of offers.csv."""
        draw = random.Random(f"{self.seed} offers")
        for kind, size in (("netwerk", self.networks), ("fonds", self.funders)):
            for i in range(size):
                for help_id in draw.sample(_HELPS, 2):
                    stance = draw.choice(("offers", "offers", "refers"))
                    yield (
                        f"{kind}-{i}",
                        stance,
                        help_id,
                        _themes(draw),
                        draw.choice(("NL", code(i % MUNICIPALITIES))),
                        "bron",
                    )
        for local in self.ids:
            if draw.random() < 0.1:
                yield (local, draw.choice(("needs", "offers")), draw.choice(_HELPS), "", "", "bron")

    def grants(self, number: int, changed: float) -> Iterator[Cells]:
        """Yield ties of a second dataset, between actors of the first; of a share of them the amount is another."""
        draw, other = random.Random(f"{self.seed} grants"), random.Random(f"{self.seed} changed")
        funders = zipf(self.funders, 0.9)
        for nth in range(number):
            local = draw.choice(self.ids)
            funder = draw.choices(range(self.funders), cum_weights=funders)[0]
            cells = _grant(draw, f"id:fonds-{funder}", f"id:{local}", f"{nth}")
            yield (*cells[:7], "750", *cells[8:]) if other.random() < changed else cells


def code(town: int) -> str:
    """Return the made-up CBS code of a municipality.

    >>> code(7)
    'GM9007'
    """
    return f"GM{9000 + town}"


def _themes(draw: random.Random) -> str:
    return ";".join(draw.sample(_THEMES, draw.choice((0, 1, 1, 2))))


def _times(draw: random.Random, mean: float) -> range:
    """Return a range whose length is `mean` on average, and no further from it than needed."""
    return range(int(mean) + (draw.random() < mean % 1))


def _tie(source: str, kind: str, target: str, *, role: str = "", since: str = "", basis: str = "") -> Cells:
    return (source, kind, target, "", role, since, "", "", "", basis, "bron")


def _grant(draw: random.Random, funder: str, local: str, number: str = "") -> Cells:
    year = draw.choice(YEARS)
    return (
        funder,
        "funds",
        local,
        number and f"{year}-{number}",
        "",
        year,
        "",
        str(500 * draw.randint(1, 99)),
        "",
        "",
        "bron",
    )


# -- files


def sector(size: str) -> Path:
    """Return the folder with the sector of this size, written the first time."""
    folder = CACHE / size
    if not folder.exists():
        made = Sector(SIZES[size])
        write(folder, f"bench-{size.lower()}", {"actors": made.actors(), "ties": made.ties(), "offers": made.offers()})
    return folder


def grants(size: str, changed: float = 0.0) -> Path:
    """Return the folder with a second dataset beside the sector of this size, written the first time."""
    folder = CACHE / f"{size}-grants-{changed:g}"
    if not folder.exists():
        made = Sector(SIZES[size])
        number = min(GRANTS, made.initiatives * 8)
        write(folder, f"bench-grants-{size.lower()}", {"ties": made.grants(number, changed)})
    return folder


def write(folder: Path, name: str, tables: dict[str, Iterator[Cells]]) -> None:
    """Write a dataset: aside first, so that a half one is never taken for whole."""
    aside = folder.with_name(f"{folder.name}.new")
    aside.mkdir(parents=True, exist_ok=True)
    columns = {"actors": ACTOR_COLUMNS, "ties": TIE_COLUMNS, "offers": OFFER_COLUMNS}
    for table, rows in tables.items():
        _write(aside / f"{table}.csv", columns[table].split(), rows)
    _write(aside / "sources.csv", ["id", "title", "date"], [("bron", "Een verzonnen lijst", "2026")])
    title = "Een verzonnen sector, om mee te meten"
    lines = (f'name = "{name}"', f'title = "{title}"', "date = 2026-11-01", 'audience = "public"', "")
    (aside / "dataset.toml").write_text("\n".join(lines), encoding="utf-8")
    aside.replace(folder)


def _write(path: Path, header: Cells, rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["M"]:
        print(sector(wanted), grants(wanted), grants(wanted, 0.05))
