"""The end of every write: join and part, count and fold what it touched, and number the revision."""

import secrets

from graph.ingest import folds, identity, self_ties, waiting
from graph.ingest.changes import Changes
from graph.ingest.identity import Mint
from graph.model import Viewer
from graph.store import Draft
from graph.stored import State
from graph.vocabulary import vocabulary

NAMED = 30  # writes whose names are kept: an index of an older one is not used while the next is made


def finish(draft: Draft, changes: Changes, mint: Mint, loading: str = "") -> State:
    """Bring identity, cards and what waits (but not in the dataset `loading`) up to date; return the state to commit."""
    regrouped = identity.regroup(draft, changes.identity) if changes.identity else {}
    changes.self_ties = self_ties.count(draft, changes, regrouped)
    if not changes.everything:
        waiting.keep(draft, regrouped, but=loading)
    folds.keep(draft, changes, mint, regrouped)
    before = draft.state()
    return State(
        before.revision + 1,
        {viewer: before.seen.get(viewer, 0) + bool(changes.noticed & viewer.bit) for viewer in Viewer},
        mint.next_n,
        mint.next_person,
        before.secret or secrets.token_hex(32),
        vocabulary().digest,
        {viewer: _named(before.writes.get(viewer, ()), changes.noticed & viewer.bit) for viewer in Viewer},
    )


def _named(before: tuple[str, ...], noticed: int) -> tuple[str, ...]:
    """Return the names of the last writes that a viewer could notice, with that of this one if it can."""
    return (*before, secrets.token_hex(4))[-NAMED:] if noticed else before
