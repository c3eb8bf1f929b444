"""Loading a spreadsheet in the browser, for staff: send it, see what it would become, then keep it or leave."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import spreadsheets
from api.deps import Asked, StaffDep, check_mark
from api.inputs import Question
from api.inputs_spreadsheets import SheetForm
from api.limits import LARGEST_FILE
from api.mapping_files import Look
from api.responses import page
from api.security import SESSION_COOKIE
from api.spreadsheets import Tried, Wanted
from api.terminal_loads import counted
from api.terminal_mapping import becomes, hidden, meaning
from api.uploads import Uploads
from api.words import say
from graph.errors import BadInputError, LoadError, NotFoundError, StoreError, WeefselError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
STATUS = {
    BadInputError: 400,
    LoadError: 400,
    NotFoundError: 404,
    StoreError: 503,
}  # what cannot be read is the visitor's file


@dataclass(frozen=True)
class Step:
    """How far a file is: what was sent, what was seen of it, what came of trying or keeping it, its rows with faults, what is wrong."""

    form: SheetForm
    file: Path | None = None
    seen: Look | None = None
    tried: Tried | None = None
    kept: bool = False
    faulty: tuple[str, bytes] | None = None
    wrong: WeefselError | None = None


@router.get("/spreadsheets")
def choose(asked: StaffDep, question: Annotated[Question, Query()]) -> HTMLResponse:
    """Show the form to send a spreadsheet with."""
    return _shown(asked, Step(SheetForm()))


@router.post("/spreadsheets")
def send(asked: StaffDep, question: Annotated[Question, Query()], form: Annotated[SheetForm, Form()]) -> Response:
    """Take a step: look at a file, try it, keep it, or let go of it."""
    check_mark(asked, form.mark)
    with _uploads(asked)[0].turn():
        return _answered(asked, form)


def _answered(asked: Asked, form: SheetForm) -> Response:
    """Return the answer to a step; to keeping a file once more, the same as before."""
    uploads, session = _uploads(asked)
    if form.step == "save" and (told := uploads.told(session, form.upload)):
        return HTMLResponse(told, headers=dict(asked.headers))
    if form.step == "leave":
        uploads.drop(session, form.upload)
        return RedirectResponse("/spreadsheets", 303)
    step = _taken(asked, form)
    if step.faulty is not None:
        end, content = step.faulty
        word = say(asked.lang, "sheet_faulty_file")
        name = f"{step.form.dataset}-{word}.{end}"
        headers = {**asked.headers, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type={"csv": "text/csv", "zip": "application/zip"}[end], headers=headers)
    made = _shown(asked, step)
    if step.kept:
        uploads.loaded(session, step.form.upload, bytes(made.body))
    return made


def _uploads(asked: Asked) -> tuple[Uploads, str]:
    return asked.request.app.state.uploads, asked.request.cookies.get(SESSION_COOKIE, "")


def _taken(asked: Asked, form: SheetForm) -> Step:
    """Go as far as one can; what is wrong stands in the step."""
    step = Step(form)
    try:
        form, file = _with_file(asked, form)
        step = Step(form, file)
        step = _looked_at(asked, step, file)
        if step.seen and step.seen.ready:
            step = _tried(asked, step, file)
    except (BadInputError, LoadError, NotFoundError, StoreError) as error:
        return replace(step, wrong=error)
    return step


def _with_file(asked: Asked, form: SheetForm) -> tuple[SheetForm, Path]:
    """Return the form and its file: the one that comes with it, or that came before.

    Raises:
        BadInputError, NotFoundError: There is none, or it is no longer there.
    """
    uploads, session = _uploads(asked)
    if form.file is not None and form.file.filename:
        upload = uploads.keep(session, form.file.filename, form.file.file)
        again = form.step == "try"  # in place of one that is no longer kept, with the mapping that was typed for that
        form = (form if again else SheetForm(mark=form.mark)).model_copy(update={"upload": upload})
    if not form.upload:
        raise BadInputError(
            nl="Kies eerst een bestand: XLSX, ODS, CSV of TSV.",
            en="Choose a file first: XLSX, ODS, CSV or TSV.",
            field="file",
        )
    file = uploads.find(session, form.upload)
    return form.model_copy(update={"dataset": form.dataset or spreadsheets.name_for(file)}), file


def _looked_at(asked: Asked, step: Step, file: Path) -> Step:
    """Return the step with what is seen of its file, by the mapping that was sent or a proposal."""
    uploads, session = _uploads(asked)
    form = step.form
    saved = uploads.write(session, form.upload, form.mapping) if form.mapping and form.step != "look" else None
    seen = spreadsheets.look(file, saved, asked.lang)
    return replace(step, seen=seen, form=form.model_copy(update={"mapping": form.mapping if saved else seen.toml}))


def _tried(asked: Asked, step: Step, file: Path) -> Step:
    """Return the step with what would come of it, or came of it."""
    uploads, session = _uploads(asked)
    form = step.form
    mapping = uploads.write(session, form.upload, form.mapping)
    wanted = Wanted(file, mapping, form.dataset, form.audience, form.skip)
    if form.step == "faulty":
        return replace(step, faulty=spreadsheets.faulty(asked.store, wanted, asked.lang))
    tried = spreadsheets.load(asked.store, wanted, asked.lang, keep=form.step == "save")
    return replace(step, tried=tried, kept=form.step == "save" and not tried.loaded.report.refused)


def _again(form: SheetForm) -> list[tuple[str, str]]:
    """Return what shows the same step once more, in another language: each value with the name of its field."""
    told = {
        "step": "look",
        "upload": form.upload,
        "dataset": form.dataset,
        "audience": form.audience,
        "mark": form.mark,
    }
    if form.step != "look":
        told |= {"step": "try", "mapping": form.mapping, **({"skip": "true"} if form.skip else {})}
    return [*told.items()]


def _shown(asked: Asked, step: Step) -> HTMLResponse:
    report = step.tried.loaded.report if step.tried else None
    made = page(
        asked,
        "spreadsheets.html",
        sent=_again(step.form) if step.file and not step.kept else (),
        step=step,
        form=step.form,
        report=report,
        refused=bool(report and report.fault_count and not step.form.skip),
        wrong=step.wrong.text(asked.lang) if step.wrong else "",
        told=list(counted(report, asked.lang, step.tried.loaded.ledger)) if report and step.tried else [],
        becomes=lambda row: becomes(row, asked.lang),
        meaning=lambda column: meaning(column, asked.lang),
        hidden_columns=lambda columns: hidden(columns, asked.lang),
        mb=LARGEST_FILE // 2**20,
    )
    made.status_code = next((STATUS[kind] for kind in STATUS if isinstance(step.wrong, kind)), 200)
    return made
