"""What a route is given: who asks, in what language, and a view of the store that fits both."""

import hashlib
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, TypeAlias

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from starlette.datastructures import MutableHeaders

from api.answer_cache import AnswerCache
from api.faults import check_once
from api.languages import chosen_in, language_of, vary_of
from api.problems import NotModifiedError, SignInError
from api.program import PROGRAM
from api.security import SESSION_COOKIE, Guesses, Staff
from api.words import say
from graph.index.files import Index
from graph.index.keeping import Indexes
from graph.model import Viewer
from graph.questions.tallying import Tallies
from graph.store import Store
from graph.view import View, open_view, today


class Asked:
    """One request: its viewer and language, and the view that answers it."""

    def __init__(self, request: Request, response: Response) -> None:
        """Find out who asks.

        Raises:
            SignInError: The request bears a token that is not the staff's.
            BadInputError: The address gives several values for what takes one.
        """
        check_once(request)
        self.request = request
        self.store: Store = request.app.state.store
        self.indexes: Indexes = request.app.state.indexes
        self.tallies: Tallies = request.app.state.tallies
        self.viewer = viewer_of(request)
        self.lang = language_of(request)
        self.headers: MutableHeaders = response.headers
        self.headers["Vary"] = vary_of(request)
        self.headers["Content-Language"] = self.lang
        self.headers["Cache-Control"] = self._cache_control()
        self._answers: AnswerCache = request.app.state.answers
        self._moments: tuple[Hashable, ...] = ()

    def _cache_control(self) -> str:
        """Staff's answers are kept nowhere; what sets a cookie (a choice of language) by the visitor alone."""
        if self.viewer is Viewer.STAFF:
            return "private, no-store"
        if chosen_in(self.request):
            return "private, max-age=0, must-revalidate"
        return "public, max-age=0, must-revalidate"

    @contextmanager
    def view(self, as_of: date | None = None) -> Iterator[View]:
        """Open the view of this viewer. `as_of` is what the answer depends on, today if None.

        Raises:
            NotModifiedError: The client has the answer already.
            UnavailableError: The store does not answer.
        """
        with open_view(self.store, self.viewer) as view:
            self._tag(as_of, view.moment)
            yield view

    @contextmanager
    def indexed(self, as_of: date | None = None) -> Iterator[tuple[View, Index]]:
        """Open the view of this viewer, and the index to search it by: at once if there is any.

        The index may be of an older revision than the view, while the next is made: a question leaves out what the view no
        longer has (`View.cards` has no card of it), and answers for the revision of the index (`index.about.revision`).

        Raises:
            NotModifiedError: The client has the answer already.
            StoreError: The store does not answer, or there is no index and it cannot be made.
        """
        with open_view(self.store, self.viewer) as view:
            index = self.indexes.of(view)
            self._tag(as_of, view.moment, index.about.moment)
            yield view, index

    @contextmanager
    def around(self, as_of: date | None = None) -> Iterator[tuple[View, Index | None]]:
        """Open the view of this viewer, and the index if there is one, which may be of an older revision (see `indexed`).

        Raises:
            NotModifiedError: The client has the answer already.
            UnavailableError: The store does not answer.
        """
        with open_view(self.store, self.viewer) as view:
            index = self.indexes.at_hand(view)
            self._tag(as_of, view.moment, index.about.moment if index else None)
            yield view, index

    def told(self, make: Callable[[], BaseModel]) -> Response:
        """Return an answer as JSON: one that the public was given before, or a new one.

        Called while the view is open that the answer is made from.
        """

        def body() -> bytes:
            return make().model_dump_json(by_alias=True).encode()

        kept = self.viewer is Viewer.PUBLIC and self.request.method == "GET"
        told = self._answers.body(self.headers["ETag"], self._moments, body) if kept else body()
        return Response(told, headers=dict(self.headers), media_type="application/json")

    def keep_nothing(self) -> None:
        """Let nobody keep this answer, as for errors: who is not there may come."""
        self.headers["Cache-Control"] = "no-store"
        del self.headers["ETag"]

    def _tag(self, as_of: date | None, *moments: Hashable) -> None:
        """Tag what the public is told by all that it depends on, and tell nothing if the client has it."""
        if self.viewer is not Viewer.PUBLIC:
            return
        self._moments = moments
        url = self.request.url
        was_staff = SESSION_COOKIE in self.request.cookies  # then pages say that the session is over
        as_of = as_of or today()
        told = (moments, self.viewer, self.lang, as_of, PROGRAM, was_staff, url.path, url.query)
        tag = f'W/"{hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()}"'
        self.headers["ETag"] = tag
        known = self.request.headers.get("if-none-match", "")
        # Compared weakly (RFC 9110, 8.8.3.2), as what stands between may take the W/ away.
        if self.request.method == "GET" and tag[2:] in (part.strip().removeprefix("W/") for part in known.split(",")):
            raise NotModifiedError(dict(self.headers))


def viewer_of(request: Request) -> Viewer:
    """Return who asks: staff by a bearer token or a session's cookie, else the public.

    Raises:
        SignInError: There is an `Authorization` header that does not hold the staff token.
    """
    staff: Staff = request.app.state.staff
    header = request.headers.get("authorization")
    if header is not None:
        check_token(request, header[7:].strip() if header[:7].lower() == "bearer " else "")
        return Viewer.STAFF
    return Viewer.STAFF if staff.holds(request.cookies.get(SESSION_COOKIE, "")) else Viewer.PUBLIC


def check_token(request: Request, token: str) -> None:
    """Make sure that `token` is the staff's.

    Raises:
        SignInError: It is not (401), or too many were not (429).
    """
    staff: Staff = request.app.state.staff
    guesses: Guesses = request.app.state.guesses
    address = request.client.host if request.client else ""
    if seconds := guesses.wait(address):
        raise SignInError(
            nl=f"Te vaak een verkeerd token. Wacht {seconds} seconden en probeer het opnieuw.",
            en=f"Too many wrong tokens. Wait {seconds} seconds and try again.",
            status=429,
            headers={"Retry-After": str(seconds)},
        )
    if not staff.knows(token):
        guesses.wrong(address)
        raise SignInError(
            nl="Dit token is niet goed. Geef het token van de medewerkers, of vraag zonder token wat openbaar is.",
            en="This token is not right. Give the staff's token, or ask without one for what is public.",
            status=401,
            headers={"WWW-Authenticate": 'Bearer realm="weefsel", error="invalid_token"'},
        )


AskedDep: TypeAlias = Annotated[Asked, Depends(Asked)]


def _of_staff(asked: AskedDep) -> Asked:
    """Let nobody but staff ask this.

    Raises:
        SignInError: It is somebody else.
    """
    if asked.viewer is Viewer.STAFF:
        return asked
    raise SignInError(
        nl="Dit is voor medewerkers. Log eerst in, of stuur het token van de medewerkers mee.",
        en="This is for staff. Sign in first, or send the staff's token.",
        status=401,
        headers={"WWW-Authenticate": 'Bearer realm="weefsel"'},
    )


def _with_token(asked: Annotated[Asked, Depends(_of_staff)]) -> Asked:
    """Let staff change something with their token alone: a browser sends a cookie by itself, a token it does not.

    Raises:
        SignInError: It is somebody else, or the token is not in the header.
    """
    if "authorization" in asked.request.headers:
        return asked
    raise SignInError(
        nl="Stuur het token van de medewerkers mee als je iets verandert; een sessie is hier niet genoeg.",
        en="Send the staff's token if you change something; a session is not enough here.",
        status=401,
        headers={"WWW-Authenticate": 'Bearer realm="weefsel"'},
    )


StaffDep: TypeAlias = Annotated[Asked, Depends(_of_staff)]
TokenDep: TypeAlias = Annotated[Asked, Depends(_with_token)]


def check_mark(asked: Asked, mark: str) -> None:
    """Make sure that a form was ours, and this session's.

    Raises:
        SignInError: It was not.
    """
    staff: Staff = asked.request.app.state.staff
    if not staff.form_holds(asked.request.cookies.get(SESSION_COOKIE, ""), mark):
        raise SignInError(nl=say("nl", "form_old"), en=say("en", "form_old"), status=403, headers={})
