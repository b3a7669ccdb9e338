"""Where Twilio takes incoming messages: the addresses set at a Messaging Service or at a number, read and written.

What stands behind `#` is not sent to us: it makes Twilio try again where it would else be silent (docs:
usage/webhooks/webhooks-connection-overrides).
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from twilio.rest import Client

RETRIES = "#rc=2&rp=ct,rt,5xx&rt=7000"


@dataclass(frozen=True, slots=True)
class Wiring:
    """The addresses that Twilio calls, "" for none, and whether it asks another before them."""

    incoming: str
    fallback: str
    status: str
    overruled: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A Messaging Service or a number: how its wiring is read, and how it is written."""

    name: str
    read: Callable[["Client"], Wiring]
    write: Callable[["Client", Wiring], object]


def wanted(public_url: str, has_status: bool = True) -> Wiring:
    """Return the wiring for a line at `public_url`.

    >>> wanted("https://line.clinic.example").fallback
    'https://line.clinic.example/sms/fallback'
    """
    status = f"{public_url}/status" if has_status else ""
    return Wiring(f"{public_url}/sms{RETRIES}", f"{public_url}/sms/fallback", status)


def why_unreachable(public_url: str) -> str:
    """Return why Twilio could not call this address, "" where it could: messages would be lost.

    >>> why_unreachable("https://localhost:8000"), why_unreachable("https://line.clinic.example")
    ('Twilio cannot reach localhost', '')
    """
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return "it must begin with https://, or anybody on the way could read and write messages"
    if "_" in host:
        return "Twilio calls no host with _ in its name"
    return f"Twilio cannot reach {host}" if _is_private(host) else ""


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def changes(before: Wiring, after: Wiring) -> list[tuple[str, str, str]]:
    """Return the name, the old and the new value of everything that differs."""
    pairs = ((each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(Wiring))
    return [(name, old, new) for name, old, new in pairs if old != new]


def service(sid: str) -> Place:
    """Return a Messaging Service."""

    def read(client: "Client") -> Wiring:
        found = client.messaging.v1.services(sid).fetch()
        overruled = "the addresses at its numbers" if found.use_inbound_webhook_on_number else ""
        incoming, fallback, status = found.inbound_request_url, found.fallback_url, found.status_callback
        return Wiring(str(incoming or ""), str(fallback or ""), str(status or ""), overruled)

    def write(client: "Client", wiring: Wiring) -> None:
        client.messaging.v1.services(sid).update(
            inbound_request_url=wiring.incoming,
            inbound_method="POST",
            fallback_url=wiring.fallback,
            fallback_method="POST",
            status_callback=wiring.status,
            use_inbound_webhook_on_number=False,
        )

    return Place(f"Messaging Service {sid}", read, write)


def has_senders(client: "Client", sid: str) -> bool:
    """Tell whether a Messaging Service holds a number, or a sender of another channel: without one it gets no texts."""
    held = client.messaging.v1.services(sid)
    return bool(held.phone_numbers.list(limit=1) or held.channel_senders.list(limit=1))


def number(sid: str) -> Place:
    """Return an incoming number. Its own status callback is for calls: those of messages need a Messaging Service.

    An application set at it goes before its addresses, and Twilio's API has no value that takes one away.
    """

    def read(client: "Client") -> Wiring:
        found = client.incoming_phone_numbers(sid).fetch()
        application = str(found.sms_application_sid or "")
        overruled = f"the application {application}" if application else ""
        return Wiring(str(found.sms_url or ""), str(found.sms_fallback_url or ""), "", overruled)

    def write(client: "Client", wiring: Wiring) -> None:
        client.incoming_phone_numbers(sid).update(
            sms_url=wiring.incoming,
            sms_method="POST",
            sms_fallback_url=wiring.fallback,
            sms_fallback_method="POST",
        )

    return Place(f"number {sid}", read, write)


def sid_of(client: "Client", wanted_number: str) -> str:
    """Return the SID of a number of the account, "" for none."""
    found = client.incoming_phone_numbers.list(phone_number=wanted_number, limit=1)
    return str(found[0].sid) if found else ""
