"""What was suppressed: keyed hashes by which a load knows a person again without holding anything of that person."""

import hashlib
import hmac

from graph.store import Draft
from graph.stored import Node

FORGOTTEN = "suppressed:"  # begins the key of a node whose own key was forgotten


class Suppressed:
    """The record keys and identifiers that must not come back; false if there are none."""

    def __init__(self, draft: Draft) -> None:
        """Read what was suppressed until now."""
        self._secret = draft.state().secret
        judged = (judgement for judgement in draft.judgements() if judgement.verdict == "suppress")
        self._hashes = {hashed for judgement in judged for hashed in judgement.keys}

    def __bool__(self) -> bool:
        """Return whether anything was suppressed."""
        return bool(self._hashes)

    def has(self, *names: str) -> bool:
        """Return whether one of these record keys or identifiers was suppressed."""
        return any(keyed_hash(self._secret, name) in self._hashes for name in names)

    def is_node(self, node: Node) -> bool:
        """Return whether a node stood for somebody who was suppressed."""
        return remembered(node) in self._hashes


def forgotten(node: Node, secret: str) -> Node:
    """Return the node as what is left of it when its key is forgotten, and that anybody ever bore its id."""
    return node._replace(key=f"{FORGOTTEN}{node.n}:{keyed_hash(secret, node.key)}", ever=0)


def remembered(node: Node) -> str:
    """Return the hash of the key that a node had before it was forgotten; empty if it was not."""
    return node.key.rpartition(":")[2] if node.key.startswith(FORGOTTEN) else ""


def keyed_hash(secret: str, name: str) -> str:
    """Return the hash under which a record key or identifier is remembered; without the store's secret it tells nothing."""
    return hmac.new(secret.encode(), name.encode(), hashlib.sha256).hexdigest()
