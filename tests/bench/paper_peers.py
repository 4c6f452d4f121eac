"""The same A5 receipt drawn by others: Qt's PDF writer, and, where the group `bench` is installed, typst, fpdf2 and
WeasyPrint. Each sets the same texts in the same font at the same places, with the same rules, codes and emblem."""

from __future__ import annotations

import html
import math
import os
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

import msgspec

from models.calendar import business_day
from models.codes import grouped
from models.receipt import ReceiptValues
from printing.codes import Cell, bars, qr
from printing.receipt import render_receipt
from resources.paths import FONTS
from resources.words import Translator, translator
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, milliseconds
from tests.bench.paper import values_of

WIDTH, HEIGHT, MARGIN = 419.53, 595.28, 31.2
FAMILY = "Vazirmatn"
RULES = (82.0, 286.0, 390.0, 470.0, 565.0)
BOX = (MARGIN, 118.0, WIDTH - 2 * MARGIN, 105.0)
QR_AT, QR_SIDE = (40.0, 127.0), 87.0
BARS_AT, BAR, BAR_HEIGHT = (270.0, 177.0), 1.064, 34.0
STAR_AT, STAR = (WIDTH - MARGIN - 24, 50.0), 24.0


class Placed(NamedTuple):
    """A text, its size, how far below the top and from the right margin it begins, how wide it may be."""

    text: str
    size: float
    top: float
    start: float = 0.0
    bold: bool = False
    room: float = 240.0


class Said(NamedTuple):
    """What every peer is given."""

    texts: tuple[Placed, ...]
    qr: tuple[int, tuple[Cell, ...]]
    bars: tuple[int, tuple[Cell, ...]]


Draw = Callable[[Said], bytes]


class Peer(NamedTuple):
    """The package that must be there, how a drawer is made, on how many papers, and what ours holds itself to."""

    package: str
    make: Callable[[], Draw]
    papers: int
    target: str


def figures(ground: Ground) -> Iterator[Figure]:
    """Ours and theirs in turns, median of each; every paper has another client and code."""
    values = values_of(ground)
    for name, peer in PEERS.items():
        if find_spec(peer.package):
            yield _figure(name, peer, values[: peer.papers])


def _figure(name: str, peer: Peer, values: Sequence[ReceiptValues]) -> Figure:
    draw = peer.make()
    size, their_size = len(render_receipt(values[0])), len(draw(said_by(values[0])))
    ours, theirs = [], []
    for each in values[1:]:
        said = said_by(each)
        theirs.append(milliseconds(draw, said))
        ours.append(milliseconds(render_receipt, each))
    return Figure(
        name=f"peers.{peer.package.lower()}",
        value=median(ours),
        unit="ms",
        beside=Beside(name, median(theirs), "peer"),
        target=peer.target,
        note=f"median of {len(ours)} in turns; a file of {size:,} bytes, theirs {their_size:,}",
    )


def said_by(values: ReceiptValues) -> Said:
    """The receipt's texts at about the places where ours has them."""
    words = translator(values.language)
    side, _dots, cells = qr(values.payload)
    return Said(tuple(_placed(values, words)), (side, cells), bars(values.tracking_code))


def _placed(values: ReceiptValues, words: Translator) -> Iterator[Placed]:
    _ = words.gettext
    code, registered = words.digits(grouped(values.tracking_code)), business_day(values.registered_at)
    yield Placed(_("In His Name"), 8.5, 14, 150)
    yield Placed(values.office_name, 14, 34, 56, True, 170)
    yield Placed(values.office_caption, 10.5, 58, 56, room=170)
    for n, (label, value) in enumerate(
        ((_("Date:"), words.numeric_date(registered)), (_("Number:"), code), (_("Enclosed:"), _("none")))
    ):
        yield Placed(label, 9, 30 + 16.5 * n, 233, room=40)
        yield Placed(value, 9.5, 30 + 16.5 * n, 270, room=85)
    yield Placed(_("Receipt of a request"), 17, 88, 0, True)
    yield Placed(_("Your tracking code"), 10.5, 122, 11)
    yield Placed(code, 30, 135, 11, True)
    yield Placed(_("Keep this code with you."), 9, 186, 130, room=110)
    yield Placed(_("Your answer is ready by this day"), 10.5, 232, 13)
    yield Placed(words.long_date(values.due_on or registered), 22, 244, 13, True, 300)
    rows = (
        (_("Name"), values.client_name),
        (_("National number"), words.digits(values.number_masked)),
        (_("Service"), values.service),
        (_("Unit"), values.unit),
        (_("Officer"), words.digits(values.officer)),
        (_("Cost"), _("{amount} rials").format(amount=words.number(values.cost))),
    )
    for n, (label, value) in enumerate(rows):
        yield Placed(label, 10, 290 + 16 * n, room=75)
        yield Placed(value, 11, 289 + 16 * n, 77, room=270)
    yield Placed(_("Papers received"), 10.5, 394, 0, True, 160)
    yield Placed(_("Papers lacking"), 10.5, 394, 185, True, 160)
    for n, paper in enumerate(values.received[:4]):
        yield Placed(paper, 10.5, 408 + 14.6 * n, 15, room=160)
    yield Placed(_("Follow-up"), 9, 474, 0, True, 55)
    yield Placed(f"{words.digits(values.phone)}، {values.hours}", 9, 474, 55, room=190)
    yield Placed(_("Complaints"), 9, 490, 0, True, 55)
    yield Placed(words.digits(values.complaint), 9, 490, 55, room=190)
    law = _(
        "By note 4 to article 16 of the Administrative Justice Court law, a final written answer is given to you "
        "within three months of registration at most."
    )
    yield Placed(law, 8, 506)
    yield Placed(values.clerk, 8.5, 568)
    yield Placed(_("Client's copy"), 8.5, 568, 300, room=55)


def star() -> list[tuple[float, float]]:
    """The corners of the emblem on the page."""
    reach = 1 / (math.sqrt(2) * math.cos(math.pi / 8))
    corners = [(STAR * (1.0, reach)[corner % 2], corner * math.pi / 8) for corner in range(16)]
    return [(STAR_AT[0] + far * math.sin(angle), STAR_AT[1] - far * math.cos(angle)) for far, angle in corners]


def rectangles(said: Said) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, width and height of every black cell on the page."""
    module = QR_SIDE / said.qr[0]
    for x, y, across, down in said.qr[1]:
        yield QR_AT[0] + x * module, QR_AT[1] + y * module, across * module, down * module
    for x, _y, across, _down in said.bars[1]:
        yield BARS_AT[0] + x * BAR, BARS_AT[1], across * BAR, BAR_HEIGHT


def qt() -> Draw:
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
    from PySide6.QtGui import QFont, QFontDatabase, QPageSize, QPainter, QPdfWriter, QPen, QPolygonF
    from PySide6.QtWidgets import QApplication

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    for file in FONTS.glob("*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    emblem = QPolygonF([QPointF(x, y) for x, y in star()])
    flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)

    def draw(said: Said) -> bytes:
        assert application is not None
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(72 * 20)
        writer.setPageSize(QPageSize(QSizeF(WIDTH, HEIGHT), QPageSize.Unit.Point))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        painter = QPainter(writer)
        painter.scale(20, 20)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for text, size, top, start, bold, room in said.texts:
            font = QFont(FAMILY)
            font.setPixelSize(round(size))
            font.setBold(bold)
            painter.setFont(font)
            painter.drawText(QRectF(WIDTH - MARGIN - start - room, top, room, 80), flags, text)
        painter.setPen(QPen(Qt.GlobalColor.black, 0.5))
        for top in RULES:
            painter.drawLine(QPointF(MARGIN, top), QPointF(WIDTH - MARGIN, top))
        painter.drawRoundedRect(QRectF(*BOX), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        painter.drawPolygon(emblem)
        painter.drawRects([QRectF(*cell) for cell in rectangles(said)])
        painter.end()
        return bytes(buffer.data().data())

    return draw


def fpdf2() -> Draw:
    from fpdf import FPDF

    def draw(said: Said) -> bytes:
        page = FPDF(unit="pt", format=(WIDTH, HEIGHT))
        page.set_auto_page_break(False)
        page.add_font(FAMILY, "", str(FONTS / "Vazirmatn-Regular.ttf"))
        page.add_font(FAMILY, "B", str(FONTS / "Vazirmatn-Bold.ttf"))
        page.add_page()
        page.set_text_shaping(use_shaping_engine=True, direction="rtl", script="arab", language="fas")
        for text, size, top, start, bold, room in said.texts:
            page.set_font(FAMILY, "B" if bold else "", size)
            page.set_xy(WIDTH - MARGIN - start - room, top)
            page.multi_cell(room, size * 1.45, text, align="R")
        for top in RULES:
            page.line(MARGIN, top, WIDTH - MARGIN, top)
        page.rect(*BOX, round_corners=True, corner_radius=6)
        page.polygon(star(), style="F")
        for cell in rectangles(said):
            page.rect(*cell, style="F")
        return bytes(page.output())

    return draw


def drawing(said: Said) -> str:
    """Emblem, codes, rules and box as the picture that typst and WeasyPrint lay under the texts."""
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in star())
    cells = "".join(f"M{x:.2f} {y:.2f}h{wide:.2f}v{high:.2f}h-{wide:.2f}z" for x, y, wide, high in rectangles(said))
    rules = "".join(f"M{MARGIN} {top}h{WIDTH - 2 * MARGIN}" for top in RULES)
    x, y, wide, high = BOX
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<polygon points="{points}"/><path d="{cells}"/><path d="{rules}" stroke="black" stroke-width="0.5"/>'
        f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="6" fill="none" stroke="black"/></svg>'
    )


TYPST = f"""
#let said = json(bytes(sys.inputs.said))
#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)
#set text(font: "{FAMILY}", lang: "fa", dir: rtl, top-edge: 1em)
#place(top + left, image(bytes(said.drawing), format: "svg", width: {WIDTH}pt))
#for (words, size, top-at, start, bold, room) in said.texts {{
  place(top + right, dx: -({MARGIN} + start) * 1pt, dy: top-at * 1pt, box(width: room * 1pt,
    text(size: size * 1pt, weight: if bold {{ "bold" }} else {{ "regular" }}, words)))
}}
"""


def typst() -> Draw:
    from typst import Compiler

    compiler, source = Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True), TYPST.encode()

    def draw(said: Said) -> bytes:
        given = msgspec.json.encode({"texts": said.texts, "drawing": drawing(said)}).decode()
        made: Any = compiler.compile(source, format="pdf", sys_inputs={"said": given})
        return bytes(made)

    return draw


STYLE = f"""
@font-face {{ font-family: {FAMILY}; src: url({(FONTS / "Vazirmatn-Regular.ttf").as_uri()}) }}
@font-face {{ font-family: {FAMILY}; font-weight: 700; src: url({(FONTS / "Vazirmatn-Bold.ttf").as_uri()}) }}
@page {{ size: {WIDTH}pt {HEIGHT}pt; margin: 0 }}
body {{ margin: 0; font-family: {FAMILY} }} div {{ position: absolute }} svg {{ width: {WIDTH}pt; height: {HEIGHT}pt }}
"""


def weasyprint() -> Draw:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(string=STYLE, font_config=fonts)

    def draw(said: Said) -> bytes:
        texts = "".join(
            f'<div style="right:{MARGIN + start}pt;top:{top}pt;width:{room}pt;font-size:{size}pt;'
            f'font-weight:{700 if bold else 400}">{html.escape(text)}</div>'
            for text, size, top, start, bold, room in said.texts
        )
        page = f'<html lang="fa" dir="rtl"><body><div style="left:0;top:0">{drawing(said)}</div>{texts}'
        made: Any = HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts)
        return bytes(made)

    return draw


PEERS = {
    "Qt's PDF writer": Peer("PySide6", qt, 60, "no slower"),
    "typst": Peer("typst", typst, 60, "no slower"),
    "fpdf2": Peer("fpdf", fpdf2, 30, "an eighth of it"),
    "WeasyPrint": Peer("weasyprint", weasyprint, 15, "a twentieth of it"),
}
