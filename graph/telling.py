"""Paths, helpers and reasons in plain words, Dutch and English: the same at every door.

Who asks is addressed as several ("jullie"): it is mostly an initiative.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from graph import chance, sentences
from graph.answers_helping import HelpAnswer, Path, Reason, Step
from graph.errors import Lang
from graph.model import Card, Offer, Source
from graph.municipalities import municipalities
from graph.vocabulary import Word, vocabulary
from graph.words_of_reasons import CONDITIONS, ELSEWHERE, ELSEWHERE_UNKNOWN, MET, STANCES

SURE = (  # from which chance (0–1) on a path is called so
    (0.5, "zeer kansrijk", "very promising"),
    (0.25, "kansrijk", "promising"),
    (0.1, "mogelijk", "possible"),
    (0.0, "onzeker", "uncertain"),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells in one language. `names` has the names of actors by id, and of areas by code, that reasons may mention.

    `day` is the day on which ties are judged: what has ended by then, or has yet to begin, is told so.
    """

    lang: Lang
    names: Mapping[str, str]
    day: date | None = None

    def sure(self, worth: float) -> str:
        """Return in words how likely a path is to lead to an introduction.

        >>> Telling("nl", {}).sure(0.39), Telling("en", {}).sure(0.02), Telling("nl", {}).sure(0.2496)
        ('kansrijk', 'uncertain', 'kansrijk')
        """
        as_told = round(worth, 2)  # as its percentage is
        return self._said(*next(words for least, *words in SURE if as_told >= least))

    def _said(self, nl: str, en: str) -> str:
        return nl if self.lang == "nl" else en

    def _labels(self, words: Mapping[str, Word], ids: tuple[str, ...]) -> str:
        return ", ".join(words[word].label(self.lang) for word in ids)

    def _help(self, help_id: str) -> str:
        return lowered(vocabulary().helps[help_id].label(self.lang))

    # -- paths

    def route(self, path: Path) -> tuple[str, ...]:
        """Return the names of those that a path leads along, who asks first."""
        start = path.steps[0].start
        return (start.name if start else self._said("Jullie", "You"), *(step.end.name for step in path.steps))

    def step(self, step: Step) -> str:
        """Return a step as a sentence without a full stop."""
        if step.tie is None or step.start is None:
            return self._said(f"Jullie kennen {step.end.name}", f"You know {step.end.name}")
        names = {step.start.id: step.start.name, step.end.id: step.end.name}
        return sentences.of_tie(step.tie, names[step.tie.source], names[step.tie.target], self.lang, self.day)

    def weakest(self, path: Path) -> str:
        """Return which step of a path is the weakest, and why, as a sentence; "" if there is but one."""
        if len(path.steps) < 2:
            return ""
        step = path.steps[path.weakest]
        start = step.start.name if step.start else self._said("jullie", "you")
        told = self._said(
            f"De zwakste schakel is de stap van {start} naar {step.end.name} ({sentences.percent(step.likely)})",
            f"The weakest link is the step from {start} to {step.end.name} ({sentences.percent(step.likely)})",
        )
        why = "; ".join(self._why_weak(step))
        return f"{told}: {why}." if why else f"{told}."

    def _why_weak(self, step: Step) -> list[str]:
        words, told = vocabulary().words, []
        tie = step.tie
        if tie and (state := sentences.status_on(tie, self.day)) != "current":
            status = words["status"][state].label(self.lang)
            told.append(self._said(f"die band is {status}", f"that tie is {status}"))
        if tie and tie.basis == "inferred":
            told.append(words["basis"][tie.basis].label(self.lang))
        if step.openness is not None and step.openness < chance.OPENNESS:
            many = step.end.contacts
            told.append(
                self._said(
                    f"bij {many} contacten is er minder aandacht voor elk",
                    f"with {many} contacts there is less attention for each",
                )
            )
        return told

    # -- reasons

    def why(self, reasons: Sequence[Reason]) -> list[tuple[str, tuple[Source, ...]]]:
        """Return reasons in words with their sources, those of one stance in one line."""
        told = []
        for what, some in groupby(reasons, lambda reason: reason.what):
            group = list(some)
            if what in STANCES:
                helps = ", ".join(self._help(reason.help) for reason in group)
                cited = dict.fromkeys(source for reason in group for source in reason.sources)
                told.append((f"{self._said(*STANCES[what])}: {helps}", tuple(cited)))
            else:
                told += [(self.reason(reason), reason.sources) for reason in group]
        return told

    def reason(self, reason: Reason) -> str:
        """Return a reason in words, without who helps."""
        if reason.what in STANCES:
            return f"{self._said(*STANCES[reason.what])}: {self._help(reason.help)}"
        if reason.what == "gave":
            return self._gave(reason)
        if reason.what == "elsewhere":
            return self._said(*(ELSEWHERE if reason.met is False else ELSEWHERE_UNKNOWN))
        of_help = f"{self._help(reason.help)} – " if reason.help else ""
        return f"{of_help}{self._condition(reason)} ({self.met(reason)})"

    def terms(self, offer: Offer) -> Iterator[str]:
        """Yield each condition that an offer states, in words."""
        amounts = tuple("" if it is None else f"{it:.15g}" for it in (offer.amount_from, offer.amount_to))
        stated = (
            ("area", offer.area),
            ("legal_form", offer.legal_forms),
            ("members_of", offer.members_of),
            ("amount", amounts),
            ("window", (offer.window,)),
            ("conditions", (offer.conditions,)),
        )
        for what, values in stated:
            if any(values):
                yield self._condition(Reason(what, values=values))

    def _condition(self, reason: Reason) -> str:
        return f"{self._said(*CONDITIONS[reason.what])}: {self._values(reason)}"

    def met(self, reason: Reason) -> str:
        """Return whether a condition is met: past, past niet, onbekend."""
        return self._said(*MET[reason.met])

    def _gave(self, reason: Reason) -> str:
        many, alike, what = reason.count, reason.alike, self._help(reason.help)
        if not many:
            return self._said(f"hielp jullie al eerder met: {what}", f"helped you before with: {what}")
        told = self._said(
            f"hielp eerder {'jullie en ' if reason.own else ''}{many} {'ander' if many == 1 else 'anderen'} met: {what}",
            f"helped {'you and ' if reason.own else ''}{many} {'other' if many == 1 else 'others'} before with: {what}",
        )
        if not alike:
            return told
        if alike == many:
            return told + self._said(
                f" (die {'lijkt' if many == 1 else 'lijken'} op jullie)",
                f" (which {'is' if many == 1 else 'are'} like you)",
            )
        return told + self._said(
            f" ({alike} daarvan {'lijkt' if alike == 1 else 'lijken'} op jullie)",
            f" ({alike} of them {'is' if alike == 1 else 'are'} like you)",
        )

    def _values(self, reason: Reason) -> str:
        values = reason.values
        if reason.what == "themes":
            return self._labels(vocabulary().themes, values)
        if reason.what in ("area", "members_of"):
            return ", ".join(self.area(value) for value in values)
        if reason.what == "amount":
            return self._amounts(*values)
        if reason.what == "window" and len(values) > 1:
            return sentences.period(values[0], values[1], self.lang)
        return ", ".join(values)

    def area(self, code: str) -> str:
        """Return the name of an area or an actor, or its code if nobody knows it."""
        if code == "NL":
            return self._said("heel Nederland", "all of the Netherlands")
        if province := vocabulary().provinces.get(code):
            return province.label(self.lang)
        if code in self.names or code not in municipalities():
            return self.names.get(code, code)
        return self._said("gemeente", "municipality of") + f" {municipalities()[code].name}"

    def _amounts(self, low: str, high: str) -> str:
        low, high = (sentences.amount(float(it), self.lang) if it else "" for it in (low, high))
        if low and high:
            return self._said(f"{low} tot {high}", f"{low} to {high}")
        return self._said(f"vanaf {low}", f"from {low}") if low else self._said(f"tot {high}", f"up to {high}")

    # -- answers

    def missing(self, what: str, asker: Card | None) -> str:
        """Return what the data lack, as a sentence."""
        if what == "no_helpers":
            return self._said(
                "We kennen nog niemand die dit biedt, ervoor verwijst of het eerder gaf. "
                "Vraag andere hulp, of kijk welk netwerk past.",
                "We know nobody yet who offers this, refers for it or gave it before. "
                "Ask for other help, or see which network fits.",
            )
        if what == "no_introducers":
            return self._no_introducers(asker)
        if asker is None:
            return self._said(
                "Jullie noemden niemand die jullie kennen. Noem er een paar, dan kunnen we een weg zoeken.",
                "You named nobody that you know. Name a few, so that we can look for a path.",
            )
        return self._said(f"Van {asker.name} kennen we nog geen banden.", f"We know no ties of {asker.name} yet.")

    def _no_introducers(self, asker: Card | None) -> str:
        if asker is None:
            return self._said(
                "Jullie noemden alleen wie niemand aan anderen voorstelt, zoals personen. Noem ook een organisatie of netwerk.",
                "You named only those who introduce nobody to others, such as persons. Name an organisation or network too.",
            )
        return self._said(
            f"Van {asker.name} kennen we alleen banden met wie niemand aan anderen voorstelt, zoals personen of publicaties.",
            f"We know only ties of {asker.name} with those who introduce nobody to others, such as persons or publications.",
        )

    def best(self, answer: HelpAnswer) -> str:
        """Return what an answer comes down to, as a sentence."""
        if not answer.helpers and not answer.known:
            at_most = "" if answer.missing else self.at_most(answer.max_steps)
            return self._said(
                f"We kennen nog geen weg{at_most} naar iemand die hiermee helpt.",
                f"We know no path{at_most} yet to anybody who helps with this.",
            )
        if not answer.helpers and answer.unreachable:
            return self._said(
                f"Jullie kennen al wie hiermee helpt; naar anderen kennen we geen weg{self.at_most(answer.max_steps)}.",
                f"You already know who helps with this; we know no path{self.at_most(answer.max_steps)} to others.",
            )
        if not answer.helpers:
            return self._said("Wie hiermee helpt, kennen jullie al.", "You already know those who help with this.")
        first = answer.helpers[0]
        via = self.route(first.path)[1:-1]
        how = self._said(f", via {_and(via, 'en')}", f", through {_and(via, 'and')}") if via else ""
        told = self._said("De beste ingang is", "The best way in is") + f" {first.actor.name}{how}"
        return told if told.endswith(".") else f"{told}."

    def apart(self, answer: HelpAnswer) -> str:
        """Return why those to whom no path leads are told, and what to do, in sentences."""
        how = self._said(
            "Staat er een ingang bij, neem dan zelf contact op.", "Where a way in is named, get in touch yourself."
        )
        if not answer.helpers:  # then it is said before that there is no path
            return how
        if answer.full:
            why = self._said(
                "Niemand die we kennen leidt erheen, maar het past minstens zo goed als wat hierboven staat.",
                "Nobody we know leads there, but they fit at least as well as those above.",
            )
        else:
            at_most = self.at_most(answer.max_steps)
            why = self._said(f"We kennen geen weg{at_most} erheen.", f"We know no path{at_most}.")
        return f"{why} {how}"

    def at_most(self, steps: int) -> str:
        """Return of how many steps a path may be, as it stands behind the word."""
        return self._said(
            f" van hoogstens {steps} {'stap' if steps == 1 else 'stappen'}",
            f" of at most {steps} {'step' if steps == 1 else 'steps'}",
        )


def wanted(help_id: str, lang: Lang) -> str:
    """Return a help as it stands in a question: what it is a kind of comes first.

    >>> wanted("geld.lening", "nl"), wanted("geld", "en")
    ('geld: lening', 'money')
    """
    helps = vocabulary().helps
    topic = helps[help_id]
    words = [helps[topic.broader], topic] if topic.broader else [topic]
    return ": ".join(lowered(word.label(lang)) for word in words)


def lowered(label: str) -> str:
    """Return a label as it stands inside a sentence.

    >>> lowered("Lening"), lowered("LSA-leden")
    ('lening', 'LSA-leden')
    """
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _and(names: tuple[str, ...], word: str) -> str:
    return f" {word} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
