"""A sender and a time as the tables hold them, and back."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import Sender

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# json.dumps would build this anew for each list.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def microseconds(when: datetime) -> int:
    """Return an aware time as it is kept: microseconds since 1970."""
    return (when - EPOCH) // _MICROSECOND


def written(texts: Sequence[str]) -> str:
    return _ENCODER.encode(texts)


def columns(sender: Sender) -> dict[str, Any]:
    """Return the columns of `sender` but its hash."""
    return {
        "language": sender.language,
        "topic": sender.topic,
        "page": sender.page,
        "offered": written(sender.offered),
        "stopped_at": kept(sender.stopped_at),
        "last_seen": kept(sender.last_seen),
        "replies": sender.replies,
        "replies_since": kept(sender.replies_since),
    }


def kept(when: datetime | None) -> int | None:
    return microseconds(when) if when else None


def moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else time_of(microseconds)


def time_of(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)


def sender_of(row: Sequence[Any]) -> Sender:
    """Read a row of `senders`, whose columns are the hash and the sender's fields, in order."""
    _, language, topic, page, offered, stopped_at, last_seen, replies, replies_since = row
    listed = tuple(json.loads(offered))
    return Sender(language, topic, page, listed, moment(stopped_at), moment(last_seen), replies, moment(replies_since))


BLANK: Mapping[str, Any] = columns(Sender())
