"""Where the program's own files lie, beside this one."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent
FONTS = RESOURCES / "fonts"
ICONS = RESOURCES / "icons"
TRANSLATIONS = RESOURCES / "translations"
SAMPLE = RESOURCES / "sample"
TEMPLATES = RESOURCES / "templates"
STATIC = RESOURCES / "static"
