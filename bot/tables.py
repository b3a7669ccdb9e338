"""The tables. Nothing in them names a person: a sender is a keyed hash, a text that is kept has been redacted.

Times are microseconds since 1970 in UTC, lists are JSON text: the same on every database, with nothing to convert.
No index serves the daily purge alone: every message would pay for it. On SQLite a short row lives in its key (WITHOUT
ROWID), which spares a second tree to write; a message, whose texts may fill a page, costs half as much beside its key.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

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
    Column("remind_at", BigInteger),
    Column("reminder", String(64), nullable=False, server_default=""),
    # The hash of the same person's other address: a stop under either holds under both.
    Column("linked", String(64), nullable=False, server_default=""),
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
    Column("day", String(10), nullable=False, server_default=""),
    Column("channel", String(16), nullable=False, server_default=""),
    Column("country", String(2), nullable=False, server_default=""),
    Column("state", String(16), nullable=False, server_default=""),
)

# What became of messages, once their day is over: counts, nobody's. `code` is Twilio's error code, 0 for none.
outcomes = Table(
    "outcomes",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("country", String(2), primary_key=True),
    Column("state", String(16), primary_key=True),
    Column("code", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)

# The content templates that Twilio holds for us, by what is in them, and how far Meta's approval of each is.
templates = Table(
    "templates",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("sid", String(34), nullable=False),
    Column("status", String(16), nullable=False),
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

# `verdict` is what staff said of a text: "" nothing yet, or one of bot.unread.VERDICTS.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", String(10), nullable=False),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("verdict", String(16), nullable=False, server_default=""),
)

# Tries of the staff's password, for a quarter of an hour; `browser` is a random name that we gave it, "" a stranger's.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("browser", String(32), nullable=False),
    Column("tried_at", BigInteger, nullable=False),
)

# The tallies added up, for the staff's pages: `grain` says whether a period is a day or a month, `kind` over what
# (language, topic, channel) `name` is one. The key begins with what every question gives.
totals = Table(
    "totals",
    metadata,
    Column("grain", String(8), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("period", String(10), primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("how", String(16), primary_key=True),
    Column("is_trial", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Phrases that staff have taught, until they stand in the keyword files (`skinline keywords export`).
taught = Table(
    "taught",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("language", String(16), nullable=False),
    Column("topic", String(32), nullable=False),
    Column("phrase", String(64), nullable=False),
    Column("taught_at", BigInteger, nullable=False),
    UniqueConstraint("language", "phrase", name="uq_taught_phrase"),
)
