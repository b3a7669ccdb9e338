"""What the staff may see of what was counted: sums, shares, and nothing that would point at a person.

A count from 1 to 4 is hidden. Where it could be worked out from the others and their sum, the smallest of the others is
told so roughly that it cannot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bot.model import How

DAY, MONTH = "day", "month"
KINDS = ("language", "topic", "channel")
LEAST = 5
"""The smallest count that is shown: fewer people could be guessed at."""
PARTS = ("understood", "asked", "unknown", "silent")
_PART_OF = {How.ASKED: "asked", How.UNKNOWN: "unknown", How.LOOP: "silent", How.SILENT: "silent"}
_LONGEST_BY_DAY, _LONGEST_BY_WEEK = 31, 92
"""Days of a time that is shown by day, and (next) by week; a longer one is shown by month."""


class Counted(NamedTuple):
    """How many messages: of one kind and name ("topic", "laser"), in one period (a day or month), dealt with so."""

    kind: str
    period: str
    name: str
    how: str
    messages: int


class About(int):
    """A count that is told roughly, since another could be worked out from it."""


Shown = int | None
"""A count, `About` how many, or None where it is hidden: from 1 to 4."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time, both days included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def grain(self) -> str:
        """Whether it is counted from days or from months."""
        return DAY if self.days <= _LONGEST_BY_WEEK else MONTH

    def starts(self) -> list[date]:
        """Return the first days of the periods that it is shown by: days, weeks (from its first day on) or months.

        >>> len(Span(date(2026, 1, 1), date(2026, 1, 31)).starts())
        31
        >>> [str(each) for each in Span(date(2025, 11, 1), date(2026, 2, 9)).starts()]
        ['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01']
        """
        if self.grain == MONTH:
            months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
            return [date(month // 12, month % 12 + 1, 1) for month in months]
        step = 1 if self.days <= _LONGEST_BY_DAY else 7
        return [self.first + timedelta(days=days) for days in range(0, self.days, step)]


def span(first: date, last: date) -> Span:
    """Return the time from `first` to `last`; a long one begins with a month.

    >>> str(span(date(2026, 1, 15), date(2026, 6, 20)).first)
    '2026-01-01'
    """
    first, last = min(first, last), max(first, last)
    asked = Span(first, last)
    return asked if asked.grain == DAY else Span(first.replace(day=1), last)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: how many messages, and how many of them each of `PARTS`."""

    name: str
    total: Shown
    parts: tuple[Shown, ...]

    @property
    def unshared(self) -> int:
        """How many of the total are in no part that is shown."""
        return (self.total or 0) - sum(part or 0 for part in self.parts)


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was counted in a time: by period, and by language, topic and channel, the most frequent first."""

    span: Span
    whole: Row
    times: tuple[Row, ...]
    by: Mapping[str, tuple[Row, ...]]

    def count(self, kind: str, name: str) -> Shown:
        """Return one count, such as of the stops: ("topic", "stop")."""
        return next((row.total for row in self.by[kind] if row.name == name), 0)

    def share(self, part: str) -> float | None:
        """Return the share of one of `PARTS`, 0 to 1, to a hundredth; None where there are too few messages."""
        of, whole = self.whole.parts[PARTS.index(part)], self.whole.total
        return round(of / whole, 2) if whole and of is not None else None


def shown(counts: Sequence[int]) -> tuple[Shown, ...]:
    """Hide small counts; tell one more only roughly where a hidden one could be worked out from their sum.

    >>> shown([40, 3, 0]), shown([40, 30, 2]), shown([40, 3, 4])
    ((41, None, 0), (40, 30, None), (40, None, None))
    """
    told: list[Shown] = [None if 0 < count < LEAST else count for count in counts]
    hidden = sum(counts) - sum(each or 0 for each in told)
    others = [place for place, count in enumerate(counts) if count >= LEAST]
    if 0 < hidden < LEAST and others:
        least = min(others, key=counts.__getitem__)
        # From the sum and this it follows that 2 are hidden, whatever is.
        told[least] = About(counts[least] + hidden - 2)
    return tuple(told)


def figures(span: Span, counted: Iterable[Counted]) -> Figures:
    """Put the counts of a time together."""
    named: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    timed: defaultdict[date, Counter[str]] = defaultdict(Counter)
    starts = span.starts()
    for kind, period, name, how, messages in counted:
        part = _PART_OF.get(How(how), "understood")
        if kind:
            named[kind][name][part] += messages
        else:
            timed[_start(period, starts)][part] += messages
    whole = sum(timed.values(), Counter[str]())
    by = {kind: _table(named[kind]) for kind in KINDS}
    times = tuple(_rows({start.isoformat(): timed[start] for start in starts}))
    return Figures(span, _rows({"": whole})[0], times, by)


def _start(period: str, starts: Sequence[date]) -> date:
    day = date.fromisoformat(period if len(period) > len("2026-01") else f"{period}-01")
    return max((start for start in starts if start <= day), default=starts[0])


def _table(counts: Mapping[str, Counter[str]]) -> tuple[Row, ...]:
    ordered = sorted(counts, key=lambda name: (-counts[name].total(), name))
    return tuple(_rows({name: counts[name] for name in ordered}))


def _rows(counts: Mapping[str, Counter[str]]) -> list[Row]:
    totals = shown([count.total() for count in counts.values()])
    return [
        Row(name, total, shown([count[part] for part in PARTS]) if total is not None else (None,) * len(PARTS))
        for (name, count), total in zip(counts.items(), totals, strict=True)
    ]
