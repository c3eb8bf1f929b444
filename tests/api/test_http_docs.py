"""docs/http.md holds: its examples are run, and it names every route and status."""

import json
import re

import pytest
from door import ROOT, templates
from starlette.testclient import TestClient

from api import problems

PAGE = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```\n(GET|POST) (\S+)\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


def is_part(said: object, answer: object) -> bool:
    """Return whether an answer says all of `said`; lists may go on."""
    if isinstance(said, dict):
        return isinstance(answer, dict) and all(k in answer and is_part(v, answer[k]) for k, v in said.items())
    if isinstance(said, list):
        return isinstance(answer, list) and len(said) <= len(answer) and all(map(is_part, said, answer))
    return said == answer


@pytest.mark.parametrize(("method", "address", "body", "answer"), EXAMPLES)
def test_the_example_is_what_is_answered(client: TestClient, method: str, address: str, body: str, answer: str) -> None:
    told = client.request(method, address, json=json.loads(body) if body else None)
    assert is_part(json.loads(answer), told.json()), told.text


def test_there_are_examples_and_they_can_fail() -> None:
    assert len(EXAMPLES) == 11
    assert not is_part({"a": [1]}, {"a": []})
    assert not is_part({"a": 1}, {"b": 1})


def test_every_route_and_status_is_documented(client: TestClient) -> None:
    for template in templates(client.app):
        assert re.search(rf"[ `]{re.escape(template)}`", PAGE), f"docs/http.md does not name {template}"
    for status in (308, *problems.TOLD):
        assert f"| {status} |" in PAGE
