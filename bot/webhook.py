"""Twilio's door: signature, form to Message, Reply to TwiML. No other module knows Twilio's names for things."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, Response, request
from twilio.request_validator import get_signature_algorithm
from werkzeug import Request

from bot.identity import Address, address
from bot.model import Attachment, Channel, Message, OptOut
from bot.receive import Answered, Arrival, Line, answer_from_nothing, receive
from bot.settings import Settings
from bot.signature import Fields, fields, is_valid
from bot.store import Unavailable
from bot.twiml import twiml

log = logging.getLogger("skinline.webhook")

MESSAGES = "/sms"
Form = Mapping[str, str]
FORM = "application/x-www-form-urlencoded"
_CHANNELS = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP, "rcs": Channel.RCS, "messenger": Channel.MESSENGER}
_ATTACHMENTS = {"image": Attachment.PICTURE, "video": Attachment.PICTURE, "audio": Attachment.VOICE}
_OPT_OUTS = {kind.value: kind for kind in OptOut}
_SID = re.compile(r"[A-Z]{2}[0-9a-zA-Z]{1,62}")
_STICKER = "image/webp"

# The words that Twilio answers by itself on long codes and toll-free numbers, where they are the whole text
# (docs: messaging/tutorials/advanced-opt-out). YES is left out of START: it also answers a question.
_ANSWERED_BY_TWILIO = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"), OptOut.STOP),
    **dict.fromkeys(("start", "unstop"), OptOut.START),
    **dict.fromkeys(("help", "info"), OptOut.HELP),
}

# How far each state of an outgoing message is; callbacks arrive in any order and must never move one back.
_RANKS = {
    "accepted": 1, "scheduled": 1, "queued": 2, "sending": 3, "sent": 4, "delivered": 5, "read": 6,
    "failed": 7, "undelivered": 7, "canceled": 7,
}  # fmt: skip
_SAID_STOP = {21610, 63014}
"""Error codes: the recipient has unsubscribed; blocked by the user's action."""


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
            lambda form: _reply(answer_from_nothing(_arrival(form, request, settings), line), settings, line),
        )

    @door.post("/status")
    def status() -> Response:
        return _guarded(request, settings, lambda form: _note_delivery(form, settings, line))

    return door


def message(request: Request, settings: Settings, line: Line) -> Response:
    """Answer a message; it needs nothing of Flask but the request."""

    def answered(form: Form) -> Response:
        silence = Answered((), None)
        said = silence if _is_status(form) else receive(_arrival(form, request, settings), line)
        return _reply(said, settings, line)

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


def _is_status(form: Form) -> bool:
    """A status callback sent to the message address by mistake: nobody wrote anything."""
    return "MessageStatus" in form or form.get("SmsStatus", "received") not in ("received", "receiving")


def _arrival(form: Form, request: Request, settings: Settings) -> Arrival:
    sender = address(form.get("From", ""))
    return Arrival(
        message=_message(form, sender, settings),
        sid=_sid(form.get("MessageSid", "")),
        addresses=tuple(dict.fromkeys(filter(None, (form.get("From", ""), form.get("ExternalUserId", ""))))),
        door=_CHANNELS.get(sender.channel, Channel.SMS).value,
        token=request.headers.get("I-Twilio-Idempotency-Token", "")[:128],
    )


def _sid(given: str) -> str:
    """Return the MessageSid. Without a sound one a message is new each time, and writes nothing odd to a log."""
    return given if _SID.fullmatch(given) else f"none{uuid4().hex}"


def _message(form: Form, sender: Address, settings: Settings) -> Message:
    channel = _CHANNELS.get(sender.channel, Channel.SMS)
    return Message(
        text=form.get("Body", "") or form.get("ButtonText", "") or form.get("ListTitle", ""),
        channel=channel,
        sent_at=datetime.now(UTC),
        country=form.get("FromCountry", "").upper() or sender.country or settings.clinic_country,
        tap=form.get("ListId", "") or form.get("ButtonPayload", "") or _interactive_id(form.get("InteractiveData", "")),
        attachment=_attachment(form),
        opt_out=_opt_out(form, channel, settings),
        from_person=sender.is_person,
    )


def _interactive_id(data: str) -> str:
    """Return the id in a rich reply, whose shape differs by channel and year; "" where there is none."""
    try:
        parsed = json.loads(data) if data else {}
    except ValueError:
        return ""
    found = parsed.get("id", "") if isinstance(parsed, dict) else ""
    return found if isinstance(found, str) else ""


def _attachment(form: Form) -> Attachment | None:
    count = form.get("NumMedia", "0")
    if "Latitude" in form or form.get("MessageType") in ("unsupported", "contacts", "sticker", "location"):
        return Attachment.OTHER
    if not (count.isascii() and count.isdecimal() and int(count[:3])):
        return None
    kind = form.get("MediaContentType0", "").lower()
    return Attachment.OTHER if kind.startswith(_STICKER) else _ATTACHMENTS.get(kind.partition("/")[0], Attachment.OTHER)


def _opt_out(form: Form, channel: Channel, settings: Settings) -> OptOut | None:
    """Return what Twilio has answered: it says so, or it is set to answer such words on SMS and does not say so."""
    said = _OPT_OUTS.get(form.get("OptOutType", "").upper())
    if said:
        return said
    number = form.get("To", "")
    answers = settings.twilio_handles_stop and channel is Channel.SMS and number.startswith("+")
    return _ANSWERED_BY_TWILIO.get(form.get("Body", "").strip().lower()) if answers else None


def _reply(answered: Answered, settings: Settings, line: Line) -> Response:
    """Without a public address Twilio could not fetch a picture: then none is sent."""
    path = line.pictures.paths.get(answered.picture, "") if settings.public_url else ""
    written = twiml(answered.texts, f"{settings.public_url}{path}" if path else "")
    return Response(written, mimetype="text/xml")


def _note_delivery(form: Form, settings: Settings, line: Line) -> Response:
    rank = _RANKS.get(form.get("MessageStatus", "") or form.get("SmsStatus", ""))
    code = form.get("ErrorCode", "")
    error = int(code) if code.isascii() and code.isdecimal() and len(code) <= 6 else None
    sid, now = _sid(form.get("MessageSid", "")), datetime.now(UTC)
    if error in _SAID_STOP and form.get("To"):
        line.store.stop(line.hashes([form["To"]]), now)
    if rank and line.store.delivered(sid, rank, error, now) and error:
        log.warning("sid=%s delivery failed, error %d", sid, error)
    return Response(status=204)
