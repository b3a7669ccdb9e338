"""What was sent, what did not arrive and about what it cost: sums of Twilio's callbacks, times a table of prices.

Twilio tells neither segments nor prices in them: a segment count is that of an average text, a price the operator's.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from bot.deliveries import Fate
from bot.figures import Shown, shown
from bot.model import Channel
from bot.prices import Prices

_Key = TypeVar("_Key")
_LOST = ("failed", "undelivered", "canceled")
_NEVER_SENT = ("failed", "canceled")
"""States in which a message has not left Twilio, and costs nothing."""


class Sent(NamedTuple):
    """The messages that left over one channel to one country ("" where it is not known), and about what they cost.

    `cost` takes in what people sent there; it is None where the count is hidden, or has no price.
    """

    channel: str
    country: str
    messages: Shown
    cost: float | None


class Failure(NamedTuple):
    """Messages that did not arrive, by Twilio's error code, 0 where it gave none."""

    code: int
    channel: str
    country: str
    messages: Shown


@dataclass(frozen=True, slots=True)
class Spending:
    """What became of what was sent in a time, the most frequent first."""

    sent: tuple[Sent, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def cost(self) -> float | None:
        """What all of it cost, but for hidden counts and countries without a price; None where nothing has one."""
        priced = [each.cost for each in self.sent if each.cost is not None]
        return sum(priced) if priced else None


def spending(
    fates: Mapping[Fate, int], received: Mapping[str, Shown], segments_of_a_text: float, prices: Prices
) -> Spending:
    """Return what became of messages, and what they cost with those `received`, by channel."""
    sent: Counter[tuple[str, str]] = Counter()
    failed: Counter[tuple[int, str, str]] = Counter()
    for (_, channel, country, state, code), count in fates.items():
        if state not in _NEVER_SENT:
            sent[channel, country] += count
        if code or state in _LOST:
            failed[code, channel, country] += count
    counts = _told(sent)
    costs = _Costs(counts, received, segments_of_a_text, prices)
    return Spending(
        tuple(Sent(*place, count, costs.of(*place)) for place, count in counts.items()),
        tuple(Failure(*what, count) for what, count in _told(failed).items()),
    )


def _told(counter: Counter[_Key]) -> dict[_Key, Shown]:
    """Return the counts that may be shown, the highest first."""
    ordered = dict(counter.most_common())
    return dict(zip(ordered, shown(list(ordered.values())), strict=True))


class _Costs(NamedTuple):
    """What each channel and country cost; the fields are those that `spending` takes."""

    counts: Mapping[tuple[str, str], Shown]
    received: Mapping[str, Shown]
    segments: float
    prices: Prices

    def of(self, channel: str, country: str) -> float | None:
        count = self.counts[channel, country]
        price = self.prices.of(Channel(channel), country) if channel in set(Channel) else None
        if count is None or price is None:
            return None
        units = count * self.segments if channel == Channel.SMS else count
        return units * price.sent + self._received(channel, count) * price.received

    def _received(self, channel: str, count: int) -> float:
        """Return the share of what came in over a channel that is as large as the share of what was sent."""
        whole = sum(each or 0 for (used, _), each in self.counts.items() if used == channel)
        return (self.received.get(channel) or 0) * count / whole if whole else 0.0
