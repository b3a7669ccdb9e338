"""What messages cost, from a file that the operator may replace: content/prices.toml holds examples.

Prices change and differ by contract: nothing here is looked up, and a price that is not in the file is not guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.model import Channel
from bot.problems import Problem, Refused, toml
from bot.topics import CONTENT

EXAMPLES = CONTENT / "prices.toml"
ANYWHERE = "*"
_KEYS = {"dated": date, "currency": str, "examples": bool, "source": str, "conversation": dict}


@dataclass(frozen=True, slots=True)
class Price:
    """In the currency of the file: `sent` a segment of SMS or a message of another channel, `received` a message."""

    sent: float
    received: float = 0.0


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices by channel and country (ISO 3166 alpha-2 or "*"), and how many texts of each kind a conversation has."""

    dated: date
    currency: str
    examples: bool
    source: str
    conversation: Mapping[str, int]
    by_channel: Mapping[Channel, Mapping[str, Price]]

    def of(self, channel: Channel, country: str) -> Price | None:
        """Return the price in `country`, or None where the file has none."""
        listed = self.by_channel.get(channel, {})
        return listed.get(country) or listed.get(ANYWHERE)

    @property
    def received(self) -> int:
        """The texts that somebody sends us in a conversation."""
        return self.conversation.get("received", 0)

    @property
    def sent(self) -> dict[str, int]:
        """The texts that we send in one, by kind."""
        return {kind: count for kind, count in self.conversation.items() if kind != "received"}


def chosen(name: str) -> Path:
    """Return the table that the setting PRICES names, the examples where it names none."""
    return Path(name) if name else EXAMPLES


def load(path: Path = EXAMPLES) -> Prices:
    """Read a table of prices. Raise `Refused` with every mistake."""
    source = toml(path)
    problems = list(_wrong_with(str(path), source))
    if problems:
        raise Refused(problems)
    by_channel = {
        Channel(name): {country: Price(**price) for country, price in listed.items()}
        for name, listed in source.items()
        if name not in _KEYS
    }
    return Prices(**{key: source[key] for key in _KEYS}, by_channel=by_channel)


def _wrong_with(where: str, source: Mapping[str, Any]) -> Iterator[Problem]:
    for key, kind in _KEYS.items():
        if not isinstance(source.get(key), kind):
            yield Problem(where, key, f"must be a {kind.__name__}")
    for kind, count in dict(source.get("conversation") or {}).items():
        if type(count) is not int or count < 0:
            yield Problem(where, f"conversation.{kind}", "must be a whole number of texts")
    for name, listed in source.items():
        if name in _KEYS:
            continue
        if name not in set(Channel) or not isinstance(listed, dict):
            yield Problem(where, name, f"is no channel; there are {', '.join(Channel)}")
            continue
        for country, price in listed.items():
            yield from _wrong_with_price(where, f"{name}.{country}", country, price)


def _wrong_with_price(where: str, key: str, country: str, price: object) -> Iterator[Problem]:
    if country != ANYWHERE and not (len(country) == 2 and country.isascii() and country.isupper()):
        yield Problem(where, key, 'must be the two capitals of a country, such as US, or "*"')
    if not isinstance(price, dict) or "sent" not in price or price.keys() - {"sent", "received"}:
        yield Problem(where, key, "needs `sent`, may have `received`, and nothing else")
    elif not all(type(each) in (int, float) and each >= 0 for each in price.values()):
        yield Problem(where, key, "must hold prices: numbers from 0")
