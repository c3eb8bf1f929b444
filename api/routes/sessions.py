"""Signing in and out. Forms carry a mark bound to a cookie of the visitor, so that no other site can send them."""

import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import Asked, AskedDep, check_token
from api.inputs import Question, TokenForm
from api.problems import SignInError
from api.security import FORM_COOKIE, SESSION_COOKIE, SESSION_SECONDS, Staff
from api.templating import render
from graph.model import Viewer

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ask_for_token(asked: AskedDep, question: Annotated[Question, Query()]) -> Response:
    """Show the form to sign in with."""
    return _form(asked)


@router.post("/sign-in")
def sign_in(asked: AskedDep, question: Annotated[Question, Query()], form: Annotated[TokenForm, Form()]) -> Response:
    """Begin a session, or say why not."""
    request = asked.request
    staff: Staff = request.app.state.staff
    if not staff.open or not staff.form_holds(request.cookies.get(FORM_COOKIE, ""), form.mark):
        return _form(asked, 403, "form_old" if staff.open else "")
    try:
        check_token(request, form.token)
    except SignInError as error:
        return _form(asked, error.status, told=error.text(asked.lang), headers=error.headers)
    response = _to_home()
    _set(request, response, SESSION_COOKIE, staff.begin(), SESSION_SECONDS)
    _set(request, response, FORM_COOKIE, "", 0)
    return response


@router.post("/sign-out")
def sign_out(asked: AskedDep, question: Annotated[Question, Query()], form: Annotated[TokenForm, Form()]) -> Response:
    """End the session."""
    request = asked.request
    staff: Staff = request.app.state.staff
    session = request.cookies.get(SESSION_COOKIE, "")
    if staff.holds(session):
        if not staff.form_holds(session, form.mark):
            return _form(asked, 403, "form_old")
        staff.end(session)
    response = _to_home()
    _set(request, response, SESSION_COOKIE, "", 0)
    return response


def _form(
    asked: Asked, status: int = 200, key: str = "", told: str = "", headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Return the form, with a fresh mark for the cookie that the visitor has or now gets."""
    staff: Staff = asked.request.app.state.staff
    cookie = asked.request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(18)
    context = {
        "open": staff.open,
        "staff": asked.viewer is Viewer.STAFF,
        "mark": staff.form_mark(cookie),
        "key": key,
        "told": told,
    }
    asked.headers["Cache-Control"] = "no-store"
    response = render(asked.request, "sign_in.html", context, status, {**asked.headers, **(headers or {})})
    _set(asked.request, response, FORM_COOKIE, cookie, SESSION_SECONDS)
    return response


def _to_home() -> RedirectResponse:
    return RedirectResponse("/", 303, {"Cache-Control": "no-store"})


def _set(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    """Give the visitor a cookie that no script and no other site can use; for 0 seconds: take it away."""
    secure = request.app.state.settings.secure
    response.set_cookie(name, value, seconds, secure=secure, httponly=True, samesite="strict")
