"""JSON-LD of schema.org. Everything is made up."""

import json

import pytest
from foreign_files import Read

from graph.errors import LoadError


def write(path, value):
    path.write_text(json.dumps(value), encoding="utf-8-sig")
    return path


def test_objects_in_each_other_and_named_by_id(tmp_path):
    graph = [
        {
            "@id": "#a",
            "@type": ["NGO", "Thing"],
            "name": [{"@value": "Our House", "@language": "en"}, {"@value": "Ons Huis", "@language": "nl"}],
            "alternateName": ["OH", "Het Huis"],
            "address": {"@type": "PostalAddress", "addressLocality": "Ede", "addressCountry": "NL"},
            "location": {
                "@id": "#p",
                "location": {"@id": "#p"},
                "@type": "Place",
                "geo": {"@type": "GeoCoordinates", "latitude": "52.04", "longitude": 5.66},
            },
            "identifier": {"@type": "PropertyValue", "propertyID": "KvK", "value": "41202535"},
            "sameAs": ["https://www.wikidata.org/wiki/Q99", "https://example.org/oh"],
            "keywords": "wonen, kippen",
            "memberOf": [{"@id": "#b"}, {"@type": "Organization", "name": "Net Zo"}],
            "funder": {"@type": "Organization", "name": "Net Zo"},
            "slogan": "Hoera",
            "logo": {"@id": "#logo"},
        },
        {"@id": "#b", "@type": "schema:GovernmentOrganization", "schema:name": "Dienst"},
        {"@id": "#b", "subOrganization": {"@id": "#a"}, "hatedBy": {"@id": "#a"}},
        {
            "@type": "Person",
            "name": "Jo Verzonnen",
            "email": "jo@example.org",
            "worksFor": {
                "@type": "OrganizationRole",
                "roleName": "baas",
                "startDate": "2020",
                "worksFor": {"@id": "#a"},
            },
        },
        {"@type": "WebSite", "name": "Site", "publisher": {"@id": "#a"}},
        {
            "@type": "MonetaryGrant",
            "funder": {"@id": "#b"},
            "fundedItem": {"@id": "#a"},
            "amount": {"@type": "MonetaryAmount", "value": 500, "currency": "EUR"},
        },
        {"@id": "#logo", "@type": "ImageObject"},
    ]
    read = Read("jsonld", write(tmp_path / "x.json", {"@context": "https://schema.org", "@graph": graph}))
    assert read.faults == []
    assert read.ties == [
        ("Ons Huis", "member_of", "Dienst"),
        ("Ons Huis", "member_of", "Net Zo"),
        ("Net Zo", "funds", "Ons Huis"),
        ("Ons Huis", "part_of", "Dienst"),
        ("Jo Verzonnen", "works_at", "Ons Huis"),
        ("Dienst", "funds", "Ons Huis"),
    ]
    assert (read.tie_records[4].role, read.tie_records[4].since, read.tie_records[5].amount) == ("baas", "2020", 500)
    house = read.actors["Ons Huis"]
    assert (house.kind, house.place, house.lat, house.lon) == ("organisation", "Ede", 52.04, 5.66)
    assert set(house.identifiers) == {"kvk:41202535", "wikidata:Q99", "sameAs:https://example.org/oh"}
    assert (set(house.aliases), house.themes) == ({"OH", "Het Huis"}, ("wonen",))
    assert read.actors["Dienst"].subtype == "overheid"
    assert set(read.actors["Jo Verzonnen"].model_dump(exclude_defaults=True)) == {"id", "kind", "name", "cites"}
    assert read.apart == {"relation": 1, "other": 2}
    for told in ("'hatedBy' (1)", "'slogan' (1)", "'WebSite' (1)", "'ImageObject' (1)"):
        assert told in read.notes


@pytest.mark.parametrize(
    ("context", "prefix"),
    [
        ("http://schema.org/", ""),
        ({"s": "http://schema.org/"}, "s:"),
        (None, "http://schema.org/"),
        ({"schema": "x:"}, "https://schema.org/"),
    ],
)
def test_words_may_have_a_prefix(tmp_path, context, prefix):
    said = {"@type": f"{prefix}Organization", f"{prefix}name": "A huis", f"{prefix}memberOf": {"@id": "b"}}
    other = {"@id": "b", "@type": f"{prefix}NGO", f"{prefix}name": "B huis"}
    both = [{"@context": context, **one} if context else one for one in (said, other)]
    read = Read("jsonld", write(tmp_path / "x.jsonld", both))
    assert read.ties == [("A huis", "member_of", "B huis")]


def test_what_this_project_exports_comes_back(tmp_path):
    def actor(id_, kind, name, type_="Organization", **more):
        return {
            "@id": f"urn:weefsel:actor:{id_}",
            "@type": type_,
            "additionalType": f"urn:weefsel:kind:{kind}",
            "name": name,
        } | more

    def tie(source, word, target, **role):
        end = {"@id": f"urn:weefsel:actor:{target}"}
        return {"@id": f"urn:weefsel:actor:{source}", word: {"@type": "Role", **role, word: end} if role else end}

    context = {
        "@vocab": "https://schema.org/",
        "tie": "urn:weefsel:tie:",
        "url": {"@type": "@id"},
        "sameAs": {"@type": "@id"},
    }
    graph = [
        {"@id": "urn:weefsel:extract", "@type": "Dataset", "name": "Deel"},
        {"@id": "urn:weefsel:extract", "creator": {"@id": "urn:weefsel", "name": "Weefsel"}},
        actor("huis", "initiative", "Het Huis", alternateName=["HH"], knowsAbout=["wonen"]),
        actor(
            "fonds",
            "funder",
            "Fonds Zo",
            identifier=[{"@type": "PropertyValue", "propertyID": "kvk", "value": "41202535"}],
        ),
        actor("p-1", "person", "Jo Verzonnen", "Person"),
        tie("huis", "funder", "fonds", startDate="2020"),
        tie("huis", "tie:partner_of", "fonds"),
        tie("p-1", "worksFor", "huis", roleName="baas"),
        actor("ede", "municipality", "Ede", "GovernmentOrganization"),
        tie("huis", "location", "ede", startDate="2021"),
    ]
    read = Read("jsonld", write(tmp_path / "x.jsonld", {"@context": context, "@graph": graph}))
    assert read.faults == []
    assert read.ties == [
        ("Fonds Zo", "funds", "Het Huis"),
        ("Het Huis", "partner_of", "Fonds Zo"),
        ("Het Huis", "located_in", "Ede"),
        ("Jo Verzonnen", "works_at", "Het Huis"),
    ]
    assert [(one.since, one.role) for one in read.tie_records] == [
        ("2020", None),
        (None, None),
        ("2021", None),
        (None, "baas"),
    ]
    assert "startDate" not in read.notes
    assert [(one.id, one.kind) for one in read.records[:2]] == [("huis", "initiative"), ("fonds", "funder")]
    assert read.actors["Het Huis"].themes == ("wonen",)


def test_a_reference_to_nobody_is_a_fault_and_a_page_is_refused(tmp_path):
    read = Read("jsonld", write(tmp_path / "x.json", {"@type": "NGO", "name": "A huis", "memberOf": {"@id": "weg"}}))
    assert "'weg' is not in the file" in read.faults[0]
    for wrong in ({"@type": "Event", "name": "x"}, [], [1]):
        with pytest.raises(LoadError, match=r"schema\.org"):
            Read("jsonld", write(tmp_path / "x.json", wrong))
    (tmp_path / "x.json").write_text("<html>")
    with pytest.raises(LoadError, match="web page"):
        Read("jsonld", tmp_path / "x.json")
