"""Receipts to draw, and what can be read off a drawn one."""

import datetime
import io
import re
import unicodedata
from collections import Counter
from ctypes import c_float, c_int, c_uint
from itertools import combinations
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from models.codes import make_recovery_code
from models.receipt import ReceiptValues
from models.text import ascii_digits
from printing.emblem import emblem_of
from printing.picture import page_image
from printing.recovery import RecoveryValues
from printing.trial import TrialValues

REGISTERED = int(datetime.datetime(2026, 11, 24, 6, 12, tzinfo=datetime.UTC).timestamp()) * 1_000_000
PAYLOAD = "HTTPS://PEYGIRI.EXAMPLE.IR/" + ("ABCDEFGH234567" * 10)[:127]

USUAL: dict[str, Any] = {
    "kind": "follow_up",
    "office_name": "سازمان منطقه آزاد ماکو",
    "office_caption": "میز خدمت حضوری",
    "emblem": "star",
    "desk": 17,
    "desk_name": "پیشخوان همکف",
    "clerk": "زهرا نوری",
    "registered_at": REGISTERED,
    "tracking_code": "001748269032",
    "client_name": "حسین قلی‌زاده",
    "father_name": "رحیم",
    "number_kind": "person",
    "number_masked": "282*******",
    "service": "تمدید مجوز فعالیت اقتصادی",
    "unit": "معاونت اقتصادی و سرمایه‌گذاری",
    "officer": "خانم لیلا صادقی، داخلی ۲۱۴",
    "cost": 1_250_000,
    "received": ("اصل مجوز پیشین", "تصویر کارت ملی", "گواهی مفاصاحساب مالیاتی", "فرم درخواست امضاشده"),
    "due_on": datetime.date(2026, 11, 30),
    "phone": "044-34372000 داخلی 100",
    "hours": "شنبه تا پنج‌شنبه",
    "web": "https://peygiri.example.ir/",
    "complaint": "دفتر بازرسی، طبقه همکف، اتاق ۱۲",
    "payload": PAYLOAD,
}


def receipt(**changed: Any) -> ReceiptValues:
    """The usual receipt with some values changed."""
    return ReceiptValues(**{**USUAL, **changed})


RECOVERY = make_recovery_code(bytes(range(40, 200, 10)))


def recovery(**changed: Any) -> RecoveryValues:
    """The usual recovery sheet with some values changed."""
    usual: dict[str, Any] = {name: USUAL[name] for name in ("office_name", "office_caption", "emblem", "desk")}
    usual |= {"desk_name": USUAL["desk_name"], "made_at": REGISTERED, "code": RECOVERY}
    return RecoveryValues(**{**usual, **changed})


def trial(**changed: Any) -> TrialValues:
    """The usual test page with some values changed."""
    usual: dict[str, Any] = {"office_name": USUAL["office_name"], "desk": 17, "at": REGISTERED}
    return TrialValues(**{**usual, "printer": "HP LaserJet 400 (اتاق ۱۲)", **changed})


def emblem_file(width: int, height: int, *, clear: bool = False, form: str = "PNG") -> bytes:
    """A made-up emblem as an office would send it: a ring, a cross and a bar, on white or on nothing."""
    picture = Image.new("RGBA", (width + 80, height + 60), (255, 255, 255, 0 if clear else 255))
    draw, ink, thick = ImageDraw.Draw(picture), (10, 60, 90, 255), max(4, min(width, height) // 9)
    draw.ellipse((40, 30, 40 + width - 1, 30 + height - 1), outline=ink, width=thick)
    draw.line((40 + width // 2, 30, 40 + width // 2, 30 + height), fill=ink, width=thick)
    draw.line((40, 30 + height // 2, 40 + width, 30 + height // 2), fill=ink, width=thick)
    draw.rectangle((40 + width // 4, 30 + height // 4, 40 + width // 3, 30 + 3 * height // 4), fill=ink)
    out = io.BytesIO()
    (picture if form == "PNG" else picture.convert("RGB")).save(out, form)
    return out.getvalue()


COMPANY = "شرکت سهامی خاص توسعه و عمران پارس‌آباد مغان و حومه"

AWKWARD: dict[str, ReceiptValues] = {
    "usual": receipt(),
    "papers to bring, second duplicate": receipt(
        received=("اصل مجوز",),
        lacking=("اجاره‌نامه یا سند محل", "گواهی مالیاتی"),
        bring_by=datetime.date(2026, 11, 30),
        due_on=datetime.date(2026, 12, 7),
        copy=2,
        printed_at=REGISTERED + 86_400_000_000,
    ),
    "no due date, no tracking address, no emblem": receipt(
        due_on=None, web="", emblem="", payload="MIZ:" + PAYLOAD[-127:], legal_note=False
    ),
    "somebody without papers": receipt(
        number_kind="unidentified", number_masked="", father_name="", received=(), passcode="4821", officer="", cost=0
    ),
    "done on the spot": receipt(kind="done", due_on=None),
    "only guided": receipt(
        kind="guided",
        due_on=None,
        received=(),
        lacking=("کارت ملی", "سند مالکیت"),
        steps=("به واحد بروید", "فرم بگیرید"),
    ),
    "a company and its representative": receipt(
        client_name=COMPANY,
        father_name="",
        number_kind="organisation",
        representative="مریم احمدی",
        authority="وکالت‌نامه رسمی",
        service_id="13021234000",
        letter_number="1405/2-1064",
    ),
    "a subject of four lines": receipt(
        subject="سطر نخست\nسطر دوم (Aras Co.)\nسطر سوم\nسطر چهارم", steps=("ثبت", "صدور")
    ),
    "a tall emblem": receipt(emblem=emblem_of(emblem_file(300, 900))),
    "a wide emblem": receipt(emblem=emblem_of(emblem_file(1600, 400, clear=True))),
    "an emblem that cannot be drawn": receipt(emblem="dots:10x10:AAAA"),
    "a long officer": receipt(officer=" ".join([COMPANY] * 4)),
    "long everything": receipt(
        **{
            name: " ".join([COMPANY] * 3)
            for name in ("office_name", "client_name", "service", "unit", "officer", "clerk")
        },
        complaint=" ".join([COMPANY] * 3),
        hours=COMPANY,
        subject="W" * 300,
    ),
    "thirty papers": receipt(
        received=tuple(f"مدرک شماره {n}" for n in range(15)),
        lacking=tuple(f"کمبود شماره {n} {COMPANY if n % 4 == 0 else ''}" for n in range(15)),
        bring_by=datetime.date(2026, 11, 30),
    ),
    "fifty papers": receipt(received=tuple(f"مدرک شماره {n}" for n in range(50))),
    "an office that says too much": receipt(complaint=" ".join([COMPANY] * 20)),
    "a draft with nothing in it": ReceiptValues(
        kind="follow_up",
        office_name="",
        desk=1,
        desk_name="",
        clerk="",
        registered_at=0,
        tracking_code="",
        client_name="",
        service="",
    ),
    "a draft half written": receipt(tracking_code="", payload="", registered_at=0, due_on=None),
    "in English": receipt(language="en"),
}


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def text_of(pdf: bytes) -> list[str]:
    """The text of every page as PDFium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def boxes_of(pdf: bytes) -> list[tuple[float, float, list[Box], list[Box]]]:
    """Of every page its width and height, the inked boxes of its texts, and those of its filled shapes but for the
    grounds of white text."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            texts, shapes, white = [], [], []
            for thing in page.get_objects():
                box = Box(*thing.get_bounds())
                if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
                    texts.append(box)
                    if _grey(thing) > 0.8:
                        white.append(box)
                elif thing.type == pdfium_c.FPDF_PAGEOBJ_PATH and _is_filled(thing) and box.right - box.left > 20:
                    shapes.append(box)
            grounds = [shape for shape in shapes if any(holds(shape, box) for box in white)]
            assert all(any(holds(ground, box) for ground in grounds) for box in white), "white text on white paper"
            found.append((*page.get_size(), texts, [shape for shape in shapes if shape not in grounds]))
        return found
    finally:
        document.close()


def _is_filled(thing: pypdfium2.PdfObject) -> bool:
    fill, stroke = c_int(), c_int()
    assert pdfium_c.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
    return fill.value != int(pdfium_c.FPDF_FILLMODE_NONE)


def _grey(thing: pypdfium2.PdfObject, what: str = "Fill") -> float:
    red, green, blue, opacity = c_uint(), c_uint(), c_uint(), c_uint()
    assert getattr(pdfium_c, f"FPDFPageObj_Get{what}Color")(thing.raw, red, green, blue, opacity)
    assert red.value == green.value == blue.value
    return red.value / 255


def colours_of(pdf: bytes) -> dict[str, Counter[float]]:
    """How often each grey (0 black, 1 white) is used for texts and for shapes."""
    found: dict[str, Counter[float]] = {"text": Counter(), "shape": Counter()}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            for thing in page.get_objects():
                if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
                    found["text"][_grey(thing)] += 1
                elif thing.type == pdfium_c.FPDF_PAGEOBJ_PATH:
                    found["shape"][_grey(thing, "Fill" if _is_filled(thing) else "Stroke")] += 1
    finally:
        document.close()
    return found


def sizes_of(pdf: bytes) -> list[tuple[str, float]]:
    """Every text with its size in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            read = page.get_textpage()
            for thing in page.get_objects():
                if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
                    size, room = c_float(), 2048
                    assert pdfium_c.FPDFTextObj_GetFontSize(thing.raw, size)
                    letters = (pdfium_c.FPDF_WCHAR * room)()
                    length = pdfium_c.FPDFTextObj_GetText(thing.raw, read.raw, letters, room * 2)
                    found.append((bytes(letters)[: max(0, length - 2)].decode("utf-16-le"), size.value))
        return found
    finally:
        document.close()


def holds(outer: Box, inner: Box) -> bool:
    """The inner box lies wholly in the outer one."""
    return (
        outer.left <= inner.left
        and outer.right >= inner.right
        and outer.bottom <= inner.bottom
        and outer.top >= inner.top
    )


def clashes(boxes: list[Box], tolerance: float = 0.05) -> list[tuple[Box, Box]]:
    """Pairs of boxes that lie on each other."""
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if min(one.right, other.right) - max(one.left, other.left) > tolerance
        and min(one.top, other.top) - max(one.bottom, other.bottom) > tolerance
    ]


def words_of(text: str) -> list[str]:
    """Runs of letters (with their ZWNJ) and runs of ASCII digits, without vowel signs."""
    bare = re.sub("[\u064b-\u0652]", "", unicodedata.normalize("NFC", ascii_digits(text)))
    return re.findall(r"\d+|[^\W\d_]+(?:\u200c[^\W\d_]+)*", bare)


# What is printed word for word; a guided visit has no web line to speak of, the codes are read in test_codes.
PRINTED = [
    "client_name",
    "father_name",
    "representative",
    "authority",
    "service",
    "service_id",
    "subject",
    "unit",
    "officer",
    "letter_number",
    "phone",
    "hours",
    "address",
    "complaint",
    "passcode",
]


def said(values: ReceiptValues) -> set[str]:
    left_out = {"father_name"} if not values.client_name else set()
    left_out |= set() if values.representative else {"authority"}
    texts = [getattr(values, name) for name in PRINTED if name not in left_out] + [
        *values.received,
        *values.lacking,
        *values.steps,
    ]
    return {word for text in texts for word in words_of(text) if len(word) < 40}


def assert_nothing_lies_on_anything(pdf: bytes, tolerance: float = 0.05) -> None:
    """No text on another nor on a code, and everything where a printer can print it: a roll has its white edges beside
    what it prints on."""
    for width, height, texts, codes in boxes_of(pdf):
        assert clashes(texts, tolerance) == []
        assert [(text, code) for text in texts for code in codes if clashes([text, code])] == []
        edge, below, above = (20, 12, 10) if width > 300 else (5, 5, 5)
        for box in texts + codes:
            assert box.left >= edge
            assert box.right <= width - edge
            assert box.bottom >= below
            assert box.top <= height - above


def picture_of(pdf: bytes, dpi: int = 203, page: int = 0) -> Image.Image:
    image = page_image(pdf, dpi, page)
    return Image.frombuffer("L", (image.width, image.height), image.pixels, "raw", "L", image.stride, 1)
