"""What typer says when a command is used wrongly, in the language of the command; it knows English alone."""

import re

import typer
from typer._click.core import Context

from api import console
from api.settings import read_settings
from graph.errors import Lang

DUTCH = (  # what typer says, and the same in Dutch; each group is what was typed or is missing
    (r"Missing (?:argument|option|parameter) '(.+?)'", "Hier ontbreekt {}."),
    (r"No such command '(.+)'\. Did you mean (.+)\?", "De opdracht '{}' kennen we niet. Bedoel je {}?"),
    (r"No such command '(.+)'\.", "De opdracht '{}' kennen we niet."),
    (r"No such option: (\S+) \((?:Did you mean|Possible options:) (.+?)\??\)", "De optie {} kennen we niet. Wel: {}."),
    (r"No such option: (\S+)", "De optie {} kennen we niet."),
    (r"Option '(.+)' requires an argument", "Achter {} ontbreekt een waarde."),
    (r"Option '(.+)' does not take a value", "Achter {} hoort geen waarde."),
    (r"Invalid value for '(.+?)': .* integer", "Achter {} hoort een heel getal."),
    (r"Invalid value for '(.+?)': .* number", "Achter {} hoort een getal."),
    (r"Invalid value for .*'(.+)' is not readable", "'{}' mag je niet lezen; zorg dat je er de rechten voor hebt."),
    (r"Invalid value for '(.+?)'", "Wat bij {} staat, kan niet."),
    (
        r"Got unexpected extra argument\(s\) \((.+)\)",
        "Dit is te veel: {}. Zet een naam met spaties tussen aanhalingstekens.",
    ),
)


def told(error: typer.TyperException) -> str:
    """Return what is wrong with a command, and where its help is; of a command without words, its help."""
    message = error.format_message()
    if message.startswith(("Usage:", "Gebruik:")):
        return message
    context: Context | None = getattr(error, "ctx", None)
    lang = language(context) if context else console.lang()
    said = in_dutch(message) if lang == "nl" else message
    return f"{said}\n{'Hulp' if lang == 'nl' else 'Help'}: {context.command_path} --help" if context else said


def in_dutch(message: str) -> str:
    """Return a message of typer in Dutch; one that is not known, as it stands.

    >>> in_dutch("Missing argument 'ACTOR'.")
    'Hier ontbreekt ACTOR.'
    >>> in_dutch("Invalid value for 'PATH…': path 'leden.csv' is not readable.")
    "'leden.csv' mag je niet lezen; zorg dat je er de rechten voor hebt."
    """
    for english, dutch in DUTCH:
        if found := re.match(english, message, re.DOTALL):
            return dutch.format(*found.groups())
    return message


def language(context: Context) -> Lang:
    """Return the language that was chosen, as far as typer had read."""
    given = context.find_root().params.get("lang")
    return "nl" if given == "nl" else "en" if given == "en" else read_settings().lang
