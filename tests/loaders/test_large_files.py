"""Files of 300 MB are read as they stream, in the memory of small ones. Everything is made up."""

import subprocess
import sys

import pytest

NODES = 3_000
LONG = "Een verzonnen verhaal dat maar niet ophoudt. " * 2_300  # some 100 kB
READ = """
import resource, sys
from pathlib import Path
from graph.reading import Row
from loaders import LOADERS

rows = sum(isinstance(item, Row) for item in LOADERS[sys.argv[1]]([Path(sys.argv[2])]).items)
own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(rows, max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


def gexf(file):
    file.write('<gexf xmlns="http://gexf.net/1.3"><graph defaultedgetype="directed"><nodes>')
    for i in range(NODES):
        file.write(
            f'<node id="n{i}" label="Verzonnen {i}"><attvalues><attvalue for="verhaal" value="{LONG}"/></attvalues></node>'
        )
    file.write("</nodes><edges>")
    for i in range(1, NODES):
        file.write(f'<edge source="n{i - 1}" target="n{i}" label="partner_of"/>')
    file.write("</edges></graph></gexf>")


def kumu(file):
    file.write('{"elements":[')
    for i in range(NODES):
        file.write(f'{"," if i else ""}{{"label":"Verzonnen {i}","verhaal":"{LONG}"}}')
    file.write('],"connections":[')
    each = (f'{{"from":"Verzonnen {i - 1}","to":"Verzonnen {i}","type":"partner_of"}}' for i in range(1, NODES))
    file.write(",".join(each) + "]}")


@pytest.mark.parametrize("write", [gexf, kumu])
def test_a_file_of_300_megabytes_is_read_in_the_memory_of_a_small_one(write, tmp_path):
    path = tmp_path / "groot"
    with path.open("w", encoding="utf-8") as file:
        write(file)
    assert path.stat().st_size > 300_000_000
    told = subprocess.run(
        [sys.executable, "-c", READ, write.__name__, str(path)], check=True, capture_output=True, text=True, timeout=300
    ).stdout
    rows, megabytes = map(int, told.split())
    assert rows == 1 + NODES + NODES - 1
    assert megabytes < 250
