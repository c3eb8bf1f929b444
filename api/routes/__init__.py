"""The routes: what is answered at which address. To add some, write a module with a `router` and add it here."""

from fastapi import APIRouter

from api.routes import data, exports, helping, helping_pages, maps, pages, path_pages, service, sessions

ROUTERS: tuple[APIRouter, ...] = (
    data.router,
    helping.router,
    exports.router,
    service.router,
    pages.router,
    maps.router,
    helping_pages.router,
    path_pages.router,
    sessions.router,
)
