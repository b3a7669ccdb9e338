"""The tables. Nothing in them names a person: a sender is a keyed hash, a text that is kept has been redacted.

Times are microseconds since 1970 in UTC, lists are JSON text: the same on every database, with nothing to convert.
No index serves the daily purge alone: every message would pay for it. On SQLite a short row lives in its key (WITHOUT
ROWID), which spares a second tree to write; a message, whose texts may fill a page, costs half as much beside its key.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

senders = Table(
    "senders",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("language", String(16), nullable=False),
    Column("topic", String(32), nullable=False),
    Column("page", Integer, nullable=False),
    Column("offered", Text, nullable=False),
    Column("stopped_at", BigInteger),
    Column("last_seen", BigInteger),
    Column("replies", Integer, nullable=False),
    Column("replies_since", BigInteger),
    sqlite_with_rowid=False,
)

# What was answered, for a day: a message that Twilio delivers twice gets the same answer twice. The columns `day` to
# `how` are what the tallies will count: counting at once would let every message wait for the row that all raise.
messages = Table(
    "messages",
    metadata,
    Column("sid", String(64), primary_key=True),
    Column("token", String(128), nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("texts", Text, nullable=False),
    Column("day", String(10), nullable=False),
    Column("language", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("topic", String(32), nullable=False),
    Column("how", String(16), nullable=False),
    Column("picture", String(32), nullable=False, server_default=""),
)
_HAS_TOKEN = messages.c.token != ""
Index("ix_messages_token", messages.c.token, unique=True, sqlite_where=_HAS_TOKEN, postgresql_where=_HAS_TOKEN)

# How far a message of ours came, for a day: callbacks come late, twice and in any order.
deliveries = Table(
    "deliveries",
    metadata,
    Column("sid", String(64), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("error_code", Integer),
    Column("updated_at", BigInteger, nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("language", String(16), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("topic", String(32), primary_key=True),
    Column("how", String(16), primary_key=True),
    Column("count", Integer, nullable=False),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", String(10), nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
)
