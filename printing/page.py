"""One sheet of paper told from its start edge and its top: text, rules, boxes and cells in points.

The start edge is the right one for a right-to-left language and the left one otherwise, so a paper is laid out once
for both. Nothing here depends on the clock: the same calls give the same bytes.
"""

import base64
import io
import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from printing.emblem import Dots
from printing.fonts import Weight, face
from printing.shaping import Line, lines, ltr, measured, visual

MM = 72 / 25.4
DOT = 72 / 203
"""One dot of the 203 dpi printers that most counters have."""

SHADE = 0.85
"""Greys from here on are for a screen, and white."""

one_at_a_time = threading.Lock()
"""Held while a paper is drawn: reportlab's fonts keep their place in the font file between calls, and two threads at
once make broken pages."""


@dataclass(frozen=True, slots=True)
class Style:
    """A size in points, a weight, a grey (0 black, 1 white) and the distance of baselines in sizes."""

    size: float
    weight: Weight = Weight.REGULAR
    grey: float = 0.08
    leading: float = 1.45

    @property
    def pitch(self) -> float:
        return self.size * self.leading


class Sheet:
    """Pages of one size. Distances are points; `start` counts from the start edge, `top` and baselines downwards.

    A page may hold several `panels` of the given size beside each other, as a sheet that is cut apart. A `black` sheet
    is for printers that know no grey: whatever is darker than a screen's shade comes out black.
    """

    def __init__(
        self, width: float, height: float, *, rtl: bool, title: str, author: str, panels: int = 1, black: bool = False
    ) -> None:
        self.width, self.height, self.rtl = width, height, rtl
        self._panels, self._black, self._origin = panels, black, 0.0
        self.panel(0)
        for weight in Weight:
            face(weight)
        self._out = io.BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=(width * panels, height),
            invariant=1,
            pageCompression=1,
            initialFontName=Weight.REGULAR,
            lang="fa" if rtl else "en",
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject("")
        self._canvas.setCreator("Miz-e Khedmat")

    @property
    def base(self) -> str:
        return "R" if self.rtl else "L"

    def finish(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()

    def next_page(self) -> None:
        self._canvas.showPage()

    def cut_to(self, height: float) -> None:
        """Makes the page at least so high, in whole dots; before anything is drawn on it."""
        self.height = math.ceil(height / DOT) * DOT
        self._canvas.setPageSize((self.width * self._panels, self.height))

    def panel(self, number: int) -> None:
        """Draws from now on in this panel, counted from the start edge."""
        self._origin = self.width * (self._panels - 1 - number if self.rtl else number)

    def cut_line(self) -> None:
        """A dashed line between the first two panels, with a pair of scissors on it."""
        canvas, at, base = self._canvas, self.width, self.height - 30
        self._pen(0.6, 0.5, (3, 3))
        canvas.line(at, 0, at, base - 14)
        canvas.line(at, base + 14, at, self.height)
        self._pen(0.9, 0.3, ())
        for side in (-1, 1):
            canvas.circle(at + side * 3, base + 8, 2.4)
            canvas.line(at + side * 2, base + 5.8, at - side * 2.6, base - 8)

    # --- text

    def wrapped(self, text: str, style: Style, width: float, most: int = 0) -> list[Line]:
        """The text in lines of at most `width`; with `most`, cut after so many lines, which an ellipsis shows."""
        found = list(lines(text, style.weight, style.size, width, self.base))
        if not most or len(found) <= most:
            return found
        last = found[most - 1]
        dots = measured("…", style.weight, style.size)
        glyphs = f"…{last.glyphs}" if self.rtl else f"{last.glyphs}…"
        return [*found[: most - 1], Line(glyphs, last.width + dots)]

    def line(self, text: str, style: Style) -> Line:
        """The text on one line, however long."""
        glyphs = visual(text, self.base)
        return Line(glyphs, measured(text, style.weight, style.size))

    def text(self, line: Line, style: Style, start: float, baseline: float, align: str = "start") -> None:
        """Sets a line whose start, middle or end lies at `start`."""
        before = {"start": 0.0, "middle": line.width / 2, "end": line.width}[align]
        left, font, document = self._left(start - before, line.width), face(style.weight), self._canvas._doc
        # written by hand, in hex: a third of a receipt's time went into formatting each text's matrix and escapes
        shown = " ".join(
            f"{font.getSubsetInternalName(subset, document)} {style.size:.4g} Tf <{codes.hex()}> Tj"
            for subset, codes in font.splitString(line.glyphs, document)
        )
        grey, base = self._grey(style.grey), self.height - baseline
        self._canvas.addLiteral(f"BT {grey:.3g} g 1 0 0 1 {left:.3f} {base:.3f} Tm {shown} ET")

    def paragraph(self, set_lines: Iterable[Line], style: Style, start: float, top: float) -> float:
        """Sets lines below each other from `top`; gives the top of what follows."""
        for line in set_lines:
            self.text(line, style, start, top + style.size * ASCENT)
            top += style.pitch
        return top

    def code(
        self, groups: str, style: Style, start: float, baseline: float, width: float, *, middle: bool = False
    ) -> None:
        """Sets a code in big spaced digits, always left to right, shrunk until it fits in `width`; with `middle`,
        `start` is its middle."""
        letter, gap = 0.035, 0.34 - measured(" ", style.weight, 1)
        em = measured(groups, style.weight, 1) + letter * len(groups) + gap * groups.count(" ")
        size = min(style.size, width / em)
        left = self._left(start - (em * size / 2 if middle else 0.0), em * size)
        pen = self._canvas.beginText(left, self.height - baseline)
        pen.setFont(style.weight, size)
        pen.setFillGray(self._grey(style.grey))
        pen.setCharSpace(letter * size)
        pen.setWordSpace(gap * size)
        pen.textOut(visual(ltr(groups), self.base))
        pen.setCharSpace(0)
        pen.setWordSpace(0)
        self._canvas.drawText(pen)

    # --- marks

    def rule(
        self, top: float, start: float, end: float, *, thick: float = 0.5, grey: float = 0.8, dots: bool = False
    ) -> None:
        """A line along the page; `end` counts from the start edge as well."""
        self._pen(thick, grey, (0.6, 1.6) if dots else ())
        self._canvas.line(self._left(start, 0), self.height - top, self._left(end, 0), self.height - top)

    def frame(
        self,
        start: float,
        top: float,
        width: float,
        height: float,
        *,
        radius: float,
        thick: float,
        grey: float = 0.08,
        dashed: bool = False,
    ) -> None:
        self._pen(thick, grey, (4, 2) if dashed else ())
        self._canvas.roundRect(self._left(start, width), self.height - top - height, width, height, radius)

    def block(self, start: float, top: float, width: float, height: float, grey: float, radius: float = 0) -> None:
        """A filled rectangle."""
        self._canvas.setFillGray(self._grey(grey))
        left = self._left(start, width)
        self._canvas.roundRect(left, self.height - top - height, width, height, radius, stroke=0, fill=1)

    def polygon(self, points: Sequence[tuple[float, float]], grey: float) -> None:
        """A filled shape through points (start, top)."""
        # by hand, as in `text`
        corners = [f"{self._left(start, 0):.3f} {self.height - top:.3f}" for start, top in points]
        self._canvas.addLiteral(f"{self._grey(grey):.3g} g {corners[0]} m {' l '.join(corners[1:])} l h f")

    def drawing(self, dots: Dots, start: float, top: float, width: float, height: float) -> None:
        """A black drawing on clear ground."""
        left, base = self._left(start, width), self.height - top - height
        data = base64.a85encode(dots.deflated, adobe=True).decode().removeprefix("<~")
        self._canvas.addLiteral(
            f"q 0 g {width:.3f} 0 0 {height:.3f} {left:.3f} {base:.3f} cm "
            f"BI /W {dots.width} /H {dots.height} /IM true /BPC 1 /F [/A85 /Fl] ID {data} EI Q"
        )

    def tick(self, start: float, top: float, size: float) -> None:
        self._pen(size * 0.15, 0.08, ())
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        left, base = self._left(start, size), self.height - top - size
        path = self._canvas.beginPath()
        path.moveTo(left + size * 0.1, base + size * 0.48)
        path.lineTo(left + size * 0.38, base + size * 0.2)
        path.lineTo(left + size * 0.92, base + size * 0.78)
        self._canvas.drawPath(path)
        self._canvas.setLineCap(0)
        self._canvas.setLineJoin(0)

    def cells(
        self,
        cells: Iterable[tuple[int, int, int, int]],
        start: float,
        top: float,
        *,
        columns: int,
        dots: int,
        row_dots: int = 0,
    ) -> None:
        """Black cells (column, row, columns, rows) of a code that is `columns` wide, in one path. A column is `dots`
        and a row `row_dots` (the same unless said) whole dots of 203 dpi, and the code is moved to the nearest dot."""
        wide, high = dots * DOT, (row_dots or dots) * DOT
        left = round(self._left(start, columns * wide) / DOT) * DOT
        top = round(top / DOT) * DOT
        self._canvas.saveState()
        self._canvas.translate(left, self.height - top)
        self._canvas.scale(wide, -high)
        self._canvas.setFillGray(0)
        # whole numbers of modules, written by hand: half of a receipt's time went into formatting them as decimals
        self._canvas.addLiteral(" ".join(f"{x} {y} {across} {down} re" for x, y, across, down in cells) + " f")
        self._canvas.restoreState()

    def _left(self, start: float, width: float) -> float:
        """The left edge of a thing of `width` that begins at `start`."""
        return self._origin + (self.width - start - width if self.rtl else start)

    def _grey(self, grey: float) -> float:
        return 0.0 if self._black and grey < SHADE else grey

    def _pen(self, thick: float, grey: float, dash: tuple[float, ...]) -> None:
        self._canvas.setLineWidth(thick)
        self._canvas.setStrokeGray(self._grey(grey))
        self._canvas.setDash(*([list(dash)] if dash else []))


ASCENT = 1.05
"""From the top of a line to its baseline, in sizes."""
