"""The statements of one message, built once: building them anew costs ten times what running them does."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Delete,
    Executable,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.tables import deliveries, messages, senders, tallies, unanswered


@dataclass(frozen=True, slots=True)
class Statements:
    """Each with its parameters named after the columns; `hash_`, `sid_` and the like name the row to change.

    What must tell whether it changed a row returns it: drivers differ in counting rows of an INSERT.
    """

    insert_message: Executable
    earlier_answer: Select[Any]
    keep_answer: Update
    lock_sender: Executable
    keep_sender: Update
    forget_sender: Delete
    stop_sender: Insert
    count: Insert
    keep_unanswered: Insert
    keep_delivery: Executable


def statements(dialect: str) -> Statements:
    """Build them for "sqlite" or "postgresql"; both speak the same ON CONFLICT, under two names."""
    new = postgresql.insert if dialect == "postgresql" else sqlite.insert
    same_sender = senders.c.hash == bindparam("hash_")
    changeable: dict[str, BindParameter[object]] = {
        column.name: bindparam(column.name) for column in senders.c if column.name != "hash"
    }
    adding = new(senders)
    counting = new(tallies)
    delivering = new(deliveries)
    return Statements(
        insert_message=new(messages).on_conflict_do_nothing().returning(messages.c.sid),
        earlier_answer=select(messages.c.texts).where(
            or_(
                messages.c.sid == bindparam("sid_"),
                (messages.c.token == bindparam("token_")) & (messages.c.token != ""),
            )
        ),
        keep_answer=update(messages).where(messages.c.sid == bindparam("sid_")).values(texts=bindparam("texts")),
        # Changes nothing, but returns the row, new or old, locked.
        lock_sender=adding.on_conflict_do_update(
            index_elements=["hash"], set_={"hash": adding.excluded.hash}
        ).returning(senders),
        keep_sender=update(senders).where(same_sender).values(**changeable),
        forget_sender=delete(senders).where(same_sender),
        stop_sender=adding.on_conflict_do_update(
            index_elements=["hash"], set_={"stopped_at": adding.excluded.stopped_at}
        ),
        count=counting.on_conflict_do_update(index_elements=_key(tallies), set_={"count": tallies.c.count + 1}),
        keep_unanswered=insert(unanswered),
        # A late or repeated callback meets a rank as high as its own, and changes nothing.
        keep_delivery=delivering.on_conflict_do_update(
            index_elements=["sid"],
            set_={name: delivering.excluded[name] for name in ("rank", "error_code", "updated_at")},
            where=deliveries.c.rank < delivering.excluded.rank,
        ).returning(deliveries.c.sid),
    )


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]
