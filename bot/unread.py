"""The texts that were not understood, in the database, and what staff have said of them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select, update

from bot.likeness import Unread
from bot.tables import unanswered

VERDICTS = ("taught", "out_of_scope", "to_write")
"""It is understood by now, is none of ours to answer, or wants a topic that is still to be written."""
MOST = 2000
"""Texts that are shown at once, the latest."""


def read(connection: Connection, verdict: str, language: str = "") -> list[Unread]:
    """Return texts with this verdict ("": none yet), the latest first."""
    columns = (unanswered.c.id, unanswered.c.day, unanswered.c.language, unanswered.c.text)
    wanted = select(*columns).where(unanswered.c.verdict == verdict)
    if language:
        wanted = wanted.where(unanswered.c.language == language)
    return [Unread(*row) for row in connection.execute(wanted.order_by(unanswered.c.id.desc()).limit(MOST))]


def find(connection: Connection, number: int) -> Unread | None:
    """Return one text."""
    columns = (unanswered.c.id, unanswered.c.day, unanswered.c.language, unanswered.c.text)
    row = connection.execute(select(*columns).where(unanswered.c.id == number)).first()
    return Unread(*row) if row else None


def languages(connection: Connection, verdict: str) -> Mapping[str, int]:
    """Return how many texts with this verdict there are in each language, the most first."""
    counted = select(unanswered.c.language, func.count()).where(unanswered.c.verdict == verdict)
    rows = connection.execute(counted.group_by(unanswered.c.language).order_by(func.count().desc()))
    return {row[0]: row[1] for row in rows}


def verdicts(connection: Connection) -> Mapping[str, int]:
    """Return how many texts there are with each verdict."""
    rows = connection.execute(select(unanswered.c.verdict, func.count()).group_by(unanswered.c.verdict))
    return {row[0]: row[1] for row in rows}


def judge(connection: Connection, numbers: Iterable[int], verdict: str) -> None:
    """Note what staff say of these texts."""
    connection.execute(update(unanswered).where(unanswered.c.id.in_(list(numbers))).values(verdict=verdict))
