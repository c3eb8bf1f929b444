"""Text and attributes of XML, written safely: no value ends what it stands in, and none breaks the file."""

import re
from xml.sax.saxutils import escape, quoteattr

from viz.columns import clean

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
