"""The book: lines, marks, and which projection the tables were built with."""

import sqlalchemy as sa
from alembic import op

revision = "b001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "line",
        sa.Column("office", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("desk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("incarnation", sa.LargeBinary(16), primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("position", sa.BigInteger),
        sa.Column("entry", sa.LargeBinary(16), nullable=False),
        sa.Column("subject", sa.LargeBinary(16), nullable=False),
        sa.Column("actor", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("business_day", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("version", sa.SmallInteger, nullable=False),
        sa.Column("salt", sa.LargeBinary(16), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("line_by_entry", "line", ["office", "entry"], unique=True)
    op.create_index("line_by_subject", "line", ["office", "subject"])
    op.create_table(
        "mark",
        sa.Column("office", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("desk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("incarnation", sa.LargeBinary(16), primary_key=True),
        sa.Column("next_sequence", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary(32), nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "projection",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("projection")
    op.drop_table("mark")
    op.drop_table("line")
