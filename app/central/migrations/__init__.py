"""The versions of the centre's own tables, from the oldest on."""

from pathlib import Path

THE_CENTRE = (Path(__file__).parent, "alembic_version_centre", ("c001", "c002", "c003", "c004", "c005"))
