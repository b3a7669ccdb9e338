"""Tries of the staff's password."""

import sqlalchemy as sa
from alembic import op

revision = "staff_attempts"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("browser", sa.String(32), nullable=False),
        sa.Column("tried_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("attempts")
