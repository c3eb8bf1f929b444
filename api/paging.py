"""What pages share: their headers and their twin as data, and maps on a page of their own."""

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from api.deps import Asked
from api.templating import render
from graph.answers import Drawing
from graph.model import Viewer
from viz import RENDERERS
from viz.policy import CSP


def page(asked: Asked, template: str, twin: str = "", **context: Any) -> HTMLResponse:  # noqa: ANN401 - answers
    """Return a page with the headers of its answer; `twin` is the address of the same as JSON."""
    root = asked.request.scope.get("root_path", "")
    return render(asked.request, template, {"twin": twin and root + twin, **context}, headers=dict(asked.headers))


def data_of(request: Request) -> str:
    """Return the address of the JSON twin of a page: the same, under `/v1`."""
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    return f"/v1{path}" + (f"?{request.url.query}" if request.url.query else "")


def map_page(asked: Asked, drawing: Drawing, *, nobots: bool) -> HTMLResponse:
    """Return a drawing as one page that asks nobody for anything."""
    headers = {**asked.headers, "Content-Security-Policy": CSP, "X-Frame-Options": "SAMEORIGIN"}
    if asked.viewer is Viewer.STAFF or nobots:
        headers["X-Robots-Tag"] = "noindex"
    return HTMLResponse(b"".join(RENDERERS["html"](drawing)), headers=headers)
