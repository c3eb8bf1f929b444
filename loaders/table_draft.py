"""Drafting a mapping from what columns mean: who is named, what ties them, and what has to be asked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from dataclasses import replace
from itertools import islice
from typing import Any

from loaders import table_edges as edges
from loaders import table_owners as owners
from loaders import table_questions as questions
from loaders.table_amounts import are_of, chosen, decimals, is_year, only_in_euro, tells_of_money, unit
from loaders.table_cells import Cells
from loaders.table_checks import reads_as
from loaders.table_guess import DIRECTION, THEMES, Guess, separators
from loaders.table_headings import ENDS, OF_YEAR, may_mean
from loaders.table_mapping import ASK, as_list
from loaders.table_questions import OF_WHOM, WHICH_TIE, WHO_GAVE, Proposal, Question
from loaders.table_words import ROLES, Meaning

SLIPS = 0.1  # part of the names of whom a row is about of which cells may differ, and still be its own
# whom a row is about, the likeliest first
_SUBJECTS = ("from", "recipient", "initiative", "subject", "network", "giver")
_AREA, _IN = Meaning("offer", "area"), Meaning("subject", "municipality")
_FUNDERS = ("giver", "scheme")
_KIND = Meaning("subject", "kind")
_RELATION = Meaning("tie", "relation")
_SINCE = Meaning("tie", "since")
_AMOUNT, _STATUS = Meaning("tie", "amount"), Meaning("tie", "status")
_OF_SUBJECT, _OF_TIE = Meaning("subject", "note"), Meaning("tie", "note")
# when something began or ended: whom a row is about, or what was given
_LIVES = (
    (Meaning("life", "since"), Meaning("subject", "founded"), Meaning("tie", "since")),
    (Meaning("life", "until"), Meaning("subject", "ended"), Meaning("tie", "until")),
)


class Drafting:
    """A mapping in the making."""

    def __init__(self, proposal: Proposal, rows: Sequence[Cells]) -> None:
        self._proposal, self._rows = proposal, rows
        self._main = ""
        self._told_by: Guess | None = None  # the column that tells the kind of ties
        self._amounts: dict[str, Guess] = {}  # by the year that they are of, if their names tell
        self._by: dict[Meaning, list[Guess]] = defaultdict(list)
        for guess in proposal.guesses:
            if guess.meaning:
                self._by[guess.meaning].append(guess)
        self._names = {
            role: self._by[Meaning(role, "name")][0] for role in ROLES if self._by.get(Meaning(role, "name"))
        }
        for end in ENDS if not self._names.keys() >= ENDS else ():
            self._names.pop(end, None)
        if "partner" in self._names and self._names.keys().isdisjoint({*_SUBJECTS} - self._givers()):
            self._names["subject"] = self._names.pop("partner")  # nobody else is there to be a partner of
        if _RELATION in self._by and not self._other and {"initiative", "subject"} <= self._names.keys():
            self._names["partner"] = self._names.pop("subject")  # with whom the initiative has that relation

    def _givers(self) -> set[str]:
        """Return the roles of those who gave money to partners, if amounts are there: they are no partners of each other."""
        return {"giver"} if _AMOUNT in self._by else set()

    def draft(self) -> None:
        """Fill the proposal's mapping."""
        self._main = next((role for role in _SUBJECTS if role in self._names), "")
        if not self._main:
            self._be_municipality()
            self._main = next((role for role in self._names if role != "person"), "")
        if not self._main or owners.are_headings(self._texts(self._names[self._main])):
            self._ask(questions.TURNED if self._main else questions.names(self._proposal.header, self._proposal.sheet))
            self._proposal.guesses = [questions.without_person(guess) for guess in self._proposal.guesses]
            return
        self._proposal.questions += questions.of_leave(self._proposal.guesses)
        self._proposal.questions += [questions.repeated(guess.column) for guess in self._left_open()]
        self._settle()
        self._choose_amounts()
        actors = {ROLES[self._main][0]: self._role(self._main)}
        actors |= {ROLES[role][0]: self._role(role) for role in self._names if self._is_further(role)}
        self._fields(actors)
        relations = self._relations()
        mapping: dict[str, Any] = {"actors": actors, "ties": list(self._ties()), "offers": list(self._offers())}
        parts = (*actors.values(), *mapping["ties"], *mapping["offers"])
        used = {column for part in parts for column in _columns(part)}
        mapping["reading"] = self._manners()
        listed = (guess for of in (THEMES, _STATUS, _KIND) for guess in self._by.get(of, ()))
        mapping["words"], asked = questions.words(guess for guess in listed if guess.column in used)
        self._proposal.questions += asked
        mapping["relations"] = relations
        mapping["ignored"] = [guess.column for guess in self._proposal.guesses if guess.column not in used]
        self._proposal.guesses = [
            guess if guess.meaning is None or guess.column in used else questions.unused(guess)
            for guess in map(questions.without, self._proposal.guesses)
        ]
        self._proposal.mapping = mapping

    def _left_open(self) -> Iterator[Guess]:
        """Yield the columns of others than whom a row is about, and of years, that may leave out what they said in the row above."""
        others = [guess for role, guess in self._names.items() if role == "network" or role in _FUNDERS]
        years = [guess for guess in self._by.get(_SINCE, ()) if all(map(is_year, self._texts(guess)))]
        for guess in (*others, *years):
            if guess is not self._names[self._main] and owners.leaves_out_repeats(self._rows, guess.place):
                yield guess

    def _settle(self) -> None:
        """Say what columns mean that mean something else where something was given, or where funders say what they offer."""
        if _OF_SUBJECT in self._by and (self._gives() or self._main == "from"):
            self._by[_OF_TIE] += self._by.pop(_OF_SUBJECT)  # it is what the money was for
        for life, own, of_tie in _LIVES:
            if found := self._by.pop(life, []):
                meaning = of_tie if self._gives() or self._other else own
                self._by[meaning] += found
                for guess in found:
                    self._note(guess, "", "", meaning=meaning)
        if self._main not in _FUNDERS and _AREA in self._by:
            self._by[_IN] += [guess for guess in self._by.pop(_AREA) if reads_as("municipality", self._texts(guess))]
        if self._gives() and not self._by.get(_AMOUNT) and OF_YEAR not in self._by:
            self._by[_AMOUNT] += only_in_euro(self._proposal.guesses, self._rows)
        if OF_YEAR in self._by and (self._gives() or tells_of_money(self._above())):
            self._by[_AMOUNT] += self._by.pop(OF_YEAR)

    def _be_municipality(self) -> None:
        """Where nobody else is named, a column of municipalities has the names."""
        if found := self._by.pop(_IN, None):
            named = [guess for guess in found if not owners.are_codes(guess.examples)]
            self._names["municipality"] = (named or found)[0]
            if named and len(named) < len(found):
                self._by[Meaning("subject", "cbs")] = [guess for guess in found if owners.are_codes(guess.examples)][:1]

    def _is_further(self, role: str) -> bool:
        if self._main == "from":
            return role == "to"
        return role not in (self._main, "person", "subject", "initiative", "recipient")

    def _role(self, role: str) -> dict[str, Any]:
        drafted: dict[str, Any] = {"kind": ROLES[role][1], "column": {"name": self._names[role].column}}
        if role == "scheme" and "giver" in self._names:
            drafted["within"] = ROLES["giver"][0]
        elif role != self._main and (marks := separators(self._texts(self._names[role]))):
            drafted["separator"] = marks
            self._note_marks(self._names[role], marks)
        if role == "subject" and owners.lists_members(self._proposal.sheet):
            drafted["kind"] = "initiative"
        return drafted

    def _note_marks(self, guess: Guess, marks: str) -> None:
        """Tell of a column that its cells may have several names."""
        nl, en = (" ".join(mark.replace("\n", line) for mark in marks) for line in ("(nieuwe regel)", "(new line)"))
        self._note(guess, f"meer namen in een cel, gescheiden door {nl}", f"several names in a cell, by {en}")

    def _note(self, guess: Guess, nl: str, en: str, **changes: Any) -> None:  # noqa: ANN401 - fields of a guess
        """Tell more of a column, or something else."""
        at = next(at for at, known in enumerate(self._proposal.guesses) if known.place == guess.place)
        known = self._proposal.guesses[at]
        nl, en = ("; ".join(filter(None, pair)) for pair in ((known.nl, nl), (known.en, en)))
        self._proposal.guesses[at] = replace(known, nl=nl, en=en, **changes)

    def _texts(self, guess: Guess) -> list[str]:
        """Return the cells of a column that say something."""
        return owners.texts(self._rows, guess.place)

    def _fields(self, actors: dict[str, dict[str, Any]]) -> None:
        """Give each field of an actor to the role that it depends on: whom a row is about, unless another fits better."""
        others = [role for role in self._names if role != self._main and ROLES[role][0] in actors]
        for (role, named), found in self._by.items():
            if role != "subject" or named == "name" or self._main == "from":  # of which end?
                continue
            for guess in found[:1] if named in ("id", "lat", "lon") else found:
                if named == "id" and not self._is_key(guess):  # else it numbers rows
                    continue
                candidates = [self._main, *others] if named != "id" else [self._main]
                owner = self._owner(candidates, guess)
                columns = actors[ROLES[owner][0]]["column"]
                if "separator" in actors[ROLES[owner][0]]:  # of which of its names?
                    continue
                columns[named] = [*as_list(columns[named]), guess.column] if named in columns else guess.column
        for drafted in actors.values():
            if "kind" in drafted["column"]:
                del drafted["kind"]

    def _owner(self, candidates: Sequence[str], guess: Guess) -> str:
        """Return the role that a field is of: one that its column names ('Plaats koepel'), else the one that it depends on."""
        named = [meaning.role for meaning in may_mean(guess.column) if meaning.field == "name"]
        told = [one for one in candidates if one in named]
        return (
            told[0] if told else min(candidates, key=lambda one: self._strays(one, guess) + SLIPS * (one != self._main))
        )

    def _is_key(self, guess: Guess) -> bool:
        """Return whether a column tells whom a row is about; of who got money, the rows of a name may not differ."""
        found = owners.is_key(self._rows, self._names[self._main].place, guess.place)
        return found and not (self._gives() and self._strays(self._main, guess))

    def _strays(self, role: str, guess: Guess) -> float:
        return owners.strays(self._rows, self._names[role].place, guess.place)

    def _ties(self) -> Iterator[dict[str, Any]]:
        if Meaning("person", "name") in self._by:  # a function is that person's
            self._by.pop(Meaning("tie", "role"), None)
        about = self._about("tie")
        of_gift, of_member = self._of_gift(about), questions.of_membership(about)
        columns = _one_each(of_gift if self._gives() else about)
        giver = next((role for role in ("scheme", "giver") if role in self._names and role != self._main), "")
        subject = ROLES[self._main][0]
        if giver == "scheme" and "giver" in self._names:
            yield {"from": "regeling", "kind": "part_of", "to": "verstrekker"}
        if self._gives():
            yield from self._gifts(ROLES[giver][0] if giver else self._whose("from", WHO_GAVE), columns)
            columns = _one_each(of_member)
        if "network" in self._names and self._is_further("network"):
            kept = {named: column for named, column in columns.items() if named != "amount"}
            yield {"from": subject, "kind": "member_of", "to": ROLES["network"][0], "column": kept}
            columns = {}
        if self._other:
            told_by = {"kind": self._told_by.column} if self._told_by else {}
            yield {"from": subject, **self._kind(), "to": ROLES[self._other][0], "column": {**told_by, **columns}}
        elif of_member and "network" not in self._names:
            yield {"from": subject, "kind": "member_of", "to": self._whose("to", OF_WHOM), "column": columns}

    def _of_gift(self, about: ReadOnly[str, list[str]]) -> dict[str, list[str]]:
        """Return the columns about ties that may be about a grant: not since when somebody is a member, nor days of other years than it is of."""
        years = [told for told in self._amounts if told]
        member = questions.of_membership(about)
        left = {named: [one for one in found if one not in member.get(named, ())] for named, found in about.items()}
        if len(years) == 1:
            since = {guess.column: self._texts(guess) for guess in self._by.get(Meaning("tie", "since"), ())}
            left["since"] = [one for one in left.get("since", ()) if are_of(years[0], since[one])]
        return {named: found for named, found in left.items() if found}

    @property
    def _other(self) -> str:
        """The role that has the tie that a row says with whom it is about; empty if rows list no ties."""
        return next((role for role in ("to", "partner") if role in self._names), "")

    def _relations(self) -> dict[str, str]:
        """Return what the words of the column are that tells the kind of ties; words of other such columns are notes."""
        found = self._by.pop(_RELATION, []) if self._other else []
        self._by.pop(DIRECTION, None)
        self._told_by = edges.kind_of([(guess, self._texts(guess)) for guess in found])
        if notes := [guess for guess in found if guess is not self._told_by]:
            self._by[_OF_TIE] += notes
        words, asked = edges.readings(self._texts(self._told_by) if self._told_by else ())
        self._proposal.questions += asked
        if self._told_by and (turned := [word for word, means in words.items() if means.startswith("<")]):
            named = ", ".join(turned)
            self._note(self._told_by, f"omgekeerd, naar → van: {named}", f"turned around, naar → van: {named}")
        return words

    def _kind(self) -> dict[str, str]:
        """Return of what kind ties are, if no column tells: those with a partner are of one."""
        if self._told_by:
            return {}
        return {"kind": "partner_of" if self._other == "partner" else self._ask(Question('kind = "?"', *WHICH_TIE))}

    def _gifts(self, giver: str, columns: ReadOnly[str, str | list[str]]) -> Iterator[dict[str, Any]]:
        """Yield what was given; by year, if each year has a column of its own."""
        for told, guess in self._amounts.items():
            own = {"amount": guess.column, **columns}
            if len(self._amounts) > 1:
                own = {named: column for named, column in own.items() if named not in ("since", "ref")}
            since = {"since": told} if told and "since" not in own else {}
            own["amount"] = guess.column
            yield {"from": giver, "kind": "funds", "to": ROLES[self._main][0], **since, "column": own}
        if not self._amounts:
            yield {"from": giver, "kind": "funds", "to": ROLES[self._main][0], "column": dict(columns)}

    def _offers(self) -> Iterator[dict[str, Any]]:
        """Yield what funders offer, where rows are about them and say from or to which amount, until when, or for whom."""
        columns = self._about("offer")
        if self._main in _FUNDERS and columns:
            actor = next(role for role in ("scheme", "giver") if role in self._names)
            told = {named: found[0] for named, found in columns.items()}
            told |= {"themes": found[0].column} if (found := self._by[THEMES]) else {}
            yield {"actor": ROLES[actor][0], "stance": "offers", "help": "geld", "column": told}

    def _about(self, role: str) -> dict[str, list[str]]:
        """Return the columns about ties, or about offers, by field."""
        return {field: [guess.column for guess in found] for (of, field), found in self._by.items() if of == role}

    def _gives(self) -> bool:
        """Return whether rows tell who got money: not if they are about those who give it."""
        if self._main in (*_FUNDERS, "from"):
            return False
        others = any(role in self._names and role != self._main for role in ("scheme", "giver"))
        return others or self._main == "recipient" or (bool(self._by.get(_AMOUNT)) and not self._other)

    def _choose_amounts(self) -> None:
        """Of several amounts take what was granted, of each year; of the others it is told that they are not read."""
        found = self._by.get(_AMOUNT, [])
        self._amounts = chosen(found)
        read = list(self._amounts.values())
        for guess in found:
            if guess not in read:
                names = ", ".join(repr(one.column) for one in read)
                nl = f"een ander bedrag; gelezen wordt {names}. Zet het in de mapping als dit gegeven is"
                en = f"another amount; {names} is read. Put it in the mapping if this is what was given"
                self._note(guess, nl, en, meaning=None)
        for told, guess in self._amounts.items() if len(read) > 1 else ():
            self._note(guess, f"gegeven in {told}", f"given in {told}")
        if read:
            self._by[_AMOUNT] = read

    def _ask(self, question: Question) -> str:
        self._proposal.questions.append(question)
        return ASK

    def _whose(self, key: str, words: tuple[str, str]) -> str:
        return self._ask(Question(f'{key} = "?"', *words))

    def _above(self) -> Iterator[Cells]:
        """Yield the lines above the header."""
        sheet, header = self._proposal.sheet, self._proposal.header
        return (cells for row, cells in islice(sheet.read(), header.row) if row < header.row)

    def _manners(self) -> dict[str, str | int]:
        """Return how amounts are written: in which unit, and the mark before the cents, which is a question if no cell tells."""
        manners: dict[str, str | int] = {}
        if not self._amounts:
            return manners
        read = list(self._amounts.values())
        if (size := unit(read[0].column, self._above())) > 1:
            manners["unit"] = size
            self._note(read[0], f"1 is € {size:,}".replace(",", "."), f"1 is € {size:,}")
        unclear, told = decimals([row[one.place] for one in read for row in self._rows if one.place < len(row)])
        if unclear:
            manners["decimal"] = told.pop() if len(told) == 1 else self._ask(questions.decimal(unclear[0]))
        return manners


def _one_each(about: ReadOnly[str, list[str]]) -> dict[str, str | list[str]]:
    """Return the first column of each field; of notes all."""
    return {named: found if len(found) > 1 and named == "note" else found[0] for named, found in about.items()}


def _columns(part: ReadOnly[str, Any]) -> list[str]:
    return [column for value in part.get("column", {}).values() for column in as_list(value)]
