"""Insights: what people ask, when, in which language and over which channel, and how often it was understood.

It reads sums only, and shows none that would point at a person (bot.figures).
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from flask import Blueprint, Response, request

from bot import figures, totals
from bot.figures import About, Figures, Row, Shown
from bot.languages import direction
from bot.model import UNKNOWN
from bot.spending import Spending
from bot.staff import accounts, charts
from bot.staff.layout import Desk
from bot.staff.names import WISHES, Names
from bot.staff.ranges import RANGES, chosen
from bot.staff.words import N_

RANGE_NAMES = {
    "7": N_("7 days"),
    "30": N_("30 days"),
    "90": N_("90 days"),
    "year": N_("12 months"),
    "all": N_("All"),
}


def add(site: Blueprint, desk: Desk) -> None:
    """Add the page, and its numbers as CSV."""
    segments = accounts.average(desk)

    @site.get("/insights")
    def insights() -> str:
        name, trials, found, spent = _read(desk, segments)
        page, names = desk.language(), Names(desk)
        by = {kind: [(row, names.of(kind, row.name)) for row in rows] for kind, rows in found.by.items()}
        return desk.render(
            "insights.html",
            found=found,
            by=by,
            topics=[each for each in by["topic"] if each[0].name not in WISHES],
            wishes=[each for each in by["topic"] if each[0].name in WISHES and each[0].name != UNKNOWN],
            bars=charts.stacked(found.times, mirrored=direction(page) == "rtl"),
            top=charts.ceiling(found.times),
            spent=spent,
            titles=accounts.titles(),
            names=names,
            ranges=[(each, RANGE_NAMES[each]) for each in RANGES],
            range=name,
            trials=trials,
            figure=lambda count: _figure(count, page),
            start=date.fromisoformat,
            tick=lambda day: format_skeleton("MMMd" if found.span.grain == figures.DAY else "yMMM", day, locale=page),
            least=figures.LEAST,
        )

    @site.get("/insights.csv")
    def insights_csv() -> Response:
        _, _, found, spent = _read(desk, segments)
        name = f"skinline-{found.span.first}-{found.span.last}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(_csv(found, accounts.lines(spent, desk.prices.currency)), mimetype="text/csv", headers=headers)


def _read(desk: Desk, segments: accounts.Average) -> tuple[str, bool, Figures, Spending]:
    """Return the range asked for, whether trials are counted instead of patients, the figures, and what was sent."""
    trials = request.args.get("trials", "" if desk.settings.is_live else "yes") == "yes"
    today = datetime.now(UTC).date()
    with desk.line.store.transaction() as connection:
        name, span = chosen(request.args, today, totals.first_day(connection))
        counted = totals.read(connection, span.grain, span.first, span.last, trials=trials)
        found = figures.figures(span, counted)
        spent = Spending() if trials else accounts.read(connection, found, desk, segments)
    return name, trials, found, spent


def _figure(count: Shown, page: str) -> str:
    if count is None:
        return f"< {figures.LEAST}"
    number = _decimal(int(count), page)
    return f"≈ {number}" if isinstance(count, About) else number


@lru_cache(maxsize=4096)
def _decimal(count: int, page: str) -> str:
    return format_decimal(count, locale=page)


def _csv(found: Figures, accounted: Iterable[accounts.Line]) -> str:
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\r\n")
    out.writerow(["what", "name", "messages", *figures.PARTS, "cost"])
    for kind, row in _lines(found):
        out.writerow([kind, row.name, *map(_plain, (row.total, *row.parts)), ""])
    for line in accounted:
        out.writerow([line.what, line.name, _plain(line.messages), *[""] * len(figures.PARTS), line.cost])
    return written.getvalue()


def _lines(found: Figures) -> Iterator[tuple[str, Row]]:
    yield "all", found.whole
    yield from (("from", row) for row in found.times)
    for kind, rows in found.by.items():
        yield from ((kind, row) for row in rows)


def _plain(count: Shown) -> str:
    if count is None:
        return f"<{figures.LEAST}"
    return f"~{count}" if isinstance(count, About) else str(count)
