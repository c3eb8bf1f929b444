"""Pages and maps as responses: with the headers of their answer, and the twin of a page as data."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from api.deps import Asked
from api.drawings import by_place, credited
from api.inputs_maps import MapFile
from api.outlines import outlines
from api.templating import link, render
from graph.drawing import Drawing
from graph.errors import BadInputError
from graph.model import Viewer
from graph.text import slug
from graph.view import View
from viz import RENDERERS, policy
from viz.paper import Paper


def page(asked: Asked, template: str, twin: str = "", **context: Any) -> HTMLResponse:  # noqa: ANN401 - answers
    """Return a page with the headers of its answer; `twin` is the address of the same as JSON, in the same language."""
    if twin and not parse_qs(urlsplit(twin).query).get("lang"):
        twin += f"{'&' if '?' in twin else '?'}lang={asked.lang}"
    return render(asked.request, template, {"twin": twin, **context}, headers=dict(asked.headers))


def data_of(request: Request) -> str:
    """Return the address of the JSON twin of a page: the same, under `/v1`."""
    return f"/v1{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")


def on_map(asked: Asked, view: View, drawing: Drawing, file: MapFile, origin: str) -> Drawing:
    """Return a drawing as a file of it shows it, with the sources of all that is on it and the page that it belongs to.

    `view` is the one it was made from, `origin` the address of that page.
    """
    if file.geographic:
        if file.format == "html":
            raise BadInputError(
                nl="Een kaart op plek is er alleen als plaatje. Kies format=svg, png of pdf, of laat geographic weg.",
                en="A map by place is a picture only. Choose format=svg, png or pdf, or leave out geographic.",
                field="geographic",
            )
        drawing = by_place(drawing, outlines(asked.request.app.state.settings), asked.lang)
    return replace(credited(drawing, view), origin=origin)


def map_page(asked: Asked, drawing: Drawing, file: MapFile, name: str, *, nobots: bool) -> Response:
    """Return a drawing (of `on_map`) as a file called `name`; as a page, it asks nobody for anything.

    Pages of other sites may frame what is public.
    """
    embedded = asked.viewer is Viewer.PUBLIC and asked.request.method == "GET"
    headers = {**asked.headers, "Content-Security-Policy": policy.csp("*" if embedded else "'self'")}
    headers["X-Frame-Options"] = "SAMEORIGIN"  # heeded by browsers that know no `frame-ancestors`
    if asked.viewer is Viewer.STAFF or nobots:
        headers["X-Robots-Tag"] = "noindex"
    if file.format != "html":
        headers["Content-Disposition"] = f'attachment; filename="{slug(name)[:80]}.{file.format}"'
    renderer = RENDERERS[file.format]
    body = b"".join(renderer.render(drawing, Paper(file.paper)))
    return Response(body, headers=headers, media_type=renderer.media_type)


def address_of(asked: Asked, path: str, **query: object) -> str:
    """Return the address of a page of this site: whole, if we know where visitors find it (no client's word counts)."""
    return f"{asked.request.app.state.settings.public_url}{link(path, **query)}"
