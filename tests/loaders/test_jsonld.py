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
    assert (read.actors["Het Huis"].themes, read.actors["Het Huis"].note) == (("wonen",), None)


def test_a_reference_to_nobody_is_set_apart_and_a_page_is_refused(tmp_path):
    read = Read("jsonld", write(tmp_path / "x.json", {"@type": "NGO", "name": "A huis", "memberOf": {"@id": "weg"}}))
    assert (read.faults, read.apart, list(read.actors)) == ([], {"missing": 1}, ["A huis"])
    assert "who is not in the file: 'weg' (1)." in read.notes
    for wrong in ({"@type": "Event", "name": "x"}, [], [1]):
        with pytest.raises(LoadError, match=r"schema\.org"):
            Read("jsonld", write(tmp_path / "x.json", wrong))
    (tmp_path / "x.json").write_text("<html>")
    with pytest.raises(LoadError, match="web page"):
        Read("jsonld", tmp_path / "x.json")


HOUSE = {"@id": "#a", "@type": "NGO", "name": "Ons Huis"}
NET = {"@id": "#b", "@type": "NGO", "name": "Net Zo"}


def graph_of(path, *those, context="https://schema.org"):
    return write(path / "x.json", {"@context": context, "@graph": those})


@pytest.mark.parametrize(
    "context", [{"name": {"@container": "@language"}}, {"name": {"@container": ["@language", "@set"]}}]
)
def test_texts_may_stand_by_language(tmp_path, context):
    context |= {"@vocab": "https://schema.org/", "id": "@id"}
    house = {
        "@type": "NGO",
        "name": {"hin": "Ghar", "en": "Our House", "nl": ["Ons Huis", "Het Huis"]},
        "description": {"fy-NL": "In hûs", "EN": "A house"},
        "slogan": {"id": "#b"},
    }
    other = {"id": "#b", "@type": "NGO", "name": {"fr": "La Maison", "@none": "Maison"}}
    read = Read("jsonld", graph_of(tmp_path, house, other, context=context))
    assert read.faults == []
    assert list(read.actors) == ["Ons Huis", "Maison"]
    assert read.actors["Ons Huis"].aliases == ("Het Huis",)
    assert read.actors["Ons Huis"].note == "A house"
    assert read.apart == {"relation": 1}


def test_an_object_in_place_of_a_text_does_not_become_one(tmp_path):
    read = Read("jsonld", graph_of(tmp_path, {**HOUSE, "description": {"@type": "Thing"}, "email": {"@type": "Thing"}}))
    assert read.faults == []
    assert read.actors["Ons Huis"].note is None
    assert "'description: object' (1)" in read.notes


def test_a_text_is_an_end_if_the_context_says_so(tmp_path):
    named = {"@type": "@id"}
    context = {"@vocab": "https://schema.org/", **dict.fromkeys(("memberOf", "url", "email", "sameAs"), named)}
    house = {**HOUSE, "memberOf": "#b", "url": "https://oh.example", "email": "mailto:info@oh.example"}
    read = Read(
        "jsonld", graph_of(tmp_path, {**house, "sameAs": "https://www.wikidata.org/wiki/Q9"}, NET, context=context)
    )
    assert read.faults == []
    assert read.ties == [("Ons Huis", "member_of", "Net Zo")]
    house = read.actors["Ons Huis"]
    assert (house.websites, house.contacts[0].mail) == (("https://oh.example",), "info@oh.example")
    assert house.identifiers == ("wikidata:Q9",)


def test_things_of_unknown_types_that_a_relation_names_are_set_apart_by_type(tmp_path):
    club = {"@type": "Brewery", "name": "De Club"}
    role = {"@type": "OrganizationRole", "startDate": "1977", "memberOf": {"@type": "Dentist", "name": "Pijn"}}
    grant = {"@type": "MonetaryGrant", "funder": {"@id": "#b"}, "fundedItem": {"@type": "Winery", "name": "Zo"}}
    lone = {"@type": "Grant", "funder": {"@id": "#b"}}
    house = {
        **HOUSE,
        "funding": lone,
        "member": [club, {"@type": "Brewery", "name": "Het Plein"}],
        "memberOf": role,
        "sponsor": club,
    }
    read = Read("jsonld", graph_of(tmp_path, house, NET, grant))
    assert read.faults == []
    assert read.ties == []
    assert read.apart == {"other": 5, "unkept": 5}
    for told in ("'Brewery' (2)", "'Dentist' (1)", "'Winery' (1)"):
        assert told in read.notes
    assert "'member'" not in read.notes
    assert "'funding' (1)" in read.notes


def test_what_stands_in_reverse_or_is_included_is_read(tmp_path):
    house = {**HOUSE, "@reverse": {"memberOf": [NET, "#c"]}, "@included": [{**NET, "@id": "#c", "name": "Het Plein"}]}
    read = Read("jsonld", write(tmp_path / "x.json", {"@context": "https://schema.org", **house}))
    assert read.faults == []
    assert sorted(read.ties) == [("Het Plein", "member_of", "Ons Huis"), ("Net Zo", "member_of", "Ons Huis")]


def test_what_is_not_read_is_told(tmp_path):
    house = {
        **HOUSE,
        "telephone": "tel:+31300000000",
        "email": "info@oh.example",
        "identifier": [{"@type": "PropertyValue", "propertyID": "OIN", "value": "7"}, "x7"],
        "sameAs": ["oh", "https://example.org/oh"],
        "additionalType": "Buurthuis",
        "category": "Zorg",
        "contactPoint": [
            {"@type": "ContactPoint", "name": "Bo Bedacht", "email": one} for one in ("a@x.example", "b@x.example")
        ],
    }
    grant = {"@type": "Grant", "funder": NET, "fundedItem": {"@id": "#a"}, "isBasedOn": {"@type": "FundingScheme"}}
    read = Read("jsonld", graph_of(tmp_path, house, grant))
    assert read.faults == []
    contact = read.actors["Ons Huis"].contacts[0]
    assert (contact.mail, contact.phone) == ("info@oh.example", "+31300000000")
    assert read.actors["Ons Huis"].identifiers == ("sameAs:https://example.org/oh",)
    assert "Bo" not in str(read.records)
    assert read.actors["Ons Huis"].note == "Soort in de bron: Zorg."
    for name in (
        "identifier, propertyID: OIN",
        "identifier, propertyID: -",
        "sameAs",
        "additionalType",
        "contactPoint name",
        "contactPoint email",
        "isBasedOn",
    ):
        assert f"'{name}' (1)" in read.notes
