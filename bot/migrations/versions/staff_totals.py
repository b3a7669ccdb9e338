"""Tallies added up by day and month."""

import sqlalchemy as sa
from alembic import op

revision = "staff_totals"
down_revision = "staff_attempts"


def upgrade() -> None:
    """Make the table, and add up the tallies that are there."""
    op.create_table(
        "totals",
        sa.Column("grain", sa.String(8), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("period", sa.String(10), primary_key=True),
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("how", sa.String(16), primary_key=True),
        sa.Column("is_trial", sa.Boolean, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    for grain, length in (("day", 10), ("month", 7)):
        for kind in ("language", "topic", "channel"):
            op.execute(
                f"INSERT INTO totals SELECT '{grain}', '{kind}', substr(day, 1, {length}), {kind}, how, "  # noqa: S608
                f"channel = 'simulator', sum(count) FROM tallies GROUP BY 3, {kind}, how, channel = 'simulator'"
            )


def downgrade() -> None:
    """Drop it: everything in it stands in the tallies too."""
    op.drop_table("totals")
