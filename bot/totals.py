"""The tallies added up: by day and by month, over language, topic or channel alone.

A million tallies take a second to add up whenever somebody looks; these take some hundredths. They are written
where tallies are, in the same transaction, and never hold more than tallies do.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Connection, Integer, cast, func, select

from bot.figures import DAY, KINDS, MONTH, Counted
from bot.statements import INSERT
from bot.tables import messages, totals
from bot.transaction import Tally

TRIALS = ("simulator",)
"""Doors behind which staff try the line: counted apart from patients."""
_LENGTHS = {DAY: 10, MONTH: 7}
_KEY = [column.name for column in totals.c if column.primary_key]


def add(connection: Connection, counts: Mapping[Tally, int]) -> None:
    """Add to the totals what is being added to the tallies."""
    sums: Counter[tuple[str, str, str, str, str, bool]] = Counter()
    for grain in _LENGTHS:
        for kind, period, name, how, is_trial, count in _spread(grain, counts):
            sums[grain, kind, period, name, how, is_trial] += count
    adding = INSERT[connection.dialect.name](totals)
    raised = {"count": totals.c.count + adding.excluded.count}
    # In one order for all, or two at once could each wait for the other's row.
    rows = [dict(zip(_KEY, key, strict=True)) | {"count": sums[key]} for key in sorted(sums)]
    if rows:
        connection.execute(adding.on_conflict_do_update(index_elements=_KEY, set_=raised), rows)


def _spread(grain: str, counts: Mapping[Tally, int]) -> Iterator[tuple[str, str, str, str, bool, int]]:
    for tally, count in counts.items():
        period, is_trial = tally.day[: _LENGTHS[grain]], tally.channel in TRIALS
        for kind in KINDS:
            yield kind, period, getattr(tally, kind), tally.how, is_trial, count


def read(connection: Connection, grain: str, first: date, last: date, *, trials: bool = False) -> list[Counted]:
    """Return the counts from `first` to `last`, those of messages that are not tallied yet among them.

    By name they are added up over the whole time (their period is ""), by channel also for each period.
    """
    begin, end = (each.isoformat()[: _LENGTHS[grain]] for each in (first, last))
    within = (totals.c.grain == grain) & totals.c.period.between(begin, end) & (totals.c.is_trial == trials)
    count = cast(func.sum(totals.c.count), Integer)
    names = select(totals.c.kind, totals.c.name, totals.c.how, count).where(within, totals.c.kind.in_(KINDS))
    times = select(totals.c.period, totals.c.how, count).where(within, totals.c.kind == "channel")
    named = connection.execute(names.group_by(totals.c.kind, totals.c.name, totals.c.how))
    timed = connection.execute(times.group_by(totals.c.period, totals.c.how))
    found = [Counted(kind, "", name, how, number) for kind, name, how, number in named]
    found += [Counted("", period, "", how, number) for period, how, number in timed]
    return found + list(_fresh(connection, grain, first, last, trials=trials))


def _fresh(connection: Connection, grain: str, first: date, last: date, *, trials: bool) -> Iterator[Counted]:
    """Count the messages that `skinline purge` has yet to tally: those of about a day."""
    columns = [messages.c[name] for name in Tally._fields]
    wanted = messages.c.day.between(first.isoformat(), last.isoformat())
    rows = connection.execute(select(*columns, func.count()).where(wanted).group_by(*columns))
    counts = {Tally(*row[:-1]): row[-1] for row in rows}
    for kind, period, name, how, is_trial, count in _spread(grain, counts):
        if is_trial == trials:
            yield Counted(kind, "", name, how, count)
            if kind == "channel":
                yield Counted("", period, "", how, count)


def first_day(connection: Connection) -> date | None:
    """Return the first month that anything was counted in, as its first day; None where nothing was yet."""
    earliest = select(func.min(totals.c.period)).where(totals.c.grain == MONTH, totals.c.kind == "channel")
    found = connection.execute(earliest).scalar() or connection.execute(select(func.min(messages.c.day))).scalar()
    return date.fromisoformat(f"{found[:7]}-01") if found else None
