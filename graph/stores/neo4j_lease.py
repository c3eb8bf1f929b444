"""The lock on the Neo4j store: a lease that its holder renews, and that lapses when it no longer does.

Every batch of a write checks in its own transaction that the lease is still its own, so that a loader that stalled
and was overtaken can write nothing more.
"""

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.errors import LockedError, StoreError
from graph.stores.neo4j_link import Link
from graph.stores.neo4j_schema import FORMAT

LEASE = 15.0  # seconds without a sign of life after which another may write
BEAT = 4.0  # seconds between signs of life

TAKE = """
MERGE (w:Weefsel {name: 'Weefsel'}) ON CREATE SET w.format = $format, w.n = 0 SET w.asked = timestamp()
WITH w, w.holder IS NULL OR w.beat < timestamp() - $lease OR w.holder = $dead AS free
SET w += CASE WHEN free THEN {holder: $token, who: $who, beat: timestamp(), since: timestamp()} ELSE {} END
RETURN free, w.holder, w.who, w.since, w.beat + $lease - timestamp(), w.unfinished, w.live, w.flipped, w.erase, w.mark_rev, w.mark_at,
  timestamp(), w.schema
"""
HOLD = """
MATCH (w:Weefsel {holder: $token})
SET w.beat = timestamp(), w.unfinished = CASE WHEN $unfinished THEN true ELSE w.unfinished END RETURN w.beat
"""
UNFINISHED = "MATCH (w:Weefsel {unfinished: true}) RETURN w.holder, w.who, w.beat >= timestamp() - $lease"
RELEASE = "MATCH (w:Weefsel {holder: $token}) REMOVE w.holder, w.who, w.beat, w.since, w.asked"


def _machine() -> str:
    """Return what tells this machine, or container, from others: process ids mean something only within it."""
    try:
        return f"{socket.gethostname()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return socket.gethostname()


def _running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class Lease:
    """The lock, held by this draft while it lasts."""

    def __init__(self, link: Link, doing: str) -> None:
        """Be ready to take the lock, for `doing`."""
        self.token = uuid.uuid4().hex
        self._link = link
        self._who = json.dumps({"machine": _machine(), "pid": os.getpid(), "doing": doing})
        self._ended = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="weefsel-lease", daemon=True)

    def take(self) -> dict[str, Any]:
        """Take the lock; return what the store's node, made where there is none, says of earlier writes.

        Raises:
            LockedError: Another holds it.
        """
        found = self._try("")
        if not found["free"] and _is_dead(found["who"]):
            found = self._try(found["holder"])
        if not found["free"]:
            raise _locked(found)
        self._heart.start()
        return found

    def _try(self, dead: str) -> dict[str, Any]:
        names = (
            "free",
            "holder",
            "who",
            "since",
            "left",
            "unfinished",
            "live",
            "flipped",
            "erase",
            "mark",
            "marked",
            "now",
            "schema",
        )
        given = {"token": self.token, "who": self._who, "lease": int(LEASE * 1000), "dead": dead, "format": FORMAT}
        [[row]] = self._link.write([(TAKE, given)])
        found = dict(zip(names, row, strict=True))
        if found["holder"] == self.token:
            found["free"] = True  # the answer to an earlier try was lost on the way
        return found

    def _beat(self) -> None:
        while not self._ended.wait(BEAT):
            try:
                self._link.write([self._hold()])
            except StoreError:
                continue  # the next batch will find out

    def _hold(self, *, unfinished: bool = False) -> tuple[str, Mapping[str, Any]]:
        return HOLD, {"token": self.token, "unfinished": unfinished}

    def write(
        self, *steps: tuple[str, Mapping[str, Any]], patient: bool = False, unfinished: bool = False
    ) -> list[list[list[Any]]]:
        """Do the steps in one transaction, if the lock is still ours; return their rows. `patient`: see `Link.read`.

        `unfinished`: note that they are of no use without what follows.

        Raises:
            StoreError: Another took the lock, as this one gave no sign of life.
        """
        held, *answers = self._link.write([self._hold(unfinished=unfinished), *steps], guarded=True, patient=patient)
        if not held:
            raise StoreError(
                nl="Deze lading lag te lang stil; een andere heeft het slot overgenomen. Begin opnieuw.",
                en="This load stood still for too long; another took over the lock. Start again.",
            )
        return answers

    def release(self) -> None:
        """Let go of the lock, if it is still ours; if the server is away, it lapses by itself."""
        self._ended.set()
        with suppress(StoreError):
            self._link.write([(RELEASE, {"token": self.token})])
        self._heart.join(timeout=BEAT)


def left_behind(link: Link) -> bool:
    """Return whether there is half a write whose holder let go of the lock, was killed here, or gave no sign of life for long."""
    found = link.read(UNFINISHED, {"lease": int(LEASE * 1000)})
    return any(not holder or not lives or _is_dead(who) for holder, who, lives in found)


def _is_dead(who: str | None) -> bool:
    told = json.loads(who or "{}")
    return bool(told) and told["machine"] == _machine() and not _running(told["pid"])


def _locked(found: Mapping[str, Any]) -> LockedError:
    told = json.loads(found["who"] or "{}")
    since = datetime.fromtimestamp((found["since"] or time.time() * 1000) / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
    holder = f"{told.get('machine', '?').split(' ')[0]}, {told.get('pid', '?')}"
    doing, left = told.get("doing", "?"), max(1, round((found["left"] or 0) / 1000))
    return LockedError(
        nl=f"Er schrijft al iemand: {doing!r} (computer en proces: {holder}), sinds {since} UTC. Probeer het daarna"
        f" opnieuw. Is dat proces gestopt, dan vervalt het slot over {left} seconden.",
        en=f"Another write is going on: {doing!r} (computer and process: {holder}), since {since} UTC. Try again when it"
        f" is done. If that process has stopped, the lock lapses in {left} seconds.",
    )
