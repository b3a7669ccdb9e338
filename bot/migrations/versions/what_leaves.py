"""What leaves through Twilio: reminders, linked addresses, content templates, what became of messages."""

import sqlalchemy as sa
from alembic import op

revision = "what_leaves"
down_revision = "picture_of_messages"


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("senders", sa.Column("remind_at", sa.BigInteger))
    for name in ("reminder", "linked"):
        op.add_column("senders", sa.Column(name, sa.String(64), nullable=False, server_default=""))
    for name, length in {"day": 10, "channel": 16, "country": 2, "state": 16}.items():
        op.add_column("deliveries", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_table(
        "outcomes",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("country", sa.String(2), primary_key=True),
        sa.Column("state", sa.String(16), primary_key=True),
        sa.Column("code", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "templates",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("sid", sa.String(34), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
    )


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("templates")
    op.drop_table("outcomes")
    for table, names in {
        "deliveries": ("day", "channel", "country", "state"),
        "senders": ("remind_at", "reminder", "linked"),
    }.items():
        with op.batch_alter_table(table) as changed:
            for name in names:
                changed.drop_column(name)
