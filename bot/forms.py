"""What Twilio's forms say: an incoming message, or what became of an outgoing one.

Sources: docs of messaging/guides/webhook-request and track-outbound-message-status; of what those leave out (ListId,
MessageType), recorded requests.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from bot.deliveries import Delivery
from bot.identity import Address, address
from bot.model import Attachment, Channel, Message, OptOut
from bot.receive import Arrival
from bot.settings import Settings

Form = Mapping[str, str]
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


def is_status(form: Form) -> bool:
    """Tell whether it is a status callback sent to the message address by mistake: nobody wrote anything."""
    return "MessageStatus" in form or form.get("SmsStatus", "received") not in ("received", "receiving")


def arrival(form: Form, token: str, settings: Settings) -> Arrival:
    """Read an incoming message; `token` is Twilio's own against repeats, or ""."""
    sender = address(form.get("From", ""))
    return Arrival(
        message=_message(form, sender, settings),
        sid=_sid(form.get("MessageSid", "")),
        addresses=tuple(dict.fromkeys(filter(None, (form.get("From", ""), form.get("ExternalUserId", ""))))),
        reached=form.get("To", ""),
        door=_channel(sender).value,
        token=token[:128],
    )


def _channel(found: Address) -> Channel:
    return _CHANNELS.get(found.channel, Channel.SMS)


def _sid(given: str) -> str:
    """Return the MessageSid. Without a sound one a message is new each time, and writes nothing odd to a log."""
    return given if _SID.fullmatch(given) else f"none{uuid4().hex}"


def _message(form: Form, sender: Address, settings: Settings) -> Message:
    channel = _channel(sender)
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
    except (ValueError, RecursionError):
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


def delivery(form: Form) -> Delivery:
    """Read how far a message came; rank 0 is a state that is not known."""
    state, to = form.get("MessageStatus", "") or form.get("SmsStatus", ""), address(form.get("To", ""))
    sid = _sid(form.get("MessageSid", ""))
    return Delivery(sid, state, _RANKS.get(state, 0), _error(form), _channel(to).value, to.country)


def has_said_stop(form: Form) -> bool:
    """Tell whether a message failed because its recipient wants none."""
    return _error(form) in _SAID_STOP


def _error(form: Form) -> int:
    code = form.get("ErrorCode", "")
    return int(code) if code.isascii() and code.isdecimal() and len(code) <= 6 else 0
