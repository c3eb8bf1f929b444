"""JSON-LD with the words of schema.org: organisations and persons, and what ties them.

Kinds of tie for which schema.org has a word are told in it (`memberOf`, `parentOrganization`, `worksFor`, `funder`, `sponsor`,
`founder`, `location`); the others under `urn:weefsel:tie:`, and so are those that are not so (yet, or any more), as who reads
`memberOf` takes it to hold. A tie with a role, dates, a status or a basis is told by a Role of schema.org.
The context stands in the file, so that nothing need be fetched to read it.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from graph.drawing import Extract
from graph.model import Tie
from viz import about
from viz.columns import Values, clean, of_actor
from viz.lines import as_json, encoded, listed

TYPES = {"person": "Person", "municipality": "GovernmentOrganization"}  # the others: Organization
WORDS: Mapping[str, tuple[str, bool]] = {  # kind of tie: the word, and whether it stands at the tie's target
    "member_of": ("memberOf", False),
    "part_of": ("parentOrganization", False),
    "works_at": ("worksFor", False),
    "located_in": ("location", False),
    "founded": ("founder", True),
    "funds": ("funder", True),
    "sponsors": ("sponsor", True),
}
_USUAL = (("status", "current"), ("basis", "stated"))  # what is not told of a tie
_CONTEXT = {
    "@vocab": "https://schema.org/",
    "tie": "urn:weefsel:tie:",
    "url": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
}
_SAME_AS = {"wikidata": "http://www.wikidata.org/entity/", "sameAs": ""}


def render(extract: Extract) -> Iterator[bytes]:
    """Yield the file."""
    head = {
        "@id": "urn:weefsel:extract",
        "@type": "Dataset",
        "name": clean(extract.title),
        "description": clean(about.sentence(extract)),
        "dateModified": extract.as_of.isoformat(),
        "version": str(extract.revision),
        "license": sorted({dataset.licence for dataset in extract.datasets if dataset.licence}),
    }
    yield f'{{"@context":{as_json(_CONTEXT)},\n"@graph":[\n{as_json(head)},'.encode()
    yield from encoded(listed(_nodes(extract)))
    yield b"]}\n"


def _nodes(extract: Extract) -> Iterator[dict[str, object]]:
    yield {"@id": "urn:weefsel:extract", "creator": {"@id": "urn:weefsel", "name": "Weefsel"}}
    for actor in extract.actors():
        yield _node(of_actor(actor, extract.municipalities))
    yield from map(_tie, extract.ties())


def _node(values: Values) -> dict[str, object]:
    """Return an actor as schema.org tells it."""
    told: dict[str, object] = {
        "@id": _iri(str(values["id"])),
        "@type": TYPES.get(str(values["kind"]), "Organization"),
        "additionalType": f"urn:weefsel:kind:{values['kind']}",
        "name": clean(str(values["name"])),
    }
    for name, word in (("aliases", "alternateName"), ("founded", "foundingDate"), ("ended", "dissolutionDate")):
        if name in values:
            told[word] = _text(values[name])
    for name, word in (("note", "description"), ("themes", "knowsAbout"), ("website", "url"), ("sources", "citation")):
        if name in values:
            told[word] = _text(values[name])
    if place := {word: values[name] for name, word in _ADDRESS if name in values}:
        told["address"] = {"@type": "PostalAddress", "addressCountry": "NL", **place}
    told |= _identified(values.get("identifiers", ()))
    return told


_ADDRESS = (("place", "addressLocality"), ("province", "addressRegion"))


def _identified(identifiers: object) -> dict[str, object]:
    if not isinstance(identifiers, tuple):
        return {}
    split = [one.partition(":") for one in identifiers]
    same = [
        _SAME_AS[scheme] + quote(value, safe="/:?#=&%")
        for scheme, _, value in split
        if scheme in ("wikidata", "sameAs")
    ]
    others = [{"@type": "PropertyValue", "propertyID": scheme, "value": value} for scheme, _, value in split]
    return ({"identifier": others} if others else {}) | ({"sameAs": same} if same else {})


def _text(value: object) -> object:
    return [clean(one) for one in value] if isinstance(value, tuple) else clean(str(value))


def _tie(tie: Tie) -> dict[str, object]:
    """Return a tie as what its subject says of the other end."""
    holds = tie.status == "current" or (tie.status == "former" and tie.until)
    word, turned = WORDS[tie.kind] if holds and tie.kind in WORDS else (f"tie:{tie.kind}", False)
    subject, other = (tie.target, tie.source) if turned else (tie.source, tie.target)
    end: dict[str, object] = {"@id": _iri(other)}
    names = (("role", "roleName"), ("since", "startDate"), ("until", "endDate"))
    details = {name: clean(getattr(tie, field)) for field, name in names if getattr(tie, field)}
    details |= {f"tie:{name}": said for name, usual in _USUAL if (said := getattr(tie, name)) != usual}
    if details:
        end = {"@type": "Role", **details, word: end}
    return {"@id": _iri(subject), word: end}


def _iri(actor_id: str) -> str:
    return f"urn:weefsel:actor:{quote(actor_id, safe='')}"
