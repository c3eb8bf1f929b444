"""What a person can type is documented, and the documents say nothing that is not there."""

import re
from pathlib import Path

import pytest

from api.cli import COMMANDS, GROUPS
from api.settings import Settings
from graph.stores import STORES
from loaders import LOADERS
from viz import EXPORTS, RENDERERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
WORDS = [
    *(f"WEEFSEL_{name.upper()}" for name in Settings.model_fields),
    *(f"weefsel {name}" for name in (*COMMANDS, *GROUPS)),
    *LOADERS,
    *RENDERERS,
    *EXPORTS,
    *STORES,
]


@pytest.mark.parametrize("word", WORDS)
def test_is_documented(word):
    assert f"`{word}`" in README, f"README.md does not name `{word}`: add it to the table or list of its like"


@pytest.mark.parametrize("command", sorted(set(re.findall(r"weefsel (?:--\S+ \S+ )?([a-z-]+)", README))))
def test_a_command_in_the_readme_is_there(command):
    assert command in {*COMMANDS, *GROUPS}


@pytest.mark.parametrize(("group", "word"), [(group, word) for group, (_, words) in GROUPS.items() for word in words])
def test_each_command_of_a_group_is_documented(group, word):
    [row] = (line for line in README.splitlines() if line.startswith(f"| `weefsel {group}`"))
    assert word in row


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(doc):
    prose = re.sub(r"^(    |\t).*$|`[^`]*`", "", doc.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", prose):
        assert (doc.parent / target).exists(), target


def anchors(doc: Path) -> set[str]:
    """Return what the headings of a page are called in links: small letters, no punctuation, dashes for spaces."""
    headings = re.findall(r"^#+ (.+)$", doc.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_links_to_headings_lead_to_one(doc):
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", doc.read_text(encoding="utf-8")):
        assert anchor in anchors(doc.parent / target if target else doc), f"{target}#{anchor}"


@pytest.mark.parametrize(
    "name", re.findall(r'^    "([a-z0-9-]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
)
def test_each_dependency_has_its_reason(name):
    assert name in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "module",
    sorted(
        p for room in ("graph", "loaders", "viz", "api") for p in (ROOT / room).rglob("*.py") if p.stem != "__init__"
    ),
    ids=lambda path: path.stem,
)
def test_each_module_is_on_the_map_of_the_house(module):
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"`{module.stem}`" in architecture, (
        f"docs/architecture.md does not name `{module.stem}`: add {module.relative_to(ROOT)} to the table of its folder"
    )


def test_pinned_requirements_name_no_registry():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert all("==" in line for line in text.splitlines() if line and line[0] not in "#-")
