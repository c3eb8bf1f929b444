"""Words of the closed vocabulary as labels and relationship types, and the pieces that queries are put together from.

All Cypher here is constant text, made once from these; values are always parameters.

Nodes never change their number; all that can change is *versioned*. A relationship is alive at revision `$rev` if it was
`born` by then and has not `died`. A node's `state` is a list of five numbers a version, newest first: since which
revision, mask, ever, leading node for the public, for staff (0: itself). One list is read as a whole, so that no
reader meets half of a change. `$seeing` lists the masks that a viewer sees.
Answers of many rows come packed: one row with the list of them, which the driver reads several times as fast.
"""

import re

from graph.vocabulary import vocabulary

_WORD = re.compile(r"^[a-z][a-z_]{0,40}$")


def _types(words: tuple[str, ...]) -> dict[str, str]:
    """Return the relationship type (or label) for each word of a closed list.

    Raises:
        ValueError: A word is no plain identifier, so that it cannot stand in a query.
    """
    if wrong := [word for word in words if not _WORD.match(word)]:
        raise ValueError(f"not a plain identifier: {', '.join(wrong)}")
    return {word: word.upper() for word in words}


TIE_TYPES = _types(tuple(vocabulary().tie_kinds))
STANCE_TYPES = _types(vocabulary().ids("stance"))
LABELS = {kind: text.capitalize() for kind, text in _types(vocabulary().ids("kind")).items()}
KIND_OF = {text: kind for kind, text in TIE_TYPES.items()}
STANCE_OF = {text: stance for stance, text in STANCE_TYPES.items()}
RECORD_TYPES = ("SAYS", "FIGURE", *STANCE_TYPES.values(), *TIE_TYPES.values())
OTHER_TYPES = ("CLAIMS", "JOINED", "SEEN_BY", "KEEPS", "JUDGED")
VERSIONED = (*RECORD_TYPES, *OTHER_TYPES)
TIES = "|".join(TIE_TYPES.values())
OFFERS = "|".join(STANCE_TYPES.values())


def alive(name: str) -> str:
    """Return what holds of the relationship `name` if it is alive at `$rev`."""
    return f"{name}.born <= $rev AND ({name}.died IS NULL OR {name}.died > $rev)"


def seen(name: str) -> str:
    """Return what holds of the relationship `name` if it is alive, and `$seeing` sees it."""
    return f"{alive(name)} AND {name}.mask IN $seeing"


# The state of node `b` at `$rev`, and the node that leads it, if `s` is that state.
STATE = (
    "CASE WHEN b.state[0] <= $rev THEN b.state"
    " ELSE [i IN range(5, size(b.state) - 5, 5) WHERE b.state[i] <= $rev | b.state[i..i + 5]][0] END"
)
OTHER = "CASE s[$lead] WHEN 0 THEN b.n ELSE s[$lead] END"
# What a row of each table is made of.
ACTOR = "r.dataset, r.digest, a.n, r.mask, r.claims, r.body"
TIE = "r.dataset, r.digest, a.n, type(r), b.n, r.ref, r.mask, r.bound, r.body"
OFFER = "r.dataset, r.digest, a.n, r.mask, type(r), b.id, r.body"
FIGURE = "r.dataset, r.digest, b.n, r.mask, r.body"
