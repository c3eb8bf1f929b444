"""Serving over HTTP: take the port first, so that one in use is one clear message."""

import atexit
import gc
import logging
import os
import signal
import socket
import time
from functools import partial
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api import outlines
from api.app import create_app
from api.settings import Settings, open_store
from graph import gazetteer
from graph.errors import BadInputError
from graph.store import Store


def serve(store: Store, settings: Settings) -> None:
    """Serve pages and API until stopped.

    Raises:
        BadInputError: The address cannot be listened on, or the outlines that the settings name cannot be read.
    """
    outlines.check(settings)
    listener = listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    options: dict[str, Any] = {
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "timeout_graceful_shutdown": 5,
        "timeout_worker_healthcheck": 20,  # a busy machine takes longer than 5 s to start one; one that dies may be missed as long
    }
    _log()
    # uvicorn ends by the signal that it got. Python's own way would wait for threads at work on what was broken off, and keep it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    print(f"Weefsel: http://{settings.host}:{port}  ({settings.place}; Ctrl-C stopt)", flush=True)  # noqa: T201 - tells where to look
    if settings.workers > 1:
        app = partial(of_one_worker, settings, os.getpid())
        config = uvicorn.Config(app, factory=True, workers=settings.workers, **options)
        Multiprocess(config, [listener]).run()
    else:
        uvicorn.Server(uvicorn.Config(_app(store, settings), **options)).run(sockets=[listener])


def of_one_worker(settings: Settings, first: int) -> FastAPI:
    """Return the application of one process of several, with the store opened anew; `first` is the one that started it."""
    _log()
    Thread(target=_end_with, args=(first,), daemon=True).start()
    store = open_store(settings)
    atexit.register(store.close)
    return _app(store, settings)


def _app(store: Store, settings: Settings) -> FastAPI:
    """Return the application, with what its first answers would wait for.

    What it is made of stays for good: looking through that for garbage made an answer wait now and then.
    """
    app = create_app(store, settings)
    gazetteer.entries()
    gc.collect()
    gc.freeze()
    return app


def _end_with(first: int) -> None:
    """End this process when the one that started it is gone, even if that was killed while this one began."""
    while os.getppid() == first:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _log() -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("weefsel").setLevel(logging.INFO)  # a line a request, without what was asked


def listen(host: str, port: int) -> socket.socket:
    """Take the port (0: any that is free).

    Raises:
        BadInputError: The address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, else asyncio leaves it to the kernel to wait with the last bytes of an answer (TCP_NODELAY)
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise BadInputError(
            nl=f"Op {host}:{port} kan niet worden geluisterd ({error.strerror}). Kies een andere poort met WEEFSEL_PORT,"
            " of een ander adres met WEEFSEL_HOST.",
            en=f"{host}:{port} cannot be listened on ({error.strerror}). Choose another port with WEEFSEL_PORT, or another"
            " address with WEEFSEL_HOST.",
            field="port",
        ) from error
    return listener
