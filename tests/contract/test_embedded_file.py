"""What the embedded store promises of its file: clear errors, quick plans, and no byte left of what was erased."""

import os
import re
import resource
import shutil
import sqlite3

import pytest

from graph.errors import BadInputError, IncompatibleError, StoreError, UnavailableError, UnsweptError
from graph.model import Viewer
from graph.store import Store
from graph.stored import Filters, State, Table, Wanted
from graph.stores import embedded
from graph.stores.embedded_connection import Connection


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "store.db"


@pytest.fixture
def store(path):
    with embedded.open_store(str(path)) as store:
        yield store


def both(error: StoreError) -> tuple[str, str]:
    return error.nl, error.en


def test_a_url_names_a_path(tmp_path):
    assert embedded.open_store("sqlite:///some/store.db").path.as_posix() == "some/store.db"
    assert embedded.open_store(f"sqlite:///{tmp_path}/store.db").path == tmp_path / "store.db"
    assert embedded.open_store("store.db").path.as_posix() == "store.db"
    for url in ("", "sqlite:", "sqlite:///", "sqlite:store.db"):
        with pytest.raises(BadInputError):
            embedded.open_store(url)


def test_reading_makes_no_file_and_writing_makes_the_folder(store, path, made):
    with store.snapshot() as snapshot:
        assert snapshot.state().revision == 0
    assert not path.parent.exists()
    made.network(store, 1)
    assert [file.name for file in path.parent.iterdir() if not file.name.endswith(".lock")] == ["store.db"]


def test_a_first_write_that_is_left_leaves_no_file(store, path):
    with store.draft("a test"):
        assert not path.exists()
    assert not path.exists()
    assert not list(path.parent.glob("*.new*"))


def test_what_a_killed_first_write_left_is_swept(store, path, made):
    path.parent.mkdir()
    left = path.with_name("store.db.new")
    left.write_bytes(b"half a store")
    made.network(store, 1)
    assert not left.exists()
    with store.snapshot() as snapshot:
        assert snapshot.counts(Viewer.STAFF) == {"initiative": 1}


def test_an_empty_file_is_an_empty_store(store, path, made):
    path.parent.mkdir()
    path.touch()
    with store.snapshot() as snapshot:
        assert snapshot.datasets() == []
    made.network(store, 1)
    with store.snapshot() as snapshot:
        assert snapshot.counts(Viewer.STAFF) == {"initiative": 1}


@pytest.mark.parametrize("made_by", ["words", "another program"])
def test_a_file_of_something_else_is_told_and_left_alone(store, path, made_by):
    path.parent.mkdir()
    if made_by == "words":
        path.write_text("name;place\nmade up;nowhere\n" * 100, encoding="utf-8")
    else:
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE theirs (x)")
        other.close()
    before = path.read_bytes()
    with pytest.raises(IncompatibleError, match="not a file of Weefsel"), store.snapshot():
        pytest.fail("read")
    with pytest.raises(IncompatibleError, match="Choose another path"), store.draft("a test"):
        pytest.fail("written")
    assert path.read_bytes() == before
    assert "geen bestand van Weefsel" in store.check()[0].nl


def test_a_store_of_a_newer_version_is_told_and_left_alone(store, path, made):
    made.network(store, 1)
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    store.close()
    with pytest.raises(IncompatibleError) as refused, store.snapshot():
        pytest.fail("read")
    assert all("99" in text for text in both(refused.value))
    with pytest.raises(IncompatibleError), store.draft("a test"):
        pytest.fail("written")


def test_a_file_of_before_writes_had_names_is_read_and_gets_them_with_the_next_write(store, path, made):
    made.network(store, 1)
    older = sqlite3.connect(path)
    older.execute("ALTER TABLE state DROP COLUMN writes")
    older.close()
    with store.snapshot() as snapshot:
        assert (snapshot.state().revision, snapshot.state().writes) == (1, {})
        with store.draft("a test") as draft:
            draft.commit(State(2, writes={Viewer.PUBLIC: ("made-up",)}))
    with store.snapshot() as snapshot:
        assert (snapshot.state().revision, snapshot.state().writes) == (2, {Viewer.PUBLIC: ("made-up",)})


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    store = embedded.open_store(str(tmp_path / "file" / "store.db"))
    with pytest.raises(StoreError) as refused, store.draft("a test"):
        pytest.fail("written")
    assert all("file" in text for text in both(refused.value))


def test_a_file_that_may_not_be_looked_at_is_not_taken_for_an_empty_store(tmp_path):
    (tmp_path / "file").touch()  # who runs the tests may be allowed to look everywhere, but not within a file
    store = embedded.open_store(str(tmp_path / "file" / "store.db"))
    with pytest.raises(UnavailableError, match="cannot be opened"), store.snapshot():
        pytest.fail("read")
    assert len(store.check()) == 1


def test_a_store_that_went_away_is_not_taken_for_an_empty_one(store, path, made, tmp_path):
    made.network(store, 1)
    with store.snapshot() as snapshot:
        assert snapshot.state().revision == 1
    path.rename(tmp_path / "elsewhere.db")
    with pytest.raises(UnavailableError, match="is gone"), store.snapshot():
        pytest.fail("read")
    with pytest.raises(UnavailableError, match="is gone"), store.draft("a test"):
        pytest.fail("written")
    (tmp_path / "elsewhere.db").rename(path)
    with store.snapshot() as snapshot:
        assert snapshot.state().revision == 1


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    store = embedded.open_store(str(tmp_path))
    with pytest.raises(UnavailableError), store.snapshot():
        pytest.fail("read")


def test_a_read_only_file_is_told(store, path, made, monkeypatch):
    made.network(store, 1)
    # Who runs the tests may be allowed to write everywhere: SQLite itself is told to refuse.
    real = Connection.__init__
    monkeypatch.setattr(Connection, "__init__", lambda self, path, mode="rw": real(self, path, mode="ro"))
    with pytest.raises(StoreError, match="cannot be written"), store.draft("a test") as draft:
        draft.put_nodes([made.node(2)])
        draft.commit(State(2))


@pytest.mark.parametrize("filled", [True, False], ids=["later write", "first write"])
def test_a_full_disk_is_told_and_nothing_is_lost(store, path, made, filled, monkeypatch):
    if filled:
        made.network(store, 3)
    tune = embedded._tune

    def small(connection: Connection, *, empty: bool) -> None:
        tune(connection, empty=empty)
        connection.run("PRAGMA max_page_count = 80")  # SQLite tells a disk so small as it tells one that is full

    with monkeypatch.context() as patched:
        patched.setattr(embedded, "_tune", small)
        with pytest.raises(StoreError, match="is full; nothing changed") as full, store.draft("a test") as draft:
            draft.put_nodes([made.node(n, key="k" * 200 + str(n)) for n in range(10, 5_000)])
            draft.commit(State(9))
    assert "is vol" in full.value.nl
    with store.snapshot() as snapshot:
        assert snapshot.counts(Viewer.PUBLIC) == ({"initiative": 3} if filled else {})
    made.write(store, [made.node(77)])
    with store.snapshot() as snapshot:
        assert 77 in snapshot.nodes([77])


def test_a_damaged_file_is_told(store, path, made):
    made.network(store, 500)
    store.close()
    whole = bytearray(path.read_bytes())
    whole[8192:-4096] = b"\x5a" * len(whole[8192:-4096])
    path.write_bytes(whole)
    with pytest.raises(StoreError, match="damaged|went wrong"), store.snapshot() as snapshot:
        list(snapshot.all_nodes())
    assert store.check() != []


def test_a_store_that_was_replaced_is_read_anew(store, path, made, tmp_path):
    made.network(store, 1)
    with store.snapshot() as snapshot:
        assert snapshot.state().revision == 1
    with embedded.open_store(str(tmp_path / "other.db")) as other:
        made.network(other, 2)
        made.write(other, [made.node(3)])
    (tmp_path / "other.db").replace(path)
    with store.snapshot() as snapshot:
        assert snapshot.state().revision == 2


def test_a_copy_of_the_file_alone_has_the_last_write_while_others_have_it_open(store, path, made, tmp_path):
    made.network(store, 1)
    with store.snapshot() as snapshot:  # its connection stays open
        snapshot.state()
    made.write(store, [made.node(2)])
    assert path.with_name("store.db-wal").exists()
    copied = str(shutil.copy(path, tmp_path / "copy.db"))
    with embedded.open_store(copied) as other, other.snapshot() as snapshot:
        assert snapshot.state().revision == 2
        assert snapshot.nodes([2])


def test_checks_find_what_is_wrong(store, path, made):
    made.network(store, 3, [made.tie(1, 2)])
    assert store.check() == []
    file = sqlite3.connect(path)
    file.execute("DELETE FROM nodes WHERE n = 2")
    file.execute("UPDATE counts SET count = 9")
    file.commit()
    file.close()
    for lang, of_ties, of_cards, of_counts in (
        ("nl", "rij in ties wijst naar een rij in nodes", "Rijen in cards die naar iets wijzen", "tellingen per soort"),
        ("en", "row in ties points to a row in nodes", "Rows in cards that point to something", "counts of each kind"),
    ):
        told = "; ".join(error.text(lang) for error in store.check())
        assert of_ties in told
        assert of_cards in told
        assert of_counts in told


def left_in(path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())


ERASED = "zonnebloemenveld"
EVERYBODY = range(1, 400)


def with_name(store: Store, made, ns=EVERYBODY) -> None:
    """Write a made-up name in every place that may hold one, of the actors `ns` among others."""
    told = {n: ERASED if n in ns else "somebody" for n in EVERYBODY}
    nodes = [made.node(n, key=f"made-up/{name}-{n}") for n, name in told.items()]
    rows = [
        made.actor(n, digest=n, body=f'{{"name": "{name} {n}"}}', claims=(f"id:{name}-{n}",))
        for n, name in told.items()
    ]
    ties = [made.tie(n, 400, body=f'"{name}"', digest=n) for n, name in told.items()]
    cards = [made.card(n, f"{name} {n}", alias_names=f"|{name}|") for n, name in told.items()]
    made.write(store, [*nodes, made.node(400)], [*rows, *ties], cards)
    made.write(store, [], [], [card._replace(contacts=1, place=card.name) for card in cards])


def without_name(draft, made, ns=EVERYBODY, *, renamed: bool = True) -> None:
    draft.drop(Table.ACTORS, "made-up", ns)
    draft.drop(Table.TIES, "made-up", ns)
    draft.set_nodes([made.node(n, key=f"erased/{n}") for n in ns])
    for viewer in Viewer:
        if renamed:
            draft.put_cards(viewer, [made.card(n, "somebody") for n in ns])
        else:
            draft.drop_cards(viewer, ns)


def test_nobody_but_its_owner_reads_the_file_or_its_log(store, path, made):
    before = os.umask(0o022)
    try:
        with store.draft("load") as draft:
            assert {file.stat().st_mode & 0o777 for file in path.parent.glob("*.new")} == {0o600}, (
                "nor while it is made"
            )
            draft.commit(State(1))
        with_name(store, made, [7])
        with store.snapshot():
            files = [file for file in path.parent.glob(f"{path.name}*") if not file.name.endswith(".lock")]
            assert path in files
            assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    finally:
        os.umask(before)


@pytest.mark.parametrize("ns", [[7], EVERYBODY], ids=["one", "all"])
@pytest.mark.parametrize("renamed", [True, False])
def test_no_byte_stays_of_what_was_erased(store, path, made, ns, renamed):
    with_name(store, made, ns)
    assert ERASED.encode() in left_in(path)
    with store.snapshot() as snapshot:
        assert snapshot.ranked(Viewer.PUBLIC, [ERASED], Filters(), None, 1)
    with store.draft("suppress") as draft:
        without_name(draft, made, ns, renamed=renamed)
        draft.erase()
        draft.commit(State(3))
    assert ERASED[2:].encode() not in left_in(path)  # the text index may keep the start of a word apart
    assert store.check() == []


def test_an_erasure_that_a_reader_held_up_is_finished_by_the_next_write(store, path, made, monkeypatch):
    monkeypatch.setattr("graph.stores.embedded_connection.WAIT_SECONDS", 0.1)
    with_name(store, made)
    made.write(store, [made.node(1000)])
    with store.snapshot() as early:
        with pytest.raises(UnsweptError, match="busy") as told, store.draft("suppress") as draft:
            without_name(draft, made)
            draft.erase()
            draft.commit(State(9))
        assert "niemand krijgt het nog te zien" in told.value.nl
        assert len(early.ranked(Viewer.STAFF, [ERASED], Filters(), None, 9)) == 9
        assert ERASED.encode() in left_in(path)
        assert "Remains of what was erased" in store.check()[0].en
    with store.draft("anything"):
        pass
    assert ERASED.encode() not in left_in(path)
    assert store.check() == []


def test_an_erasure_that_there_is_no_room_to_finish_is_told_as_such(store, path, made):
    with_name(store, made, [7])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with store.draft("suppress") as draft:
        without_name(draft, made, [7])
        draft.erase()
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size // 2, before[1]))
        try:
            with pytest.raises(UnsweptError, match="nobody is shown it any more") as told:
                draft.commit(State(3))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "weefsel refold" in told.value.nl
    with store.snapshot() as snapshot:
        assert snapshot.state().revision == 3
        assert not snapshot.ranked(Viewer.PUBLIC, [ERASED], Filters(), None, 1)
    assert len(store.check()) == 1
    with store.draft("refold"):
        pass
    assert ERASED[2:].encode() not in left_in(path)
    assert store.check() == []


def test_a_disk_without_room_for_who_writes_is_told_as_such_and_nothing_is_left(store, path, made):
    made.network(store, 1)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(StoreError, match="is full; nothing changed"), store.draft("a test"):
            pytest.fail("written")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(path.parent.glob("*.holder*"))


def test_questions_never_scan_a_table(store, made, monkeypatch):
    made.network(store, 30, [made.tie(n, n + 1) for n in range(1, 30)])
    made.write(store, [made.node(31, leads_public=1, leads_staff=1)])
    asked: set[str] = set()
    for name in ("rows", "all", "value", "run"):
        real = getattr(Connection, name)

        def noted(self, sql, values=(), real=real):
            asked.add(sql)
            return real(self, sql, values)

        monkeypatch.setattr(Connection, name, noted)
    with store.draft("a test") as draft:
        ask_everything(draft)
        draft.drop(Table.ACTORS, "made-up", [1])
        draft.rows_at([1])
        draft.set_nodes([made.node(31)])
        connection = draft._connection
        plans = {sql: plan(connection, sql) for sql in asked if sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))}
    assert len(plans) > 30
    tables = r"SCAN (\w+ )?(nodes|actors|claims|ties|offers|figures|cards|x|t|o|c)\b"
    found = {sql for sql, lines in plans.items() if any(re.match(tables, line) for line in lines)}
    # These are to read a whole table, or its first or last row.
    whole = {"SELECT * FROM nodes ORDER BY n", "SELECT source, target, mask FROM ties WHERE bound > 0"}
    ends = {"SELECT 1 FROM nodes", "SELECT max(r) FROM actors"}
    assert found - ends == whole


def ask_everything(snapshot) -> None:
    """Ask each question that is asked often."""
    snapshot.cards(Viewer.PUBLIC, [1, 2])
    snapshot.counts(Viewer.PUBLIC)
    list(snapshot.near(Viewer.PUBLIC, 50, 4, 54, 7))
    list(snapshot.arcs(Viewer.PUBLIC, [Wanted(1), Wanted(2)], 9))
    list(snapshot.arcs(Viewer.PUBLIC, [Wanted(1)], 9, ("member_of",)))
    snapshot.tie_counts(Viewer.PUBLIC, 1)
    snapshot.ties_at(Viewer.PUBLIC, 1, "member_of", True, 0, 9)
    list(snapshot.ties_among(Viewer.PUBLIC, [1, 2, 3]))
    list(snapshot.ties_between(Viewer.PUBLIC, [(1, 2), (3, 1)]))
    snapshot.nodes([1])
    snapshot.nodes_by_id(["actor-1", "actor-2"])
    snapshot.nodes_by_key(["made-up/1", "made-up/2"])
    list(snapshot.all_nodes())
    snapshot.members(Viewer.STAFF, [1, 2])
    for table in Table:
        list(snapshot.digests(table, "made-up"))
    for read in (snapshot.actor_rows, snapshot.offer_rows, snapshot.figure_rows):
        list(read([1, 2]))
    list(snapshot.claimants(["kvk:1", "kvk:2"]))
    list(snapshot.pairs([1, 2]))
    list(snapshot.pairs(None))
    for words in ([], ["m"], ["made"], ["made", "up"]):
        for filters in (Filters(), Filters(kinds=("initiative",), themes=("zorg",), helps=("geld",))):
            snapshot.ranked(Viewer.STAFF, words, filters, None, 5)


def plan(connection: Connection, sql: str) -> list[str]:
    values = dict.fromkeys(re.findall(r":(\w+)", sql)) or [None] * (sql.count("?") - sql.count("\\?"))
    if "?1" in sql:
        values = [None] * 7
    return [row[3] for row in connection._raw.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
