"""Bad input at the command line: one clear message, exit code 1, no traceback, nothing lost. HTTP's is in `test_problems`."""

import base64
import json

import pytest
from door import SECTOR, Command, table

WRONG = [
    # who is not there
    (("show", "wijkpaleisje"), "Er is geen actor 'wijkpaleisje'. Bedoel je 'wijkpaleis'"),
    (("around", "wijkpalies"), "Bedoel je 'wijkpaleis'"),
    (("nearby", "wijkpalies"), "Bedoel je 'wijkpaleis'"),
    (("merge", "wijkpaleis", "wijkpalies"), "Er is geen actor 'wijkpalies'. Bedoel je 'wijkpaleis'"),
    (("split", "wijkpalies", "wijkpaleis"), "Bedoel je 'wijkpaleis'"),
    (("suppress", "p-9999"), "Er is geen actor 'p-9999'. Zoek op naam."),
    (("take-back", "same", "wijkpaleis", "wijkpalies"), "Bedoel je 'wijkpaleis'"),
    (("show", ""), "Er is geen actor ''"),
    (("remove", "nergens"), "Er is geen dataset 'nergens'. Wel: sector."),
    # what no list knows
    (
        ("search", "x", "--kind", "stichting"),
        "Kies uit: initiative, network, funder, municipality, person, organisation",
    ),
    (("search", "x", "--theme", "wone"), "Bedoel je 'wonen'?"),
    (("search", "x", "--theme", "WONEN"), "Bedoel je 'wonen'?"),
    (("search", "x", "--help-offered", "goud"), "Kies uit: kennis, kennis.advies"),
    (("search", "x", "--municipality", "Roterdam"), "Geef een CBS-code zoals GM0599, of 'gemeente-rotterdam'"),
    (("search", "x", "--viewer", "iedereen"), "--viewer 'iedereen' kennen we niet. Kies uit: public, staff."),
    (("around", "wijkpaleis", "--kind", "x"), "Kies uit: initiative, network"),
    (("around", "wijkpaleis", "--tie-kind", "kent"), "Kies uit: part_of, works_at"),
    (("take-back", "zelfde", "wijkpaleis", "de-wijkbv"), "Er is geen oordeel 'zelfde'"),
    (("load", "sectr", "x"), "Bedoel je 'sector'?"),
    (("load", "SECTOR", "x"), "Bedoel je 'sector'?"),
    (("--lang", "fr", "datasets"), "kies nl of en"),
    (("--store", "mysql://x", "datasets"), "neo4j://"),
    # numbers and days out of bounds
    (("around", "wijkpaleis", "--depth", "9"), "depth is 9; kies een getal van 1 tot en met 3"),
    (("around", "wijkpaleis", "--depth", "0"), "kies een getal van 1 tot en met 3"),
    (("around", "wijkpaleis", "--limit", "-1"), "kies een getal van 1 tot en met 500"),
    (("around", "wijkpaleis", "--limit", "1000000000"), "kies een getal van 1 tot en met 500"),
    (("search", "x", "--limit", "-1"), "kies een getal van 1 tot en met 100"),
    (("search", "x", "--limit", "1000000000"), "kies een getal van 1 tot en met 100"),
    (("show", "wijkpaleis", "--limit", "-1"), "kies een getal van 1 tot en met 500"),
    (("show", "wijkpaleis", "--limit", "1000000000"), "kies een getal van 1 tot en met 500"),
    (("nearby", "wijkpaleis", "--limit", "-1"), "kies een getal van 1 tot en met 500"),
    (("nearby", "wijkpaleis", "--limit", "1000000000"), "kies een getal van 1 tot en met 500"),
    (("nearby", "wijkpaleis", "--km", "0"), "km is 0"),
    (("nearby", "wijkpaleis", "--km", "nan"), "km is nan"),
    (("around", "wijkpaleis", "--as-of", "1-2-2024"), "is geen dag; schrijf 2026-11-22"),
    (("search", "x" * 201), "De zoektekst heeft 201 tekens; het mogen er hoogstens 200 zijn."),
    # judgements that say nothing
    (("suppress", "wijkpaleis"), "is geen persoon"),
    (("merge", "wijkpaleis", "wijkpaleis"), "gaat over twee actoren"),
    (("take-back", "same", "wijkpaleis", "de-wijkbv"), "Er is geen oordeel"),
    # files that are not there
    (("load", "sector", "nergens", "--dataset", "x"), "nergens, rij 1: bestaat niet"),
]


@pytest.mark.parametrize(
    ("words", "said"), WRONG, ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else ""
)
def test_what_cannot_be_is_one_clear_message(demo: Command, words: tuple[str, ...], said: str) -> None:
    code, out, err = demo(*words)
    assert (code, out) == (1, "")
    assert said in err
    assert err.strip().count("\n") <= 1
    english = demo(*(() if "--lang" in words else ("--lang", "en")), *words)
    assert english[0] == 1
    assert "Traceback" not in err + english[2]
    assert (english[2] != err) == ("--lang" not in words)
    assert "155 actoren, 233 banden, 129 hulp, 48 cijfers, 0 wachtend · revisie 1" in demo("datasets")[1]


def forged(*said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def test_a_cursor_made_by_hand_is_refused(demo: Command) -> None:
    given = json.loads(demo("search", "", "--limit", "3", "--json")[1])["cursor"]
    mine = json.loads(base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    wrong = [
        "abc",
        "é",
        "=" * 50,
        forged(),
        forged(1, 2, 3, 4, 5),
        forged(mine[0], "0", *mine[2:]),
        forged(mine[0], 2**60, *mine[2:]),
        forged(mine[0], 0, 1.5, *mine[3:]),
        forged(*mine[:3], None, None),
        forged(*mine, "meer"),
        "W" * 5000,
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
    ]
    for cursor in wrong:
        code, out, err = demo("search", "", "--cursor", cursor)
        assert (code, out) == (1, ""), cursor
        assert "De cursor hoort niet bij deze vraag. Begin opnieuw bij de eerste bladzijde, zonder cursor." in err
    assert demo("search", "wijk", "--cursor", given)[0] == 1, "a cursor belongs to its question"
    assert demo("search", "", "--cursor", given)[0] == 0


# -- files

HEAD = "id,kind,name\n"
GOOD = HEAD + "a,initiative,Verzonnen A\n"
FILES = {
    "an empty file": ({"actors.csv": b""}, "actors.csv, rij 1: is leeg"),
    "no file at all": ({}, "er staan geen tabellen (.csv) in"),
    "Latin-1": ({"actors.csv": (HEAD + "a,initiative,Verzonnen café\n").encode("latin-1")}, "rij 2: is geen UTF-8"),
    "UTF-16": ({"actors.csv": GOOD.encode("utf-16")}, "actors.csv, rij 1: is geen UTF-8"),
    "a missing column": ({"actors.csv": b"id,name\na,Verzonnen\n"}, "rij 1, kolom 'kind': deze kolom ontbreekt"),
    "a doubled column": ({"actors.csv": b"id,kind,name,name\n"}, "rij 1, kolom 'name': deze kolom staat er twee keer"),
    "an unknown column": (
        {"actors.csv": b"id,kind,naam\n"},
        "rij 1, kolom 'naam': deze kolom kennen we niet; bedoel je",
    ),
    "a doubled id": (
        {"actors.csv": (GOOD + "a,initiative,Verzonnen B\n").encode()},
        "actors.csv, rij 3, kolom 'id': staat er al: actors.csv, rij 2",
    ),
    "a tie to nobody": (
        {"actors.csv": GOOD.encode(), "ties.csv": b"from,kind,to\na,funds,niemand\n"},
        "ties.csv, rij 2, kolom 'to': 'niemand' is geen actor van deze dataset",
    ),
    "rows of other lengths": (
        {"actors.csv": (HEAD + "a,initiative\n").encode()},
        "rij 2: heeft 2 cellen, de kop heeft er 3",
    ),
    "an open quote": (
        {"actors.csv": (HEAD + 'a,initiative,"Verzonnen\n').encode()},
        "rij 2: hier begint een cel met een",
    ),
    "an invisible sign": (
        {"actors.csv": (HEAD + "a,initiative,Ver\0zonnen\n").encode()},
        "er staan onzichtbare tekens in",
    ),
    "no TOML": ({"actors.csv": GOOD.encode(), "dataset.toml": b"name = "}, "dataset.toml, rij 1: is geen TOML"),
}


@pytest.mark.parametrize(("files", "said"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_loaded_is_told_and_changes_nothing(
    demo: Command, tmp_path, files: dict[str, bytes], said: str
) -> None:
    folder = tmp_path / "fout"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    code, out, err = demo("load", "sector", folder, "--dataset", "sector")
    assert code == 1
    assert said in out + err
    assert "Traceback" not in out + err
    assert "155 actoren, 233 banden, 129 hulp, 48 cijfers, 0 wachtend · revisie 1" in demo("datasets")[1]


def test_all_faults_of_all_files_are_told_at_once(demo: Command, tmp_path) -> None:
    folder = table(
        tmp_path / "fout",
        dataset='name = "sector"\naudience = "public"\n',
        actors=HEAD + "a,initiative,Verzonnen A\nb,initiatve,Verzonnen B\nc,initiative,\n",
        ties="from,kind,to\na,funds,niemand\n",
    )
    code, out, _ = demo("load", "sector", folder)
    assert code == 1
    for said in ("actors.csv, rij 3, kolom 'kind'", "actors.csv, rij 4, kolom 'name'", "ties.csv, rij 2, kolom 'to'"):
        assert said in out
    assert "4 rijen = 1 goed + 3 afgekeurd + 0 apart gezet" in out
    assert "155 actoren" in demo("datasets")[1]


@pytest.mark.parametrize("kept", [(), ("--skip-bad-rows",)], ids=["nothing", "what is good"])
def test_of_ten_thousand_faults_the_first_hundred_are_shown_and_all_counted(
    weefsel: Command, tmp_path, kept: tuple[str, ...]
) -> None:
    rows = "".join(f"a{number},initiatve,Verzonnen {number}\n" for number in range(10_000))
    folder = table(tmp_path / "veel", actors=GOOD + rows)
    code, out, _ = weefsel("load", "sector", folder, "--dataset", "veel", *kept)
    assert code == (0 if kept else 1)
    assert out.count("kolom 'kind'") == 100
    assert "… en nog 9900 fouten." in out
    assert "10001 rijen = 1 goed + 10000 afgekeurd + 0 apart gezet" in out
    assert ("1 actor," in weefsel("datasets")[1]) == bool(kept)
    if kept:
        assert (tmp_path / "veel-rejected" / "actors.csv").read_text(encoding="utf-8").count("\n") == 10_001


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "Geef een naam met --dataset"),
        (("--dataset", "Foute Naam!"), "kleine letters, cijfers en streepjes"),
        (("--dataset", "goed", "--audience", "iedereen"), "Kies met --audience uit: public, staff."),
    ],
)
def test_a_dataset_that_cannot_be_called_so_is_told_what_would_do(
    weefsel: Command, tmp_path, more: tuple[str, ...], said: str
) -> None:
    code, out, err = weefsel("load", "sector", table(tmp_path / "naamloos", actors=GOOD), *more)
    assert (code, out) == (1, "")
    assert said in err


def test_rejected_rows_go_to_a_new_folder_only(weefsel: Command, tmp_path) -> None:
    folder = table(tmp_path / "half", actors=GOOD + "b,initiatve,Verzonnen B\n")
    (tmp_path / "half-rejected").mkdir()
    code, _, err = weefsel("load", "sector", folder, "--dataset", "half", "--skip-bad-rows")
    assert code == 1
    assert "half-rejected bestaat al; geef met --rejected een map die er nog niet is." in err


def test_a_wrong_setting_is_named_without_its_value(weefsel: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEEFSEL_STAFF_TOKEN", "te-kort")
    code, _, err = weefsel("datasets")
    assert code == 1
    assert "WEEFSEL_STAFF_TOKEN" in err
    assert "te-kort" not in err


def test_words_that_no_command_has_are_told_in_one_message(weefsel: Command) -> None:
    for words in (("vliegen",), ("load",), ("search", "x", "--limit", "veel"), ("load", "sector", SECTOR, "--nergens")):
        code, _, err = weefsel(*words)
        assert code == 2, "as every command line does when it is used wrongly"
        assert "--help" in err
        assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "nl", "en"),
    [
        (("who-can-help", "wijkpaleis"), "Hier ontbreekt HELP.", "Missing argument 'HELP'."),
        (("whocanhelp",), "De opdracht 'whocanhelp' kennen we niet. Bedoel je 'who-can-help'?", "No such command"),
        (("vliegen",), "De opdracht 'vliegen' kennen we niet.", "No such command 'vliegen'."),
        (("search", "x", "--nergens"), "De optie --nergens kennen we niet.", "No such option: --nergens"),
        (("search", "x", "--limi", "3"), "De optie --limi kennen we niet. Wel: --limit.", "No such option: --limi"),
        (("search", "x", "--limit", "veel"), "Achter --limit hoort een heel getal.", "Invalid value for '--limit'"),
        (("nearby", "x", "--km", "veel"), "Achter --km hoort een getal.", "Invalid value for '--km'"),
        (("search", "x", "--kind"), "Achter --kind ontbreekt een waarde.", "Option '--kind' requires an argument."),
        (("search", "x", "--json=1"), "Achter --json hoort geen waarde.", "Option '--json' does not take a value."),
        (
            ("search", "De", "Linde"),
            "Dit is te veel: Linde. Zet een naam met spaties tussen",
            "unexpected extra argument",
        ),
    ],
)
def test_a_command_that_is_used_wrongly_is_told_in_its_language(
    weefsel: Command, words: tuple[str, ...], nl: str, en: str
):
    for lang, said in (("nl", nl), ("en", en)):
        code, _, err = weefsel("--lang", lang, *words)
        assert (code, said in err) == (2, True), err


def test_a_command_without_words_tells_its_help(weefsel: Command) -> None:
    for words in ((), ("map",)):
        code, _, err = weefsel(*words)
        assert (code, err.startswith("Gebruik: ")) == (2, True)
