"""What `docker compose up` starts, read from its files; test_away.py runs the same commands on a real server."""

import asyncio
import re
from importlib import metadata

import pytest
from composed import ROOT, SERVICES, TEXT, VOLUMES
from packaging.requirements import Requirement
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.cli import COMMANDS
from api.indexing import ELSEWHERE
from api.settings import Settings

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
COPIED = [
    source for line in DOCKERFILE if line.startswith("COPY ") and "--from" not in line for source in line.split()[1:-1]
]
FORWARDED = "FORWARDED_ALLOW_IPS"  # uvicorn's own
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_the_password_has_no_default_and_without_it_two_sentences_say_what_to_do():
    asked = re.findall(r"\$\{NEO4J_PASSWORD([^}]*)\}", TEXT)
    assert len(asked) == 2
    for told in asked:
        assert told.startswith(":?")
        assert "Kies een wachtwoord" in told
        assert "Choose a password" in told
    assert TEXT.replace("$$", "").count("${") == len(asked), "nothing else is filled in, so nothing has a default"


def test_no_password_or_token_is_written_down():
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if "AUTH" in name or "PASSWORD" in name:
                assert "${NEO4J_PASSWORD:?" in value
            if "TOKEN" in name:
                assert value is None, "taken from where compose runs; else not set, so that nobody can sign in"


def test_both_tell_whether_they_are_healthy_and_the_app_waits_for_neo4j():
    assert "cypher-shell" in SERVICES["neo4j"]["healthcheck"]["test"][1]
    assert "/readyz" in SERVICES["app"]["healthcheck"]["test"][-1]
    assert SERVICES["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    for service in SERVICES.values():
        assert {"interval", "timeout", "retries", "start_period"} <= service["healthcheck"].keys()


def test_the_health_of_neo4j_is_asked_with_its_password_and_not_on_a_command_line():
    shell = SERVICES["neo4j"]["healthcheck"]["test"][1]
    assert 'NEO4J_PASSWORD="$${NEO4J_AUTH#neo4j/}"' in shell
    assert " -p" not in shell


def test_data_is_kept_in_named_volumes():
    kept = {service: dict(mount.split(":") for mount in SERVICES[service]["volumes"]) for service in SERVICES}
    assert set(kept["neo4j"].values()) == {"/data", "/logs"}
    assert set(kept["app"].values()) == {"/app/var"}
    assert {name for mounts in kept.values() for name in mounts} == VOLUMES.keys()


def test_the_app_may_write_where_indexes_are_kept():
    assert str(ELSEWHERE).startswith("var/")
    assert "RUN mkdir var && chown weefsel var" in DOCKERFILE


def test_images_are_pinned_and_neo4j_is_the_release_that_is_tested():
    pom = (ROOT / "tests" / "neo4j" / "pom.xml").read_text(encoding="utf-8")
    [tested] = re.findall(r"<neo4j.version>(.*)</neo4j.version>", pom)
    assert SERVICES["neo4j"]["image"] == f"neo4j:{tested}-community"
    bases = {line.split()[1] for line in DOCKERFILE if line.startswith("FROM ")}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", bases.pop())


def test_only_this_computer_reaches_the_ports():
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_every_setting_that_is_given_exists():
    given = {name for name in SERVICES["app"]["environment"]} - {FORWARDED}
    given |= set(re.findall(r"\b(WEEFSEL_\w+)=", "\n".join(DOCKERFILE)))
    assert given <= {f"WEEFSEL_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(("by", "visitor"), [("172.18.0.1", "203.0.113.5"), ("203.0.113.9", "203.0.113.9")])
def test_a_web_server_on_this_computer_is_believed_about_who_visits_and_nobody_else_is(by, visitor):
    """All visitors had the address of Docker's network: ten wrong tokens of one kept everybody out."""
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["client"][0])

    claimed = (b"x-forwarded-for", b"198.51.100.7, 203.0.113.5")
    scope = {"type": "http", "client": (by, 50_000), "scheme": "http", "headers": [claimed]}
    behind = ProxyHeadersMiddleware(app, trusted_hosts=SERVICES["app"]["environment"][FORWARDED])
    asyncio.run(behind(scope, None, None))
    assert seen == [visitor]


def test_logs_do_not_fill_the_disk():
    assert {service["logging"]["driver"] for service in SERVICES.values()} == {"local"}


def test_the_command_of_the_image_exists_and_nobody_runs_it_as_root():
    program, command = re.findall(r'"([^"]+)"', DOCKERFILE[-1])
    assert DOCKERFILE[-1].startswith("CMD [")
    assert (program, command in COMMANDS) == ("weefsel", True)
    assert DOCKERFILE.index("USER 10001") > max(i for i, line in enumerate(DOCKERFILE) if line.startswith("RUN "))


@pytest.mark.parametrize(
    "line", [line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
)
def test_what_is_tested_is_what_the_image_installs(line):
    pinned = Requirement(line)
    if pinned.marker is None or pinned.marker.evaluate():
        assert metadata.version(pinned.name) in pinned.specifier


def test_the_image_installs_what_is_pinned_and_nothing_else():
    installs = [line for line in DOCKERFILE if "pip install" in line]
    assert len(installs) == 2
    assert installs[0].endswith("--only-binary :all: -r requirements.txt")
    assert "--no-deps" in installs[1]
    assert "pip uninstall --yes setuptools pip" in "\n".join(DOCKERFILE)


def test_the_image_is_given_what_it_copies_and_nothing_else():
    """So `.venv`, `.git`, `.cache`, `.env` with the password, `var` with data, and tests stay out."""
    patterns = [line for line in IGNORED if not line.startswith("#")]
    assert patterns[0] == "*"
    assert sorted(line[1:] for line in patterns[1:] if line.startswith("!")) == sorted(COPIED)
    assert patterns[-1] == "**/__pycache__"
    assert all((ROOT / source).exists() for source in COPIED)


def test_the_demo_and_every_package_are_in_the_image():
    assert {"graph", "loaders", "viz", "api", "data/sector"} <= set(COPIED)
