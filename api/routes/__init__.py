"""The routes: what is answered at which address. To add some, write a module with a `router` and add it here."""

from fastapi import APIRouter

from api.routes import (
    data,
    helping,
    helping_pages,
    judging,
    judging_pages,
    maps,
    pages,
    path_pages,
    service,
    sessions,
    spreadsheets,
)

ROUTERS: tuple[APIRouter, ...] = (
    data.router,
    helping.router,
    judging.router,
    service.router,
    pages.router,
    maps.router,
    helping_pages.router,
    path_pages.router,
    judging_pages.router,
    spreadsheets.router,
    sessions.router,
)
