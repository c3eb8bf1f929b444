"""Twin stores: the demo with made-up public and internal datasets beside it, and the same without what is not the public's.

All names that are added here are made up.
"""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from door import load_demo
from saying import actor, figure, load, offer, person, source, tie

from graph.ingest import finishing, judge, remove, suppress
from graph.records import Contact, Record
from graph.store import Store

SECRETS = (
    *("Zwaluwfonds", "Qwertina", "Xanthippe", "Ypsilonde", "vertrouwelijk-xyzzy", "Zebrastad", "Walvisbond"),
    *("wezelkruid.example", "Vossenburcht"),
)
NOBODYS = ("Xanthippe",)  # whom not even staff sees

# What stands at an id, as the public is told: it is there, is there under another id, was there once, or never was.
SHOWN = ("wijkpaleis", "buurthuis", "p-49")
MOVED = ("dubbel-2",)
GONE = ("oud", "wissel")
NEVER = (
    *("nergens", "p-50", "p-53"),  # the last two: somebody who was suppressed, somebody who is not shown
    *("intern-zwaluwfonds", "intern-dubbel", "intern-p-2"),  # staff's own; staff's of two of the public; suppressed
)
IDS = (*SHOWN, *MOVED, *GONE, *NEVER)

HERE = {"municipality": "GM0599", "lat": 51.92, "lon": 4.46}
KVK, OTHER_KVK, RSIN = "kvk:11111111", "kvk:22222222", "rsin:123456789"
GUIDE: tuple[Record, ...] = (
    source("boek", "Een verzonnen boek"),
    actor("buurthuis", name="Buurthuis Verzonnen", identifiers=[KVK], themes=["wonen"], place="Rotterdam", **HERE),
    actor("wijkhuis", name="Wijkhuis Verzonnen", identifiers=[OTHER_KVK, "wikidata:Q1"], themes=["voedsel"], **HERE),
    actor("verbond", "network", name="Verbond Verzonnen", identifiers=[RSIN], themes=["wonen"], **HERE),
    actor("fonds", "funder", name="Fonds Verzonnen", contacts=[Contact(desk="Balie", mail="info@fonds.example")]),
    actor("dubbel-1", name="Dubbel Verzonnen", themes=["wonen"]),
    actor("dubbel-2", name="Dubbel Verzonnen (Rotterdam)", place="Rotterdam"),
    person("ada", "Ada Verzonnen", introduces=True, identifiers=["wikidata:Q11"]),
    person("sup", "Suppressa Verzonnen", identifiers=["wikidata:Q12"]),
    person("dea", "Dea Verzonnen"),
    tie("buurthuis", "member_of", "verbond"),
    tie("id:wijkpaleis", "member_of", "verbond"),
    tie("fonds", "funds", "buurthuis", amount=1000, since="2024"),
    tie("fonds", "funds", "dubbel-2", amount=2000),
    tie("wijkhuis", "partner_of", "id:wijkpaleis"),
    tie("ada", "works_at", "buurthuis", role="coördinator"),
    tie("ada", "works_at", "id:wijkpaleis"),
    tie("sup", "works_at", "wijkhuis"),
    offer("fonds", help="geld.lening", members_of=["verbond", "id:walvisbond"], area=["GM0599"], cites="boek"),
    offer("wijkhuis", "needs", "geld"),
    figure("verbond", cites="boek"),
)
ONCE: tuple[Record, ...] = (
    actor("oud", name="Oud Verzonnen"),
    person("gone", "Bea Verzonnen"),
    tie("gone", "works_at", "oud"),
)
# Persons whom the public may not see come last: public ids of persons are counted, whoever they are.
HIDDEN: tuple[Record, ...] = (
    person("bob", "Qwertina Verzonnen", visibility="staff", introduces=True, place="Rotterdam"),
    person("cas", "Xanthippe Verzonnen", visibility="nobody"),
    tie("bob", "works_at", "buurthuis", role="vertrouwelijk-xyzzy"),
    tie("bob", "works_at", "fonds"),
    tie("cas", "works_at", "buurthuis"),
    offer("bob", help="geld.lening"),
    figure("bob", "vertrouwelijk-xyzzy"),
)
SWAPPED: tuple[Record, ...] = (
    actor("wissel", "network", name="Wissel Verzonnen", **HERE),
    tie("id:wijkpaleis", "member_of", "wissel"),
)
FIRST: tuple[Record, ...] = (
    actor("wijkpaleis", name="Het Wijkpaleis", themes=["wonen"], **HERE),
    person("weg", "Ypsilonde Weggehaald"),
    person("yp", "Ypsilonde Verzonnen"),
    tie("yp", "works_at", "wijkpaleis"),
)
INTERNAL: tuple[Record, ...] = (
    source("nota", "Nota vertrouwelijk-xyzzy"),
    actor("zwaluwfonds", "funder", name="Zwaluwfonds", themes=["wonen", "voedsel"], place="Rotterdam", **HERE),
    # One actor of staff's shares identifiers with two of the public's, and says other things of them.
    actor(
        "dubbel",
        name="Buurthuis Vossenburcht",
        identifiers=[KVK, OTHER_KVK],
        aliases=["Vossenburcht"],
        themes=["jeugd"],
        contacts=[Contact(desk="Directie", mail="chef@wezelkruid.example", phone="010 0000000")],
        websites=["wezelkruid.example"],
        ended="2020",
    ),
    actor("net", "network", name="Walvisverbond", identifiers=[RSIN], aliases=["Walvisbond"]),
    actor("walvisbond", "network", name="Walvisbond", themes=["wonen"], **HERE),
    actor("zebrastad", "municipality", name="Gemeente Zebrastad", identifiers=["cbs:GM0001"], municipality="GM0001"),
    actor("in-zebrastad", name="Zwaluwnest Zebrastad", municipality="GM0001", themes=["jeugd"]),
    person("ada", "Ada Qwertina", visibility="nobody", introduces=False, identifiers=["wikidata:Q11"]),
    person("sup", "Suppressa Qwertina", identifiers=["wikidata:Q12"]),
    tie("zwaluwfonds", "funds", "id:wijkpaleis", amount=1234, note="vertrouwelijk-xyzzy", cites="nota"),
    tie("zwaluwfonds", "funds", "id:verbond", amount=4321),
    tie("dubbel", "member_of", "id:lsa-bewoners"),
    tie("dubbel", "member_of", "walvisbond"),
    tie("id:wijkpaleis", "member_of", "id:cooplink", role="vertrouwelijk-xyzzy"),
    tie("id:fonds", "funds", "id:oranje-fonds", amount=77),
    tie("id:wijkpaleis", "partner_of", "id:wijkhuis", status="former", until="2001"),
    tie("ada", "advises", "id:fonds"),
    offer("zwaluwfonds", help="geld.lening", conditions="vertrouwelijk-xyzzy"),
    offer("id:wijkpaleis", "needs", "geld.lening", note="vertrouwelijk-xyzzy"),
    offer("id:fonds", "declines", "geld"),
    offer("id:wijkhuis", help="kennis.advies"),
    offer("walvisbond", help="netwerk.lidmaatschap"),
    figure("sector", "vertrouwelijk-xyzzy"),
    figure("id:wijkpaleis", "vertrouwelijk-xyzzy"),
    figure("id:verbond", value=8),
)
Deed = Callable[[Store], object]


class Step(NamedTuple):
    """A write to the store that has all, and what the other gets instead; None: nothing."""

    whole: Deed
    bare: Deed | None = None


def said(name: str, *records: Record, **fields: str) -> Deed:
    """Return the load of a dataset."""
    return lambda store: load(store, name, *records, **fields)


def both(deed: Deed) -> Step:
    """Return a write to both stores."""
    return Step(deed, deed)


STEPS = (
    Step(said("allereerst", *FIRST, audience="staff", date="2031")),
    both(load_demo),
    Step(said("intern", *INTERNAL[:3], audience="staff")),
    Step(
        said("gids", *GUIDE, *ONCE, *HIDDEN, speaker="verbond", date="2020"),
        said("gids", *GUIDE, *ONCE, speaker="verbond", date="2020"),
    ),
    both(said("wissel", *SWAPPED)),
    Step(said("intern", *INTERNAL, audience="staff", date="2030", speaker="zwaluwfonds", title="vertrouwelijk-xyzzy")),
    Step(lambda store: judge(store, "same", "fonds", "intern-walvisbond", "balie", "vertrouwelijk-xyzzy")),
    both(lambda store: judge(store, "same", "dubbel-1", "dubbel-2", "balie")),
    both(lambda store: suppress(store, "p-50", "balie")),
    Step(lambda store: suppress(store, "intern-p-2", "balie")),
    Step(said("wissel", *SWAPPED, audience="staff"), lambda store: remove(store, "wissel")),
    Step(
        said("gids", *GUIDE, *HIDDEN, speaker="verbond", date="2020"),
        said("gids", *GUIDE, speaker="verbond", date="2020"),
    ),
    Step(said("los", actor("los", name="Walvisbond"), audience="staff")),
    Step(lambda store: remove(store, "los")),
)


def fill(store: Store, *, whole: bool) -> None:
    """Take the steps of one of the twins; what is left to chance (the store's secret, names of writes) is alike in both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finishing.secrets, "token_hex", lambda size: "5e" * size)
        patch.setattr(
            finishing, "_named", lambda before, noticed: (*before, f"{len(before):08}") if noticed else before
        )
        for step in STEPS:
            deed = step.whole if whole else step.bare
            if deed:
                deed(store)
