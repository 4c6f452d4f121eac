"""The versions of the vault's own tables, from the oldest on."""

from pathlib import Path

FOLDER = Path(__file__).parent
VERSION_TABLE = "alembic_version_vault"
VERSIONS = ("v001", "v002")
