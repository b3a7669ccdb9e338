"""A connection to PostgreSQL that gives up in time, whatever has become of the server.

The server's own timeouts need a server that still runs. One that is frozen, or cut off without a word, lets a client
wait for ever; so the client itself looks at the clock, in connecting and in every statement.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any

import psycopg


def connection_class(seconds: float) -> type[psycopg.Connection[Any]]:
    """Return a class of connections on which no wait for the server is longer than `seconds`."""

    class Impatient(psycopg.Connection[Any]):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            return super().wait(gen, interval, seconds if timeout is None else timeout)

    return Impatient


def in_time(connect: Callable[[], psycopg.Connection[Any]], seconds: float) -> psycopg.Connection[Any]:
    """Return what `connect` returns; raise `OperationalError` after `seconds`, even where a name server is silent."""
    promised: Future[psycopg.Connection[Any]] = Future()
    Thread(target=_keep_promise, args=(promised, connect), daemon=True).start()
    try:
        return promised.result(seconds)
    except TimeoutError:
        promised.add_done_callback(_close_late)
        raise psycopg.errors.ConnectionTimeout("connection timeout expired") from None


def _keep_promise(promised: Future[Any], connect: Callable[[], Any]) -> None:
    try:
        promised.set_result(connect())
    except Exception as error:
        promised.set_exception(error)


def _close_late(promised: Future[psycopg.Connection[Any]]) -> None:
    if promised.exception() is None:
        promised.result().close()
