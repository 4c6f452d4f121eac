"""What a desk says that it has not sent yet."""

import sqlalchemy as sa
from alembic import op

revision = "c003"
down_revision = "c002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("seat") as seat:
        seat.add_column(sa.Column("unsent", sa.BigInteger))
        seat.add_column(sa.Column("unsent_at", sa.BigInteger))


def downgrade() -> None:
    with op.batch_alter_table("seat") as seat:
        seat.drop_column("unsent_at")
        seat.drop_column("unsent")
