"""Who wrote, without keeping a number: an address becomes a keyed hash, and nothing leads back without the key.

SMS, MMS and RCS of one number are one sender, since Twilio shares opt-outs between them; WhatsApp and Messenger are
their own. A WhatsApp sender may come under a number, an id without a number (BSUID), or both: each gets its hash, so
that a stop under either holds.
"""

import hmac
import re
from typing import NamedTuple

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_WITHOUT_NUMBER = re.compile(r"([A-Z]{2})\.[A-Za-z0-9.]+")


class Address(NamedTuple):
    """A sender's address as Twilio writes it, taken apart: "whatsapp", "+15551234567"."""

    channel: str
    id: str

    @property
    def is_person(self) -> bool:
        """Whether a person may stand behind it: short codes and names (BANK) are machines."""
        return self.channel == "messenger" or bool(_NUMBER.fullmatch(self.id) or _WITHOUT_NUMBER.fullmatch(self.id))

    @property
    def country(self) -> str:
        """The ISO 3166 code that the number, or the id without a number, belongs to; "" where it does not say."""
        without_number = _WITHOUT_NUMBER.fullmatch(self.id)
        if without_number:
            return without_number[1]
        if not _NUMBER.fullmatch(self.id):
            return ""
        # A tenth of a start, for what WhatsApp alone leaves open.
        import phonenumbers

        try:
            parsed = phonenumbers.parse(self.id)
        except phonenumbers.NumberParseException:
            return ""
        return str(phonenumbers.region_code_for_number(parsed) or "")


def address(text: str) -> Address:
    """Take an address apart; one without a channel is a number for SMS.

    >>> address("whatsapp:+5215550001111").country, address("BANK").is_person
    ('MX', False)
    """
    channel, colon, rest = text.strip().rpartition(":")
    return Address(channel.lower() if colon else "sms", rest)


def hashed(text: str, key: str) -> str:
    """Return the 64 hex digits (HMAC-SHA-256) under which the sender at address `text` is remembered.

    >>> hashed("+15551234567", "k") == hashed("rcs:+15551234567", "k")
    True
    """
    found = address(text)
    same = "sms" if found.channel == "rcs" else found.channel
    return hmac.digest(key.encode(), f"{same}:{found.id}".encode(), "sha256").hex()
