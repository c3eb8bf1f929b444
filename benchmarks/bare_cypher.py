"""The question in Cypher: the nodes and ties of an index put bare into a Neo4j server, and ten helpers asked for."""

import time

import neo4j
import numpy as np

from graph.index.arrays import clock
from graph.index.asked import Asked
from graph.index.claims import claims
from graph.index.files import Index
from graph.view import today

BATCH = 20_000
TIMEOUT = 10.0  # seconds

QUERIES = {
    "`SHORTEST 10` by hops": """
        MATCH path = SHORTEST 10 (asker:Actor {n: $n})-[:TIE]-{1,4}(helper:Helper)
        RETURN helper.n, length(path) ORDER BY length(path) LIMIT 10""",
    "by weight within 3 hops": """
        MATCH path = (asker:Actor {n: $n})-[:TIE]-{1,3}(helper:Helper)
        WITH helper, reduce(chance = 1.0, tie IN relationships(path) | chance * tie.chance)
          * reduce(open = 1.0, connector IN nodes(path)[1..-1] | open * connector.openness) AS chance
        RETURN helper.n, max(chance) AS best ORDER BY best DESC LIMIT 10""",
}


def fill(driver: neo4j.Driver, index: Index, help_id: str) -> None:
    """Put actors, those who help, and ties with their chances into an empty server."""
    ties, day = index.ties, today()
    asked = Asked(ties, clock(ties, day))
    openness = asked.openness(np.arange(ties.size)).tolist()
    helps = np.zeros(ties.size, bool)
    helps[claims(index.helping, help_id, day).helpers] = True
    actors = [{"n": int(n), "openness": openness[place]} for place, n in enumerate(ties.ns)]
    one = np.repeat(np.arange(ties.size), np.diff(ties.ptr))
    once = np.flatnonzero(one < ties.other)
    ends = zip(ties.ns[one[once]], ties.ns[ties.other[once]], asked.clock.chance[ties.sort[once]], strict=True)
    pairs = [{"from": int(one), "to": int(other), "chance": float(chance)} for one, other, chance in ends]
    with driver.session() as session:
        session.run("CREATE CONSTRAINT n IF NOT EXISTS FOR (a:Actor) REQUIRE a.n IS UNIQUE").consume()
        for rows, query in (
            ([row for row, helper in zip(actors, helps, strict=True) if helper], "CREATE (a:Actor:Helper) SET a = row"),
            ([row for row, helper in zip(actors, helps, strict=True) if not helper], "CREATE (a:Actor) SET a = row"),
            (
                pairs,
                "MATCH (a:Actor {n: row.from}) MATCH (b:Actor {n: row.to}) CREATE (a)-[:TIE {chance: row.chance}]->(b)",
            ),
        ):
            for begin in range(0, len(rows), BATCH):
                session.run(f"UNWIND $rows AS row {query}", rows=rows[begin : begin + BATCH]).consume()


def ask(driver: neo4j.Driver, query: str, n: int) -> float:
    """Ask, and return the seconds; as many as one waits at most if it takes longer."""
    began = time.perf_counter()
    with driver.session() as session:
        try:
            session.run(neo4j.Query(query, timeout=TIMEOUT), n=n).consume()  # type: ignore[arg-type]
        except neo4j.exceptions.ClientError as error:
            if "Timed" not in (error.code or "") and "imeout" not in str(error):
                raise
    return time.perf_counter() - began
