"""The vault: small kept values, drafts, wrong tries, and the find index with its map."""

import sqlalchemy as sa
from alembic import op

revision = "v001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("person", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "wrong_try",
        sa.Column("person", sa.LargeBinary(16), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "found",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("office", sa.Integer, nullable=False),
        sa.Column("client", sa.LargeBinary(16), nullable=False),
    )
    op.create_index("found_by_client", "found", ["office", "client"], unique=True)
    op.create_table(
        "known_word",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("word", sa.Text, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.execute(
        "CREATE VIRTUAL TABLE find_words USING fts5("
        "words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4', tokenize='ascii')"
    )
    op.execute("CREATE VIRTUAL TABLE find_vocabulary USING fts5vocab(find_words, row)")


def downgrade() -> None:
    for table in ("find_vocabulary", "find_words", "known_word", "found", "wrong_try", "draft", "kept"):
        op.drop_table(table)
