"""What every export says of itself: title, day, revision, for whom, from which datasets, under which licences."""

from collections.abc import Iterator, Mapping

from graph.dates import spelled
from graph.drawing import Extract
from graph.errors import Lang
from graph.gazetteer import ATTRIBUTION
from graph.model import Dataset
from graph.vocabulary import vocabulary
from viz.captions import CAPTIONS, language

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "nl": {
        **CAPTIONS["nl"],
        "title": "Titel",
        "dataset": "Dataset",
        "no_licence": "licentie niet vermeld",
        "made_with": "Gemaakt met",
        "empty": "Een leeg vak betekent: niet bekend. Het betekent nooit: nee.",
        "empty_title": "Lege vakken",
        "sheet": "Blad",
        "column": "Kolom",
        "meaning": "Betekenis",
        "readme": "Leesmij",
        "offers": "Aanbod en vraag",
        "places": "Plaatsen",
    },
    "en": {
        **CAPTIONS["en"],
        "title": "Title",
        "dataset": "Dataset",
        "no_licence": "licence not stated",
        "made_with": "Made with",
        "empty": "An empty cell means: not known. It never means: no.",
        "empty_title": "Empty cells",
        "sheet": "Sheet",
        "column": "Column",
        "meaning": "Meaning",
        "readme": "Read me",
        "offers": "Offers and needs",
        "places": "Places",
    },
}


def words(extract: Extract) -> Mapping[str, str]:
    """Return the words in the extract's language."""
    return WORDS[language(extract.lang)]


def told(extract: Extract) -> Iterator[tuple[str, str]]:
    """Yield what the export says of itself: (what, words)."""
    lang = language(extract.lang)
    says = WORDS[lang]
    yield says["title"], extract.title
    yield says["as_of"], spelled(extract.as_of.isoformat(), lang)
    yield says["revision"], str(extract.revision)
    yield says["audience"], vocabulary().words["audience"][extract.audience].label(lang)
    if extract.left_out:
        yield says["left_out"], extract.left_out
    for dataset in extract.datasets:
        yield says["dataset"], described(dataset, lang)
    yield says["places"], ATTRIBUTION
    yield says["made_with"], "Weefsel"


def described(dataset: Dataset, lang: Lang) -> str:
    """Return a dataset with its date, licence and address, in one line."""
    says = WORDS[lang]
    licence = f"{says['licence']} {dataset.licence}" if dataset.licence else says["no_licence"]
    date = spelled(dataset.date, lang) if dataset.date else ""
    return "; ".join(part for part in (dataset.title or dataset.name, date, licence, dataset.url) if part)


def sentence(extract: Extract) -> str:
    """Return all of it as one text."""
    return ". ".join(f"{what}: {text}".rstrip(".") for what, text in told(extract)) + "."
