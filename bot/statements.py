"""The statements of one message: written with SQLAlchemy, compiled once, run on the driver's own cursor.

Run through SQLAlchemy they took more time than everything else together (a half to two thirds of a transaction on
both databases); as text they keep what it is good for, one wording for two databases.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ClauseElement,
    Dialect,
    Insert,
    Table,
    Update,
    bindparam,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg

from bot.tables import deliveries, messages, senders, unanswered

INSERT: Mapping[str, Callable[[Table], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""By database, the INSERT that knows ON CONFLICT; both speak it alike, under two names."""


@dataclass(frozen=True, slots=True)
class Statements:
    """SQL with parameters by name, named after the columns; `hash_`, `sid_` and `token_` name a row that is there.

    A sender is added only where there is none, changed only as long as `seen_` and `stopped_` are still
    what was read. The two `at_once` do all that most messages need, in one round trip; on SQLite, which has no way to
    say that and makes no trips, they are empty.
    """

    begin: str
    insert_message: str
    earlier_answer: str
    read_sender: str
    add_sender: str
    add_at_once: str
    change_sender: str
    change_at_once: str
    stop_sender: str
    keep_unanswered: str
    keep_delivery: str


def statements(database: str) -> Statements:
    """Compile them for "sqlite" or "postgresql"."""
    new = INSERT[database]
    same_sender = senders.c.hash == bindparam("hash_")
    same_token = (messages.c.token == bindparam("token_")) & (messages.c.token != literal_column("''"))
    unchanged = senders.c.last_seen.is_not_distinct_from(
        bindparam("seen_", type_=BigInteger)
    ) & senders.c.stopped_at.is_not_distinct_from(bindparam("stopped_", type_=BigInteger))
    adding, delivering = new(senders), new(deliveries)
    details: dict[str, Any] = {column.name: bindparam(column.name) for column in senders.c if column.name != "hash"}
    add_sender = new(senders).on_conflict_do_nothing()
    change_sender = update(senders).where(same_sender, unchanged).values(details)
    written: dict[str, ClauseElement] = {
        "insert_message": new(messages).on_conflict_do_nothing(),
        "earlier_answer": select(
            messages.c.texts, messages.c.picture, messages.c.topic, messages.c.how, messages.c.received_at
        ).where(or_(messages.c.sid == bindparam("sid_"), same_token)),
        "read_sender": select(senders).where(same_sender),
        "add_sender": add_sender,
        "change_sender": change_sender,
        "stop_sender": adding.on_conflict_do_update(
            index_elements=["hash"], set_={"stopped_at": adding.excluded.stopped_at}
        ),
        "keep_unanswered": insert(unanswered).values({name: bindparam(name) for name in ("day", "language", "text")}),
        # A late or repeated callback meets a rank as high as its own, and changes nothing.
        "keep_delivery": delivering.on_conflict_do_update(
            index_elements=["sid"],
            set_={name: delivering.excluded[name] for name in ("rank", "error_code", "updated_at", "state")},
            where=deliveries.c.rank < delivering.excluded.rank,
        ),
    }
    if database == "postgresql":
        written |= {"add_at_once": _at_once(add_sender), "change_at_once": _at_once(change_sender)}
    dialect = _dialect(database)
    compiled = {name: str(each.compile(dialect=dialect)) for name, each in written.items()}
    return Statements(**_BEGINNINGS[database] | compiled)


def _at_once(change: Insert | Update) -> Insert:
    """Return a statement that changes a sender and keeps the answer and the unanswered text, or does none of them.

    It inserts no message where the sender has changed since it was read. It fails where the message has been answered
    before: that undoes the change to the sender, which a conflict that does nothing would let stand.
    """
    changed = change.returning(senders.c.hash).cte("changed")
    day, language, text = _given(unanswered, "day", "language", "text")
    unread = select(day, language, text).select_from(changed).where(text != literal_column("''"))
    kept = insert(unanswered).from_select(["day", "language", "text"], unread).cte("kept")
    answered = select(*_given(messages, *messages.c.keys())).select_from(changed)
    return insert(messages).from_select(messages.c.keys(), answered).add_cte(kept)


def _given(table: Table, *names: str) -> list[BindParameter[Any]]:
    """Return parameters for columns; those that a sender has as well end in _."""
    return [bindparam(f"{name}_" if name in senders.c else name, type_=table.c[name].type) for name in names]


# SQLite must take its lock at once: taken later, it may find that another has written, and fail.
_BEGINNINGS = {
    "sqlite": {"begin": "BEGIN IMMEDIATE", "add_at_once": "", "change_at_once": ""},
    "postgresql": {"begin": "BEGIN"},
}


def _dialect(database: str) -> Dialect:
    """Return a dialect that writes parameters by name, as both drivers take them."""
    if database == "postgresql":
        return psycopg.dialect()  # type: ignore[no-untyped-call]
    return sqlite.dialect(paramstyle="named")
