"""Pages: templates in the language of the office, complete without scripts, and headers that let nothing else in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from models.calendar import business_day
from models.codes import grouped
from resources import names
from resources.paths import FONTS, ICONS, STATIC, TEMPLATES
from resources.words import WEEKDAYS, Translator, translator

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
LATER = 900
"""Seconds that a page asks for after too many tries: the same whatever was counted."""
_SHOWN = re.compile(r'<use href="#drawing-([a-z0-9-]+)"/>')
_TYPES = {".css": "text/css; charset=utf-8", ".ttf": "font/ttf"}


class Pages:
    """Draws pages in one language."""

    def __init__(self, language: str = "fa") -> None:
        self.words: Translator = translator(language)
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(
            _=self.words.gettext, language=language, words=self.words, names=names, icon=_icon, grouped=grouped
        )
        self._templates.globals.update(ngettext=self.words.ngettext, business_day=business_day, weekdays=WEEKDAYS)

    def page(self, template: str, status: int = 200, **values: Any) -> Response[str]:
        text = _with_drawings(self._templates.get_template(template).render(values))
        headers = HEADERS | {"Retry-After": str(LATER)} if status == 429 else HEADERS
        return Response(text, status_code=status, media_type="text/html; charset=utf-8", headers=headers)


def _icon(name: str) -> str:
    """Where a drawing of ours is shown, for the eye only; the page holds it once, however often it is shown."""
    return f'<svg aria-hidden="true"><use href="#drawing-{name}"/></svg>'


def _with_drawings(page: str) -> str:
    """The page with the drawings that it shows."""
    names = sorted(set(_SHOWN.findall(page)))
    return (
        page.replace("</body>", f'<svg class="drawings">{"".join(map(_drawing, names))}</svg>\n</body>')
        if names
        else page
    )


@cache
def _drawing(name: str) -> str:
    text = (ICONS / f"{name}.svg").read_text()
    inside = " ".join(text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")].split())
    return f'<symbol id="drawing-{name}" viewBox="0 0 24 24">{inside}</symbol>'


def _static() -> dict[str, Path]:
    files = [STATIC / "miz.css", *sorted(FONTS.glob("*.ttf"))]
    return {file.name: file for file in files}


@get("/static/{name:str}", sync_to_thread=True)
def static(name: FromPath[str]) -> Response[bytes]:
    """The style sheet and the fonts, and no other file."""
    file = _static().get(name)
    if file is None:
        raise NotFoundException
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=86400"}
    return Response(file.read_bytes(), media_type=_TYPES[file.suffix], headers=headers)
