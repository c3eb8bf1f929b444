"""What every store promises of itself in another process: pickled, it opens the same place anew."""

import pickle
import subprocess
import sys
from pathlib import Path

from graph.model import Viewer

ROOT = Path(__file__).parents[2]
COUNTING = """
import pickle, sys
from graph.model import Viewer
with pickle.load(sys.stdin.buffer) as store, store.snapshot() as snapshot:
    print(snapshot.state().revision, snapshot.counts(Viewer.PUBLIC))
"""


def test_a_store_that_travels_opens_the_same_place(any_store, made):
    made.network(any_store, 3)
    command = [sys.executable, "-c", COUNTING]
    told = subprocess.run(command, cwd=ROOT, input=pickle.dumps(any_store), capture_output=True, check=True)
    with any_store.snapshot() as snapshot:
        assert told.stdout.decode() == f"1 {snapshot.counts(Viewer.PUBLIC)}\n"


def test_what_is_made_of_a_store_stands_beside_its_file(any_store, place):
    if place.adapter == "sqlite":
        assert any_store.beside == Path(f"{place.url}.index")
    else:
        assert any_store.beside is None
