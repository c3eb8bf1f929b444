"""The indexes that questions ask: in the folder that the settings name, else beside the store's file."""

from pathlib import Path

from api.settings import Settings
from graph.index.keeping import Indexes
from graph.store import Store

ELSEWHERE = Path("var/index")  # of a store that is on a server


def open_indexes(store: Store, settings: Settings) -> Indexes:
    """Return the indexes of a store. Closing them is the caller's; nothing is made until somebody asks."""
    return Indexes(store, folder_of(store, settings))


def folder_of(store: Store, settings: Settings) -> Path:
    """Return the folder for what may be thrown away."""
    return Path(settings.index) if settings.index else store.beside or ELSEWHERE
