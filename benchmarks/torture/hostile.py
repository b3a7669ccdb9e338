"""Naughty strings and a million fuzzed forms through the door, in process; memory while 200,000 of them are remembered.

Each form is parsed, understood, answered and written as TwiML by the code that serves Twilio; in one process they are
also remembered in SQLite, in the others the database is away, which is faster. Nothing may be raised, every answer is
well-formed XML that a phone may be sent.
"""

import logging
import os
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote_plus

from werkzeug import Request

from benchmarks.torture.texts import bodies, hidden, naughty, strange
from bot import database, webhook
from bot.breaker import Breaker
from bot.line import Line, put_together
from bot.settings import Settings
from bot.spots import guessed
from bot.store import Store

FORMS, REMEMBERED = 1_000_000, 200_000
STRANGE, WARM = 1_500, 30_000
_SHARE = 50_000


@dataclass(frozen=True)
class Endured:
    """What came of the forms: how many raised, or were answered with no XML, and the memory before and after."""

    forms: int
    failures: int
    first_failure: str = ""
    mb_before: float = 0.0
    mb_after: float = 0.0


def post(body: str, settings: Settings, line: Line) -> str:
    """Send one form through the door; return what went wrong, or ""."""
    raw = body.encode("utf-8", "surrogatepass")
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": webhook.MESSAGES, "CONTENT_TYPE": webhook.FORM, "SERVER_NAME": "x",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "CONTENT_LENGTH": str(len(raw)), "wsgi.input": BytesIO(raw),
    }  # fmt: skip
    try:
        response = webhook.message(Request(environ), settings, line)
        if response.status_code == 200:
            ET.fromstring(response.get_data())  # noqa: S314 - our own
    except Exception as error:
        return f"{type(error).__name__} at {body[:200]!r}"
    return "" if response.status_code in (200, 503) else f"status {response.status_code} at {body[:200]!r}"


def endure(forms: Iterator[str], line: Line, settings: Settings) -> Endured:
    number, failures, before = 0, [], memory_mb()
    for body in forms:
        number += 1
        wrong = post(body, settings, line)
        if wrong:
            failures.append(wrong)
    return Endured(number, len(failures), failures[0] if failures else "", before, memory_mb())


def memory_mb() -> float:
    """Return the resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _without_database(seed: int) -> Endured:
    return endure(bodies(seed, _SHARE), _away, _settings)


_settings = Settings(clinic_name="Clara Clinic", twilio_handles_stop=False)
_away: Line


def _prepare() -> None:
    """Load the line, with a database that is never asked."""
    global _away
    logging.disable(logging.CRITICAL)
    breaker = Breaker(rest=1e9)
    breaker.trip()
    engine = database.engine("sqlite://")
    loaded = put_together(_settings, engine)
    _away = Line(loaded.library, loaded.phrases, Store(engine, breaker), loaded.key)


def _remembered(most: int) -> Endured:
    """Remember forms in SQLite; what grows is measured from where all is kept of words that may be, and is to."""
    with tempfile.TemporaryDirectory() as folder:
        engine = database.engine(f"sqlite:///{folder}/skinline.sqlite3")
        database.upgrade(engine)
        line = Line(_away.library, _away.phrases, Store(engine), _away.key)
        warm = endure(chain(strange(STRANGE), bodies(1, WARM)), line, _settings)
        if (kept := guessed.cache_info()).currsize != kept.maxsize:
            raise RuntimeError(f"of {kept.maxsize} guesses at words only {kept.currsize} are kept: use more of them")
        endured = endure(bodies(0, most), line, _settings)
        engine.dispose()
    failure = warm.first_failure or endured.first_failure
    return replace(endured, failures=warm.failures + endured.failures, first_failure=failure)


def _naughty() -> Endured:
    texts = (("Body", text) for text in naughty())
    forms = (
        f"{name}={quote_plus(text, errors='surrogatepass')}&MessageSid=SM{number}&From=%2B15551234567&Body=laser"
        for number, (name, text) in enumerate(chain(texts, hidden()))
    )
    return endure(forms, _away, _settings)


def main(forms: int = FORMS, remembered: int = REMEMBERED) -> tuple[Endured, Endured, Endured]:
    """Return what came of the naughty strings, of all fuzzed forms, and of those among them that were remembered."""
    context = get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count() or 1, context, _prepare) as pool:
        kept = pool.submit(_remembered, remembered)
        strings = pool.submit(_naughty)
        shares = pool.map(_without_database, range(2, (forms - remembered) // _SHARE + 2))
        every = [kept.result(), *shares]
        wrong = next(filter(None, (each.first_failure for each in every)), "")
        total = Endured(sum(each.forms for each in every), sum(each.failures for each in every), wrong)
        return strings.result(), total, kept.result()


if __name__ == "__main__":
    started = time.monotonic()
    arguments = [int(each) for each in sys.argv[1:]]
    print(*main(*arguments), f"{time.monotonic() - started:.0f} s", sep="\n")
