"""Serving over HTTP: take the port first, so that one in use is one clear message."""

import logging
import socket

import uvicorn

from api.app import create_app
from api.settings import Settings
from graph.errors import BadInputError
from graph.store import Store


def serve(store: Store, settings: Settings) -> None:
    """Serve pages and API until stopped.

    Raises:
        BadInputError: The address cannot be listened on.
    """
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        create_app(store, settings),
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("weefsel").setLevel(logging.INFO)  # a line a request, without what was asked
    print(f"Weefsel: http://{settings.host}:{port}  (Ctrl-C stopt)", flush=True)  # noqa: T201 - tells where to look
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise BadInputError(
            nl=f"Op {host}:{port} kan niet worden geluisterd ({error.strerror}). Kies een andere poort met WEEFSEL_PORT.",
            en=f"{host}:{port} cannot be listened on ({error.strerror}). Choose another port with WEEFSEL_PORT.",
            field="port",
        ) from error
    return listener
