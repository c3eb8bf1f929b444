"""Whom a record names: local ids and `scheme:value` ends turned into nodes, awaited ones where nobody bears them yet."""

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable

from graph.ingest.identity import Mint
from graph.records import SCHEMES
from graph.store import Draft, Node

APART = -1  # the end was suppressed: what names it is set apart


def is_elsewhere(end: str) -> bool:
    """Return whether an end is named by `scheme:value` rather than by a local id.

    >>> is_elsewhere("cbs:GM0599"), is_elsewhere("id:wijkpaleis"), is_elsewhere("wijkpaleis")
    (True, True, False)
    """
    scheme, _, value = end.partition(":")
    return bool(value) and (scheme == "id" or (scheme in SCHEMES and re.fullmatch(SCHEMES[scheme], value) is not None))


def keyed_hash(secret: str, key: str) -> str:
    """Return the hash under which a suppressed record key is remembered; without the store's secret it tells nothing."""
    return hmac.new(secret.encode(), key.encode(), hashlib.sha256).hexdigest()


class Ends:
    """The ends that one dataset names. `local` has its own ids (0: known, not looked up yet)."""

    def __init__(self, draft: Draft, dataset: str, mint: Mint, suppressed: Collection[int]) -> None:
        """Resolve for `dataset`; `suppressed` are the nodes that must not come back."""
        self._draft = draft
        self._dataset = dataset
        self._mint = mint
        self._suppressed = suppressed
        self.local: dict[str, int] = {}
        self.elsewhere: dict[str, int] = {}
        self.awaited: list[Node] = []

    def key(self, local: str) -> str:
        """Return the record key of a local id."""
        return f"{self._dataset}/{local}"

    def resolve(self, ends: Iterable[str]) -> None:
        """Look up all of `ends` that are not known yet, making awaited nodes for those that nobody bears."""
        unknown = {end for end in ends if not self.local.get(end) and end not in self.elsewhere}
        if unknown:
            self._resolve_local([end for end in unknown if end in self.local])
            self._resolve_elsewhere(sorted(end for end in unknown if end not in self.local and is_elsewhere(end)))

    def node(self, end: str) -> int | None:
        """Return the node of a resolved end, `APART` if it was suppressed, None if nobody is meant by it."""
        return self.local.get(end) or self.elsewhere.get(end)

    def _resolve_local(self, ends: list[str]) -> None:
        nodes = self._draft.nodes_by_key(self.key(end) for end in ends)
        for end in ends:
            if node := nodes.get(self.key(end)):
                self.local[end] = node.n

    def _resolve_elsewhere(self, ends: list[str]) -> None:
        by_id = self._draft.nodes_by_id(end[3:] for end in ends if end.startswith("id:"))
        by_key = self._draft.nodes_by_key(ends)
        fresh = []
        for end in ends:
            node = by_id.get(end[3:]) if end.startswith("id:") else None
            node = node or by_key.get(end)
            if node is None:
                node = self._mint.awaited(end)
                fresh.append(node)
            self.elsewhere[end] = APART if node.n in self._suppressed else node.n
        self._draft.put_nodes(fresh)
        self.awaited += fresh
