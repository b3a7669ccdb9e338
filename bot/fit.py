"""A reply as it goes over its channel: the cheapest letters for SMS, texts that a message holds, a picture or none.

What is said is decided above; nothing here adds a word to it or takes one away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.division import MOST, divided
from bot.model import Channel, Message, Reply
from bot.plain import Rule, cheapest

_SHOWS_PICTURES = frozenset({Channel.WHATSAPP, Channel.RCS})
_HAS_MMS = frozenset({"US", "CA"})
"""Where a Twilio number can send MMS: to the countries whose numbers begin with +1 and are served for it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator decided: the languages whose SMS go in plain letters, and whether MMS may be paid for."""

    plain: Mapping[str, Rule] = field(default_factory=dict)
    mms_pictures: bool = False


class Sent(NamedTuple):
    """What goes back: each text a message of its own, and the name of the picture that goes with the first, or ""."""

    texts: tuple[str, ...] = ()
    picture: str = ""


def fit(reply: Reply | None, message: Message, terms: Terms) -> Sent:
    """Return `reply` as it answers `message`; silence is no texts."""
    if reply is None:
        return Sent()
    rule = terms.plain.get(reply.language)
    spelt = (cheapest(text, rule) if message.channel is Channel.SMS else text for text in reply.texts)
    texts = tuple(part for text in spelt for part in divided(text))
    return Sent(texts[:MOST], reply.picture if _can_show(message, terms) else "")


def _can_show(message: Message, terms: Terms) -> bool:
    if message.channel is Channel.SMS:
        return terms.mms_pictures and message.country in _HAS_MMS
    return message.channel in _SHOWS_PICTURES
