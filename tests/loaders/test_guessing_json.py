"""Which loader fits JSON of several makers. Everything is made up."""

import pytest

from loaders.guess import guesses


@pytest.mark.parametrize(
    ("loader", "text"),
    [
        ("ftm", '{"id": "a", "schema": "Person", "properties": {}}\n{"id": "b"}'),
        ("jsonld", '{"@context": "https://schema.org", "@type": "NGO", "name": "A huis"}'),
        ("murmurations", '[{"linked_schemas": ["organizations_schema-v1.0.0"], "name": "A huis"}]'),
        ("openfairdb", '{"visible": [], "invisible": []}'),
        ("openfairdb", '[{"id": "1", "title": "A tuin", "lat": 1, "lng": 2}]'),
        ("popolo", '{"persons": [], "memberships": []}'),
        ("threesixtygiving", '{"version": "1", "grants": []}'),
        ("threesixtygiving", "Identifier,Recipient Org:Name\n1,A huis\n"),
    ],
)
def test_the_loader_that_fits_goes_first(tmp_path, loader, text):
    path = tmp_path / "x"
    path.write_text(text)
    assert guesses(path)[0].loader == loader
