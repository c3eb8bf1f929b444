"""Links that were shared: what mailings and social media hang on an address is no part of the question."""

from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

HUNG_ON = ("fbclid", "gclid", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "msclkid", "twclid")
CAMPAIGN = "utm_"


class SharedLinks:
    """Answers a page as if nothing had been hung on its address; programs (`/v1`) are told what they send too much."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and not scope["path"].startswith("/v1/"):
            scope["query_string"] = asked(scope["query_string"])
        await self.app(scope, receive, send)


def asked(query: bytes) -> bytes:
    """Return a query without what was hung on; one that nothing was hung on as it stands.

    >>> asked(b"q=wijk&fbclid=x&utm_source=y"), asked(b"q=a%20b&q")
    (b'q=wijk', b'q=a%20b&q')
    """
    told = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    kept = [(name, value) for name, value in told if name not in HUNG_ON and not name.startswith(CAMPAIGN)]
    return query if len(kept) == len(told) else urlencode(kept, encoding="latin-1").encode()
