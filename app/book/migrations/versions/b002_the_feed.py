"""The centre's feed, and places in a chain whose line stands in another."""

import sqlalchemy as sa
from alembic import op

revision = "b002"
down_revision = "b001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("office", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "link",
        sa.Column("office", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("desk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("incarnation", sa.LargeBinary(16), primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.LargeBinary(16), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    op.create_index("line_by_position", "line", ["office", "position"])


def downgrade() -> None:
    op.drop_index("line_by_position", "line")
    op.drop_table("link")
    op.drop_table("feed")
