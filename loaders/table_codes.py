"""Cells that hold a code or an address: Chamber of Commerce and tax numbers, websites, mail, words of a closed list."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from graph.errors import BadInputError
from graph.text import fold, nearest
from loaders.table_cells import Cell, empty
from loaders.table_values import lines, listed, name, text
from loaders.table_words import desks, known_words, marks

SHORT = 3  # letters of a word that may be like another
LONGEST = 300  # letters of an address
LIKELY = 80.0  # how alike (0–100) a word must be to one of ours to be asked about
_BETWEEN = ("", "en", "of", "and", "or", "et", "und")  # what stands between two web addresses: a stroke, a word
_MAIL = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,]+")
_PHONE = re.compile(r"[+(]?\d[\d\s()./‐-–-]{2,}\d")
_PHONE_LABEL = re.compile(r"\b(?:tel(?:efoon)?|phone|t)\b[.:\s]*(?=[+(\d])", re.IGNORECASE)
# A stroke within a number stands before no zero.
_SEVERAL_PHONES = re.compile(r"\s/\s|/\s?(?=[0+(])|[;,|\n]|\s(?:en|of|and|or|et|ou)\s")
_POSTCODE = re.compile(r"^(?:NL-|B-)?\d{4}(?:\s?(?:[A-Z]{2}|[a-z]{2})\b)?\s+(?=\D)|,?\s+\d{4}\s?(?:[A-Z]{2}|[a-z]{2})$")
_CODE_ALONE = re.compile(r"\d{4}\s?(?:[A-Z]{2}|[a-z]{2})")
_COUNTRY = re.compile(
    r",?\s+\(?(?:the )?(?:nederland|netherlands|nl|belgië|belgie|belgium|belgique|duitsland|deutschland|germany)\)?$",
    re.IGNORECASE,
)
# What stands behind a postcode in an address: four digits and two letters, or behind a comma or a letter for the country four or five digits.
_TOWN = re.compile(
    r".*\d.*?[\s,](?:NL[- ]?)?\d{4}\s?(?:[A-Z]{2}|[a-z]{2})[\s,]+(?P<dutch>(?=['’A-Z])[^\d,]+)"
    r"|.*\d.*?(?:,\s*|[\s,](?:B|D|BE|DE)-)(?:(?:B|D|BE|DE)-)?\d{4,5}\s+(?P<other>(?![A-Z]{2}$)[^\d,]+)",
    re.DOTALL,
)
_BEHIND_STREET = re.compile(r".*\d\s?[\w/-]{0,4},\s*(?P<town>(?=['’A-Z])[^\d,]+)", re.DOTALL)
_OLD_KVK = re.compile(r"(\d{8})\s?0000")
_OWN_PAGE = re.compile(r"(?:^|[/.])linkedin\.com/(?:in|pub)/", re.IGNORECASE)
_KBO = re.compile(r"[01][0-9]{9}")
NINE = re.compile(r"(?<!\d)\d{9}(?!\d)|(?<!\d)\d{4}[. ]\d{2}[. ]\d{3}(?!\d)")


def kvk(cell: Cell) -> str:
    """Return a number of the Chamber of Commerce; a spreadsheet that took it for a number lost its first zeros.

    With the four digits behind it that once told an office of it apart, it is the same number.

    >>> kvk("41 20 25 35"), kvk(1234567.0), kvk("KvK-nr. 41202535"), kvk("412025350000")
    ('41202535', '01234567', '41202535', '41202535')
    """
    if found := _OLD_KVK.fullmatch(text(cell)):
        return found[1]
    return _digits(cell, 8, "KVK-nummer", "number of the Chamber of Commerce")


def rsin(cell: Cell) -> str:
    """Return a tax number of a legal person."""
    return _digits(cell, 9, "RSIN", "RSIN")


def kbo(cell: Cell) -> str:
    """Return an enterprise number of the Belgian register, also as a VAT number; its last two digits check the others.

    >>> kbo("0403.170.701"), kbo("BE 0403 170 701"), kbo(403170701.0)
    ('0403170701', '0403170701', '0403170701')
    """
    plain = re.sub(r"[\s.\-/]|^(kbo|bce|btw|tva|be)+[:\s]*", "", text(cell), flags=re.IGNORECASE)
    number = plain.zfill(10) if len(plain) == 9 else plain
    if _KBO.fullmatch(number) and int(number[:8]) % 97 + int(number[8:]) == 97:
        return number
    raise BadInputError(
        nl=f"{text(cell)!r} is geen Belgisch ondernemingsnummer: dat heeft tien cijfers, begint met 0 of 1 en heeft een controlegetal",
        en=f"{text(cell)!r} is no Belgian enterprise number: that has ten digits, begins with 0 or 1 and has a check number",
    )


def whole_kbo(cell: Cell) -> str:
    """Return an enterprise number that is written in full, with ten digits: nine may be a person's number.

    >>> whole_kbo("0403.170.701")
    '0403170701'
    """
    if sum(char.isdecimal() for char in text(cell)) == 10:
        return kbo(cell)
    raise BadInputError(nl="heeft geen tien cijfers", en="has no ten digits")


def _digits(cell: Cell, size: int, nl: str, en: str) -> str:
    plain = re.sub(r"^(kvk|rsin)[\s.\-]*(nummer|nr)?|[\s.:'\-]", "", text(cell), flags=re.IGNORECASE)
    if plain.isdigit() and size - 2 <= len(plain) <= size and int(plain):
        return plain.zfill(size)
    raise BadInputError(
        nl=f"{text(cell)!r} is geen {nl}: dat heeft {size} cijfers",
        en=f"{text(cell)!r} is no {en}: that has {size} digits",
    )


def website(cell: Cell) -> tuple[str, ...]:
    """Return the web addresses of a cell.

    >>> website("www.example.org; https://example.org/over"), website("example.org / example.com")
    (('www.example.org', 'https://example.org/over'), ('example.org', 'example.com'))
    """
    found = tuple(part for item in listed(cell) for part in item.split() if fold(part) not in _BETWEEN)
    for part in found:
        if "@" in part or "." not in part:
            raise BadInputError(nl=f"{part!r} is geen webadres", en=f"{part!r} is no web address")
    return found


def of_somebody(site: str) -> bool:
    """Return whether a web address is somebody's own page among those of a network of persons.

    >>> of_somebody("https://www.linkedin.com/in/jan"), of_somebody("linkedin.com/company/tuin")
    (True, False)
    """
    return _OWN_PAGE.search(site) is not None


def mail(cell: Cell) -> tuple[str, ...]:
    """Return the mail addresses of a cell.

    >>> mail("info@example.org; jan@example.org")
    ('info@example.org', 'jan@example.org')
    """
    plain = name(cell)
    found = [part.removeprefix("mailto:") for part in re.split(r"[\s;,|/]+", plain) if fold(part) not in _BETWEEN]
    if found and all(map(_MAIL.fullmatch, found)):
        return tuple(found)
    raise BadInputError(nl=f"{plain!r} is geen mailadres", en=f"{plain!r} is no mail address")


def of_a_desk(address: str) -> bool:
    """Return whether a mail address belongs to a desk, as far as can be seen, and not to a person.

    >>> of_a_desk("info@example.org"), of_a_desk("j.jansen@example.org")
    (True, False)
    """
    local, _, domain = address.partition("@")
    words = fold(local).split()
    stem = re.sub(r"\d+$", "", words[0]) if words else ""
    return stem in desks() or (len(words) == 1 and len(stem) > 3 and fold(domain).startswith(stem))


def looks_like_mail(text: str) -> bool:
    """Return whether there is a mail address in a text."""
    return "@" in text and _MAIL.search(text) is not None


def phone(cell: Cell) -> tuple[str, ...]:
    """Return the telephone numbers of a cell, each with the words beside it; what was taken for a number gets its first zero back.

    >>> phone(318123456.0), phone("tel. 0318-123456 / 06 12345678 (Jan)")
    (('0318123456',), ('0318-123456', '06 12345678 (Jan)'))
    """
    plain = text(cell)
    parts = [part.strip() for part in _SEVERAL_PHONES.split(_PHONE_LABEL.sub("", plain)) if part.strip()]
    if not parts or not all(map(_PHONE.search, parts)):
        nl = f"{plain!r} is geen telefoonnummer; zet er alleen nummers, met / ertussen, of maak de cel leeg"
        raise BadInputError(
            nl=nl, en=f"{plain!r} is no telephone number; put numbers alone, with / between, or empty it"
        )
    return tuple(re.sub(r"^(?=[1-9]\d{8}$)", "0", part) for part in parts)


def number_in(phone: str) -> str:
    """Return the number of a telephone without the words beside it.

    >>> number_in("0318-123456 (Jan)"), number_in("+32 (0)9 123 45 67")
    ('0318-123456', '+32 (0)9 123 45 67')
    """
    found = _PHONE.search(phone)
    return found[0].strip() if found else ""


def of_a_pocket(number: str) -> bool:
    """Return whether a telephone number is that of a mobile telephone, in the Netherlands or Belgium: somebody's own.

    >>> of_a_pocket("06-12 34 56 78"), of_a_pocket("+32 475 12 34 56"), of_a_pocket("0318 123456")
    (True, True, False)
    """
    digits = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    return re.match(r"(?:\+|00)316|316\d{8}$|06|(?:\+|00)324[5-9]|324[5-9]\d{7}$|04[5-9]\d{7}", digits) is not None


def yes(cell: Cell) -> bool:
    """Return whether a cell says yes; an empty one says no.

    >>> yes("X"), yes("nee"), yes(1.0), yes("")
    (True, False, True, False)
    """
    plain = name(cell).lower() if not empty(cell) else ""
    if plain in marks("yes"):
        return True
    if not plain or plain in marks("no"):
        return False
    raise BadInputError(
        nl=f"{plain!r} is geen ja of nee; schrijf x, of laat de cel leeg",
        en=f"{plain!r} is no yes or no; write x, or leave the cell empty",
    )


def place(cell: Cell) -> str:
    """Return a place, without the street and the postcode that stand before it, or the postcode behind it: these are not kept.

    >>> place("3011 AB Rotterdam"), place("Ede, 6711AB"), place("9000 Gent"), place("Plein 1940")
    ('Rotterdam', 'Ede', 'Gent', 'Plein 1940')
    >>> place("Dorpsstraat 1, 1251 AB Laren (NH)"), place("Musterstr. 1, 10115 Berlin")
    ('Laren (NH)', 'Berlin')
    >>> place("7245 XB")
    ''
    """
    plain = name(cell)
    return "" if _CODE_ALONE.fullmatch(plain) else _in_address(plain) or _POSTCODE.sub("", plain) or plain


def town(cell: Cell) -> str:
    """Return the place that an address has; empty if it has none.

    >>> town("Kerkweg 2 7245XB Laren, Nederland"), town("Plein 3, Haarlem"), town("Kerkweg 2")
    ('Laren', 'Haarlem', '')
    >>> town("9000 Gent"), town("7245 XB"), town("Rue 1, B-1000 Bruxelles"), town("Kade 3, achterom")
    ('Gent', '', 'Bruxelles', '')
    """
    plain = _COUNTRY.sub("", ", ".join(lines(cell)))
    if found := _in_address(plain):
        return found
    if behind := _BEHIND_STREET.fullmatch(plain):
        return behind["town"].strip()
    bare = "" if _CODE_ALONE.fullmatch(plain) else _POSTCODE.sub("", plain)
    return bare if bare != plain and not re.search(r"\d", bare) else ""


def _in_address(plain: str) -> str:
    """Return the place behind the postcode in an address; empty if it is none, or has none."""
    found = _TOWN.fullmatch(_COUNTRY.sub("", plain)) if len(plain) <= LONGEST else None
    return (found["dutch"] or found["other"]).strip() if found else ""


def word(cell: Cell, closed: str, own: Mapping[str, str]) -> str:
    """Return the id of a word of a closed list; `own` has the mapping's words for them.

    >>> word("Netwerk", "kind", {}), word("Verleend", "status", {})
    ('network', 'current')
    """
    plain = name(cell)
    known = known_words(closed)
    found = own.get(plain) or own.get(fold(plain)) or known.get(fold(plain))
    if found:
        return found
    near = nearest(plain, known)
    raise BadInputError(
        nl=f"{plain!r} kennen we niet{f'; bedoel je {near!r}?' if near else '.'} Zet in de mapping onder [words] wat het is",
        en=f"{plain!r} is not known{f'; do you mean {near!r}?' if near else '.'} Say in the mapping under [words] what it is",
    )


def words(cell: Cell, closed: str, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of all words of a cell; those that the mapping says are none of ours (`""`) are left out."""
    items = [item for item in _items(cell, closed, own) if own.get(item, own.get(fold(item))) != ""]
    return tuple(dict.fromkeys(word(item, closed, own) for item in items))


def strange(cell: Cell, closed: str) -> tuple[str, ...]:
    """Return the words of a cell that are not in a closed list."""
    known = known_words(closed)
    items = _items(cell, closed, {}) if closed == "theme" else (name(cell),)  # of other lists a cell has one
    return tuple(item for item in items if fold(item) not in known)


def _items(cell: Cell, closed: str, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of a cell; what a stroke parts is more than one where each part is known."""
    whole, known = name(cell), {**own, **known_words(closed)}
    if whole in known or fold(whole) in known:
        return (whole,)
    found: list[str] = []
    for item in listed(cell):
        parts = item.split("/")
        found += map(str.strip, parts) if all(fold(part) in known for part in parts) else [item]
    return tuple(found)


@lru_cache(maxsize=10_000)
def likely(strange: str, closed: str) -> str:
    """Return the id of a closed list that a word most likely stands for; empty if none does.

    >>> likely("eenzaamheit", "theme"), likely("buurthuizen", "theme"), likely("dansen", "theme")
    ('eenzaamheid', 'buurthuizen-zelfbeheer', '')
    """
    known, folded = known_words(closed), fold(strange)
    if len(folded) < SHORT:
        return ""
    found = process.extractOne(folded, list(known), scorer=fuzz.WRatio, score_cutoff=LIKELY)
    return known[found[0]] if found else ""
