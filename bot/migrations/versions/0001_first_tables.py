"""First tables: senders, messages, deliveries, tallies, unanswered."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "senders",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("offered", sa.Text, nullable=False),
        sa.Column("stopped_at", sa.BigInteger),
        sa.Column("last_seen", sa.BigInteger),
        sa.Column("replies", sa.Integer, nullable=False),
        sa.Column("replies_since", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("sid", sa.String(64), primary_key=True),
        sa.Column("token", sa.String(128), nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
    )
    has_token = sa.text("token != ''")
    op.create_index(
        "ix_messages_token",
        "messages",
        ["token"],
        unique=True,
        sqlite_where=has_token,
        postgresql_where=has_token,
    )
    op.create_table(
        "deliveries",
        sa.Column("sid", sa.String(64), primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("error_code", sa.Integer),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "tallies",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("topic", sa.String(32), primary_key=True),
        sa.Column("how", sa.String(16), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "unanswered",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("unanswered", "tallies", "deliveries", "messages", "senders"):
        op.drop_table(table)
