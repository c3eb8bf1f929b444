"""What compose.yaml says, as tests need it: the settings of its server, the environment and the health of its app."""

import os
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(TEXT)["services"]
VOLUMES: dict[str, Any] = yaml.safe_load(TEXT)["volumes"]


def server_settings() -> dict[str, str]:
    """Return what the image makes of its environment: `NEO4J_a_b__c` is the setting `a.b_c`."""
    given = SERVICES["neo4j"]["environment"]
    return {
        name.removeprefix("NEO4J_").replace("_", ".").replace("..", "_"): value
        for name, value in given.items()
        if name != "NEO4J_AUTH"
    }


def app_environment(url: str, password: str, port: int) -> dict[str, str]:
    """Return the environment of the app, with the server's address, password and a port of its own."""
    assert SERVICES["app"]["environment"].keys() >= {"WEEFSEL_STORE", "WEEFSEL_NEO4J_PASSWORD"}
    given = {"WEEFSEL_STORE": url, "WEEFSEL_NEO4J_PASSWORD": password, "WEEFSEL_PORT": str(port)}
    return {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONUNBUFFERED": "1", **given}


def health_command(port: int) -> list[str]:
    """Return the command that tells whether the app is healthy, asking at another port."""
    kind, *command = SERVICES["app"]["healthcheck"]["test"]
    assert kind == "CMD"
    return [word.replace("8000", str(port)) for word in command]
