"""A mapping as a TOML file that a person can read and edit: what each part is for stands beside it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from graph.vocabulary import vocabulary
from loaders import table_edges as edges
from loaders.table_codes import likely
from loaders.table_mapping import ASK

_HEAD = {
    "nl": (
        "# Wat de kolommen van {file} betekenen, voor: weefsel load table. Uitleg: docs/tables.md",
        "# Kies zelf waar een ? staat.",
    ),
    "en": (
        "# What the columns of {file} mean, for: weefsel load table. Explained in docs/tables.md",
        "# Choose yourself where there is a ?.",
    ),
}
_REMARKS = {
    "ignored": ("kolommen die niet gelezen worden", "columns that are not read"),
    "sheets": ("bladen die gelezen worden", "sheets that are read"),
    "decimal": ('"," zoals in 15.000,00 of "." zoals in 15,000.00', '"," as in 15.000,00 or "." as in 15,000.00'),
    "unit": ("de bedragen zijn in duizenden of miljoenen", "amounts are in thousands or millions"),
    "separator": ("tekens tussen namen in één cel", "marks between names in one cell"),
    "within": ("namen gelden binnen deze rol", "names count within this role"),
    "kind": (
        "initiative, network, funder, municipality, person of organisation",
        "initiative, network, funder, municipality, person or organisation",
    ),
}
_WORDS = (
    'wat woorden van het bestand bij ons zijn; "" slaat een woord over. De thema\'s:',
    'what words of the file are here; "" leaves a word out. The themes:',
)
_RELATIONS = (
    'welke band een woord is; "<" ervoor keert de band om, "" laat zulke rijen weg. De soorten:',
    'which tie a word is; "<" before it turns the tie around, "" leaves such rows out. The kinds:',
)
_NO_TITLE = ("hoe de dataset heet, voor mensen", "what people see as the name of the dataset")


def written(mapping: Mapping[str, Any], file: str, lang: str) -> str:
    """Return the text of a mapping, as `tomllib` reads it back."""
    return "\n".join(_lines(mapping, file, lang)) + "\n"


def _lines(mapping: Mapping[str, Any], file: str, lang: str) -> Iterator[str]:
    head, ask = _HEAD["nl" if lang == "nl" else "en"]
    yield head.format(file=file)
    if '"?"' in json.dumps(mapping):
        yield ask
    if top := list(_top(mapping, lang)):
        yield from ("", *top)
    yield from ("", "[dataset]", _remark(f"title = {_value(file.rpartition('.')[0] or file)}", _NO_TITLE, lang))
    for table in mapping.get("tables", ()):
        yield from ("", "[[tables]]", *_top(table, lang), *_parts(table, lang, "tables."))
    if "tables" not in mapping:
        yield from _parts(mapping, lang, "")


def _top(mapping: Mapping[str, Any], lang: str) -> Iterator[str]:
    for key in ("sheets", "ignored"):
        if mapping.get(key):
            yield _pair(key, mapping[key], lang)


def _parts(mapping: Mapping[str, Any], lang: str, under: str) -> Iterator[str]:
    """Yield the parts of a table; `under` stands before the name of each."""
    if mapping.get("reading"):
        yield from ("", f"[{under}reading]", *(_pair(key, value, lang) for key, value in mapping["reading"].items()))
    if mapping.get("words"):
        yield from ("", _remark(f"[{under}words]", _WORDS, lang), *_words(mapping["words"]))
    if mapping.get("relations"):
        yield from ("", _remark(f"[{under}relations]", _RELATIONS, lang), *_relations(mapping, lang))
    for role, part in mapping.get("actors", {}).items():
        yield from ("", f"[{under}actors.{_key(role)}]", *_part(part, lang))
    for name in ("ties", "offers"):
        for part in mapping.get(name, ()):
            yield from ("", f"[[{under}{name}]]", *_part(part, lang))


def _words(words: Mapping[str, str]) -> Iterator[str]:
    """Yield what words of the file are, with what one that is asked about may be."""
    for word, id_ in words.items():
        near = likely(word, "theme") if id_ == ASK else ""
        yield f"{_key(word)} = {_value(id_)}{f'  # {near}?' if near else ''}"
    for line in wrap(", ".join(vocabulary().themes), 110):
        yield f"# {line}"


def _relations(mapping: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield what words for kinds of ties are, each with what it says of the ends; of one that is asked about, what it may be."""
    source, target = next(((tie["from"], tie["to"]) for tie in mapping["ties"] if "kind" in tie["column"]), ("", ""))
    for word, means in mapping["relations"].items():
        told = edges.sentence(means, source, target, lang)
        if means == ASK:
            near = edges.likely(word)
            told = f"{near}? {edges.sentence(near, source, target, lang)}" if near else ""
        yield f"{_key(word)} = {_value(means)}{f'  # {told}' if told else ''}"
    for line in wrap(", ".join(vocabulary().tie_kinds), 110):
        yield f"# {line}"


def _part(part: Mapping[str, Any], lang: str) -> Iterator[str]:
    for key, value in part.items():
        if key != "column":
            # what every kind may be is told of actors, whose parts name no ends
            yield _pair(key, value, lang if key != "kind" or "from" not in part else "")
    for field, column in part.get("column", {}).items():
        yield f"column.{_key(field)} = {_value(column)}"


def _pair(key: str, value: object, lang: str) -> str:
    pair = f"{_key(key)} = {_value(value)}"
    return _remark(pair, _REMARKS[key], lang) if key in _REMARKS and lang else pair


def _remark(line: str, words: tuple[str, str], lang: str) -> str:
    return f"{line}  # {words[0] if lang == 'nl' else words[1]}"


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else _value(key)


def _value(value: object) -> str:
    """Return a number, a text or a list of texts; JSON's escapes are TOML's, but for one character."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
