"""Which time the staff look at: one of a few, or from one day to another."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.figures import Span, span

RANGES = ("7", "30", "90", "year", "all")
_USUAL = "30"


def chosen(form: Mapping[str, str], today: date, first: date | None) -> tuple[str, Span]:
    """Return the name of the range that `form` asks for ("" for days of its own), and the time that it is.

    `first` is the first day that anything was counted on. What is no day, or yet to come, counts as not given.

    >>> chosen({"from": "2026-05-01", "to": "2026-05-07"}, date(2026, 6, 1), None)[1].days
    7
    """
    begin, end = _day(form.get("from", ""), today), _day(form.get("to", ""), today)
    if begin or end:
        return "", span(begin or first or today, end or today)
    name = form.get("range", _USUAL)
    name = name if name in RANGES else _USUAL
    if name == "all":
        return name, span(first or today, today)
    if name == "year":
        return name, span(today.replace(day=1) - timedelta(days=334), today)
    return name, span(today - timedelta(days=int(name) - 1), today)


def _day(text: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= today else None
