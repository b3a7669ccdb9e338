"""What staff have taught, and what they said of a text."""

import sqlalchemy as sa
from alembic import op

revision = "staff_taught"
down_revision = "staff_totals"


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "taught",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("phrase", sa.String(64), nullable=False),
        sa.Column("taught_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("language", "phrase", name="uq_taught_phrase"),
    )
    op.add_column("unanswered", sa.Column("verdict", sa.String(16), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop both."""
    op.drop_table("taught")
    with op.batch_alter_table("unanswered") as batch:
        batch.drop_column("verdict")
