"""A sender as a row of its table, and back; times and lists as the tables keep them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from bot.model import Sender
from bot.tables import senders

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(when: datetime) -> int:
    """Return an aware time as it is kept: microseconds since 1970."""
    return (when - EPOCH) // _MICROSECOND


# json.dumps would build this anew for each list.
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_NONE = "[]"


def json_of(texts: Sequence[str]) -> str:
    """Return a list of texts as it is kept."""
    return _ENCODER.encode(texts)


def row_of(sender: Sender) -> dict[str, Any]:
    """Return the columns of `sender` but its hash."""
    return {
        "language": sender.language,
        "topic": sender.topic,
        "page": sender.page,
        "offered": json_of(sender.offered) if sender.offered else _NONE,
        "stopped_at": kept(sender.stopped_at),
        "last_seen": kept(sender.last_seen),
        "replies": sender.replies,
        "replies_since": kept(sender.replies_since),
        "remind_at": kept(sender.remind_at),
        "reminder": sender.reminder,
    }


def kept(when: datetime | None) -> int | None:
    """Return an aware time, or none, as it is kept."""
    return microseconds(when) if when else None


def time_of(kept: int) -> datetime:
    """Return a time as an aware one."""
    return EPOCH + timedelta(microseconds=kept)


def _when(kept: int | None) -> datetime | None:
    return None if kept is None else time_of(kept)


def sender_of(row: Sequence[Any]) -> Sender:
    """Read a row of `senders`, whose columns are the hash and the sender's fields, in order."""
    _, language, topic, page, offered, stopped_at, last_seen, replies, replies_since, remind_at, reminder, _ = row
    ids = () if offered == _NONE else tuple(json.loads(offered))
    return Sender(
        *(language, topic, page, ids, _when(stopped_at), _when(last_seen)),
        *(replies, _when(replies_since), _when(remind_at), reminder),
    )


BLANK: Mapping[str, Any] = {**row_of(Sender()), "linked": ""}


def of_person(hashes: Sequence[str], connection: Connection) -> list[str]:
    """Return these hashes and those linked to them, read first: what is deleted links to nothing any more."""
    found, new = set(hashes), set(hashes)
    while new:
        linked = select(senders.c.linked).where(senders.c.hash.in_(new), senders.c.linked != "")
        new = set(connection.execute(linked).scalars()) - found
        found |= new
    return sorted(found)
