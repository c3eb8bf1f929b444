"""The command line, run as a user runs it: what it prints, and what it says when it cannot."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api import cli
from loaders import LOADERS

SECTOR = Path(__file__).parents[2] / "data" / "sector"


@pytest.fixture
def weefsel(tmp_path, monkeypatch, capsys):
    """Run a command on a store of its own; returns (exit code, out, err)."""
    for name in [name for name in os.environ if name.startswith("WEEFSEL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WEEFSEL_STORE", str(tmp_path / "graph.db"))
    monkeypatch.chdir(tmp_path)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["weefsel", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def demo(weefsel):
    code, _, err = weefsel("load", "sector", SECTOR)
    assert (code, err) == (0, "")
    return weefsel


def table(folder: Path, **files: str) -> Path:
    """Write a made-up dataset."""
    folder.mkdir()
    for name, text in files.items():
        suffix = "toml" if name == "dataset" else "csv"
        (folder / f"{name}.{suffix}").write_text(text, encoding="utf-8")
    return folder


def test_the_demo_loads_and_answers_in_plain_dutch(weefsel):
    code, out, _ = weefsel("demo", "--no-serve")
    assert code == 0
    assert "155 nieuw" in out
    assert "Wie staat er rond Het Wijkpaleis?" in out
    assert "De WijkBV adviseert of begeleidt Het Wijkpaleis  [werkplaats-31, regel 854]" in out


def test_the_demo_a_second_time_changes_nothing(demo):
    code, out, _ = demo("demo", "--no-serve")
    assert code == 0
    assert "Er is niets veranderd (revisie 1)." in out


def test_search_show_nearby_and_datasets_answer(demo):
    assert "wijkpaleis" in demo("search", "wijkpal")[1].splitlines()[0]
    assert "zoekt: Lening  [werkplaats-31, regel 871]" in demo("show", "wijkpaleis")[1]
    assert "Huize Middelland" in demo("nearby", "wijkpaleis")[1]
    assert "155 actoren, 233 banden, 129 hulp, 48 cijfers" in demo("datasets")[1]


@pytest.mark.parametrize(
    "words",
    [("search", "wijk"), ("show", "wijkpaleis"), ("around", "wijkpaleis"), ("nearby", "wijkpaleis"), ("datasets",)],
)
def test_each_question_prints_what_http_answers(demo, words):
    code, out, err = demo(*words, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)


def test_english_is_an_option_away(demo):
    assert "Who stands around Het Wijkpaleis?" in demo("--lang", "en", "around", "wijkpaleis")[1]


def test_a_terminal_asks_as_staff_and_can_ask_as_the_public(weefsel, tmp_path):
    folder = table(tmp_path / "intern", actors="id,kind,name\nx,initiative,Verzonnen Buurttuin\n")
    assert weefsel("load", "sector", folder, "--dataset", "intern")[0] == 0
    assert "Verzonnen Buurttuin" in weefsel("search", "verzonnen")[1]
    assert "Verzonnen Buurttuin" not in weefsel("search", "verzonnen", "--viewer", "public")[1]


def test_merge_split_and_taking_it_back(demo):
    assert demo("merge", "wijkpaleis", "de-wijkbv", "--who", "redactie", "--why", "proef")[0] == 0
    assert "id de-wijkbv = wijkpaleis" in demo("show", "wijkpaleis")[1] + demo("show", "de-wijkbv")[1] or (
        "id wijkpaleis = de-wijkbv" in demo("show", "de-wijkbv")[1]
    )
    assert demo("split", "wijkpaleis", "de-wijkbv")[0] == 0
    assert "=" not in demo("show", "de-wijkbv")[1].splitlines()[1]
    assert demo("take-back", "different", "wijkpaleis", "de-wijkbv")[0] == 0


def test_a_suppressed_person_stays_away(demo):
    person = demo("search", "birgit oelkers")[1].split()[0]
    assert person.startswith("p-")
    assert demo("suppress", person, "--why", "op verzoek")[0] == 0
    out = demo("load", "sector", SECTOR)[1]
    assert "0 afgekeurd" in out
    assert "0 apart gezet" not in out
    assert "Niets gevonden" in demo("search", "birgit oelkers")[1]


def test_remove_undoes_a_dataset(demo):
    assert "155 actors" in demo("--lang", "en", "remove", "sector")[1]
    assert "Er is nog niets geladen" in demo("datasets")[1]


def test_check_and_refold_find_nothing_wrong(demo):
    assert "in orde" in demo("check")[1]
    assert "klopte al" in demo("refold")[1]


# -- what cannot be: one clear message, exit code 1, nothing lost

WRONG = [
    (("show", "wijkpaleisje"), "Er is geen actor 'wijkpaleisje'. Bedoel je 'wijkpaleis'"),
    (("around", "wijkpaleis", "--depth", "9"), "kies een getal van 1 tot en met 3"),
    (("around", "wijkpaleis", "--limit", "-1"), "kies een getal van 1 tot en met 500"),
    (("search", "x", "--limit", "1000000000"), "kies een getal van 1 tot en met 100"),
    (
        ("search", "x", "--kind", "stichting"),
        "Kies uit: initiative, network, funder, municipality, person, organisation",
    ),
    (("search", "x", "--theme", "wone"), "Bedoel je 'wonen'?"),
    (("search", "x", "--cursor", "abc"), "De cursor hoort niet bij deze vraag"),
    (("around", "wijkpaleis", "--as-of", "1-2-2024"), "is geen dag; schrijf 2026-11-22"),
    (("nearby", "wijkpaleis", "--km", "0"), "km is 0"),
    (("load", "sectr", "x"), "Bedoel je 'sector'?"),
    (("load", "sector", "nergens"), "nergens"),
    (("remove", "nergens"), "Er is geen dataset 'nergens'. Wel: sector."),
    (("suppress", "wijkpaleis"), "is geen persoon"),
    (("merge", "wijkpaleis", "wijkpaleis"), "over twee ids"),
    (("take-back", "same", "wijkpaleis", "de-wijkbv"), "Er is geen oordeel"),
    (("--store", "mysql://x", "datasets"), "neo4j://"),
    (("--lang", "fr", "datasets"), "kies nl of en"),
]


@pytest.mark.parametrize(
    ("words", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_what_cannot_be_is_one_clear_message(demo, words, said):
    code, out, err = demo(*words)
    assert code == 1
    assert said in err
    assert "Traceback" not in out + err
    assert "155 actoren" in demo("datasets")[1]


def test_a_bad_row_refuses_the_load_and_keeps_what_was(demo, tmp_path):
    folder = table(
        tmp_path / "fout",
        dataset='name = "sector"\naudience = "public"\n',
        actors="id,kind,name\na,initiative,Verzonnen A\nb,initiatve,Verzonnen B\nc,initiative,\n",
        ties="from,kind,to\na,funds,niemand\n",
    )
    code, out, _ = demo("load", "sector", folder)
    assert code == 1
    assert "actors.csv, rij 3, kolom 'kind'" in out
    assert "actors.csv, rij 4, kolom 'name'" in out
    assert "ties.csv, rij 2, kolom 'to'" in out
    assert "4 rijen = 1 goed + 3 afgekeurd + 0 apart gezet" in out
    assert "155 actoren" in demo("datasets")[1]


def test_bad_rows_can_be_left_out_mended_and_loaded(weefsel, tmp_path):
    folder = table(
        tmp_path / "half",
        actors="id,kind,name\na,initiative,Verzonnen A\nb,initiatve,Verzonnen B\n",
        ties="from,kind,to\na,partner_of,b\n",
    )
    code, out, _ = weefsel("load", "sector", folder, "--dataset", "half", "--skip-bad-rows")
    assert code == 0
    assert "3 rijen = 1 goed + 2 afgekeurd" in out
    mended = tmp_path / "half-rejected"
    wrong = (mended / "actors.csv").read_text(encoding="utf-8")
    assert wrong.splitlines() == ["id,kind,name", "b,initiatve,Verzonnen B"]
    (mended / "actors.csv").write_text(wrong.replace("initiatve", "initiative"), encoding="utf-8")
    code, out, _ = weefsel(
        "load", "sector", folder, mended, "--dataset", "half", "--skip-bad-rows", "--rejected", tmp_path / "rest"
    )
    assert code == 0
    assert "2 actoren, 1 banden" in weefsel("datasets")[1]


def test_a_dry_run_says_the_same_and_keeps_nothing(weefsel, tmp_path):
    wet = weefsel("load", "sector", SECTOR, "--dry-run")[1]
    assert "Proef: er is niets bewaard." in wet
    assert "Er is nog niets geladen" in weefsel("datasets")[1]
    dry = weefsel("load", "sector", SECTOR)[1]
    assert wet.splitlines()[:-1] == dry.splitlines()[:-1]


def test_of_ten_thousand_faults_the_first_hundred_are_shown_and_all_counted(weefsel, tmp_path):
    rows = "".join(f"a{number},initiatve,Verzonnen {number}\n" for number in range(10_000))
    folder = table(tmp_path / "veel", actors="id,kind,name\n" + rows)
    code, out, _ = weefsel("load", "sector", folder, "--dataset", "veel")
    assert code == 1
    assert out.count("kolom 'kind'") == 100
    assert "… en nog 9900 fouten." in out
    assert "10000 rijen = 0 goed + 10000 afgekeurd + 0 apart gezet" in out


def test_a_store_file_that_is_no_database_is_left_as_it_is(weefsel, tmp_path):
    other = tmp_path / "brief.txt"
    other.write_text("Beste buren, dit is geen database. " * 200, encoding="utf-8")
    before = other.read_bytes()
    for words in (("datasets",), ("load", "sector", SECTOR)):
        code, out, err = weefsel("--store", other, *words)
        assert (code, "Traceback" in out + err) == (1, False)
        assert str(other) in err
    assert other.read_bytes() == before


@pytest.mark.parametrize("folder", ["/proc/self", "brief.txt/map"])
def test_a_folder_that_cannot_be_written_is_named(weefsel, tmp_path, folder):
    (tmp_path / "brief.txt").write_text("Dit is geen map.", encoding="utf-8")
    code, out, err = weefsel("--store", f"{folder}/x.db", "load", "sector", SECTOR)
    assert code == 1
    assert folder in err
    assert "Traceback" not in out + err


def test_a_port_in_use_is_named(demo):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = demo("serve", "--port", port)
    assert code == 1
    assert f"127.0.0.1:{port}" in err
    assert "WEEFSEL_PORT" in err


def test_a_wrong_setting_is_named_without_its_value(weefsel, monkeypatch):
    monkeypatch.setenv("WEEFSEL_STAFF_TOKEN", "te-kort")
    code, _, err = weefsel("datasets")
    assert code == 1
    assert "WEEFSEL_STAFF_TOKEN" in err
    assert "te-kort" not in err


def test_a_neo4j_that_is_not_there_is_one_clear_message(weefsel):
    code, _, err = weefsel("--store", "neo4j://127.0.0.1:1", "datasets")
    assert code == 1
    assert "127.0.0.1:1" in err
    assert "Traceback" not in err


def test_a_reader_that_stops_reading_is_no_error(demo, tmp_path):
    command = f"{sys.executable} -m api.cli search '' --limit 100 | head -1"
    environment = {**os.environ, "WEEFSEL_STORE": str(tmp_path / "graph.db")}
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=environment, check=False
    )
    assert "Traceback" not in done.stderr


def test_every_loader_is_named_in_the_help_of_load(weefsel):
    out = weefsel("load", "--help")[1]
    assert all(name in out for name in LOADERS)
