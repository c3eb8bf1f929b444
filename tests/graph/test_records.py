"""Records at the border. All names are made up."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.reading import Fault, Where, faults_of
from graph.records import ActorRecord, DatasetRecord, OfferRecord, TieRecord

WHERE = Where("actors.csv", 7)


def found(record: type, columns: dict[str, str] | None = None, **values: object) -> list[Fault]:
    with pytest.raises(ValidationError) as caught:
        record.model_validate(values)
    return faults_of(caught.value, WHERE, ("a", "b"), columns or {})


def test_an_actor_needs_an_id_a_kind_and_a_name():
    faults = found(ActorRecord)
    assert [fault.column for fault in faults] == ["id", "kind", "name"]
    assert faults[0].text("nl") == "actors.csv, rij 7, kolom 'id': ontbreekt; vul het in of haal de rij weg."
    assert faults[0].cells == ("a", "b")


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"kind": "netwerk"}, "kind"),
        ({"identifiers": ("kvk:123",)}, "identifiers"),
        ({"identifiers": ("twitter:x",)}, "identifiers"),
        ({"identifiers": ("cbs:GM0599\nx",)}, "identifiers"),
        ({"themes": ("geen-thema",)}, "themes"),
        ({"municipality": "0599"}, "municipality"),
        ({"founded": "2021-02-30"}, "founded"),
        ({"lat": 52.1}, "lat"),
        ({"lat": 91, "lon": 4}, "lat"),
        ({"name": "a\u202eb"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "   "}, "name"),
        ({"kind": "person", "visibility": "public"}, "visibility"),
        ({"password": "x"}, "password"),
    ],
)
def test_what_is_wrong_with_an_actor_is_told_by_column(values, column):
    [fault] = found(ActorRecord, **({"id": "ada", "kind": "initiative", "name": "Ada"} | values))
    assert fault.column == column
    assert fault.nl
    assert fault.nl != fault.en


@pytest.mark.parametrize("name", ["Coöperatie “De Hoop”", "בית", "O'Brien & Zn.", "日本", "a\nb"])
def test_a_name_in_any_script_is_a_name(name):
    assert ActorRecord(id="ada", kind="initiative", name=name).name == name


def test_a_fault_names_the_column_of_the_file():
    [fault] = found(TieRecord, {"target": "to"}, source="ada", kind="funds", target="ada")
    assert fault.column == "to"


def test_a_person_may_be_public_on_a_basis():
    ActorRecord(id="ada", kind="person", name="Ada", visibility="public", visibility_basis="consent")


def test_unknown_stays_apart_from_no_in_the_body():
    ada = ActorRecord(id="ada", kind="person", name="Ada")
    assert "introduces" not in ada.body()
    assert '"introduces":false' in ada.model_copy(update={"introduces": False}).body()


def test_equal_records_have_equal_bodies():
    one = ActorRecord(id="ada", kind="person", name=" Ada ", aliases=())
    assert one.body() == ActorRecord(name="Ada", kind="person", id="ada").body()


@pytest.mark.parametrize(
    ("kind", "fields", "ref"),
    [
        ("funds", {}, ""),
        ("funds", {"since": "2021-05"}, "2021"),
        ("funds", {"until": "2022", "amount": 1500}, "2022/1500"),
        ("funds", {"amount": 0.5}, "0.5"),
        ("funds", {"ref": "A-1", "since": "2021"}, "A-1"),
        ("member_of", {"ref": "A-1", "since": "2021"}, ""),
    ],
)
def test_a_repeatable_tie_is_told_apart_by_number_or_else_by_year_and_amount(kind, fields, ref):
    assert TieRecord(source="ada", kind=kind, target="bob", **fields).distinct_ref() == ref


@example(0.00001)
@example(0.0)
@given(st.floats(0, 1e15) | st.decimals(0, 10**9, places=2).map(float) | st.integers(0, 10**15).map(float))
def test_grants_are_told_apart_by_the_first_fifteen_digits_of_their_amount(amount):
    assert TieRecord(source="ada", kind="funds", target="bob", amount=amount).distinct_ref() == f"{amount:.15g}"


def test_two_large_amounts_that_differ_are_two_ties():
    one, other = (TieRecord(source="a", kind="funds", target="b", amount=x) for x in (1_234_567.0, 1_234_568.0))
    assert one.distinct_ref() != other.distinct_ref()


def test_a_tie_does_not_end_before_it_begins_but_may_within_its_year():
    TieRecord(source="ada", kind="funds", target="bob", since="2021-06", until="2021")
    [fault] = found(TieRecord, source="ada", kind="funds", target="bob", since="2021-06", until="2021-05")
    assert fault.column == "until"


@pytest.mark.parametrize("amount", [-1, float("inf"), float("nan"), 1e16])
def test_an_amount_is_a_number_of_euros(amount):
    [fault] = found(TieRecord, source="ada", kind="funds", target="bob", amount=amount)
    assert fault.column == "amount"
    assert found(OfferRecord, actor="ada", stance="offers", help="geld", amount_to=amount)


@pytest.mark.parametrize("name", ["", "With Capitals", "-x", "a/b", "é", "x" * 101])
def test_a_dataset_has_a_plain_name(name):
    assert [fault.column for fault in found(DatasetRecord, name=name)] == ["name"]


def test_a_dataset_is_for_staff_unless_it_says_otherwise():
    assert DatasetRecord(name="leden").audience == "staff"
