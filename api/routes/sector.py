"""The sector as a whole as JSON: themes, municipalities, networks side by side, and what is known at all."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import AskedDep
from api.inputs import Question
from api.inputs_sector import MunicipalitiesQuestion, MunicipalityId, NetworksQuestion, PortraitQuestion, ThemeId
from api.naming import telling_sides
from api.problems import describe
from api.schemas_sector import CoverageOut, MunicipalitiesOut, MunicipalityOut, NetworksOut, ThemeOut, ThemesOut
from graph.questions import portraits
from graph.questions.networks import networks

router = APIRouter(prefix="/v1", tags=["sector"], responses=describe())


@router.get("/themes")
def show_themes(asked: AskedDep, question: Annotated[Question, Query()]) -> ThemesOut:
    """Show the themes, with how many actors of each kind there are."""
    with asked.view() as view:
        return ThemesOut.model_validate(portraits.themes(view, asked.tallies.of(view)))


@router.get("/themes/{themeId}", responses=describe(404))
def show_theme(asked: AskedDep, theme_id: ThemeId, question: Annotated[PortraitQuestion, Query()]) -> ThemeOut:
    """Show who is active on a theme, who gives money, which networks there are, and what help."""
    with asked.view(question.as_of) as view:
        answer = portraits.of_theme(view, asked.tallies.of(view), theme_id, question.limit, question.as_of)
        return ThemeOut.model_validate(answer)


@router.get("/municipalities")
def show_municipalities(asked: AskedDep, question: Annotated[MunicipalitiesQuestion, Query()]) -> MunicipalitiesOut:
    """Show the municipalities in which somebody is, with how many actors of each kind."""
    with asked.view() as view:
        answer = portraits.municipalities(view, asked.tallies.of(view), question.limit)
        return MunicipalitiesOut.model_validate(answer)


@router.get("/municipalities/{municipalityId}", responses=describe(308, 404, 410))
def show_municipality(
    asked: AskedDep, municipality_id: MunicipalityId, question: Annotated[PortraitQuestion, Query()]
) -> MunicipalityOut:
    """Show who is active in a municipality, who gives money, which networks there are, and what help."""
    with asked.view(question.as_of) as view:
        told = question.limit, question.as_of
        answer = portraits.of_municipality(view, asked.tallies.of(view), municipality_id, *told)
        return MunicipalityOut.model_validate(answer)


@router.get("/networks", responses=describe(404, 410))
def compare_networks(asked: AskedDep, question: Annotated[NetworksQuestion, Query()]) -> NetworksOut:
    """Show which networks there are for somebody, nearby and beyond, and set a few side by side.

    What each brings, whether it fits, who like the asker is in it, what membership asks, and how one gets there. What is
    not known is left empty or `null`: it is not a no.
    """
    with asked.indexed(question.as_of) as (view, index):
        asker = view.follow(question.actor).id if question.actor else question.stranger()
        answer = networks(view, index, asked.tallies.of(view), asker, question.wish())
        return NetworksOut.model_validate(answer, context=telling_sides(view, answer, asked.lang))


@router.get("/coverage", tags=["datasets"])
def show_coverage(asked: AskedDep, question: Annotated[Question, Query()]) -> CoverageOut:
    """Show what is known of those who are in here, and of how many it is not."""
    with asked.view() as view:
        return CoverageOut.model_validate(portraits.coverage(view, asked.tallies.of(view)))
