"""Exports: a part of the sector as a file of another program, sent while it is read."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api import extracts
from api.deps import Asked, AskedDep
from api.inputs_exports import ExportQuestion, FormatName
from api.problems import describe
from graph.drawing import Extract
from graph.errors import BadInputError
from graph.model import Viewer
from viz import EXPORTS

router = APIRouter(prefix="/v1", tags=["exports"], responses=describe(404, 410))
_MEDIA: dict[int | str, dict[str, Any]] = {
    200: {"content": {export.media_type: {} for export in EXPORTS.values()}, "description": "The file"}
}


class Sent(StreamingResponse):
    """An answer that is sent while it is made; what it reads from is closed when all is sent, or the client is gone."""

    def __init__(
        self, content: Iterator[bytes], close: Callable[[], None], headers: dict[str, str], media: str
    ) -> None:
        """Send `content`, then `close`."""
        super().__init__(content, headers=headers, media_type=media)
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await run_in_threadpool(self._close)


@router.get("/exports/{format}", response_class=Response, responses=_MEDIA)
def export(asked: AskedDep, format: FormatName, question: Annotated[ExportQuestion, Query()]) -> Response:
    """Export a part of the sector: actors, what is known of them, and every tie among them.

    Formats: `xlsx` (workbook), `csv` and `csv-excel` (tables in a zip), `gexf`, `graphml`, `kumu` (JSON, which Kumu takes as
    remote JSON), `geojson`, `jsonld` (schema.org), `sector` (whole datasets, for another Weefsel). The address is steady; what is in the file may change with the data.
    """
    writer = extracts.format_of(format)
    extracts.fit(format, question.part(), question.around)
    with ExitStack() as stack:
        extract = _extract(asked, question, stack)
        content = writer.write(extract)
        stack.callback(content.close)
        headers = {
            **asked.headers,
            "Content-Disposition": f'attachment; filename="{extracts.file_name(extract, format)}"',
        }
        if asked.viewer is Viewer.STAFF:
            headers["X-Robots-Tag"] = "noindex"
        return Sent(content, stack.pop_all().close, headers, writer.media_type)


def _extract(asked: Asked, question: ExportQuestion, stack: ExitStack) -> Extract:
    """Open a view that stays open on `stack`, and return what is asked for of it."""
    if not question.around:
        view = stack.enter_context(asked.view(question.as_of))
        return extracts.of_part(view, question.part(), asked.lang, question.as_of)
    if question.part() != ExportQuestion().part():
        raise BadInputError(
            nl="Kies `around` of iets anders, niet beide.",
            en="Choose `around` or something else, not both.",
            field="around",
        )
    view, index = stack.enter_context(asked.around(question.as_of))
    return extracts.of_surroundings(view, index, question.around, question.depth, asked.lang, question.as_of)
