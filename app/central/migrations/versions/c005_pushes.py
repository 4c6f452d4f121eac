"""A desk's place: how many pushes it made in the present span of time."""

import sqlalchemy as sa
from alembic import op

revision = "c005"
down_revision = "c004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seat", sa.Column("push_slot", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("seat", sa.Column("pushes", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("seat", "pushes")
    op.drop_column("seat", "push_slot")
