"""Asking the outside from a command: Twilio, patiently, and the line's own public address, as Twilio would."""

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from bot import settings
from bot.problems import Problem, Refused
from bot.send import api
from bot.send.api import Api, Unsent

if TYPE_CHECKING:
    from twilio.rest import Client

_PATIENCE = 30.0
_WAIT = 10.0
Result = TypeVar("Result")


class Answer(NamedTuple):
    """What an address answered: an HTTP status, 0 for no answer, and the time on its clock."""

    status: int
    date: str = ""


def reach(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Ask an address on the web."""
    request = urllib.request.Request(url, body, dict(headers or {}))  # noqa: S310 - the operator's own address
    try:
        with urllib.request.urlopen(request, timeout=_WAIT) as response:  # noqa: S310
            return Answer(response.status, response.headers.get("Date", ""))
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers.get("Date", ""))
    except OSError:
        return Answer(0)


@dataclass(frozen=True, slots=True)
class Outside:
    """What a command asks: None is the API of the account that is set."""

    twilio: Api | None = None
    reach: Callable[..., Answer] = reach


def outside() -> Outside:
    """Return what the running command was called with."""
    return click.get_current_context().find_object(Outside) or Outside()


def opened(wanted: settings.Settings) -> Api:
    """Return the API of the account. Raise `Refused` where none is set."""
    twilio = outside().twilio or api.of(wanted)
    if twilio is None:
        advice = "missing; set it, with TWILIO_AUTH_TOKEN, as Twilio's console shows them"
        raise Refused([Problem("settings", "TWILIO_ACCOUNT_SID", advice)])
    return twilio


def asked(twilio: Api, act: Callable[["Client"], Result]) -> Result:
    """Return Twilio's answer. Raise `Refused` where there is none."""
    try:
        return twilio.ask(act, _PATIENCE)
    except Unsent as error:
        advice = f"{error}; look the number up at twilio.com/docs/api/errors, mend it and run this again"
        raise Refused([Problem("Twilio", "API", advice)]) from error
