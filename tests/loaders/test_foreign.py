"""How the words of other tools meet ours, whatever the format: tried on blueprints of Kumu. Everything is made up."""

import shutil

import pytest
from foreign_files import Read, kumu, toml

from graph.errors import LoadError
from graph.ingest.preparing import Preparing
from graph.reading import Fault, Row, Where
from graph.records import TieRecord
from graph.vocabulary import FOLDER, load, vocabulary
from loaders import LOADERS, foreign, foreign_mapping, foreign_words, json_stream
from loaders.foreign_items import Edge, Node, Other
from loaders.foreign_mapping import ACTOR_FIELDS, TIE_FIELDS
from loaders.options import Options


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kaart.json"


@pytest.fixture
def mapping(tmp_path):
    return tmp_path / "kaart.toml"


def test_types_and_relations_are_looked_up_in_a_table_and_read_from_either_side(path):
    elements = [{"label": "Ons Huis", "type": "Buurthuis"}, {"label": "Fonds Zo", "type": "Fund"}]
    connections = [
        ("Ons Huis", "krijgt subsidie van", "Fonds Zo"),
        ("Fonds Zo", "heeft als lid", "Ons Huis"),
        ("Ons Huis", "memberOf", "Fonds Zo"),
    ]
    read = Read("kumu", kumu(path, elements, connections))
    assert read.faults == []
    assert (read.actors["Ons Huis"].kind, read.actors["Ons Huis"].subtype) == ("initiative", "buurthuis")
    assert read.actors["Fonds Zo"].kind == "funder"
    assert read.ties == [("Fonds Zo", "funds", "Ons Huis"), ("Ons Huis", "member_of", "Fonds Zo")]
    assert read.apart == {"doubled": 1}  # the same membership, told from the other side


def test_what_is_in_no_table_is_told_by_name_and_number_and_never_made_a_tie(path):
    elements = [{"label": "A huis", "type": "Wolk", "tags": ["wonen", "kippen"], "Toetje": "ijs"}, "B huis"]
    connections = [("A huis", "kent", "B huis"), ("B huis", "kent", "A huis"), {"from": "A huis", "to": "B huis"}]
    read = Read("kumu", kumu(path, elements, connections))
    assert read.faults == []
    assert read.ties == []
    assert read.apart == {"relation": 2, "kindless": 1}
    assert "'kent' (2)" in read.notes
    assert "'Wolk' (1)" in read.notes
    assert "'Toetje' (1)" in read.notes
    actor = read.actors["A huis"]
    assert (actor.kind, actor.themes) == ("organisation", ("wonen",))
    assert actor.note == "Soort in de bron: Wolk.\nTrefwoorden in de bron: kippen."


def test_a_second_value_for_one_field_is_told(path):
    elements = [
        {
            "label": "A huis",
            "title": "Huis A",
            "type": "Buurthuis",
            "category": "Sport",
            "city": "Ede",
            "location": "Epe",
        },
        {"label": "B huis", "title": "B huis", "type": "Buurthuis", "city": "Ede", "location": "Ede"},
    ]
    connections = [{"from": "A huis", "type": "partner", "to": "B huis", "since": "2020", "start date": "2021"}]
    read = Read("kumu", kumu(path, elements, connections))
    house = read.actors["A huis"]
    assert (house.kind, house.place, house.note) == ("initiative", "Ede", "Soort in de bron: Sport.")
    assert read.actors["B huis"].note is None
    assert [tie.since for tie in read.tie_records] == ["2020"]
    assert "attributes of nodes: 'title' (1), 'location' (1)." in read.notes
    assert "attributes of edges: 'start date' (1)." in read.notes
    assert "kinds of nodes (in the note): 'Sport' (1)." in read.notes


def test_a_node_without_a_name_says_which_attribute_may_have_it(path, mapping):
    read = Read("kumu", kumu(path, [{"id": "1", "Locatie van": "Ons Huis", "type": "Buurthuis"}]))
    [fault] = read.faults
    assert fault.endswith("at column.name in which attribute it stands (not read are: 'Locatie van').")
    toml(mapping, '[actors]\ncolumn.name = "Locatie van"\n')
    assert [*Read("kumu", path, mapping=mapping).actors] == ["Ons Huis"]


def test_what_nodes_have_in_common_is_looked_at_once_and_told_each_time(path):
    alike = {"type": "Wolk", "city": "Ede", "location": "Epe", "tags": ["kippen"]}
    others = {"type": "Buurthuis", "city": "Ede", "tags": ["wonen"]}
    elements = [{"label": name, **alike} for name in "ABC"] + [{"label": name, **others} for name in "DEF"]
    elements += [{"label": name, "type": "Gemeente"} for name in ("Ede", "Epe")]
    elements += [{"label": f"Jo {name}", "type": "Person"} for name in "AB"]
    elements += [{"label": name, "founded": since} for name, since in (("G", 1), ("H", 1.0), ("I", True))]
    read = Read("kumu", kumu(path, elements))
    assert "'location' (3)" in read.notes
    assert "'kippen' (3)" in read.notes
    assert {read.actors[name].note for name in "ABC"} == {"Soort in de bron: Wolk.\nTrefwoorden in de bron: kippen."}
    assert [(read.actors[name].place, read.actors[name].themes) for name in "DEF"] == [("Ede", ("wonen",))] * 3
    assert [read.actors[name].identifiers for name in ("Ede", "Epe")] == [("cbs:GM0228",), ("cbs:GM0232",)]
    assert [read.actors[f"Jo {name}"].kind for name in "AB"] == ["person"] * 2


def test_who_names_what_is_not_kept_is_set_apart_with_it(tmp_path):
    def items(path, name):
        yield Node("a", {"label": "A huis"}, Where(name, 1))
        yield Other("Vessel", id="schip")
        yield Edge("a", "schip", {"type": "partner_of"}, Where(name, 3))
        yield Edge("a", "boot", {"type": "partner_of"}, Where(name, 4))

    (path := tmp_path / "a.json").touch()
    reading = foreign.load("ftm", items, [path], Options())
    [fault] = [item for item in reading.items if isinstance(item, Fault)]
    assert fault.where.row == 4
    assert reading.ledger.set_apart == {"other": 1, "unkept": 1}
    assert "parts: 'Vessel' (1)." in reading.ledger.notes("en")


def test_what_two_files_say_alike_is_no_contradiction(tmp_path):
    def items(path, name):
        for id_ in "ab":
            yield Node(id_, {"label": f"{id_} huis"}, Where(name, 1))
        since, checked = path.read_text().split()
        yield Edge("a", "b", {"type": "partner_of", "since": since, "checked": checked}, Where(name, 2))

    def noted(*years):
        paths = [tmp_path / f"{n}.json" for n, _ in enumerate(years)]
        for path, year in zip(paths, years, strict=True):
            path.write_text(year)
        reading = foreign.load("ftm", items, paths, Options(), together=True)
        assert sum(isinstance(item, Row) and isinstance(item.record, TieRecord) for item in reading.items) == 1
        assert reading.ledger.set_apart == {"doubled": 3}
        return reading.ledger.noted("differing")

    assert noted("2020 2026", "2020 2026") == 0
    assert (noted("2020 2026", "2021 2026"), noted("2020 2026", "2020 2025")) == (1, 1)


def test_the_user_says_what_the_words_mean(path, mapping):
    elements = [{"label": "A huis", "type": "Wolk", "Toetje": "ijs", "kleur": "rood"}, "B huis"]
    connections = [("A huis", "kent", "B huis"), ("A huis", "krijgt", "B huis"), ("B huis", "haat", "A huis")]
    connections.append({"from": "B huis", "to": "A huis", "direction": "undirected"})
    toml(
        mapping,
        """
        ignored = ["kleur"]
        [dataset]
        date = 2026-05-31
        [actors]
        kind = "network"
        column.note = "Toetje"
        [ties]
        kind = "supports"
        undirected = "as-written"
        [types]
        "wolk" = "initiative/project"
        [relations]
        "Kent" = "collaborates_with"
        "krijgt" = "<funds"
        "haat" = ""
        """,
    )
    read = Read("kumu", kumu(path, elements, connections), mapping=mapping)
    assert read.faults == []
    assert read.reading.dataset == {"date": "2026-05-31"}
    assert (read.actors["A huis"].kind, read.actors["A huis"].subtype) == ("initiative", "project")
    assert (read.actors["A huis"].note, read.actors["B huis"].kind) == ("ijs", "network")
    assert read.ties == [
        ("A huis", "collaborates_with", "B huis"),
        ("B huis", "funds", "A huis"),
        ("B huis", "supports", "A huis"),
    ]
    assert read.apart == {"unwanted": 1}
    assert read.notes == ""


def test_words_that_the_mapping_answers_for_are_told_as_what_they_became(path, mapping):
    toml(
        mapping,
        """
        [actors]
        kind = "network"
        [ties]
        kind = "supports"
        """,
    )
    read = Read("kumu", kumu(path, [{"label": "A", "type": "Wolk"}, "B"], [("A", "kust", "B")]), mapping=mapping)
    assert read.ties == [("A", "supports", "B")]
    assert "kinds of nodes (now what the mapping says): 'Wolk' (1)" in read.notes
    assert "kinds of relations (now what the mapping says): 'kust' (1)" in read.notes
    assert "organisation now" not in read.notes
    assert "not loaded" not in read.notes


def test_a_mapping_with_faults_is_refused_with_all_of_them(path, mapping):
    toml(
        mapping,
        """
        kleur = 1
        """,
    )
    with pytest.raises(LoadError) as error:
        Read("kumu", kumu(path, ["A huis"]), mapping=mapping)
    assert "'kleur'" in error.value.en
    toml(
        mapping,
        """
        [actors]
        kind = "club"
        column.naam = "x"
        [types]
        "a" = "wolk"
        [relations]
        "b" = "<founds"
        """,
    )
    with pytest.raises(LoadError) as error:
        Read("kumu", kumu(path, ["A huis"]), mapping=mapping)
    for part in ("actors.kind", "actors.column.naam", "types.a", "'relations.b': is not known; do you mean 'funds'?"):
        assert part in error.value.en


def test_of_a_person_the_least_is_kept(path):
    person = {
        "label": "Jo Verzonnen",
        "type": "Person",
        "email": "jo@example.org",
        "description": "ziek",
        "plaats": "Ede",
    }
    read = Read("kumu", kumu(path, [person]))
    said = read.actors["Jo Verzonnen"].model_dump(exclude_defaults=True)
    assert said.pop("id").startswith("persoon-")
    assert said == {"kind": "person", "name": "Jo Verzonnen", "cites": "kaart"}
    assert "'place' (1), 'mail' (1), 'note' (1)" in read.notes


def test_what_is_somebodys_own_is_left_out_of_texts_and_told_by_name_and_number(path, mapping):
    own = "Bel Bo: 06-12345678, of bo@example.org"
    elements = [
        {"label": f"{one} huis", "type": "Buurthuis", "description": own, "tags": ["bo@b.example"]} for one in "AB"
    ]
    connection = {"from": "A huis", "to": "B huis", "type": "werkt samen met", "description": own}
    kumu(path, elements, [connection])
    read = Read("kumu", path)
    notes = {read.actors["A huis"].note, read.actors["B huis"].note}
    assert (notes, read.tie_records[0].note) == ({"Bel Bo: …, of …\nTrefwoorden in de bron: …."}, "Bel Bo: …, of …")
    assert "'note' (3)" in read.notes
    toml(mapping, "[reading]\npersonal_mail = true\n")
    assert own in Read("kumu", path, mapping=mapping).actors["A huis"].note


def test_a_mail_address_is_no_id(path):
    for id_ in ("_id", "id", "Slug"):
        read = Read("kumu", kumu(path, [{id_: "bo@example.org", "label": "A huis", "type": "Buurthuis"}]))
        assert read.actors["A huis"].id == "a-huis"


def test_in_a_public_dataset_nobody_becomes_an_organisation_by_accident(path, mapping):
    elements = [{"label": "Jo Verzonnen", "type": "Maker"}, {"label": "Ons Huis", "type": "Buurthuis"}]
    read = Read("kumu", kumu(path, elements, [("Jo Verzonnen", "lid van", "Ons Huis")]), audience="public")
    assert list(read.actors) == ["Ons Huis"]
    assert "[types]" in read.faults[0]
    assert "is rejected itself" in read.faults[1]
    toml(mapping, '[dataset]\naudience = "public"\n[types]\nMaker = "person"')
    assert Read("kumu", path, mapping=mapping).actors["Jo Verzonnen"].kind == "person"


def test_an_edge_to_a_node_that_is_missing_is_refused(path):
    read = Read("kumu", kumu(path, ["A huis"], [("A huis", "lid van", "B huis")]))
    [fault] = read.faults
    assert fault == (
        "kaart.json, list 'connections', number 1: the node 'B huis' is not in the file; add it, or delete this."
    )


def test_a_label_twice_needs_ids(path):
    twice = [
        {"id": "e1", "label": "Ons Huis", "plaats": "Ede"},
        {"id": "e2", "label": "Ons Huis", "plaats": "Epe"},
        "C",
    ]
    connections = [("e1", "partner", "e2"), ("C", "lid van", "Ons Huis"), ("C", "lid van", "e2")]
    read = Read("kumu", kumu(path, twice, connections))
    assert [one.id for one in read.records] == ["ons-huis", "ons-huis-2", "c"]
    assert len(read.ties) == 2
    [fault] = read.faults
    assert "more than one is called 'Ons Huis'; name the id" in fault
    without = [
        {"label": "Ons Huis", "plaats": "Ede"},
        {"label": "Ons Huis", "plaats": "Epe"},
        {"label": "D"},
        {"label": "D"},
    ]
    read = Read("kumu", kumu(path, without))
    [fault] = read.faults
    assert "number 2" in fault
    assert "give each an id of its own" in fault
    assert read.apart == {"doubled": 1}  # D says the same again


def test_ids_may_be_numbers_in_one_place_and_texts_in_another(path):
    elements = [{"id": 1, "label": "A huis"}, {"id": "2", "label": "B huis"}, {"id": 3.0, "label": "C huis"}]
    connections = [{"from": "1", "to": 2, "type": "lid van"}, {"from": 3, "to": 1, "type": "lid van"}]
    read = Read("kumu", kumu(path, elements, connections))
    assert read.faults == []
    assert read.ties == [("A huis", "member_of", "B huis"), ("C huis", "member_of", "A huis")]
    assert [one.id for one in read.records] == ["a-huis", "b-huis", "c-huis"]  # a number is no id that people chose


def test_edges_may_stand_before_nodes_and_name_them_by_label_or_id(path):
    path.write_text(
        '{"connections": [{"from": "e1", "to": "B huis", "type": "lid van"}, {"from": "B huis", "to": "A huis", "type": "funds"}],'
        '"elements": [{"_id": "e1", "attributes": {"label": "A huis"}}, {"_id": "e2", "attributes": {"label": "B huis"}}]}'
    )
    read = Read("kumu", path)
    assert read.faults == []
    assert read.ties == [("A huis", "member_of", "B huis"), ("B huis", "funds", "A huis")]


def test_directions_may_be_mixed(path):
    connections = [
        {"from": "A huis", "to": "B huis", "type": "partner", "direction": "undirected"},
        {"from": "B huis", "to": "A huis", "type": "partner", "direction": "mutual"},
        {"from": "A huis", "to": "B huis", "type": "funds", "direction": "mutual"},
        {"from": "A huis", "to": "B huis", "type": "lid van", "direction": "undirected"},
        {"from": "A huis", "to": "A huis", "type": "partner"},
    ]
    read = Read("kumu", kumu(path, ["A huis", "B huis"], connections))
    assert read.ties == [
        ("A huis", "partner_of", "B huis"),
        ("A huis", "funds", "B huis"),
        ("B huis", "funds", "A huis"),
    ]
    assert read.apart == {"doubled": 1, "undirected": 1, "self": 1}


def test_only_euro_are_an_amount_and_zero_is_no_grant(path):
    amounts = ["€ 1.500,00", "£ 500", 250, 0, -5, "veel"]
    connections = [{"from": "F", "to": "A huis", "type": "grant", "bedrag": one} for one in amounts]
    connections.append(
        {"from": "F", "to": "A huis", "type": "grant", "bedrag": 700, "currency": "usd", "status": "vaag"}
    )
    read = Read("kumu", kumu(path, ["F", "A huis"], connections))
    assert [(one.amount, one.note) for one in read.tie_records] == [
        (1500.0, None),
        (None, "Bedrag in de bron: £ 500."),
        (250.0, None),
        (None, "Bedrag in de bron: 700 USD.\nStatus in de bron: vaag."),
    ]
    assert read.apart == {"zero": 1, "back": 1}
    assert "'veel' is no amount" in read.faults[0]
    assert "'GBP' (1), 'USD' (1)" in read.notes


def test_edges_that_differ_in_amount_alone_are_kept_whole(path):
    amounts = [250, 1500.5, "300", 1, 250, None, "€ 20", 1e15]
    connections = [
        {"from": "F", "to": f"Huis {n % 3}", "type": "grant", "bedrag": one} for n, one in enumerate(amounts * 3)
    ]
    reading = LOADERS["kumu"]([kumu(path, ["F", "Huis 0", "Huis 1", "Huis 2"], connections)], Options())
    items = list(reading.items)
    ties = [item for item in items if isinstance(item, Row) and isinstance(item.says, TieRecord)]
    assert len({id(item.says) for item in ties}) < len(ties)
    assert {item.record.amount for item in ties} == {250, 1500.5, 300, 1, None, 20, 1e15}
    alone = [Row(item.record, item.where) if isinstance(item, Row) else item for item in items]
    shared, whole = (
        [(batch.says, batch.digests.tolist(), batch.ends.tolist()) for batch in Preparing(3).batches(some)]
        for some in (items, alone)
    )
    assert shared == whole


def test_other_words_of_a_connection_are_kept_in_its_note(path):
    attributes = {"connection type": "Partner", "label": "sinds de basisschool"}
    connection = {"_id": "c", "from": "A huis", "to": "B huis", "direction": "undirected", "attributes": attributes}
    [tie] = Read("kumu", kumu(path, ["A huis", "B huis"], [connection])).tie_records
    assert (tie.kind, tie.note) == ("partner_of", "Band in de bron: sinds de basisschool.")


def test_html_becomes_text(path):
    element = {
        "label": "<b>Ons Huis</b>",
        "description": "<p>Een&nbsp;<i>huis</i></p><ul><li>van ons</li></ul><script>x()</script>",
    }
    actor = Read("kumu", kumu(path, [element])).records[0]
    assert (actor.name, actor.note) == ("Ons Huis", "Een huis\nvan ons")


def test_one_country_is_spelled_in_five_ways(path):
    spelled = ["NL", "nederland", "The Netherlands", "Holland", "Pays-Bas"]
    elements = [
        {"label": f"Huis {i}", "plaats": "Ede", "land": land} for i, land in enumerate([*spelled, "België", "Mu"])
    ]
    read = Read("kumu", kumu(path, elements))
    assert [one.place for one in read.records] == ["Ede"] * 5 + ["Ede, België", "Ede"]
    assert read.records[-1].note == "Land in de bron: Mu."
    assert "countries: 'Mu' (1)" in read.notes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"elements": [{"label": "A"} {', "line 1, character 30"),
        ('{"elements": [{"label": "A"}]', "broken off"),
        ('{\n\n"elements": [{"label": "A", }]}', "line 3"),
        ("<!DOCTYPE html><html>", "web page"),
        ("naam;plaats", "is no JSON"),
        ("", "is no JSON"),
        ('{"nodes": []}', "no 'elements'"),
        ('{"elements": []}', "no 'elements'"),
        ("[" * 100_000, "nested"),
    ],
)
def test_what_is_no_json_is_refused_with_the_place(path, text, told):
    path.write_text(text)
    with pytest.raises(LoadError) as error:
        Read("kumu", path)
    assert told in error.value.en
    assert "kaart.json" in error.value.nl


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_beginning_is_no_text(path, encoding):
    path.write_text('{"elements": [{"label": "Café"}]}', encoding=encoding)
    assert list(Read("kumu", path).actors) == ["Café"]


def test_other_encodings_are_refused(path):
    path.write_bytes('{"elements": [{"label": "Café"}]}'.encode("cp1252"))
    with pytest.raises(LoadError, match="UTF-8"):
        Read("kumu", path)


def test_json_streams_whatever_stands_at_the_end_of_a_block(path, monkeypatch):
    path.write_text(
        '{"a": 12.5, "elements": [{"x": "\\u00e9\\"]"}, true, -17, [1, 2]],\n "b": {"c": null}, "list": [3]}'
    )
    whole = list(json_stream.items(path, "x", ["elements", "list"], ["a", "b"]))
    assert [one.value for one in whole] == [12.5, {"x": 'é"]'}, True, -17, [1, 2], {"c": None}, 3]
    for size in range(1, 30):
        monkeypatch.setattr(json_stream, "_BLOCK", size)
        assert list(json_stream.items(path, "x", ["elements", "list"], ["a", "b"])) == whole


def test_files_have_ids_of_their_own(tmp_path):
    first = kumu(tmp_path / "een.json", [{"_id": "1", "label": "A huis"}])
    second = kumu(tmp_path / "twee.json", [{"_id": "1", "label": "B huis"}, "C"], [("1", "lid van", "C")])
    read = Read("kumu", first, second)
    assert read.ties == [("B huis", "member_of", "C")]
    assert [one.cites for one in read.records] == ["een", "twee", "twee"]


def test_next_years_file_cites_the_same_source(tmp_path):
    """By the name of the dataset, as a spreadsheet does: else each load would tell that all of it changed."""
    for name in ("kaart 2026.json", "kaart 2027.json"):
        reading = LOADERS["kumu"]([kumu(tmp_path / name, ["A huis"])], Options(dataset="kaart"))
        [source, actor] = [item.record for item in reading.items]
        assert (source.id, source.title, actor.cites) == ("kaart", name, "kaart")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LoadError, match="is not there"):
        Read("kumu", tmp_path / "weg.json")


def test_the_table_of_words_names_what_there_is():
    lists = vocabulary()
    for row in foreign_words._table():
        part, means = row["part"], row["means"]
        if part == "relation":
            assert means.removeprefix("<") in {"", *lists.tie_kinds}, row
        elif part == "help":
            assert means in lists.helps, row
        elif part == "type":
            kind, _, subtype = means.partition("/")
            assert kind in lists.words["kind"], row
            assert subtype in {"", *lists.words["subtype"]}, row
        else:
            assert means in {"", *{"node": ACTOR_FIELDS, "edge": TIE_FIELDS}[part]}, row


def test_every_kind_of_tie_is_known_by_its_id_and_its_labels():
    relations = foreign_words.words_of("kumu", foreign_mapping.NONE).relations
    for kind in vocabulary().tie_kinds.values():
        assert relations[foreign_words.word_key(kind.id)] == (kind.id, False)
        assert relations[foreign_words.word_key(kind.nl)].kind == kind.id
        assert kind.symmetric or relations[foreign_words.word_key(kind.inverse_nl)] == (kind.id, True)


def test_a_label_that_two_kinds_of_ties_have_says_too_little(tmp_path, monkeypatch):
    folder = shutil.copytree(FOLDER, tmp_path / "vocabulary")
    text = (folder / "tie_kinds.csv").read_text(encoding="utf-8")
    (folder / "tie_kinds.csv").write_text(text.replace("kwam mede tot stand door", "heeft als medewerker"))
    monkeypatch.setattr(foreign_words, "vocabulary", lambda: load(folder))
    relations = foreign_words._labels.__wrapped__()
    assert "heeft als medewerker" not in relations
    assert relations["employs"] == ("works_at", True)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_kind_of_tie_is_known_by_its_label_which_counts_if_it_was_changed_in_kumu(path, lang):
    kinds = vocabulary().tie_kinds.values()
    said = [{"from": "A", "to": "B", "direction": "directed", "type": k.label(lang), "kind": "supports"} for k in kinds]
    assert Read("kumu", kumu(path, ["A", "B"], said)).ties == [("A", k.id, "B") for k in kinds]
