"""The catalogue: texts are found in the code, translated by hand in miz.po, and compiled.

``./run catalogue`` brings the three files in line. They hold no dates, no places and no guesses, so that they change
only when a text does.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("main.py", "app", "models", "printing", "resources", "ui")
TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATE = TRANSLATIONS / "miz.pot"
PERSIAN = TRANSLATIONS / "fa" / "LC_MESSAGES" / "miz.po"
COMPILED = PERSIAN.with_suffix(".mo")

_KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def template() -> Catalog:
    """Every text that the code hands to ``_``, ``ngettext`` and their kin."""
    catalog = _empty(None)
    for path in _sources():
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        for _line, message, _comments, context in extract_from_file(method, path, keywords=_KEYWORDS):
            catalog.add(message, context=context)
    return catalog


def persian() -> Catalog:
    """The catalogue as it is on disk; empty where there is none."""
    if not PERSIAN.exists():
        return _empty("fa")
    with PERSIAN.open("rb") as file:
        return _plain(read_po(file, locale="fa", domain="miz"))


def updated(catalog: Catalog, found: Catalog) -> Catalog:
    """``catalog`` with what the code says today: new texts untranslated, old ones gone, none guessed."""
    catalog.update(found, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    return _plain(catalog)


def as_po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def forms(value: object) -> list[str]:
    """A text of one form, of singular and plural, or none: as a list."""
    if isinstance(value, str):
        return [value]
    return [str(form) for form in value] if isinstance(value, list | tuple) else []


def untranslated(catalog: Catalog) -> list[str]:
    """Texts without a word of their own in some form, and those that someone marked as doubtful."""
    return [str(text.id) for text in catalog if text.id and (text.fuzzy or not all(forms(text.string) or [""]))]


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / name
        yield from sorted([*path.rglob("*.py"), *path.rglob("*.html")]) if path.is_dir() else [path]


def _empty(locale: str | None) -> Catalog:
    header = "# The texts of the front counter.\n#"
    return _plain(Catalog(locale, domain="miz", project="miz", version="1", fuzzy=False, header_comment=header))


def _plain(catalog: Catalog) -> Catalog:
    catalog.creation_date = catalog.revision_date = _NO_DATE
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "-"
    return catalog


def main() -> None:
    found = template()
    catalog = updated(persian(), found)
    PERSIAN.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(as_po(found))
    PERSIAN.write_bytes(as_po(catalog))
    COMPILED.write_bytes(as_mo(catalog))
    for text in untranslated(catalog):
        print(f"not translated yet: {text}", file=sys.stderr)


if __name__ == "__main__":
    main()
