"""The tables. Nothing in them names a person: a sender is a keyed hash, a text that is kept has been redacted."""

from sqlalchemy import JSON, Column, DateTime, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

senders = Table(
    "senders",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("language", String(16), nullable=False, default=""),
    Column("topic", String(32), nullable=False, default=""),
    Column("page", Integer, nullable=False, default=0),
    Column("offered", JSON, nullable=False),
    Column("stopped_at", DateTime(timezone=True)),
    Column("last_seen", DateTime(timezone=True), index=True),
    Column("replies", Integer, nullable=False, default=0),
    Column("replies_since", DateTime(timezone=True)),
)

# What was answered, for a day: a message that Twilio delivers twice gets the same answer twice.
messages = Table(
    "messages",
    metadata,
    Column("sid", String(64), primary_key=True),
    Column("token", String(128), nullable=False, default=""),
    Column("received_at", DateTime(timezone=True), nullable=False, index=True),
    Column("texts", JSON, nullable=False),
)
Index("ix_messages_token", messages.c.token, unique=True, sqlite_where=messages.c.token != "",
      postgresql_where=messages.c.token != "")  # fmt: skip

# How far a message of ours came, for a day: callbacks come late, twice and in any order.
deliveries = Table(
    "deliveries",
    metadata,
    Column("sid", String(64), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("error_code", Integer),
    Column("updated_at", DateTime(timezone=True), nullable=False, index=True),
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
    Column("day", String(10), nullable=False, index=True),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
)
