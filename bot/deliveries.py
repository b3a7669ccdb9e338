"""What became of what was sent: how far each message came and, once its day is over, how many came how far.

Twilio says so in callbacks that come late, twice and in any order; a message never goes back. What is counted names
nobody: the day, the channel, the country and Twilio's error code.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, cast, delete, func, select

from bot.statements import INSERT
from bot.tables import deliveries, outcomes


class Delivery(NamedTuple):
    """How far one message came: Twilio's word for it, its place in their order, and the error code, 0 for none."""

    sid: str
    state: str
    rank: int
    code: int = 0
    channel: str = "sms"
    country: str = ""


class Fate(NamedTuple):
    """What is counted."""

    day: str
    channel: str
    country: str
    state: str
    code: int


def _read(row: Sequence[Any]) -> Fate:
    day, channel, country, state, code = row
    return Fate(day, channel, country, state, code or 0)


_COUNTED = [deliveries.c[name] for name in ("day", "channel", "country", "state", "error_code")]


def settle(connection: Connection, stale: int) -> int:
    """Count and delete what has not changed since `stale` (microseconds). Return how many there were."""
    gone = delete(deliveries).where(deliveries.c.updated_at < stale).returning(*_COUNTED)
    counts = Counter(_read(row) for row in connection.execute(gone))
    adding = INSERT[connection.dialect.name](outcomes)
    raised = {"count": outcomes.c.count + adding.excluded.count}
    if counts:
        rows = [{**fate._asdict(), "count": counts[fate]} for fate in sorted(counts)]
        connection.execute(adding.on_conflict_do_update(index_elements=Fate._fields, set_=raised), rows)
    return counts.total()


def totals(connection: Connection) -> Counter[Fate]:
    """Return how many messages met each fate, those of today among them."""
    counts: Counter[Fate] = Counter(_read(row) for row in connection.execute(select(*_COUNTED)))
    for row in connection.execute(select(outcomes)):
        counts[Fate(*row[:-1])] += row[-1]
    return counts


def between(connection: Connection, first: date, last: date) -> Counter[Fate]:
    """Return how many messages of these days, both included, met each fate; the day of each is ""."""
    counts: Counter[Fate] = Counter()
    days = (first.isoformat(), last.isoformat())
    settled = [outcomes.c[name] for name in Fate._fields[1:]]
    known = select(*settled, cast(func.sum(outcomes.c.count), Integer)).where(outcomes.c.day.between(*days))
    fresh = select(*_COUNTED[1:], func.count()).where(deliveries.c.day.between(*days))
    for question in (known.group_by(*settled), fresh.group_by(*_COUNTED[1:])):
        for row in connection.execute(question):
            counts[_read(("", *row[:-1]))] += row[-1]
    return counts
