"""The centre: offices, desks' places, counted hits."""

import sqlalchemy as sa
from alembic import op

revision = "c001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "seat",
        sa.Column("desk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("office", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(32)),
        sa.Column("code_until", sa.BigInteger, nullable=False),
        sa.Column("wrong_codes", sa.Integer, nullable=False),
        sa.Column("public_key", sa.LargeBinary(32)),
        sa.Column("token_hash", sa.LargeBinary(32), unique=True),
        sa.Column("joined_at", sa.BigInteger),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("seen_at", sa.BigInteger),
        sa.Column("former", sa.Integer),
        sa.Column("program", sa.String(40), nullable=False),
    )
    op.create_index("ix_seat_office", "seat", ["office"])
    op.create_table(
        "hit",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("slot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("hit")
    op.drop_table("seat")
    op.drop_table("office")
