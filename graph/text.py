"""One way to compare names: folded, without case, accents or punctuation; and slugs made from them."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "‘": "'"}
)
_NOT_A_WORD = re.compile(r"[\W_]+")
_ASCII = bytes(byte if chr(byte).isalnum() else ord(" ") for byte in range(128)).ljust(
    256
)  # words, of what most names are
_NOT_ASCII = re.compile(r"[^a-z0-9]+")


def is_postcode(text: str) -> bool:
    """Return whether a text is a Dutch postcode, with its letters or without.

    >>> [is_postcode(one) for one in ("3023 AB", "3023ab", " 3023", "0599", "3023 Rotterdam")]
    [True, True, True, False, False]
    """
    return re.fullmatch(r"\s*[1-9][0-9]{3}\s*([A-Za-z]{2})?\s*", text) is not None


@lru_cache(maxsize=5_000)  # a name is folded several times in a row (is it somebody, who is it), a place by many rows
def fold(name: str) -> str:
    """Return `name` as it is compared: words of lower-case letters and digits, one space between them.

    An apostrophe within a word goes without leaving a space.

    >>> fold("Coöperatie 's-Gravenhage (Zuid)")
    'cooperatie s gravenhage zuid'
    >>> fold("Straße van foto's")
    'strasse van fotos'
    """
    if name.isascii():
        plain = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    if "'" in plain:
        plain = re.sub(r"(?<=\w)'(?=\w)", "", plain)
    if plain.isascii():
        return " ".join(plain.encode().translate(_ASCII).decode().split())
    return _NOT_A_WORD.sub(" ", plain).strip()


def slug(text: str) -> str:
    """Return `text` as part of an address: ASCII letters, digits and hyphens; empty if nothing is left.

    >>> slug("De Buurtcoöperatie")
    'de-buurtcooperatie'
    >>> slug("בית")
    ''
    """
    words = fold(text)
    return words.replace(" ", "-") if words.isascii() else _NOT_ASCII.sub("-", words).strip("-")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that looks most like `word`, if any looks like it.

    >>> nearest("kennis.coching", ["kennis.coaching", "geld.lening"])
    'kennis.coaching'
    """
    plain = {fold(one): one for one in known}
    found = get_close_matches(fold(word), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None
