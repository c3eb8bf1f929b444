"""What can go wrong, as one tree.

    WeefselError            every error of ours; says it in Dutch and in English
    ├── BadInputError       what was asked cannot be: a value, a limit, a cursor
    ├── NotFoundError       what was asked for is not there, for this viewer
    │   ├── GoneError       it was there once
    │   └── MovedError      it is there under another id (`to`)
    ├── LoadError           a source cannot be read, or has faults
    └── StoreError          the store cannot do it now
        ├── LockedError     another load holds the lock
        ├── UnavailableError  the store does not answer; later it may
        ├── UnsweptError    it was erased, and bytes of it are left in the store's files
        └── IncompatibleError  not a store of ours, or one of another version

A message says what was asked, what is wrong and what would do.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Self, TypeAlias

Lang: TypeAlias = Literal["nl", "en"]


class Choice(NamedTuple):
    """One of the things that an input may mean: what to give instead (`value`), and what that is, in words."""

    value: str
    nl: str
    en: str

    def text(self, lang: Lang) -> str:
        """Return the words in `lang`."""
        return self.nl if lang == "nl" else self.en


class WeefselError(Exception):
    """An error with its message in both languages; `str()` is the English one.

    >>> WeefselError(nl="Dat kan niet.", en="That cannot be.").text("nl")
    'Dat kan niet.'
    """

    def __init__(self, *, nl: str, en: str) -> None:
        """Keep both messages."""
        super().__init__(en)
        self.nl = nl
        self.en = en

    def text(self, lang: Lang) -> str:
        """Return the message in `lang`."""
        return self.nl if lang == "nl" else self.en


class BadInputError(WeefselError):
    """What was asked cannot be; `field` names the input. `faults` has each of several that are told at once.

    `choices` are what the input may have meant.
    """

    def __init__(
        self,
        *,
        nl: str,
        en: str,
        field: str = "",
        faults: Sequence["BadInputError"] = (),
        choices: Sequence[Choice] = (),
    ) -> None:
        """Keep the messages, the name of the input that is wrong and what it may have meant."""
        super().__init__(nl=nl, en=en)
        self.field = field
        self.faults = tuple(faults) or (self,)
        self.choices = tuple(choices)


class NotFoundError(WeefselError):
    """What was asked for is not there, for this viewer; `near` has id, and name and place, of each actor that looks like it."""

    def __init__(self, *, nl: str, en: str, near: Sequence[tuple[str, str]] = ()) -> None:
        """Keep the messages and what looks like it."""
        super().__init__(nl=nl, en=en)
        self.near = near


class GoneError(NotFoundError):
    """It was there once and is no longer."""


class MovedError(NotFoundError):
    """The actor goes by another id now: `to`."""

    def __init__(self, *, nl: str, en: str, to: str) -> None:
        """Keep the messages and the id that the actor bears now."""
        super().__init__(nl=nl, en=en)
        self.to = to


class LoadError(WeefselError):
    """A source cannot be read, or holds rows that cannot be loaded."""


class StoreError(WeefselError):
    """The store cannot do it now."""


class LockedError(StoreError):
    """Another load is writing; the message says who."""


class UnavailableError(StoreError):
    """The store does not answer; later it may."""


class UnsweptError(StoreError):
    """What was to be erased is seen by nobody any more, but bytes of it are left in the store's files until the next write."""

    @classmethod
    def because(cls, why: WeefselError) -> Self:
        """Return one that says so, and `why`."""
        return cls(
            nl="Het wissen is bewaard: niemand krijgt het nog te zien. Maar resten ervan staan nog in de bestanden van de opslag."
            f" ({why.nl}) Haal ze weg met: weefsel refold",
            en="The erasure is kept: nobody is shown it any more. But remains of it are still in the files of the store."
            f" ({why.en}) Clear them away with: weefsel refold",
        )


class IncompatibleError(StoreError):
    """Not a store of ours, or one of a version that this program cannot read."""
