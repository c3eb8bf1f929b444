"""Maps of a made-up sector: how soon there is a file, and how soon it stands still in a browser; beside pyvis by itself.

    python -m benchmarks.maps                  a table; needs Chromium (CHROMIUM names it)

pyvis by itself is given the same actors, ties, names and shapes, with its own physics and page, and the time until these
say that they are stable, or a minute: longer nobody waits. What it asks of other hosts is refused at once.
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as Slow
from pyvis.network import Network

from api import drawings
from benchmarks import generate
from benchmarks.run import HEADER, Result
from graph import ingest
from graph.answers import Part
from graph.drawing import Drawing
from graph.model import Viewer
from graph.questions import excerpt
from graph.records import DatasetRecord
from graph.stores import STORES
from graph.view import View, open_view
from loaders import LOADERS
from viz import RENDERERS
from viz.paper import Paper
from viz.style import MARKS

INITIATIVES = 1_450  # of a sector of somewhat more than 2,000 actors
ROUNDS = 3
PAN_SECONDS = 1.5
LONGEST = 60.0  # seconds that pyvis is waited for
FRAMES = """seconds => new Promise(done => {
    const end = performance.now() + 1000 * seconds;
    let frames = 0;
    const step = () => {
        const now = performance.now(), angle = now / 300;
        weefselMap.moveTo({position: {x: 300 * Math.cos(angle), y: 300 * Math.sin(angle)}, animation: false});
        frames += 1;
        now < end ? requestAnimationFrame(step) : done(1000 * seconds / frames);
    };
    requestAnimationFrame(step);
})"""
STILL = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(
    performance.now() - performance.getEntriesByType('navigation')[0].responseEnd))))"""
LOOKED = 0.2  # seconds in which nothing may move
BESIDE = "baseline: pyvis by itself, the same actors and ties; a minute: it had not come to rest"
STABLE = "() => window.network && network.physics.stabilized"


def main() -> None:
    """Measure, and print the table."""
    print(f"{os.cpu_count()} processors, others keeping {os.getloadavg()[0]:.1f} busy\n")
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        with STORES["sqlite"](str(Path(folder, "maps.db")), "") as store:
            _fill(Path(folder), lambda reading, named: ingest.replace(store, named, reading.items, "sector"))
            with open_view(store, Viewer.PUBLIC) as view:
                for count in (500, 2_000):
                    for result in _sized(view, browser, Path(folder), count):
                        print(result.line(), flush=True)
        browser.close()


def _fill(folder: Path, load: Callable[..., object]) -> None:
    made = generate.Sector(INITIATIVES)
    tables = {"actors": made.actors(), "ties": made.ties(), "offers": made.offers()}
    generate.write(folder / "sector", "bench-maps", tables)
    reading = LOADERS["sector"]([folder / "sector"])
    load(reading, DatasetRecord.model_validate({"name": "bench-maps", **reading.dataset}))


def _sized(view: View, browser: Browser, folder: Path, count: int) -> Iterator[Result]:
    """Yield what is measured of a map of so many actors."""
    small = count <= 500
    parts: list[tuple[float, float]] = []
    busy = time.process_time()
    for _ in range(ROUNDS):
        start = time.perf_counter()
        drawing = drawings.of_excerpt(excerpt(view, Part(), count), "nl", Viewer.PUBLIC)
        answered = time.perf_counter()
        file = b"".join(RENDERERS["html"].render(drawing, Paper.A4))
        parts.append((answered - start, time.perf_counter() - answered))
    busy = (time.process_time() - busy) / ROUNDS
    whole = statistics.median(sum(part) for part in parts)
    answer = statistics.median(part[0] for part in parts)
    note = f"{len(drawing.ties):,} ties; the answer {answer:.2f} s; of a processor {busy:.2f} s"
    yield Result(
        f"map of {len(drawing.actors):,} actors: answer, layout, file", whole, "s", 1 if small else 4, note=note
    )
    yield Result("its size", len(file) / 1e6, "MB", 1.5 if small else 6)
    ours = folder / f"map{count}.html"
    ours.write_bytes(file)
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        settled = statistics.median(_settled(page, ours) for _ in range(3))
        yield Result("settled in Chromium after load", settled, "s", 1)
        frame = page.evaluate(FRAMES, PAN_SECONDS)
        yield Result("a frame while it is moved", frame, "ms", 50, note="" if small else "groups folded, as it opens")
        if not small:
            page.click("#open-all")
            yield Result("a frame, all groups open", page.evaluate(FRAMES, PAN_SECONDS), "ms", 200)
    if small:
        theirs = _pyvis(browser, drawing, folder / "pyvis.html")
        yield Result("from opening the file until it stands still", _opened(browser, ours), "s", 0.05, theirs, BESIDE)


def _settled(page: Page, file: Path) -> float:
    """Return the seconds from the end of loading the file until the map is drawn and nothing moves."""
    page.goto(file.as_uri())
    page.wait_for_function("window.weefselMap")
    seconds = float(page.evaluate(STILL)) / 1000
    places = page.evaluate("weefselMap.getPositions()")
    page.wait_for_timeout(1000 * LOOKED)
    if places != page.evaluate("weefselMap.getPositions()"):
        raise RuntimeError("the map moved after it was drawn")
    return seconds


def _opened(browser: Browser, file: Path) -> float:
    """Return the seconds from opening a file of ours until the map stands still."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        start = time.perf_counter()
        _settled(page, file)
        return time.perf_counter() - start - LOOKED


def _pyvis(browser: Browser, drawing: Drawing, file: Path) -> float:
    """Return the seconds that pyvis's own page takes until its physics are stable."""
    network = Network(directed=True, cdn_resources="in_line")
    for card in drawing.actors:
        network.add_node(card.id, label=card.name, shape=MARKS[card.kind].shape, color=MARKS[card.kind].light)
    for tie in drawing.ties:
        network.add_edge(tie.source, tie.target)
    file.write_text(network.generate_html(), encoding="utf-8")
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.route("http*://**", lambda route: route.abort())
        page = context.new_page()
        start = time.perf_counter()
        page.goto(file.as_uri())
        with suppress(Slow):
            page.wait_for_function(STABLE, timeout=1000 * LONGEST)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
