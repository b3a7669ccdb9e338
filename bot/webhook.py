"""Twilio's door: the signature of a form, and texts as TwiML. What a form says is read in `forms`."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from html import escape

from flask import Blueprint, Response, request
from twilio.request_validator import get_signature_algorithm
from werkzeug import Request

from bot import forms, receive
from bot.forms import Form
from bot.receive import Line
from bot.settings import Settings
from bot.signature import Fields, fields, is_valid
from bot.store import Unavailable

log = logging.getLogger("skinline.webhook")

MESSAGES = "/sms"
FORM = "application/x-www-form-urlencoded"


def blueprint(settings: Settings, line: Line) -> Blueprint:
    """Return the routes that Twilio calls."""
    door = Blueprint("webhook", __name__)

    @door.post(MESSAGES, strict_slashes=False)
    def sms() -> Response:
        return message(request, settings, line)

    @door.post("/sms/fallback")
    def fallback() -> Response:
        return _guarded(
            request,
            settings,
            lambda form: _reply(
                receive.answer_from_nothing(forms.arrival(form, dict(request.headers), settings), line).texts
            ),
        )

    @door.post("/status")
    def status() -> Response:
        return _guarded(request, settings, lambda form: _note_delivery(form, line))

    return door


def message(request: Request, settings: Settings, line: Line) -> Response:
    """Answer a message; it needs nothing of Flask but the request."""

    def answered(form: Form) -> Response:
        return _reply(
            ()
            if forms.is_status(form)
            else receive.receive(forms.arrival(form, dict(request.headers), settings), line).texts
        )

    return _guarded(request, settings, answered)


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


def twiml(texts: Iterable[str]) -> str:
    """Return texts in TwiML, as twilio's MessagingResponse would in twenty times the time."""
    said = "".join([f"<Message>{escape(text, quote=False)}</Message>" for text in texts])
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'


def _reply(texts: Iterable[str]) -> Response:
    return Response(twiml(texts), mimetype="text/xml")


def _note_delivery(form: Form, line: Line) -> Response:
    found, now = forms.delivery(form), datetime.now(UTC)
    if forms.has_said_stop(form) and form.get("To"):
        receive.stop(form["To"], line, now)
    if found.rank and line.store.delivered(found, now) and found.code:
        log.warning("sid=%s delivery failed, error %d", found.sid, found.code)
    return Response(status=204)
