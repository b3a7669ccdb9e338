"""Bars as places on a drawing, in per cent of its width and height: letters beside them keep their own size."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.figures import PARTS, Row

_GAP = 0.3
"""Share of a bar's place that stays empty."""
REST = "rest"
"""The part of a bar that is in no part that may be shown."""


class Block(NamedTuple):
    """A part of a bar, measured from the upper corner at which reading begins, in per cent."""

    part: str
    x: float
    y: float
    width: float
    height: float


def ceiling(rows: Sequence[Row]) -> int:
    """Return the number that the axis ends with: even, and as round as may be without wasting half the height.

    >>> [ceiling([Row("", total, ())]) for total in (0, 7, 48, 101, 1234)]
    [10, 10, 48, 120, 1400]
    """
    highest = max((row.total or 0 for row in rows), default=0)
    unit = 2 * int("1".ljust(len(str(highest)) - 1, "0"))
    return max(-(-highest // unit) * unit, 10)


def stacked(rows: Sequence[Row], *, mirrored: bool = False) -> list[tuple[Row, list[Block]]]:
    """Return each row with its bar; `mirrored` ones begin on the right."""
    top, place = ceiling(rows), 100 / max(len(rows), 1)
    bars = []
    for number, row in enumerate(rows):
        start = (len(rows) - 1 - number if mirrored else number) * place
        bars.append((row, list(_bar(row, start + place * _GAP / 2, place * (1 - _GAP), top))))
    return bars


def _bar(row: Row, x: float, width: float, top: int) -> Iterator[Block]:
    foot = 100.0
    for part, count in zip((*PARTS, REST), (*row.parts, max(row.unshared, 0)), strict=True):
        height = 100 * (count or 0) / top
        if height:
            foot -= height
            yield Block(part, round(x, 2), round(foot, 2), round(width, 2), round(height, 2))
