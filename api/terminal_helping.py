"""Who can help, and how one gets there, in plain words for a terminal; each returns lines of text."""

from collections.abc import Iterable, Iterator, Sequence

from api.naming import reasons_of
from api.terminal import cited_at, day, legend, number_of, one_line, row, said
from graph.answers_helping import HelpAnswer, Helper, Path, Paths, Reason, Unreached
from graph.errors import Lang
from graph.model import Count, Source
from graph.questions.paths import MAX_STEPS
from graph.questions.who_can_help import MAX_LIMIT
from graph.sentences import percent
from graph.telling import Telling, wanted
from graph.vocabulary import vocabulary


def help_answer(answer: HelpAnswer, telling: Telling) -> Iterator[str]:
    """Yield who can help: those that are news first, each with the way there and why, then who is known already."""
    lang = telling.lang
    yield from _heading(answer, lang)
    yield one_line(telling.best(answer))
    if answer.helpers or answer.known:
        yield said(
            lang,
            "Bovenaan staat wie het meest kans maakt: hoe zeker de weg is, en hoe goed het past.",
            "Those who are most likely come first: how sure the path is, and how well they fit.",
        )
    for what in answer.missing:
        yield one_line(telling.missing(what, answer.asker))
    yield from _helpers(answer.helpers, said(lang, "Nieuw voor jullie", "New to you"), telling)
    yield from _helpers(answer.known, said(lang, "Die kennen jullie al", "Those you already know"), telling)
    unreached = said(lang, "Passend, maar we vonden geen weg erheen", "Would fit, but we found no path to them")
    yield from _apart(answer.unreachable, unreached, telling, telling.apart(answer))
    if answer.unreachable and not answer.full and not answer.missing and answer.max_steps < MAX_STEPS:
        yield said(lang, f"Zoek verder met --max-steps {MAX_STEPS}.", f"Look further with --max-steps {MAX_STEPS}.")
    yield from _apart(answer.unfit, said(lang, "Biedt het wel, maar past niet", "Offers it, but does not fit"), telling)
    yield from _left_out(answer, lang)
    yield from _legend(_sources_of(answer), lang)


def _heading(answer: HelpAnswer, lang: Lang) -> Iterator[str]:
    what = wanted(answer.help, lang)
    who, when = one_line(answer.asker.name) if answer.asker else "", day(answer.as_of, lang)
    themes = ", ".join(vocabulary().themes[theme].label(lang) for theme in answer.themes)
    about = f"; {said(lang, 'thema’s', 'themes')}: {themes}" if themes else ""
    yield said(
        lang,
        f"Wie kan {who} helpen met {what}? (peildatum {when}{about})",
        f"Who can help {who} with {what}? (as of {when}{about})",
    )


def _helpers(helpers: Sequence[Helper], title: str, telling: Telling) -> Iterator[str]:
    if helpers:
        yield ""
        yield title
    for number, helper in enumerate(helpers, 1):
        sure = f"{telling.sure(helper.chance)} ({percent(helper.chance)})"
        yield f"{number:>3}. {row(helper.actor, telling.lang)} · {sure}"
        yield from _path(helper.path, telling)
        yield from _why(helper.reasons, telling)
        for other in helper.alternatives:
            yield f"     {said(telling.lang, 'Ook', 'Also')}: {_way(other, telling)}"


def _way(path: Path, telling: Telling) -> str:
    """Return whom a path leads along, and how sure it is, on one line."""
    route = " → ".join(one_line(name) for name in telling.route(path))
    return f"{route} · {telling.sure(path.chance)} ({percent(path.chance)})"


def _path(path: Path, telling: Telling) -> Iterator[str]:
    """Yield a path, a sentence a step."""
    for number, step in enumerate(path.steps, 1):
        cited = f"  [{cited_at(step.tie.sources)}]" if step.tie else ""
        yield f"     {number}) {one_line(telling.step(step))}{cited} · {percent(step.likely)}"
    if weakest := telling.weakest(path):
        yield f"     {one_line(weakest)}"


def _why(reasons: Sequence[Reason], telling: Telling) -> Iterator[str]:
    for number, (told, sources) in enumerate(telling.why(reasons)):
        label = said(telling.lang, "Waarom:", "Why:") if not number else ""
        cited = f"  [{cited_at(sources)}]" if sources else ""
        yield f"     {label:<8}{one_line(told)}{cited}"


def _apart(some: Sequence[Unreached], title: str, telling: Telling, hint: str = "") -> Iterator[str]:
    if some:
        yield ""
        yield title
        yield from [hint] if hint else ()
    for one in some:
        yield f"  -  {row(one.actor, telling.lang)}"
        yield from _why(one.reasons, telling)
        ways = "; ".join(one_line(way) for way in one.way_in)
        unknown = f"{said(telling.lang, 'onbekend', 'unknown')} (weefsel show {one.actor.id})"
        yield f"     {said(telling.lang, 'Ingang', 'Way in')}: {ways or unknown}"


def _left_out(answer: HelpAnswer, lang: Lang) -> Iterator[str]:
    if answer.more.count:
        others = number_of(answer.more, lang, ("ander", "anderen"), ("other", "others"))
        yield ""
        yield f"{said(lang, 'Niet getoond', 'Not shown')}: {others} (--limit)"
    apart = Count(answer.more_unreachable.count + answer.more_unfit.count)
    if apart.count:
        others = number_of(apart, lang, ("ander", "anderen"), ("other", "others"))
        yield from () if answer.more.count else ("",)
        without = said(lang, "zonder weg erheen of niet passend", "without a path or that do not fit")
        # a search finds not all of them (who gave it before, who offers the help in general), but however many
        more = "--limit" if answer.limit < MAX_LIMIT else f'weefsel search "" --help-offered {answer.help}'
        yield f"{said(lang, 'Niet getoond', 'Not shown')}: {others} {without} ({more})"
    if not answer.complete:
        yield said(
            lang,
            "Er was te veel om door te zoeken: misschien is er nog een betere weg.",
            "There was too much to search: there may be a better path.",
        )


def _legend(sources: Iterable[Source], lang: Lang) -> Iterator[str]:
    """Yield what the short names of sources stand for, apart from what is above."""
    told = list(legend(sources, lang))
    yield from ["", *told] if told else []


def _sources_of(answer: HelpAnswer) -> Iterator[Source]:
    for one in (*answer.helpers, *answer.known):
        yield from _sources_on(one.path)
    for reason in reasons_of(answer):
        yield from reason.sources


def _sources_on(path: Path) -> Iterable[Source]:
    return (source for step in path.steps if step.tie for source in step.tie.sources)


def paths(answer: Paths, telling: Telling) -> Iterator[str]:
    """Yield how one gets from one actor to another: the best path, then others."""
    lang = telling.lang
    start, end, when = one_line(answer.start.name), one_line(answer.end.name), day(answer.as_of, lang)
    yield said(
        lang,
        f"Hoe kom je van {start} bij {end}? (peildatum {when})",
        f"How do you get from {start} to {end}? (as of {when})",
    )
    if not answer.paths:
        yield from _no_path(answer, lang)
    for number, path in enumerate(answer.paths):
        yield ""
        title = said(lang, "Beste weg", "Best path") if not number else said(lang, "Andere weg", "Another path")
        yield f"{title}: {_way(path, telling)}"
        yield from _path(path, telling)
    yield from _legend((source for path in answer.paths for source in _sources_on(path)), lang)


def _no_path(answer: Paths, lang: Lang) -> Iterator[str]:
    """Yield that there is no path, and what would do."""
    steps = answer.max_steps
    yield said(
        lang,
        f"We kennen geen weg van hoogstens {steps} {'stap' if steps == 1 else 'stappen'}.",
        f"We know no path of at most {steps} {'step' if steps == 1 else 'steps'}.",
    )
    for card in (answer.start, answer.end):
        if not card.contacts:
            name = one_line(card.name)
            yield said(lang, f"Van {name} kennen we nog geen banden.", f"We know no ties of {name} yet.")
    if answer.max_steps < MAX_STEPS and answer.start.contacts and answer.end.contacts:
        yield said(lang, f"Zoek verder met --max-steps {MAX_STEPS}.", f"Look further with --max-steps {MAX_STEPS}.")
    yield said(lang, "Een ingang staat misschien bij: ", "There may be a way in at: ") + f"weefsel show {answer.end.id}"
