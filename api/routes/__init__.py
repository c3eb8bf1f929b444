"""The routes: what is answered at which address. To add some, write a module with a `router` and add it here."""

from fastapi import APIRouter

from api.routes import (
    data,
    exports,
    helping,
    helping_pages,
    judging,
    judging_pages,
    maps,
    network_pages,
    pages,
    path_pages,
    search_pages,
    sector,
    sector_pages,
    service,
    sessions,
    spreadsheets,
)

ROUTERS: tuple[APIRouter, ...] = (
    data.router,
    helping.router,
    exports.router,
    judging.router,
    sector.router,
    service.router,
    pages.router,
    search_pages.router,
    maps.router,
    helping_pages.router,
    path_pages.router,
    judging_pages.router,
    spreadsheets.router,
    sector_pages.router,
    network_pages.router,
    sessions.router,
)
