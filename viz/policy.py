"""All that runs in an interactive map, and the policy that lets a browser run that and nothing else.

The scripts are vis-network, as pyvis brings it, and our own; the styles are ours. All stand in the page itself, named
in the policy by their hashes, so that no text that slips into a page can run, and no page can ask another host.
"""

import base64
import hashlib
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

from viz.style import DARK, LIGHT, MARKS, Palette

STATIC = Path(__file__).parent / "static"
VIS_NETWORK = Path("lib", "vis-9.1.2", "vis-network.min.js")


def _vis_network() -> str:
    """Return vis-network from pyvis's files, without importing pyvis (slow: it imports IPython)."""
    found = find_spec("pyvis")
    folder = Path((found and found.submodule_search_locations or [""])[0])
    script = (folder / VIS_NETWORK).read_text(encoding="utf-8")
    return script.rpartition("//# sourceMappingURL")[0]  # or a browser's developer tools would go and look for it


def _variables(palette: Palette) -> str:
    return "".join(f"--{field.name}:{getattr(palette, field.name)};" for field in fields(palette))


def _style() -> str:
    light = _variables(LIGHT) + "".join(f"--{kind}:{mark.light};" for kind, mark in MARKS.items())
    dark = _variables(DARK) + "".join(f"--{kind}:{mark.dark};" for kind, mark in MARKS.items())
    kinds = "".join(f".kind-{kind}{{fill:var(--{kind})}}" for kind in MARKS)
    schemes = f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"{schemes}{kinds}\n{(STATIC / 'map.css').read_text(encoding='utf-8')}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


SCRIPTS: tuple[str, ...] = (_vis_network(), (STATIC / "map.js").read_text(encoding="utf-8"))
STYLE: str = _style()

META_CSP: str = "; ".join(
    (
        "default-src 'none'",
        "script-src " + " ".join(_hash(script) for script in SCRIPTS),
        "style-src " + _hash(STYLE),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


def csp(framed_by: str = "'self'") -> str:
    """Return the policy as a header, which alone can say who may frame the page: `'self'`, or `*`."""
    return f"{META_CSP}; frame-ancestors {framed_by}"
