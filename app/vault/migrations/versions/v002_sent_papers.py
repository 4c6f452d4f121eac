"""Papers on their way to a printer."""

import sqlalchemy as sa
from alembic import op

revision = "v002"
down_revision = "v001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent",
        sa.Column("attempt", sa.LargeBinary(16), primary_key=True),
        sa.Column("request", sa.LargeBinary(16), nullable=False),
        sa.Column("queue", sa.Text, nullable=False),
        sa.Column("uri", sa.Text, nullable=False),
        sa.Column("paper", sa.Text, nullable=False),
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("sent")
