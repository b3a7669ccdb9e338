"""Whether everything that messages pass through is sound; each finding says what to do where it is not."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bot import database
from bot.cli.asking import Answer, asked
from bot.line import put_together
from bot.problems import Refused
from bot.send import wiring
from bot.send.api import Api
from bot.settings import Settings

OK, NOTED, FORBIDDEN = 200, 204, 403
_CLOCK = "https://api.twilio.com/"
_MOST_OFF = timedelta(seconds=60)
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Reach = Callable[..., Answer]


class Finding(NamedTuple):
    """Whether one thing is sound, and what there is to say or do."""

    what: str
    is_sound: bool
    said: str


def findings(settings: Settings, twilio: Api, reach: Reach) -> Iterator[Finding]:
    """Yield a finding on everything that messages pass through, from the database outwards."""
    yield _tables(settings)
    yield _texts(settings)
    yield _clock(reach)
    yield _account(settings, twilio)
    yield _number(settings, twilio)
    yield _webhook(settings, twilio)
    yield _address(settings, reach)
    yield _signature(settings, reach)


def _tables(settings: Settings) -> Finding:
    try:
        database.check(database.engine(settings.database_url))
    except Refused as refused:
        return Finding("database", False, str(refused))
    return Finding("database", True, "answers, and its tables are those of this version")


def _texts(settings: Settings) -> Finding:
    try:
        line = put_together(settings, database.engine("sqlite://"))
    except Refused as refused:
        return Finding("texts", False, f"{refused}; see `skinline check`")
    return Finding("texts", True, f"{len(line.library.topics)} topics in {len(line.phrases.languages)} languages")


def _clock(reach: Reach) -> Finding:
    told = reach(_CLOCK).date
    if not told:
        return Finding("clock", False, "Twilio's API cannot be reached from here; open the way out to port 443")
    off = abs(datetime.now(UTC) - parsedate_to_datetime(told))
    said = f"{off.total_seconds():.0f} s off Twilio's"
    return Finding("clock", off < _MOST_OFF, said if off < _MOST_OFF else f"{said}; reminders would come wrong, set it")


def _account(settings: Settings, twilio: Api) -> Finding:
    try:
        status = asked(twilio, lambda client: client.api.v2010.accounts(settings.twilio_account_sid).fetch().status)
    except Refused as refused:
        return Finding("account", False, str(refused))
    advice = "" if status == "active" else "; Twilio sends nothing for it, see its console"
    return Finding("account", status == "active", f"{status}{advice}")


def _number(settings: Settings, twilio: Api) -> Finding:
    service = settings.twilio_messaging_service_sid
    if not service:
        return Finding("number", True, "no Messaging Service is set: people get no reminders")
    try:
        is_held = asked(twilio, lambda client: wiring.has_senders(client, service))
    except Refused as refused:
        return Finding("number", False, str(refused))
    said = "in the Messaging Service" if is_held else "the Messaging Service holds none; add one in Twilio's console"
    return Finding("number", is_held, said)


def _webhook(settings: Settings, twilio: Api) -> Finding:
    service = settings.twilio_messaging_service_sid
    if not service:
        return Finding("webhook", True, "no Messaging Service is set: see `skinline connect --number … --dry-run`")
    try:
        before = asked(twilio, wiring.service(service).read)
    except Refused as refused:
        return Finding("webhook", False, str(refused))
    wrong = [name for name, _, _ in wiring.changes(before, wiring.wanted(settings.public_url))]
    said = f"{', '.join(wrong)} set otherwise; run `skinline connect`" if wrong else "set as it should be"
    return Finding("webhook", not wrong, said)


def _address(settings: Settings, reach: Reach) -> Finding:
    reason = wiring.why_unreachable(settings.public_url)
    if reason:
        return Finding("address", False, f"PUBLIC_URL: {reason}")
    for path, advice in {"healthz": "start the line there", "readyz": "its database does not answer"}.items():
        status = reach(f"{settings.public_url}/{path}").status
        if status != OK:
            return Finding("address", False, f"{settings.public_url}/{path} answers {status or 'nothing'}; {advice}")
    return Finding("address", True, f"{settings.public_url} answers, with its database")


def _signature(settings: Settings, reach: Reach) -> Finding:
    """Send the line a status that means nothing, signed and unsigned."""
    url = f"{settings.public_url}/status"
    form = {"AccountSid": settings.twilio_account_sid, "MessageSid": f"SM{'0' * 32}", "MessageStatus": "doctor"}
    body = urlencode(form).encode()
    signed = RequestValidator(settings.twilio_auth_token[0]).compute_signature(url, form)
    if reach(url, body, _FORM).status != FORBIDDEN:
        return Finding("signature", False, "an unsigned request is not refused there; set TWILIO_ACCOUNT_SID there")
    if reach(url, body, {**_FORM, "X-Twilio-Signature": signed}).status != NOTED:
        advice = "a signed request is refused there; set the same TWILIO_AUTH_TOKEN and PUBLIC_URL there as here"
        return Finding("signature", False, advice)
    return Finding("signature", True, "signed requests are taken, unsigned ones refused")
