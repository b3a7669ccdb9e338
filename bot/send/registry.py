"""Which content templates Twilio holds for us: their names, SIDs and how far Meta's approval of each is."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from bot.store import Store
from bot.tables import templates

APPROVED = "approved"
UNSUBMITTED = "unsubmitted"


class Held(NamedTuple):
    """A template that Twilio holds."""

    name: str
    sid: str
    status: str = UNSUBMITTED


def held(store: Store) -> dict[str, Held]:
    """Return all of them by name."""
    with store.transaction() as connection:
        return {row.name: Held(*row) for row in connection.execute(select(templates))}


def find(store: Store, name: str) -> Held | None:
    """Return the one called `name`."""
    with store.transaction() as connection:
        row = connection.execute(select(templates).where(templates.c.name == name)).one_or_none()
    return Held(*row) if row else None


def keep(store: Store, found: Iterable[Held]) -> None:
    """Note that Twilio holds these, and no others."""
    with store.transaction() as connection:
        connection.execute(delete(templates))
        rows = [each._asdict() for each in found]
        if rows:
            connection.execute(insert(templates), rows)


def has_approval(store: Store) -> bool:
    """Tell whether Meta has approved any template."""
    with store.transaction() as connection:
        found = connection.execute(select(templates.c.sid).where(templates.c.status == APPROVED).limit(1))
        return found.first() is not None
