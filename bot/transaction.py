"""One message inside its transaction: what is known of its sender, and what is to be remembered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from bot.model import Sender
from bot.statements import Statements

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TIMES = ("stopped_at", "last_seen", "replies_since")
_FIELDS = tuple(each.name for each in fields(Sender))


class Repeated(Exception):  # noqa: N818 - it says what happened, as StopIteration does
    """This message has been answered before, with `texts`."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts
        super().__init__("answered before")


class Tally(NamedTuple):
    """What the tallies count: the day, in which language and channel, what was asked and how it was dealt with."""

    day: str
    language: str
    channel: str
    topic: str
    how: str


class Overtaken(Exception):  # noqa: N818 - as above
    """Another message of the same sender was remembered meanwhile; what was decided may be wrong by now."""


class Turn:
    """One message: read what is known, without a lock; then write, where nothing has changed meanwhile.

    A lock from reading to writing would make all messages wait for one another on SQLite.
    """

    def __init__(self, cursor: Any, prepared: Statements, hashes: Sequence[str]) -> None:
        self._cursor = cursor
        self._prepared = prepared
        # In one order for all, or two processes could each wait for the other's row.
        self._read: dict[str, Sender | None] = dict.fromkeys(sorted(set(hashes)))
        self.is_binding = False

    def sender(self) -> Sender:
        """Return what is known under any of the sender's hashes: the latest, and stopped if any of them is."""
        for each in self._read:
            self._cursor.execute(self._prepared.read_sender, {"hash_": each})
            row = self._cursor.fetchone()
            self._read[each] = _sender(row) if row else None
        known = [sender for sender in self._read.values() if sender]
        if not known:
            return Sender()
        latest = max(known, key=lambda sender: sender.last_seen or _EPOCH)
        stops = [sender.stopped_at for sender in known if sender.stopped_at]
        return replace(latest, stopped_at=max(stops)) if stops else latest

    def write(self, is_binding: bool = False) -> None:
        """Begin to write; what is binding will be on disk before it is confirmed."""
        self.is_binding = is_binding
        begin = self._prepared.begin_binding if is_binding else self._prepared.begin
        if begin:
            self._cursor.execute(begin)

    def remember(self, sender: Sender) -> None:
        """Keep `sender` under each of the hashes. Raise `Overtaken` where one has changed since it was read."""
        row = _row(sender)
        for each, read in self._read.items():
            if read is None:
                self._change(self._prepared.add_sender, {"hash": each, **row})
            else:
                self._change(self._prepared.change_sender, row | _unchanged(each, read))

    def forget(self) -> None:
        """Delete what is kept of the sender. Raise `Overtaken` where it has changed since it was read."""
        for each, read in self._read.items():
            if read:
                self._change(self._prepared.forget_sender, _unchanged(each, read))

    def _change(self, statement: str, parameters: Mapping[str, Any]) -> None:
        self._cursor.execute(statement, parameters)
        if self._cursor.fetchone() is None:
            raise Overtaken

    def answered(self, sid: str, token: str, now: datetime, texts: Sequence[str], tally: Tally) -> None:
        """Keep what was answered, and what to count. Raise `Repeated` where the message was answered before."""
        kept = {"sid": sid, "token": token, "received_at": microseconds(now), "texts": _json(texts)}
        self._cursor.execute(self._prepared.insert_message, kept | tally._asdict())
        if self._cursor.fetchone() is None:
            self._cursor.execute(self._prepared.earlier_answer, {"sid_": sid, "token_": token})
            earlier = self._cursor.fetchone()
            raise Repeated(tuple(json.loads(earlier[0])) if earlier else ())

    def keep_unanswered(self, day: str, language: str, redacted: str) -> None:
        """Keep a redacted text that was not understood, for the staff."""
        self._cursor.execute(self._prepared.keep_unanswered, {"day": day, "language": language, "text": redacted})


def microseconds(when: datetime) -> int:
    """Return an aware time as it is kept: microseconds since 1970."""
    return (when - _EPOCH) // _MICROSECOND


def _json(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _row(sender: Sender) -> dict[str, Any]:
    """Return the columns of `sender`; dataclasses.asdict copies deeply, which costs as much as a statement."""
    row = {name: getattr(sender, name) for name in _FIELDS}
    row["offered"] = _json(sender.offered)
    for name in _TIMES:
        row[name] = _time(row[name])
    return row


def _unchanged(each: str, read: Sender) -> dict[str, Any]:
    """Return what names the sender's row as long as it is what was read."""
    return {"hash_": each, "seen_": _time(read.last_seen), "stopped_": _time(read.stopped_at)}


def _time(when: datetime | None) -> int | None:
    return microseconds(when) if when else None


def _sender(row: Sequence[Any]) -> Sender:
    """Read a row of `senders`, whose columns are the hash and the sender's fields, in order."""
    known: dict[str, Any] = dict(zip(_FIELDS, row[1:], strict=True))
    known["offered"] = tuple(json.loads(known["offered"]))
    for name in _TIMES:
        if known[name] is not None:
            known[name] = _EPOCH + timedelta(microseconds=known[name])
    return Sender(**known)


BLANK: Mapping[str, Any] = _row(Sender())
