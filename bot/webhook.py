"""Twilio's door: signature, form to Message, Reply to TwiML. No other module knows Twilio's names for things."""

import hmac
import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, Response, request
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.twiml.messaging_response import MessagingResponse

from bot.identity import Address, address, hashed
from bot.model import Attachment, Channel, Message, OptOut
from bot.receive import Arrival, Line, answer_from_nothing, receive
from bot.settings import Settings
from bot.store import Unavailable

log = logging.getLogger("skinline.webhook")

FORM = "application/x-www-form-urlencoded"
_CHANNELS = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP, "rcs": Channel.RCS, "messenger": Channel.MESSENGER}
_ATTACHMENTS = {"image": Attachment.PICTURE, "video": Attachment.PICTURE, "audio": Attachment.VOICE}
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

    @door.before_request
    def guard() -> Response | None:
        return _refusal(settings)

    @door.post("/sms", strict_slashes=False)
    def sms() -> Response:
        if _is_status(request.form):
            return _twiml(())
        try:
            return _twiml(receive(_arrival(request.form.to_dict(), settings), line).texts)
        except Unavailable:
            return Response(status=503)

    @door.post("/sms/fallback")
    def fallback() -> Response:
        try:
            return _twiml(answer_from_nothing(_arrival(request.form, settings), line).texts)
        except Unavailable:
            return Response(status=503)

    @door.post("/status")
    def status() -> Response:
        try:
            _note_delivery(request.form, settings, line)
        except Unavailable:
            return Response(status=503)
        return Response(status=204)

    return door


def _refusal(settings: Settings) -> Response | None:
    """Refuse what does not come from Twilio, before its form is believed; in the order of what each check costs."""
    if request.mimetype != FORM:
        return _refused(415, "content type is not a form")
    if settings.is_live and not _is_signed(settings):
        return _refused(403, "no valid signature")
    if settings.is_live and request.form.get("AccountSid", "") != settings.twilio_account_sid:
        return _refused(403, "another account")
    return None


def _refused(status: int, reason: str) -> Response:
    log.warning("status=%d path=%s %s", status, request.path, reason)
    return Response(status=status)


def _is_signed(settings: Settings) -> bool:
    query = request.query_string.decode("ascii", "replace")
    url = settings.public_url + request.path + (f"?{query}" if query else "")
    signature = request.headers.get("X-Twilio-Signature", "")
    algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings"))
    return any(is_valid(token, url, request.form, signature, algorithm) for token in settings.twilio_auth_token)


def is_valid(token: str, url: str, form: Mapping[str, str], signature: str, algorithm: str = "HMAC_SHA1") -> bool:
    """Tell whether Twilio signed this form for this address with `token`; a malformed signature is just wrong."""
    validator = RequestValidator(token)
    try:
        # Nearly always the first way is right; validate() tries the address with and without its port as well.
        computed = validator.compute_signature(url, form, algorithm)
        return hmac.compare_digest(computed, signature) or bool(validator.validate(url, form, signature, algorithm))
    except (ValueError, TypeError, UnicodeError):
        return False


def _is_status(form: Mapping[str, str]) -> bool:
    """A status callback sent to the message address by mistake: nobody wrote anything."""
    return "MessageStatus" in form or form.get("SmsStatus", "received") not in ("received", "receiving")


def _arrival(form: Mapping[str, str], settings: Settings) -> Arrival:
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


def _message(form: Mapping[str, str], sender: Address, settings: Settings) -> Message:
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


def _attachment(form: Mapping[str, str]) -> Attachment | None:
    count = form.get("NumMedia", "0")
    if "Latitude" in form or form.get("MessageType") in ("unsupported", "contacts", "sticker", "location"):
        return Attachment.OTHER
    if not (count.isascii() and count.isdecimal() and int(count[:3])):
        return None
    kind = form.get("MediaContentType0", "").lower()
    return Attachment.OTHER if kind.startswith(_STICKER) else _ATTACHMENTS.get(kind.partition("/")[0], Attachment.OTHER)


def _opt_out(form: Mapping[str, str], channel: Channel, settings: Settings) -> OptOut | None:
    """Return what Twilio has answered: it says so, or it is set to answer such words on SMS and does not say so."""
    said = form.get("OptOutType", "").upper()
    if said in set(OptOut):
        return OptOut(said)
    number = form.get("To", "")
    answers = settings.twilio_handles_stop and channel is Channel.SMS and number.startswith("+")
    return _ANSWERED_BY_TWILIO.get(form.get("Body", "").strip().lower()) if answers else None


def _twiml(texts: tuple[str, ...]) -> Response:
    response = MessagingResponse()
    for text in texts:
        response.message(text)
    return Response(str(response), mimetype="text/xml")


def _note_delivery(form: Mapping[str, str], settings: Settings, line: Line) -> None:
    rank = _RANKS.get(form.get("MessageStatus", "") or form.get("SmsStatus", ""))
    code = form.get("ErrorCode", "")
    error = int(code) if code.isascii() and code.isdecimal() and len(code) <= 6 else None
    sid, now = _sid(form.get("MessageSid", "")), datetime.now(UTC)
    if error in _SAID_STOP and form.get("To"):
        line.store.stop([hashed(form["To"], line.key)], now)
    if rank and line.store.delivered(sid, rank, error, now) and error:
        log.warning("sid=%s delivery failed, error %d", sid, error)
