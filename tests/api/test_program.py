"""Which program answers."""

from pathlib import Path
from shutil import copytree

import pytest

from api import program

FILE = Path("api") / "templates" / "home.html"


def folder(root: Path) -> Path:
    for room in program.ROOMS:
        (root / room).mkdir(parents=True)
    (root / FILE).parent.mkdir()
    (root / FILE).write_text("een")
    return root


def test_the_same_files_are_the_same_program_wherever_and_since_whenever_they_stand(tmp_path: Path):
    one = folder(tmp_path / "one")
    other = copytree(one, tmp_path / "other")
    (other / "api" / "__pycache__").mkdir()
    for name in ("app.cpython-311.pyc", "app.cpython-311.pyc.140234"):  # the second while it is being written
        (other / "api" / "__pycache__" / name).write_bytes(b"compiled")
    (other / FILE).write_text("een")
    assert program.digest(one) == program.digest(other)


@pytest.mark.parametrize("change", ["content", "name", "another"])
def test_a_change_of_any_file_makes_another_program(tmp_path: Path, change: str):
    root = folder(tmp_path)
    before = program.digest(root)
    if change == "content":
        (root / FILE).write_text("twee")
    elif change == "name":
        (root / FILE).rename(root / FILE.with_name("other.html"))
    else:
        (root / "graph" / "new.py").touch()
    assert program.digest(root) != before


def test_every_room_of_the_program_counts():
    root = Path(program.__file__).parents[1]
    assert {path.parent.name for path in root.glob("*/__init__.py")} == set(program.ROOMS)
