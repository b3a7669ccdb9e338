"""The part of the insights that is about what was sent: whether it arrived, and about what it cost."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection

from bot import costs, deliveries
from bot.figures import Figures, Shown
from bot.spending import Spending, spending
from bot.staff.layout import Desk
from bot.topics import CONTENT

Average = Callable[[Figures], float]
"""The mean number of segments of a text, given what people wrote in."""


def average(desk: Desk) -> Average:
    """Return what tells it for the languages in which people wrote; each is counted through once."""
    phrases = desk.line.phrases

    @cache
    def of(language: str) -> float:
        said = costs.kinds(language, desk.line.library, phrases)
        return costs.per_text(said, desk.prices, desk.line.terms.plain.get(language))

    def over(found: Figures) -> float:
        heard = {row.name: row.total or 0 for row in found.by["language"] if row.name in phrases.languages}
        counts = heard if any(heard.values()) else {desk.settings.default_language: 1}
        return sum(of(language) * count for language, count in counts.items() if count) / sum(counts.values())

    return over


def read(connection: Connection, found: Figures, desk: Desk, segments: Average) -> Spending:
    """Return what became of what was sent in the time of `found`."""
    fates = deliveries.between(connection, found.span.first, found.span.last)
    received = {row.name: row.total for row in found.by["channel"]}
    return spending(fates, received, segments(found), desk.prices)


@cache
def titles() -> dict[int, str]:
    """Return what Twilio calls each of its error codes, in English."""
    written = json.loads((CONTENT / "error_codes.json").read_text(encoding="utf-8"))
    return {int(code): title for code, title in written.items()}


class Line(NamedTuple):
    """A line of the CSV."""

    what: str
    name: str
    messages: Shown
    cost: str = ""


def lines(spent: Spending, currency: str) -> Iterator[Line]:
    """Yield what the CSV holds of it."""
    for each in spent.sent:
        cost = "" if each.cost is None else f"{each.cost:.2f} {currency}"
        yield Line("sent", f"{each.channel} {each.country}".strip(), each.messages, cost)
    for failure in spent.failures:
        yield Line("not delivered", f"{failure.code} {failure.channel} {failure.country}".strip(), failure.messages)
