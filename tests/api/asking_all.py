"""All that anybody may ask: of every route that the app has each input in turn, and of every command that takes a viewer.

What is asked here is asked of the stores of `twins`.
"""

from collections.abc import Iterable, Iterator, Mapping
from inspect import signature
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from door import AS_BROWSER
from fastapi import FastAPI
from pydantic import BaseModel
from twins import IDS, NEVER

from api import cli
from viz import EXPORTS

TOLD = ("buurthuis", "dubbel-2", "oud", "p-53", "intern-dubbel")  # ids of each sort
WORDS = ("verzonnen", "Walvisbond", "vossenburcht", "zwaluwfnds", "qwertina", "Dubbel Verzonnen")
MUNICIPALITIES = ("GM0599", "GM0001", "zebrastat", "intern-zebrastad", "gemeente-rotterdam", "oud")
PLACES = ("Rotterdam", "Hengelo", *MUNICIPALITIES[1:4])
# What is given for an input, by its name, whatever route takes it: the first where it must be given, then each in turn.
VALUES: Mapping[str, tuple[str, ...]] = {
    "actorId": IDS,
    "themeId": ("wonen", "jeugd", "nergens"),
    "municipalityId": MUNICIPALITIES,
    "format": ("html", "svg"),
    "lang": ("en",),
    "q": WORDS,
    "kind": ("network", "person"),
    "theme": ("wonen", "jeugd"),
    "help": ("geld", "kennis.advies"),
    "municipality": MUNICIPALITIES,
    "tieKind": ("funds", "member_of"),
    "network": ("verbond", "lsa-bewoners", "intern-walvisbond", "wissel"),
    "dataset": ("gids", "intern", "wissel"),
    "actor": (*IDS, "Walvisbond", "Zwaluwfonds"),
    "around": IDS,
    "from": (*IDS, "zwaluwfnds"),
    "to": ("fonds", "intern-zwaluwfonds", "oud", "Walvisbond"),
    "one": ("buurthuis",),
    "other": ("wijkhuis",),
    "done": ("same",),
    "before": ("different",),
    "place": PLACES,
    "cursor": ("nergens",),
    "limit": ("50",),
    "depth": ("3",),
    "km": ("500",),
    "maxSteps": ("6",),
    "asOf": ("2000-01-01",),
    "paper": ("a3",),
    "geographic": ("true",),
}
FORMATS = ("kumu", *(name for name in EXPORTS if name != "kumu"))  # of exports, whose format stands in the path
NEEDED = {  # what must be given, or without which a page asks first
    "/v1/who-can-help": ("actor", "help"),
    "/v1/paths": ("from", "to"),
    "/v1/networks": ("actor",),
    "/who-can-help": ("actor", "help"),
    "/who-can-help/map": ("actor", "help"),
    "/paths": ("from", "to"),
    "/paths/map": ("from", "to"),
}
PAIR = {"verdict": "same", "one": "buurthuis", "other": "intern-dubbel"}
# What is sent to each address that something can be sent to.
BODIES: Mapping[str, Iterable[Mapping[str, Any]]] = {
    "/v1/person-searches": [{"json": {"text": text, "limit": 100, "cursor": ""}} for text in (*WORDS, "an")],
    "/person-search": [{"data": {"q": text, "cursor": ""}} for text in (*WORDS, "an")],
    "/v1/who-can-help": [
        *({"json": {"help": "geld", "contacts": [one], "legalForm": "stichting"}} for one in IDS),
        *(
            {"json": {"help": "netwerk", "place": one, "themes": ["wonen"], "maxSteps": 6, "limit": 50}}
            for one in PLACES
        ),
        {
            "json": {
                "help": "geld",
                "contacts": ["buurthuis", "intern-zwaluwfonds", "p-53", "nergens"],
                "place": "Zebrastad",
            }
        },
        {"json": {"help": "geld", "contacts": ["intern-dubbel"], "limit": 0, "asOf": "morgen"}},
    ],
    "/who-can-help": [
        *({"data": {"help": "geld", "names": text}} for text in (*WORDS, *NEVER, "wijkpaleis\nWalvisbond\nzwaluwfnds")),
        *({"data": {"help": "geld", "contact": one}} for one in IDS),
        *({"data": {"help": "geld", "place": one, "theme": "wonen", "contact": "buurthuis"}} for one in PLACES),
        {"data": {"help": "kennis", "meant": "GM0599", "maxSteps": "6", "limit": "50", "asOf": "2000-01-01"}},
        {"data": {"help": "geld", "unclear": ["Walvisbond", "zwaluwfnds", "wijk"], "contact": ["de-wijkbv", "p-53"]}},
    ],
    "/who-can-help/map": [
        *({"data": {"help": "geld", "contact": one}} for one in TOLD),
        {"data": {"help": "kennis", "place": "Rotterdam", "theme": "wonen", "format": "svg", "paper": "a3"}},
        {
            "data": {
                "help": "kennis",
                "meant": "GM0599",
                "names": "Walvisbond",
                "unclear": "wijk",
                "maxSteps": "6",
                "geographic": "true",
            }
        },
        {"data": {"help": "kennis", "place": "Zebrastad", "limit": "50", "asOf": "2000-01-01"}},
    ],
    "/v1/judgements": [{"json": {**PAIR, "who": "balie", "why": "verzonnen"}}],
    "/v1/judgement-withdrawals": [{"json": PAIR}],
    "/duplicates": [{"data": {**PAIR, "who": "balie", "why": "verzonnen", "cursor": "", "mark": "verzonnen"}}],
    "/judgements": [{"data": {**PAIR, "mark": "verzonnen"}}],
    "/spreadsheets": [
        {
            "data": {
                "step": "look",
                "upload": "verzonnen",
                "dataset": "gids",
                "audience": "public",
                "mapping": "",
                "skip": "1",
            }
        },
        {"data": {"mark": "verzonnen"}, "files": {"file": ("verzonnen.csv", b"naam", "text/csv")}},
    ],
    "/sign-in": [{"data": {"token": "verkeerd", "mark": "verzonnen"}}],
    "/sign-out": [{"data": {"token": "", "mark": "verzonnen"}}],
}
_FORM = {"Cookie": "weefsel-form=verzonnen"}  # without it, each form has a mark of its own
_ENGLISH = {"Accept-Language": "en", "Cookie": f"weefsel-lang=en; {_FORM['Cookie']}"}
# Who asks, in turn: pages and data, in both languages.
ASKERS: Mapping[str, Mapping[str, str]] = {
    "a Dutch page": {**AS_BROWSER, **_FORM},
    "English data": _ENGLISH,
    "an English page": {**AS_BROWSER, **_ENGLISH},
    "Dutch data": _FORM,
}


class Ask(NamedTuple):
    """One request: of which route, where, what is sent along (None: GET), and by whom."""

    template: str
    address: str
    sent: Mapping[str, Any] | None
    asker: str


def every_ask(app: FastAPI) -> Iterator[Ask]:
    """Yield all that is asked over HTTP: the first of each route in both languages, the others by each asker in turn."""
    sending = {route.path for route in app.state.routes if "POST" in route.methods}
    assert sending == set(BODIES), f"not in BODIES, or no route: {sorted(sending ^ set(BODIES))}"
    asked, names = 0, [*ASKERS]
    for route in app.state.routes:
        for number, (address, sent) in enumerate(_of(route)):
            asked += 1
            for asker in names[:2] if number == 0 else [names[asked % len(names)]]:
                yield Ask(route.path, address, sent, asker)


def _of(route: Any) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """Yield what is asked of one route: address and what is sent along."""
    if "GET" in route.methods:
        yield from ((address, None) for address in _addresses(route))
        return
    given = {name for body in BODIES[route.path] for part in body.values() for name in part}
    told = {*_inputs(route.dependant.body_params)}
    assert told <= given, f"{route.path} takes {sorted(told - given)}: send it in BODIES"
    yield from ((route.path, sent) for sent in BODIES[route.path])


def _addresses(route: Any) -> Iterator[str]:
    """Yield the addresses of a route: with what must be given alone, then with each value of each input in turn."""
    names = _names(route)
    assert {*names} <= {*VALUES}, f"{route.path} takes {sorted({*names} - {*VALUES})}: give values in VALUES"
    yield (first := _filled(route, _base(route)))
    filled = (one for name in names for value in _values(route)[name] for one in addresses_with(route, name, value))
    yield from (one for one in filled if one != first)


def addresses_with(route: Any, name: str, value: str) -> Iterator[str]:
    """Yield the address of a GET route with this value of an input, if it takes that, and the first of what must be given."""
    if "GET" in route.methods and name in _names(route):
        yield _filled(route, {**_base(route), name: value})


def _names(route: Any) -> list[str]:
    return [*route.param_convertors, *_inputs(route.dependant.query_params if hasattr(route, "dependant") else ())]


def _values(route: Any) -> Mapping[str, tuple[str, ...]]:
    return {**VALUES, "format": FORMATS} if "format" in route.param_convertors else VALUES


def _base(route: Any) -> dict[str, str]:
    return {name: _values(route)[name][0] for name in (*route.param_convertors, *NEEDED.get(route.path, ()))}


def _inputs(fields: Iterable[Any]) -> Iterator[str]:
    """Yield the names of what a route takes in its query, or its body."""
    for model in (field.field_info.annotation for field in fields):
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from (info.alias or name for name, info in model.model_fields.items())


def _filled(route: Any, values: Mapping[str, str]) -> str:
    path, query = route.path, {**values}
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", quote(query.pop(name)))
    return path + (f"?{urlencode(query)}" if query else "")


DRAWN = ("--out", "map.html")
# What follows each command that takes a viewer.
FOLLOWING: Mapping[str, Iterable[tuple[str, ...]]] = {
    "search": [("verzonnen",), ("Walvisbond",), ("vossenburcht",), ("", "--kind", "person", "--limit", "100")],
    "show": [(one,) for one in TOLD],
    "around": [("buurthuis", "--depth", "3"), ("wijkpaleis", "--depth", "3", "--json"), ("p-53",)],
    "nearby": [("buurthuis", "--km", "50"), ("intern-dubbel",)],
    "who-can-help": [("buurthuis", "geld"), ("wijkpaleis", "geld", "--json"), ("intern-dubbel", "geld")],
    "path": [("wijkpaleis", "fonds"), ("p-53", "intern-dubbel"), ("oud", "fonds")],
    "export": [
        ("kumu", "--out", "-"),
        ("kumu", "--out", "-", "--around", "intern-dubbel"),
        *(("kumu", "--out", "-", "--dataset", name) for name in VALUES["dataset"]),
    ],
    "datasets": [(), ("--json",)],
    "duplicates": [()],
    "map neighbourhood": [(one, *DRAWN) for one in TOLD],
    "map nearby": [("buurthuis", *DRAWN)],
    "map path": [("wijkpaleis", "fonds", *DRAWN), ("wijkpaleis", "intern-zwaluwfonds", *DRAWN)],
    "map who-can-help": [("buurthuis", "geld", *DRAWN), ("p-53", "geld", *DRAWN)],
    "map municipality": [("GM0599", *DRAWN), ("intern-zebrastad", *DRAWN)],
    "map theme": [("wonen", *DRAWN)],
    "map network": [(one, *DRAWN) for one in VALUES["network"]],
    "map dataset": [(one, *DRAWN) for one in VALUES["dataset"]],
    "map sector": [DRAWN],
}


def every_command() -> Iterator[tuple[str, ...]]:
    """Yield all commands that are given as the public."""
    commands = {**cli.COMMANDS}
    for group, (_, some) in cli.GROUPS.items():
        commands |= {f"{group} {name}": command for name, command in some.items()}
    looking = {name for name, command in commands.items() if "viewer" in signature(command).parameters}
    assert looking == set(FOLLOWING), f"not in FOLLOWING, or no command: {sorted(looking ^ set(FOLLOWING))}"
    for number, name in enumerate(FOLLOWING):
        for words in FOLLOWING[name]:
            yield "--lang", ("nl", "en")[number % 2], *name.split(), *words, "--viewer", "public"
