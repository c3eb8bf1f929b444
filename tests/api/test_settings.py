"""The settings, as the environment gives them."""

from pathlib import Path

import pytest

from api.settings import SHORTEST_TOKEN, Settings, open_store, read_settings
from graph.errors import BadInputError
from graph.stores import STORES


@pytest.fixture(autouse=True)
def bare(settings: Settings) -> None:
    """No setting of the machine's own."""


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_settings_come_from_the_environment_and_an_empty_one_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEEFSEL_LANG", "en")
    monkeypatch.setenv("WEEFSEL_PORT", "")
    monkeypatch.setenv("WEEFSEL_PUBLIC_URL", "https://weefsel.example")
    settings = read_settings()
    assert (settings.lang, settings.port, settings.secure) == ("en", 8000, True)


def test_all_wrong_settings_are_named_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "PORT": "70000",
        "LANG": "fy",
        "STAFF_TOKEN": "tekort",
        "PUBLIC_URL": "https://weefsel.example/",
        "WORKERS": "veel",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(f"WEEFSEL_{name}", value)
    with pytest.raises(BadInputError) as caught:
        read_settings()
    for name in wrong:
        assert f"WEEFSEL_{name}" in caught.value.nl
    assert "tekort" not in caught.value.nl + caught.value.en
    assert "WEEFSEL_PORT (een getal van 0 tot en met 65535)" in caught.value.nl
    assert "not even a slash" in caught.value.en
    for text in ("Input", "pattern", "Value error"):
        assert text not in caught.value.nl + caught.value.en, "what pydantic says is for programmers, in English"


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    token = "t" * SHORTEST_TOKEN
    assert token not in repr(Settings(staff_token=token, neo4j_password="p" * 9))


def test_a_path_is_an_embedded_store(tmp_path: Path) -> None:
    for store in (str(tmp_path / "a.db"), f"sqlite:///{tmp_path}/b.db"):
        with open_store(Settings(store=store)) as opened:
            assert type(opened) is type(STORES["sqlite"](str(tmp_path / "c.db"), ""))


def test_where_a_store_is_shows_which_folder_it_is_looked_for_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that starts in another folder found an empty store, and named `var/weefsel.db`, as the right one is named too."""
    monkeypatch.chdir(tmp_path)
    assert Settings().place == str(tmp_path / "var" / "weefsel.db")
    assert Settings(store="sqlite:///a.db").place == str(tmp_path / "a.db")
    assert Settings(store=f"{tmp_path}/b.db").place == str(tmp_path / "b.db")
    assert Settings(store="neo4j://localhost:7687").place == "neo4j://localhost:7687"


def test_an_unknown_scheme_is_told_which_are_known() -> None:
    with pytest.raises(BadInputError, match=r"neo4j\+s://"):
        open_store(Settings(store="postgres://localhost"))
