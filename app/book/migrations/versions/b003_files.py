"""Files that entries name, and their parts."""

import sqlalchemy as sa
from alembic import op

revision = "b003"
down_revision = "b002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("office", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("sender", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("stands", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("whole_at", sa.BigInteger),
        sa.Column("unsent", sa.Boolean, nullable=False),
    )
    only = sa.text("whole_at IS NOT NULL")
    op.create_index("file_whole", "file", ["office", "hash"], unique=True, postgresql_where=only, sqlite_where=only)
    op.create_index(
        "file_unsent", "file", ["office", "at"], postgresql_where=sa.text("unsent"), sqlite_where=sa.text("unsent = 1")
    )
    op.create_table(
        "file_part",
        sa.Column("office", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("sender", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("start", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("file_part")
    op.drop_table("file")
