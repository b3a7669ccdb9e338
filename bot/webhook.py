"""Twilio's door: the signature of a form, and texts as TwiML. What a form says is read in `forms`."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, request
from twilio.request_validator import get_signature_algorithm
from werkzeug import Request

from bot import forms, receive
from bot.forms import Form
from bot.line import Line
from bot.logs import places
from bot.receive import Answered, Arrival
from bot.settings import Settings
from bot.signature import Fields, fields, is_valid
from bot.store import Unavailable
from bot.twiml import twiml

log = logging.getLogger("skinline.webhook")

MESSAGES = "/sms"
FALLBACK = "/sms/fallback"
"""What Twilio asks where the first address fails, or answers too late."""
FORM = "application/x-www-form-urlencoded"


def blueprint(settings: Settings, line: Line) -> Blueprint:
    """Return the routes that Twilio calls."""
    door = Blueprint("webhook", __name__)

    @door.post(MESSAGES, strict_slashes=False)
    def sms() -> Response:
        return message(request, settings, line)

    @door.post(FALLBACK)
    def fallback() -> Response:
        return message(request, settings, line, _at_last)

    @door.post("/status")
    def status() -> Response:
        return _guarded(request, settings, lambda form: _note_delivery(form, line))

    return door


def message(
    request: Request, settings: Settings, line: Line, answer: Callable[[Arrival, Line], Answered] = receive.receive
) -> Response:
    """Answer a message; it needs nothing of Flask but the request."""

    def answered(form: Form) -> Response:
        silence = Answered((), None)
        said = silence if forms.is_status(form) else answer(_arrival(form, request, settings), line)
        return _reply(said, settings, line)

    return _guarded(request, settings, answered)


def _at_last(arrival: Arrival, line: Line) -> Answered:
    """Answer where Twilio got no answer: as at first, so that a stop holds; from nothing where we fail once more."""
    try:
        return receive.receive(arrival, line)
    except Unavailable:
        raise
    except Exception as error:
        log.error("path=%s failed with %s", FALLBACK, places(error))
        return receive.answer_from_nothing(arrival, line)


def _guarded(request: Request, settings: Settings, answer: Callable[[Form], Response]) -> Response:
    found = fields(request.get_data(as_text=True)) if request.mimetype == FORM else []
    try:
        # Of two fields of one name, the first counts.
        return _refusal(found, request, settings) or answer(dict(reversed(found)))
    except Unavailable:
        return Response(status=503)


def _refusal(found: Fields, request: Request, settings: Settings) -> Response | None:
    """Refuse what does not come from Twilio, before its form is believed; in the order of what each check costs."""
    if request.mimetype != FORM:
        return _refused(request, 415, "content type is not a form")
    if settings.is_live and not _is_signed(found, request, settings):
        return _refused(request, 403, "no valid signature")
    if settings.is_live and ("AccountSid", settings.twilio_account_sid) not in found:
        return _refused(request, 403, "another account")
    return None


def _refused(request: Request, status: int, reason: str) -> Response:
    log.warning("status=%d path=%s %s", status, request.path, reason)
    return Response(status=status)


def _is_signed(found: Fields, request: Request, settings: Settings) -> bool:
    query = request.query_string.decode("ascii", "replace")
    url = settings.public_url + request.path + (f"?{query}" if query else "")
    signature = request.headers.get("X-Twilio-Signature", "")
    algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings"))
    return any(is_valid(token, url, found, signature, algorithm) for token in settings.twilio_auth_token)


def _arrival(form: Form, request: Request, settings: Settings) -> Arrival:
    return forms.arrival(form, request.headers.get("I-Twilio-Idempotency-Token", ""), settings)


def _reply(answered: Answered, settings: Settings, line: Line) -> Response:
    """Without a public address Twilio could not fetch a picture: then none is sent."""
    path = line.pictures.paths.get(answered.picture, "") if settings.public_url else ""
    written = twiml(answered.texts, f"{settings.public_url}{path}" if path else "")
    return Response(written, mimetype="text/xml")


def _note_delivery(form: Form, line: Line) -> Response:
    found, now = forms.delivery(form), datetime.now(UTC)
    if forms.has_said_stop(form) and form.get("To"):
        receive.stop(form["To"], line, now)
    if found.rank and line.store.delivered(found, now) and found.code:
        log.warning("sid=%s delivery failed, error %d", found.sid, found.code)
    return Response(status=204)
