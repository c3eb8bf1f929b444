"""The description holds: schemathesis asks what it allows, and what it does not, and finds nothing."""

from collections.abc import Iterator

import pytest
import schemathesis
from door import load_demo
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema

from api.app import create_app
from api.settings import Settings
from graph.stores import STORES

CONFIG = SchemathesisConfig.from_dict({"generation": {"mode": "all"}})
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = 8


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """The description of an app that holds the demo sector."""
    with STORES["sqlite"](str(tmp_path_factory.mktemp("described") / "demo.db"), "") as store:
        load_demo(store)
        yield schemathesis.openapi.from_asgi("/v1/openapi.json", create_app(store, Settings()), config=CONFIG)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("number", range(OPERATIONS))
def test_the_description_holds(described: BaseSchema, number: int, mode: GenerationMode) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == OPERATIONS

    @BOUNDED
    @given(case=operations[number].as_strategy(generation_mode=mode))
    def asked(case: schemathesis.Case) -> None:
        if mode is GenerationMode.POSITIVE:
            _drop_what_no_schema_can_tell(case)
        case.call_and_validate()

    asked()


def _drop_what_no_schema_can_tell(case: schemathesis.Case) -> None:
    """Take out a made-up cursor or municipality: of these only the store knows which are right."""
    for inputs in (case.query, case.body):
        if isinstance(inputs, dict):
            inputs.pop("cursor", None)
            inputs.pop("municipality", None)
