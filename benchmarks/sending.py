"""How long people on WhatsApp wait for a menu, and how many get it as a list: Twilio's API quick, slow and silent.

Run it with `make bench-sending`. The API is a small server here, which answers at once, after 100 ms, or not at all;
the line, its database and the SDK are the real ones. A menu that does not go out as a list goes out as text.
"""

import logging
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient

from bot import content, database, phrases, pickers
from bot.app import create_app
from bot.line import Line
from bot.model import Clinic
from bot.send import Courier, registry
from bot.send.api import Api
from bot.send.registry import Held
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store

MENUS = 100
SILENT = 3600.0
DELAYS = {"at once": 0.0, "after 100 ms": 0.1, "never": SILENT}
_TEXTS = ("menu", "menú", "2", "language")


class ToHere(TwilioHttpClient):
    """The SDK's client, led to this machine."""

    def __init__(self, port: int) -> None:
        super().__init__(timeout=5)
        self._port = port

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, f"http://127.0.0.1:{self._port}{urlsplit(url).path}", *args, **kwargs)


def _server(delay: float, over: threading.Event) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if over.wait(delay):
                return
            answer = b'{"sid": "SM1"}'
            self.send_response(201)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _run(name: str, delay: float, library: content.Library, book: phrases.Phrasebook, folder: Path) -> None:
    over = threading.Event()
    server = _server(delay, over)
    engine = database.engine(f"sqlite:///{folder}/{delay}.sqlite3")
    database.upgrade(engine)
    store = Store(engine)
    registry.keep(store, [Held(template.name, f"HX{'1' * 32}") for template in pickers.needed(library, book)])
    api = Api(f"AC{'0' * 32}", "t" * 32, ToHere(server.server_port))
    line = Line(library, book, store, FOR_TRYING_OUT, courier=Courier(api, store, book))
    client = create_app(Settings(), line).test_client()
    seconds, lists, answered = [], 0, 0
    for number in range(MENUS + 1):
        form = {
            "From": f"whatsapp:+1555{number:07}",
            "To": "whatsapp:+15557654321",
            "MessageSid": f"SM{number:032}",
            "Body": _TEXTS[number % len(_TEXTS)],
        }
        started = time.perf_counter()
        response = client.post("/sms", data=form)
        seconds.append(time.perf_counter() - started)
        texts = response.text.count("<Message>")
        # Someone new gets a notice beside the menu, which is a text on every channel.
        lists += texts == 1
        answered += response.status_code == 200 and texts >= 1
    over.set()
    server.shutdown()
    # The first call of a process opens the client, 0.2 s.
    timed = sorted(seconds[1:])
    print(
        f"{name:13} {100 * lists / len(seconds):5.0f} % {1000 * statistics.median(timed):8.1f}"
        f" {1000 * timed[int(0.99 * len(timed)) - 1]:8.1f} {1000 * max(seconds):8.1f}  {answered} of {len(seconds)}"
    )


def main() -> None:
    """Print a line for each behaviour of the API."""
    logging.disable(logging.WARNING)
    library = content.load()
    book = phrases.load(library.topics.values(), Clinic(name="Clara Clinic"), library.languages)
    book = replace(book, clinic=replace(book.clinic, reminds=True))
    print("API answers    lists   p50 ms   p99 ms  longest  answered")
    with tempfile.TemporaryDirectory() as folder:
        for name, delay in DELAYS.items():
            _run(name, delay, library, book, Path(folder))


if __name__ == "__main__":
    main()
