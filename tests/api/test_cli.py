"""The command line, run as a user runs it: what it prints."""

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path
from types import SimpleNamespace

import pytest
from door import SECTOR, table

from loaders import LOADERS

README = Path(__file__).parents[2] / "README.md"


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
def test_each_question_prints_json(demo, words):
    code, out, err = demo(*words, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (("search", "wijk"), "/v1/actors?q=wijk"),
        (("show", "wijkpaleis"), "/v1/actors/wijkpaleis"),
        (("around", "wijkpaleis"), "/v1/actors/wijkpaleis/neighbourhood"),
        (("nearby", "wijkpaleis"), "/v1/actors/wijkpaleis/nearby"),
        (("who-can-help", "wijkpaleis", "geld"), "/v1/who-can-help?actor=wijkpaleis&help=geld"),
        (("path", "wijkpaleis", "oranje-fonds"), "/v1/paths?from=wijkpaleis&to=oranje-fonds"),
        (("datasets",), "/v1/datasets"),
    ],
)
def test_each_question_prints_what_http_answers(client, demo, words, address):
    assert json.loads(demo(*words, "--json", "--viewer", "public")[1]) == client.get(address).json()


def test_a_search_that_finds_nothing_tells_what_was_meant(demo):
    for lang, said in (("nl", "Bedoel je:"), ("en", "Do you mean:")):
        _, out, _ = demo("--lang", lang, "search", "wijkpalies")
        assert out.splitlines()[1] == said
        assert out.splitlines()[2].startswith("wijkpaleis ")
    assert "Bedoel je" not in demo("search", "zzzqq")[1]


def test_a_search_for_a_number_tells_who_bears_it_and_for_a_postcode_what_will_do(demo):
    assert demo("search", "GM0599")[1].splitlines()[2].startswith("gemeente-rotterdam ")
    assert "Bedoel je 'gemeente-rotterdam'" in demo("show", "0599")[2]
    assert "Is dit een postcode? Die bewaren we niet." in demo("search", "3023 AB")[1]


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


def test_a_merge_tells_who_the_two_are_now(demo):
    out = demo("merge", "wijkpaleis", "p-1")[1]
    assert "(persoon" in out.splitlines()[1], "of an actor and a person a person is made; who mistyped an id sees it"
    assert demo("take-back", "same", "wijkpaleis", "p-1")[0] == 0
    assert "Er is geen oordeel 'same'" in demo("take-back", "same", "wijkpaleis", "p-1")[2]


def test_a_merge_that_does_not_join_says_why(demo, tmp_path):
    folder = table(tmp_path / "leden", actors="id,kind,name\nx,initiative,Verzonnen X\n")
    assert demo("load", "sector", folder, "--dataset", "leden")[0] == 0
    assert "zijn nu één" in demo("merge", "wijkpaleis", "de-wijkbv")[1]
    assert demo("split", "intern-x", "de-wijkbv")[0] == 0
    out = demo("merge", "intern-x", "wijkpaleis")[1]
    assert "intern-x en wijkpaleis blijven apart" in out
    assert re.search(r"weefsel take-back different \S+ \S+\.", out)
    assert "Het eerdere oordeel different geldt niet meer." in demo("merge", "de-wijkbv", "intern-x")[1]
    out = demo("take-back", "same", "de-wijkbv", "intern-x")[1]
    assert "de-wijkbv en intern-x zijn één, door een ander oordeel" in out
    assert demo("remove", "leden")[0] == 0
    assert "Bewaard, maar nu staat intern-x er niet." in demo("merge", "intern-x", "de-wijkbv")[1]
    assert "Er is geen oordeel 'unknown'" in demo("take-back", "unknown", "intern-x", "de-wijkbv")[2]
    assert "gaat over twee actoren" in demo("merge", "wijkpaleis", "wijkpaleis")[2]


def test_a_suppressed_person_stays_away(demo):
    person = demo("search", "birgit oelkers")[1].split()[0]
    assert person.startswith("p-")
    assert demo("suppress", person, "--why", "op verzoek")[0] == 0
    out = demo("load", "sector", SECTOR)[1]
    assert "0 afgekeurd" in out
    assert "0 apart gezet" not in out
    assert "Niets gevonden" in demo("search", "birgit oelkers")[1]


def test_duplicates_say_how_many_are_not_shown_and_that_it_takes_a_while(weefsel, tmp_path, monkeypatch):
    path = tmp_path / "leden.csv"
    names = ("Bloemenhof", "Kwetternest", "Zwaluwtuin")
    path.write_text("Naam\n" + "".join(f"{name} Zuid\nStichting {name} Zuid\n" for name in names))
    assert weefsel("load", "table", path, "--dataset", "leden")[0] == 0
    _, out, err = weefsel("duplicates", "--limit", "1")
    assert out.splitlines()[-1] == "Niet getoond: 2 paren (--limit)"
    assert err == ""
    monkeypatch.setattr("api.commands.judging.MANY", 6)
    monkeypatch.setattr("api.commands.judging.sys", SimpleNamespace(stderr=SimpleNamespace(isatty=lambda: True)))
    _, out, err = weefsel("duplicates")
    assert "Niet getoond" not in out
    assert err.startswith("6 actoren worden vergeleken;")


def test_remove_undoes_a_dataset(demo):
    assert (
        "sector is gone (155 actors, 233 ties, 129 offers, 48 figures)." in demo("--lang", "en", "remove", "sector")[1]
    )
    assert "Er is nog niets geladen" in demo("datasets")[1]


def test_a_store_that_is_not_there_is_named(weefsel, tmp_path):
    for command in ("check", "datasets"):
        done = weefsel("--store", str(tmp_path / "wefsel.db"), command)
        assert done[0] == 0
        assert f"nog niets geladen in {tmp_path / 'wefsel.db'}" in done[1]


def of_readme(part: str) -> str:
    """Return the one command of the README that has `part` in it."""
    [command] = [
        line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("    ") and part in line
    ]
    return command


def test_a_backup_as_the_readme_makes_it_is_private_and_is_put_back(weefsel, tmp_path, monkeypatch):
    def run(command: str) -> int:
        return subprocess.run(
            ["bash", "-c", f"umask 022; {command}"], cwd=tmp_path, check=False, capture_output=True
        ).returncode

    monkeypatch.delenv("WEEFSEL_STORE")
    backup, place = of_readme(".backup("), tmp_path / "var" / "weefsel.db"
    assert run(backup), "there is nothing yet"
    assert not place.exists()
    weefsel("demo", "--no-serve")
    place.with_name("weefsel.db.older-backup").write_text("made up")
    assert run(backup) == 0
    assert (tmp_path / "weefsel-backup.db").stat().st_mode & 0o777 == 0o600
    weefsel("remove", "sector")
    weefsel("who-can-help", "wijkpaleis", "geld")
    assert run(of_readme("cp weefsel-backup.db")) == 0
    assert place.stat().st_mode & 0o777 == 0o600
    assert weefsel("check")[0] == 0
    assert "VSBfonds" in weefsel("who-can-help", "wijkpaleis", "geld")[1]
    assert place.with_name("weefsel.db.older-backup").exists()


def test_check_and_refold_find_nothing_wrong(demo):
    assert "in orde" in demo("check")[1]
    assert "klopte al" in demo("refold")[1]


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
    assert "2 actoren, 1 band," in weefsel("datasets")[1]


def test_a_dry_run_says_the_same_and_keeps_nothing(weefsel, tmp_path):
    wet = weefsel("load", "sector", SECTOR, "--dry-run")[1]
    assert "Proef: er is niets bewaard." in wet
    assert "Er is nog niets geladen" in weefsel("datasets")[1]
    dry = weefsel("load", "sector", SECTOR)[1]
    assert wet.splitlines()[:-1] == dry.splitlines()[:-1]


def test_a_reader_that_stops_reading_is_no_error_of_ours(demo, tmp_path):
    command = f"{sys.executable} -m api.cli search '' --limit 100 | true"
    environment = {**os.environ, "WEEFSEL_STORE": str(tmp_path / "graph.db")}
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
@pytest.mark.parametrize("words", ["search wijk", "export kumu --out -"])
def test_a_full_disk_is_told_in_plain_words(demo, tmp_path, words):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment["WEEFSEL_STORE"] = str(tmp_path / "graph.db")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            check=False,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_lines_are_folded_between_words_on_a_terminal_and_nowhere_else(demo, tmp_path):
    asked = [sys.executable, "-m", "api.cli", "show", "lsa-bewoners"]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment["WEEFSEL_STORE"] = str(tmp_path / "graph.db")
    piped = subprocess.run(asked, capture_output=True, text=True, env=environment, check=True).stdout
    assert piped == demo("show", "lsa-bewoners")[1]
    ours, its = pty.openpty()
    termios.tcsetwinsize(its, (24, 60))
    with subprocess.Popen(asked, stdout=its, env=environment) as command, os.fdopen(ours, "rb") as screen:
        os.close(its)
        said = b""
        with contextlib.suppress(OSError):  # how Linux tells that nobody writes any more
            while some := screen.read1():
                said += some
        assert command.wait() == 0
    shown = said.decode().splitlines()
    assert max(map(len, shown)) <= 60 < max(map(len, piped.splitlines()))
    assert " ".join(" ".join(shown).split()) == " ".join(piped.split())


def test_every_loader_is_named_in_the_help_of_load(weefsel):
    out = weefsel("load", "--help")[1]
    assert [name for name in LOADERS if name not in out] == [], (
        "add them to the help of LOADER in api/commands/filling.py"
    )


def test_a_command_begins_without_what_few_need():
    code = "import sys, api.cli; print([name for name in ('numpy', 'loaders', 'fastapi') if name in sys.modules])"
    begun = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert begun.stdout.strip() == "[]"


def test_large_figures_have_all_their_digits(demo):
    out = demo("show", "nationaal-groeifonds")[1]
    assert "Investering Nationaal Groeifonds in vijf jaar: 20.000.000.000 euro" in out
    assert "Binnen 2,5 km van Het Wijkpaleis:" in demo("nearby", "wijkpaleis", "--km", "2.5")[1]
