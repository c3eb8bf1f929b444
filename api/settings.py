"""What can be set from outside, in one class; and the store that the settings choose. Only here is the environment read."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import BadInputError, Lang
from graph.store import Store
from graph.stores import STORES

SHORTEST_TOKEN = 16  # characters; below that, guessing pays
WOULD_DO = {  # what each setting that can be wrong by itself takes, in Dutch and in English
    "STAFF_TOKEN": (f"{SHORTEST_TOKEN} tekens of meer", f"{SHORTEST_TOKEN} characters or more"),
    "LANG": ("nl of en", "nl or en"),
    "PORT": ("een getal van 0 tot en met 65535", "a number from 0 to 65535"),
    "WORKERS": ("een getal van 1 tot en met 64", "a number from 1 to 64"),
    "PUBLIC_URL": (
        "zoals https://weefsel.example, met niets erachter, ook geen schuine streep",
        "as https://weefsel.example, with nothing behind it, not even a slash",
    ),
}
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


class Settings(BaseSettings):
    """The settings: environment variables that start with `WEEFSEL_`. An empty one counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix="WEEFSEL_",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    store: str = "var/weefsel.db"
    """Where the graph is kept: the path of an SQLite file, or the address of a Neo4j server (`neo4j://host:7687`)."""

    index: str = ""
    """The folder where indexes are kept, as files that may be thrown away; empty: beside the SQLite file, else `var/index`."""

    neo4j_password: SecretStr = SecretStr("")
    """The password of the Neo4j server."""

    staff_token: SecretStr = SecretStr("")
    """What staff sign in with, 16 characters or more. Empty: nobody can sign in, and every visitor is public."""

    lang: Lang = "nl"
    """The language of pages and messages (`nl` or `en`) for who has not chosen one."""

    host: str = "127.0.0.1"
    """The address that the server listens on; `0.0.0.0` is every network that the machine is in."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """The port that the server listens on; 0 picks a free one."""

    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """How many processes answer; one for each processor that is to be used. They share the store and its indexes."""

    public_url: Annotated[str, Field(pattern=r"^(https?://[^\s/?#]+)?$")] = ""
    """Where visitors find the site (`https://weefsel.example`). With `https`, cookies and browsers keep to it."""

    outlines: str = ""
    """GeoJSON of municipalities' boundaries, to lie under maps by place; empty: a grid of degrees lies there."""

    @field_validator("staff_token")
    @classmethod
    def _long_enough(cls, token: SecretStr) -> SecretStr:
        if 0 < len(token.get_secret_value()) < SHORTEST_TOKEN:
            raise ValueError(f"fewer than {SHORTEST_TOKEN} characters")
        return token

    @property
    def place(self) -> str:
        """Where the store is, to be shown: who started in another folder than meant sees which."""
        path = self.store.removeprefix("sqlite:///")
        return path if "://" in path else str(Path(path).absolute())

    @property
    def secure(self) -> bool:
        """Whether visitors come by https."""
        return self.public_url.startswith("https:")


def read_settings() -> Settings:
    """Return the settings that the environment gives.

    Raises:
        BadInputError: A setting has a value that cannot be; the message names all of these, without their values.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = ["_".join(str(part) for part in wrong["loc"]).upper() for wrong in error.errors()]
        nl, en = ("; ".join(f"WEEFSEL_{name} ({WOULD_DO[name][lang]})" for name in names) for lang in (0, 1))
        raise BadInputError(
            nl=f"Deze instellingen kunnen niet; tussen haakjes staat wat wel kan: {nl}. Pas ze aan of haal ze weg.",
            en=f"These settings cannot be; in brackets is what can: {en}. Change or remove them.",
            field=f"WEEFSEL_{names[0]}",
        ) from None


def open_store(settings: Settings) -> Store:
    """Open the store that the settings name, by the adapter that its scheme asks for.

    Raises:
        BadInputError: There is no adapter for the scheme.
        UnavailableError, IncompatibleError: As the adapter finds it.
    """
    return STORES[_adapter(settings.store)](settings.store, settings.neo4j_password.get_secret_value())


def _adapter(store: str) -> Literal["sqlite", "neo4j"]:
    scheme, separator, _ = store.partition("://")
    if not separator or scheme == "sqlite":
        return "sqlite"
    if scheme in NEO4J_SCHEMES:
        return "neo4j"
    known = ", ".join(f"{name}://" for name in ("sqlite", *NEO4J_SCHEMES))
    raise BadInputError(
        nl=f"WEEFSEL_STORE begint met {scheme}://; dat kennen we niet. Geef een bestand, of een adres met {known}.",
        en=f"WEEFSEL_STORE begins with {scheme}://; that is not known. Give a file, or an address with {known}.",
        field="WEEFSEL_STORE",
    )
