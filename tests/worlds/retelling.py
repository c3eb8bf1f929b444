"""Telling a store's datasets anew to an empty one, to see that what was kept write by write is what they make at once."""

import re
from collections.abc import Sequence
from typing import Any

from fate import Step
from saying import everything

from graph.model import Viewer
from graph.store import Store
from graph.stored import State

_REVISION = re.compile(r"revision=\d+")


def told_last(steps: Sequence[Step]) -> list[Step]:
    """Return the loads that no later write replaced or removed."""
    last: dict[str, Step] = {}
    for step in steps:
        if step.do == "load":
            last[step.args[0]] = step
        elif step.do == "remove":
            last.pop(step.args[0], None)
    return list(last.values())


def settle(old: Store, new: Store) -> None:
    """Give the empty store `new` the ids that `old` minted and the judgements passed in it, and nothing else."""
    with old.snapshot() as before, new.draft("settle") as draft:
        state = before.state()
        draft.put_nodes([node._replace(mask=0, leads_public=node.n, leads_staff=node.n) for node in before.all_nodes()])
        for judgement in before.judgements():
            draft.put_judgement(judgement)
        draft.commit(State(1, next_n=state.next_n, next_person=state.next_person, secret=state.secret))


def answers(store: Store) -> dict[Viewer, dict[str, Any]]:
    """Return all that each viewer is told, the numbers of revisions left out."""
    return {viewer: undated(everything(store, viewer)) for viewer in Viewer}


def undated(told: dict[str, Any]) -> dict[str, Any]:
    """Return answers without the numbers of revisions."""
    return {
        name: undated(one) if isinstance(one, dict) else _REVISION.sub("revision=…", one) for name, one in told.items()
    }
