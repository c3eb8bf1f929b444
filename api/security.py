"""Who is staff: the token, sessions that are kept nowhere but in a signed cookie, marks in forms, and wrong guesses."""

import hashlib
import hmac
import math
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable

SESSION_COOKIE = "weefsel-session"
FORM_COOKIE = "weefsel-form"
SESSION_SECONDS = 8 * 3600  # a working day
WRONG_ALLOWED = 10  # wrong tokens from one address …
WRONG_SECONDS = 300  # … within five minutes, before it has to wait
ADDRESSES = 10_000  # remembered at most, so that guessing from many addresses costs no memory

Clock = Callable[[], float]


class Staff:
    """What makes a visitor staff. With an empty token nobody is.

    A session is `end.nonce.mark`: when it ends (seconds since 1970), a random part, and a mark that only who knows
    the staff token can make. So another token ends all sessions, several processes accept each other's, and the
    cookie does not hold the token.
    """

    def __init__(self, token: str, clock: Clock = time.time) -> None:
        """Take the staff token; `clock` gives seconds since 1970."""
        self.open = bool(token)
        self._token = _digest(token)
        self._key = hmac.digest(token.encode() or secrets.token_bytes(32), b"weefsel session", "sha256")
        self._clock = clock
        self._ended: dict[str, float] = {}

    def knows(self, token: str) -> bool:
        """Return whether `token` is the staff token, in a time that does not tell how much of it is right."""
        return hmac.compare_digest(_digest(token), self._token) and self.open

    def begin(self) -> str:
        """Return a new session, for a cookie."""
        said = f"{int(self._clock()) + SESSION_SECONDS}.{secrets.token_urlsafe(18)}"
        return f"{said}.{self._mark('session', said)}"

    def holds(self, session: str) -> bool:
        """Return whether `session` was begun here, has not passed and was not ended in this process."""
        said, _, mark = session.rpartition(".")
        if not self.open or not _same(mark, self._mark("session", said)):
            return False
        return float(said.partition(".")[0]) > self._clock() and session not in self._ended

    def end(self, session: str) -> None:
        """Let a session hold no longer."""
        now = self._clock()
        self._ended = {old: until for old, until in self._ended.items() if until > now}
        if self.holds(session):
            self._ended[session] = now + SESSION_SECONDS

    def form_mark(self, cookie: str) -> str:
        """Return what a form must carry to be taken from a visitor with this cookie (against forged forms)."""
        return self._mark("form", cookie)

    def form_holds(self, cookie: str, mark: str) -> bool:
        """Return whether a form that carries `mark` was ours, and this visitor's."""
        return bool(cookie) and _same(mark, self.form_mark(cookie))

    def _mark(self, purpose: str, said: str) -> str:
        return hmac.new(self._key, _bytes(f"{purpose}\0{said}"), "sha256").hexdigest()


class Guesses:
    """Counts wrong tokens per address, so that guessing does not pay."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Start with none; `clock` gives seconds."""
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Return how many seconds this address has to wait before its next try; 0: none."""
        times = self._wrong.get(address)
        if times is None or len(times) < WRONG_ALLOWED:
            return 0
        return max(0, math.ceil(times[0] + WRONG_SECONDS - self._clock()))

    def wrong(self, address: str) -> None:
        """Note a wrong token from this address."""
        self._wrong.setdefault(address, deque(maxlen=WRONG_ALLOWED)).append(self._clock())
        self._wrong.move_to_end(address)
        while len(self._wrong) > ADDRESSES:
            self._wrong.popitem(last=False)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(_bytes(one), _bytes(other))


def _digest(token: str) -> bytes:
    return hashlib.sha256(_bytes(token)).digest()


def _bytes(text: str) -> bytes:
    """Return `text` as bytes, whatever a client sent."""
    return text.encode("utf-8", "surrogatepass")
