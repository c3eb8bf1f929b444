"""Measures loading grants of 360Giving as a whole process, embedded, written and folded.

    python -m benchmarks.grants [--grants 50000]

From the folder of the project. The package is made up (seeded): 40 funders, a receiver for every three grants, a grant in twenty to an
individual, a tenth in pounds, each with the attributes that publishers give.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_WEEFSEL = Path(sys.executable).with_name("weefsel")


def main() -> None:
    """Measure and print a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--grants", type=int, default=50_000)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors; load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        path = made_up(Path(folder) / "grants.json", options.grants)
        command = [str(_WEEFSEL), "--store", f"sqlite:///{folder}/x.db", "load", "threesixtygiving", str(path)]
        began = time.perf_counter()
        subprocess.run([*command, "--dataset", "grants"], check=True)
        took = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{options.grants:,} grants ({path.stat().st_size / 2**20:.0f} MB): {took:.1f} s")
        print(
            f"{used.ru_utime + used.ru_stime:.1f} s of processors, {used.ru_maxrss / 1024:.0f} MB at most in one process"
        )


def made_up(path: Path, grants: int) -> Path:
    """Write a package."""
    chance = random.Random(360)
    made = [_grant(chance, number, grants // 3 or 1) for number in range(grants)]
    path.write_text(json.dumps({"version": "1.3", "grants": made}), encoding="utf-8")
    return path


def _grant(chance: random.Random, number: int, receivers: int) -> dict[str, object]:
    giver, receiver = chance.randrange(40), chance.randrange(receivers)
    grant: dict[str, object] = {
        "id": f"360G-fonds{giver}-{number}",
        "title": f"Bijdrage {number}",
        "description": "Een verzonnen bijdrage aan iets in de buurt. " * chance.randrange(1, 8),
        "currency": "GBP" if chance.random() < 0.1 else "EUR",
        "amountAwarded": round(chance.lognormvariate(8, 1.5), 2),
        "awardDate": f"{chance.randrange(2010, 2026)}-{chance.randrange(1, 13):02}-15T00:00:00+00:00",
        "fundingOrganization": [{"id": f"GB-CHC-{900000 + giver}", "name": f"Fonds {giver}"}],
        "grantProgramme": [{"code": "p", "title": f"Programma {giver % 7}"}],
        "dataSource": "https://example.org/grants",
    }
    if chance.random() < 0.05:
        return grant | {"recipientIndividual": {"id": f"i{number}", "name": "Iemand"}}
    organisation = {"id": f"GB-CHC-{1000000 + receiver}", "name": f"Vereniging {receiver}", "addressLocality": "Leeds"}
    return grant | {"recipientOrganization": [organisation | {"postalCode": "LS1", "addressCountry": "GB"}]}


if __name__ == "__main__":
    main()
