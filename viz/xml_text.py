"""Text and attributes of XML, written safely: no value ends what it stands in, and none breaks the file."""

import re
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from viz.columns import MANY, OWN, Value, clean, joined

_SPECIAL = re.compile("[&<>\"'\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def text(value: str) -> str:
    """Return a value as text between tags."""
    return escape(clean(value), {"\r": "&#13;"}) if _SPECIAL.search(value) else value


def quoted(value: str) -> str:
    r"""Return a value as an attribute has it, with its quotes; line breaks stay line breaks.

    >>> quoted('a "b"')
    '\'a "b"\''
    """
    return quoteattr(clean(value), _BREAKS) if _SPECIAL.search(value) else f'"{value}"'


def text_of(name: str, value: Value) -> str:
    """Return the value of a column as text between tags."""
    return text(joined(value)) if name in OWN else _text_of(value)


def attribute_of(name: str, value: Value) -> str:
    """Return the value of a column as an attribute has it."""
    return quoted(joined(value)) if name in OWN else _attribute_of(value)


@lru_cache(maxsize=MANY)
def _text_of(value: Value) -> str:
    return text(joined(value))


@lru_cache(maxsize=MANY)
def _attribute_of(value: Value) -> str:
    return quoted(joined(value))
