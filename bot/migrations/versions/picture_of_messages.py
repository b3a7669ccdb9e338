"""The picture that went with an answer: a message delivered twice gets it again."""

import sqlalchemy as sa
from alembic import op

revision = "picture_of_messages"
down_revision = "staff_taught"


def upgrade() -> None:
    """Add the column."""
    op.add_column("messages", sa.Column("picture", sa.String(32), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("messages", "picture")
