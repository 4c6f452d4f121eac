"""Whom desks are to trust at this centre's address."""

import sqlalchemy as sa
from alembic import op

revision = "c004"
down_revision = "c003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trust",
        sa.Column("fingerprint", sa.LargeBinary(32), primary_key=True),
        sa.Column("certificate", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("trust")
