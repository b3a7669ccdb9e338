"""Asking Twilio from a command: patiently, and with a refusal as a line that says what to do."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from bot import settings
from bot.problems import Problem, Refused
from bot.send import api
from bot.send.api import Api, Unsent

if TYPE_CHECKING:
    from twilio.rest import Client

_PATIENCE = 30.0
Result = TypeVar("Result")


def opened(wanted: settings.Settings) -> Api:
    """Return the API of the account, or the one that the command was called with. Raise `Refused` where none is set."""
    context = click.get_current_context(silent=True)
    twilio = (context and context.find_object(Api)) or api.of(wanted)
    if twilio is None:
        advice = "missing; set it, with TWILIO_AUTH_TOKEN, as Twilio's console shows them"
        raise Refused([Problem("settings", "TWILIO_ACCOUNT_SID", advice)])
    return twilio


def asked(twilio: Api, act: Callable[["Client"], Result]) -> Result:
    """Return Twilio's answer. Raise `Refused` where there is none."""
    try:
        return twilio.ask(act, _PATIENCE)
    except Unsent as error:
        advice = f"{error}; see twilio.com/docs/api/errors, mend it and run this again"
        raise Refused([Problem("Twilio", "", advice)]) from error
