"""What the modules of the Neo4j store ask of the one that knows the driver (`graph.stores.neo4j`)."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

Steps: TypeAlias = Sequence[tuple[str, Mapping[str, Any]]]  # queries with their parameters


class Link(Protocol):
    """A way to ask the server; see `graph.stores.neo4j`."""

    def read(self, query: str, parameters: Mapping[str, Any], *, patient: bool = False) -> list[list[Any]]:
        """Return the rows of the answer, read in one managed transaction. `patient`: wait for a server that is away."""

    def write(self, steps: Steps, *, guarded: bool = False, patient: bool = False) -> list[list[list[Any]]]:
        """Do the steps in one managed transaction; return their rows. `guarded`: only if the first finds something."""

    def alone(self, statement: str) -> None:
        """Run a statement on the schema; that another process makes the same at that moment is no error."""

    def version(self) -> str:
        """Return the version that the server tells of itself."""
