"""Stamps by which a feed's history is told from another one."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "b004"
down_revision = "b003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    turn = op.create_table(
        "turn",
        sa.Column("office", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("stamp", sa.LargeBinary(16), nullable=False),
    )
    heads = op.get_bind().execute(sa.text("SELECT office, position FROM feed WHERE position > 0")).all()
    if heads:
        op.bulk_insert(turn, [{"office": o, "position": p, "stamp": uuid4().bytes} for o, p in heads])


def downgrade() -> None:
    op.drop_table("turn")
