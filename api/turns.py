"""Waiting for one's turn to write: as long as others take to keep a judgement, not as long as a load takes."""

import time
from collections.abc import Callable
from typing import TypeVar

from graph.errors import LockedError

T = TypeVar("T")
SECONDS = 5.0  # that somebody waits who sent a form
PAUSE = 0.05


def in_turn(write: Callable[[], T]) -> T:
    """Return what `write` gives, when nobody else writes any more: a second click, or a colleague, came at the same time.

    Raises:
        LockedError: Another was still writing after some seconds.
    """
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            return write()
        except LockedError:
            time.sleep(PAUSE)
    return write()
