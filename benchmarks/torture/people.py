"""People who text without a pause, through a carrier that tries again as Twilio does, and who remember every answer."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event
from urllib.parse import urlencode
from uuid import uuid4

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from benchmarks.servers import ACCOUNT, TOKEN, URL
from benchmarks.torture.servers import SETTINGS
from bot import database
from bot.app import create_app
from bot.breaker import Breaker
from bot.line import put_together
from bot.settings import read
from bot.store import Store

PATIENCE = 15
"""Seconds that Twilio waits for an answer."""
TALK = ("what are acne scars", "more", "menu", "2", "laser", "español", "what about the sun")
_numbers = count(5551000000)
_validator = RequestValidator(TOKEN)


@dataclass
class Witness:
    """What was answered, message by message, and who was told that they will get no more."""

    answers: dict[str, tuple[dict[str, str], bytes]] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0

    @property
    def failures(self) -> int:
        """Answers that Twilio would show as silence, without trying again: neither 200 nor 503."""
        return sum(number for status, number in self.statuses.items() if status not in (0, 200, 503))


def form_of(number: str, text: str) -> dict[str, str]:
    sid = f"SM{uuid4().hex}"
    return {"MessageSid": sid, "AccountSid": ACCOUNT, "From": number, "To": "whatsapp:+15557654321", "Body": text}


def post(port: int, form: dict[str, str], witness: Witness) -> bytes | None:
    """Send a signed form once; return the body of a 200, else None. Status 0 is a connection that broke."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", **_signed(form)}
    connection, started = HTTPConnection("127.0.0.1", port, timeout=PATIENCE), time.monotonic()
    status, body = 0, b""
    try:
        connection.request("POST", "/sms", urlencode(form), headers)
        response = connection.getresponse()
        status, body = response.status, response.read()
    except (OSError, HTTPException):
        status = 0
    finally:
        connection.close()
    witness.statuses[status] += 1
    witness.slowest = max(witness.slowest, time.monotonic() - started)
    return body if status == 200 else None


def _signed(form: dict[str, str]) -> dict[str, str]:
    return {"X-Twilio-Signature": _validator.compute_signature(f"{URL}/sms", form)}


def send(port: int, form: dict[str, str], witness: Witness, until: Event) -> None:
    """Send a form until it is answered, and note the answer."""
    while (body := post(port, form, witness)) is None:
        if until.wait(0.2):
            return
    witness.answers[form["MessageSid"]] = (form, body)
    if form["Body"] == "stop" and b"<Message>" in body:
        witness.stopped.add(form["From"])


def live(port: int, witness: Witness, until: Event) -> None:
    """One person after the other talks a little; every second of them says stop in the end."""
    while not until.is_set():
        number = f"whatsapp:+1{next(_numbers)}"
        chosen = random.sample(TALK, 3)
        for text in [*chosen, "stop"] if random.random() < 0.5 else chosen:  # noqa: S311 - a load, no secret
            send(port, form_of(number, text), witness, until)


def crowd(port: int, witness: Witness, until: Event, people: int = 4) -> ThreadPoolExecutor:
    """Let people text in the background."""
    pool = ThreadPoolExecutor(people)
    for _ in range(people):
        pool.submit(live, port, witness, until)
    return pool


def lost_stops(port: int, witness: Witness) -> int:
    """Text as each of those who were told that they will get no more; count those who get an answer all the same."""
    asked = Witness()
    answered = (post(port, form_of(number, "laser"), asked) for number in sorted(witness.stopped))
    return sum(body is None or b"<Message>" in body for body in answered)


def double_answers(port: int, witness: Witness, most: int = 2000) -> tuple[int, int]:
    """Send messages that were answered once more, in another order; count the answers that differ.

    Those that were answered from nothing, while the database was away, could not be remembered: they are counted
    apart, known by the answer of a line that has no database.
    """
    sids = random.sample(sorted(witness.answers), min(most, len(witness.answers)))
    again, asked = [witness.answers[sid] for sid in sids], Witness()
    differ = [(form, answer) for form, answer in again if post(port, form, asked) != answer]
    unremembered = sum(map(_is_from_nothing, differ))
    return len(differ) - unremembered, unremembered


def _is_from_nothing(answered: tuple[dict[str, str], bytes]) -> bool:
    form, answer = answered
    return _without_database().post("/sms", data=form, headers=_signed(form)).data == answer


@cache
def _without_database() -> FlaskClient:
    settings, engine, breaker = read(SETTINGS), database.engine("sqlite://"), Breaker(rest=1e9)
    breaker.trip()
    return create_app(settings, replace(put_together(settings, engine), store=Store(engine, breaker))).test_client()
