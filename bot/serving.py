"""How gunicorn serves (`gunicorn -c python:bot.serving bot.wsgi:app`): two processes that share what they loaded.

Sync workers close every connection: none can be pinned to a worker, which costs threads half their throughput after
a restart behind a proxy. Loading before forking shares the library's memory, and shows a mistake once, not per worker.
"""

import gc
import os
import socket
import time
from typing import Any

from gunicorn.workers.sync import SyncWorker

HURRY = 2.0
"""Seconds for a request to arrive: Twilio's takes milliseconds, and a worker that waits for one answers nobody else."""

# Nothing of what is loaded is garbage: looking for some takes a tenth of the start. The program turns it on again.
gc.disable()


class Hurried(socket.socket):
    """A connection from which nothing comes any more after a while: whoever dawdles has hung up."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(fileno=accepted.detach())
        self._until = time.monotonic() + HURRY

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        self.settimeout(max(0.001, self._until - time.monotonic()))
        try:
            return super().recv(size, flags)
        except TimeoutError:
            return b""
        finally:
            self.settimeout(HURRY)


class Worker(SyncWorker):  # type: ignore[misc]
    """gunicorn's own waits for a slow request as long as a worker may live, and is then killed."""

    def handle(self, listener: Any, client: socket.socket, addr: Any) -> None:
        super().handle(listener, Hurried(client), addr)


def when_ready(server: Any) -> None:
    """Take over a connection only once something has come on it: one kept ready costs no worker its time (Linux)."""
    for listener in server.LISTENERS:
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, int(HURRY))


bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"  # noqa: S104 - it serves the network
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = Worker
preload_app = True
timeout = 15
"""Seconds: as long as Twilio waits."""
# Nobody needs to steer it from outside: one door less, and it would be the same one for all servers of a user.
control_socket_disable = True
# gunicorn's own access log would write addresses of browsers; ours has one line a message.
accesslog = None
