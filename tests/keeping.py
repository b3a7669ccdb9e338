"""Remembering senders and messages in a store, as the tests of storage do it."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, Table, select

from bot.model import Sender
from bot.store import Store
from bot.transaction import Record, Tally

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBER, OTHER = "a" * 64, "b" * 64
TEXTS = ("ندبات حب الشباب 🌱", "痘疤 คำตอบ मुँहासे")
TALLY = Tally("2026-11-21", "ar", "whatsapp", "scars", "sure")


def record(sender: Sender, sid: str = "", **details: Any) -> Record:
    """What to keep of a message that led to `sender`."""
    known: dict[str, Any] = {"token": "", "received_at": NOW, "texts": TEXTS, "tally": TALLY}
    return Record(sid=sid or uuid4().hex, sender=sender, **(known | details))


def remember(store: Store, sender: Sender, *hashes: str) -> None:
    """Keep a sender under one or more hashes of addresses."""
    with store.turn(hashes) as turn:
        turn.sender()
        turn.keep(record(sender))


def known(store: Store, *hashes: str) -> Sender:
    """Return the sender kept under one of these hashes."""
    with store.turn(hashes) as turn:
        return turn.sender()


def rows(engine: Engine, table: Table) -> list[dict[str, Any]]:
    """Return all rows of a table."""
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]
