"""The description holds: schemathesis asks what it allows, and what it does not, and finds nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from door import AS_STAFF, TOKEN, load_demo
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.engine import events
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import RejectedPositiveData
from starlette.types import ASGIApp

from api.app import create_app
from api.settings import Settings
from graph.stores import STORES

OPERATIONS, FOR_STAFF = 21, 4  # what is for staff alone answers others with 401 whatever they ask
KNOWN_BY_THE_STORE_ALONE = {
    "cursor",
    "municipality",
    "contacts",
    "place",
    "to",
    "other",  # the actor itself
}  # no schema can tell which of these are right


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ASGIApp]:
    """An app that holds the demo sector."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("described") / "demo.db"), "") as store:
        load_demo(store)
        yield create_app(store, Settings(staff_token=TOKEN))


def described(app: ASGIApp, **config: Any) -> BaseSchema:
    """Return the app's description, as schemathesis reads it."""
    told = SchemathesisConfig.from_dict({"seed": 20261122, "workers": 1, **config})
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app, config=told)
    schema.hook(filter_failure)
    return schema.exclude(path_regex="^/v1/exports/")  # each answer is a whole file; its own tests ask for it


def filter_failure(context: object, failure: Exception, case: schemathesis.Case, response: Response) -> bool:
    """Keep a failure, unless a made-up input that only the store can judge was refused, and nothing else."""
    if not isinstance(failure, RejectedPositiveData):
        return True
    return not {error["name"] for error in response.json()["errors"]} <= KNOWN_BY_THE_STORE_ALONE


def findings(schema: BaseSchema, operations: int) -> list[str]:
    """Let schemathesis run its phases; return all that it finds."""
    found: list[str] = []
    asked: set[str] = set()
    for event in engine.from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked |= {node.value.operation.label for node in event.recorder.cases.values()}
            checks = [check for checks in event.recorder.checks.values() for check in checks]
            found += [f"{event.label}: {check.failure_info.failure}" for check in checks if check.failure_info]
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.append(f"{event!r}")
    assert len(asked) == operations, "every operation was asked; one that is new counts in OPERATIONS"
    return found


def test_schemathesis_finds_nothing_as_the_public(app: ASGIApp) -> None:
    schema = described(app, generation={"max-examples": 2}).exclude(tag="staff")
    assert findings(schema, OPERATIONS - FOR_STAFF) == []


def test_schemathesis_finds_nothing_as_staff(app: ASGIApp) -> None:
    schema = described(app, headers=AS_STAFF, generation={"max-examples": 2})
    assert findings(schema, OPERATIONS) == []


def test_schemathesis_finds_a_description_that_does_not_hold(app: ASGIApp) -> None:
    phases = {"fuzzing": {"enabled": False}, "stateful": {"enabled": False}}
    schema = described(app, phases=phases).include(path=["/v1/datasets", "/healthz"])
    paths = schema.raw_schema["paths"]
    [limit] = [p for p in paths["/v1/datasets"]["get"]["parameters"] if p["name"] == "limit"]
    limit["schema"]["maximum"] += 1
    paths["/healthz"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {"type": "array"}
    found = "".join(findings(schema, 2))
    assert "GET /v1/datasets: Schema-valid request rejected" in found
    assert "GET /healthz: Response violates schema" in found
