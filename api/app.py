"""The application: routes, settings and a store put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic.alias_generators import to_camel
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from api import problems
from api.answer_cache import AnswerCache
from api.envelope import API_VERSION, Envelope, OpenData
from api.indexing import folder_of, open_indexes
from api.limits import BodyLimit
from api.proposing import Proposing
from api.routes import ROUTERS
from api.security import Guesses, Staff
from api.settings import Settings
from api.shared_links import SharedLinks
from api.uploads import Uploads
from graph.questions.tallying import Tallies
from graph.store import Store

DESCRIPTION = """The collective sector of the Netherlands as one fabric: who is there, who is around, along which ties.

Answers carry the `revision` of the data that they were made from. `null` means unknown, which is not the same as no.
Dates are ISO 8601. Every error is `application/problem+json` and names all invalid inputs at once. What is public
needs no key; staff send theirs as a bearer token.
"""


def create_app(store: Store, settings: Settings) -> FastAPI:
    """Return the application that answers from `store`, and closes it when it stops."""
    app = FastAPI(
        title="Weefsel",
        version=API_VERSION,
        summary="The collective sector as one fabric",
        description=DESCRIPTION,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        generate_unique_id_function=lambda route: to_camel(route.name),
        servers=[{"url": settings.public_url}] if settings.public_url else None,
        middleware=[
            Middleware(Envelope, secure=settings.secure),
            Middleware(SharedLinks),
            Middleware(OpenData),
            Middleware(BodyLimit),
        ],
    )
    app.state.store = store
    app.state.indexes = open_indexes(store, settings)
    app.state.tallies = Tallies()
    app.state.settings = settings
    app.state.staff = Staff(settings.staff_token.get_secret_value())
    app.state.guesses = Guesses()
    app.state.answers = AnswerCache()
    app.state.proposing = Proposing()
    app.state.uploads = Uploads(folder_of(store, settings) / "uploads")
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.state.routes = routes_of(app)
    problems.install(app)
    setattr(app, "openapi", lambda: _described(app))  # noqa: B010 - FastAPI's own way, which mypy takes for a slip
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Let go of files that nobody comes back for and, when the service stops, of what it has begun itself.

    The store too: a signal ends a process without its caller's last words, and would leave the log of the file beside it.
    """
    sweeping = asyncio.create_task(app.state.uploads.keep_swept())
    yield
    sweeping.cancel()
    app.state.indexes.close()
    app.state.store.close()


def routes_of(app: FastAPI) -> list[Route]:
    """Return every route of the app, those of its routers included."""
    own = [route for route in app.routes if isinstance(route, Route)]
    return own + [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]


def _described(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document: FastAPI's, with our errors in place of its 422, and the staff's token."""
    document = FastAPI.openapi(app)  # made once, then kept by the app
    components = document["components"]
    if "Problem" not in components["schemas"]:
        for name in ("HTTPValidationError", "ValidationError"):
            components["schemas"].pop(name, None)
        for operation in (each for path in document["paths"].values() for each in path.values()):
            operation["responses"].pop("422", None)
        components["schemas"].update(problems.schemas())
        components["securitySchemes"] = {"staff": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{}, {"staff": []}]
    return document
