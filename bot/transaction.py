"""One message inside its transaction: what is known of its sender, and what is to be remembered."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.model import How, Sender
from bot.rows import EPOCH, json_of, kept, microseconds, row_of, sender_of, time_of
from bot.statements import Statements

CONFIRMATION = timedelta(minutes=5)


class Repeated(Exception):  # noqa: N818 - it says what happened, as StopIteration does
    """This message has been answered before, with `texts` and perhaps a `picture`."""

    def __init__(self, texts: tuple[str, ...], picture: str) -> None:
        self.texts, self.picture = texts, picture
        super().__init__("answered before")


class Tally(NamedTuple):
    """What the tallies count: the day, in which language and channel, what was asked and how it was dealt with."""

    day: str
    language: str
    channel: str
    topic: str
    how: str


class Record(NamedTuple):
    """What one message led to, as it is kept; `forget` cuts the sender's addresses apart and adds nobody new.

    What is binding will be on disk before it is confirmed. `unanswered` is a redacted text for the staff, or "".
    """

    sid: str
    token: str
    received_at: datetime
    texts: Sequence[str]
    tally: Tally
    sender: Sender
    unanswered: str = ""
    is_binding: bool = False
    picture: str = ""
    forget: bool = False


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
        self.has_begun = self.is_binding = False

    @property
    def hashes(self) -> tuple[str, ...]:
        """The sender's hashes, once the sender has been read also the linked ones, in the order of all."""
        return tuple(self._read)

    def sender(self) -> Sender:
        """Return what is known under any of the sender's hashes, and those linked: the latest; stopped if any is."""
        waiting = list(self._read)
        for each in waiting:
            self._read[each], link = self._look_up(each)
            if link and link not in waiting:
                waiting.append(link)
        self._read = dict(sorted(self._read.items()))
        known = [sender for sender in self._read.values() if sender]
        if not known:
            return Sender()
        latest = max(known, key=lambda sender: sender.last_seen or EPOCH)
        stops = [sender.stopped_at for sender in known if sender.stopped_at]
        return latest._replace(stopped_at=max(stops)) if stops else latest

    def read(self, statement: str) -> list[Sequence[Any]]:
        """Return the rows that another statement finds, with the connection of this message."""
        self._cursor.execute(statement)
        return list(self._cursor.fetchall())

    def _look_up(self, each: str) -> tuple[Sender | None, str]:
        """Return what is known under one hash, and the hash that it is linked to."""
        self._cursor.execute(self._prepared.read_sender, {"hash_": each})
        row = self._cursor.fetchone()
        return (sender_of(row), row[-1]) if row else (None, "")

    def keep(self, record: Record) -> None:
        """Write all of it or nothing. Raise `Repeated` where the message was answered before, or `Overtaken`."""
        self.is_binding = record.is_binding
        at_once = self._prepared.change_at_once and len(self._read) == 1
        if at_once and not record.forget:
            self._keep_at_once(record, row_of(record.sender))
        else:
            self._keep_in_steps(record)

    def _keep_at_once(self, record: Record, row: Mapping[str, Any]) -> None:
        ((each, read),) = self._read.items()
        statement = self._prepared.change_at_once if read else self._prepared.add_at_once
        tally = record.tally
        # The sender has a language and a topic as well.
        named = {"language_": tally.language, "topic_": tally.topic}
        parameters = tally._asdict() | _message(record) | named | _change(each, read, row, "")
        try:
            if not self._changes(statement, parameters):
                raise Overtaken
        except self._cursor.connection.IntegrityError:
            raise self._repeated(record) from None

    def _keep_in_steps(self, record: Record) -> None:
        # On SQLite all others wait from here to the end: whatever can be made ready is ready.
        steps, message = list(self._steps(record)), record.tally._asdict() | _message(record)
        self._cursor.execute(self._prepared.begin)
        self.has_begun = True
        for statement, parameters in steps:
            if not self._changes(statement, parameters):
                raise Overtaken
        if record.unanswered:
            self._cursor.execute(self._prepared.keep_unanswered, message)
        if not self._changes(self._prepared.insert_message, message):
            raise self._repeated(record)

    def _steps(self, record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what changes or adds the sender under each hash, as long as it is what was read."""
        row, links = row_of(record.sender), {} if record.forget else self._links()
        for each, read in self._read.items():
            change = _change(each, read, row, links.get(each, ""))
            if read:
                yield self._prepared.change_sender, change
            elif not record.forget:
                yield self._prepared.add_sender, change

    def _links(self) -> dict[str, str]:
        """Link each hash to the next and the last to the first: from any of them all others are found."""
        first, *others = self._read or [""]
        return dict(zip(self._read, [*others, first if others else ""], strict=False))

    def _changes(self, statement: str, parameters: Mapping[str, Any]) -> bool:
        """Execute it, and tell whether there was a row to change. Drivers take what they need of the parameters."""
        self._cursor.execute(statement, parameters)
        return bool(self._cursor.rowcount)

    def _repeated(self, record: Record) -> Repeated:
        self._cursor.execute(self._prepared.earlier_answer, {"sid_": record.sid, "token_": record.token})
        earlier = self._cursor.fetchone()
        if earlier is None:
            return Repeated((), "")
        texts, picture, topic, how, kept_at = earlier
        later = record.received_at - time_of(kept_at)
        # A stop may be confirmed within five minutes (47 CFR 64.1200(a)(12)).
        if (topic, how) == ("stop", How.CONTROL) and later > CONFIRMATION:
            return Repeated((), "")
        return Repeated(tuple(json.loads(texts)), picture)


def _message(record: Record) -> dict[str, Any]:
    """Return the columns of the message, without those of its tally, and of the unanswered text."""
    return {
        "sid": record.sid,
        "token": record.token,
        "received_at": microseconds(record.received_at),
        "texts": json_of(record.texts),
        "picture": record.picture,
        "text": record.unanswered,
    }


def _change(each: str, read: Sender | None, row: Mapping[str, Any], link: str) -> dict[str, Any]:
    """Return the sender's row under this hash, and what names it where it was there already."""
    return {"hash": each, **row, "linked": link, **(_unchanged(each, read) if read else {})}


def _unchanged(each: str, read: Sender) -> dict[str, Any]:
    """Return what names the sender's row as long as it is what was read."""
    return {"hash_": each, "seen_": kept(read.last_seen), "stopped_": kept(read.stopped_at)}
