"""Whatever is typed, the paper says it, on every paper, and nothing lies on anything else."""

import datetime
import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from models.receipt import ReceiptValues
from models.text import ascii_digits
from printing.receipt import PAPERS, render_receipt, render_slip
from tests.printing.papers import (
    AWKWARD,
    COMPANY,
    PRINTED,
    REGISTERED,
    assert_nothing_lies_on_anything,
    receipt,
    said,
    text_of,
    words_of,
)

WORD = st.text(st.sampled_from("ابپتجچدرزژسشطعفقکگلمنوهیآئؤ"), min_size=1, max_size=9)
LATIN = st.text(st.sampled_from("ABCXYZabcxyz"), min_size=1, max_size=9)
NUMBER = st.integers(0, 99_999).map(str)
SPELLED = st.one_of(WORD, WORD, LATIN, NUMBER, st.tuples(WORD, WORD).map("\u200c".join))
PUNCTUATED = st.builds(
    lambda word, mark: mark.format(word), SPELLED, st.sampled_from(["{}", "{}", "{}،", "({})", "«{}»", "{}."])
)
NAME = st.lists(SPELLED, min_size=1, max_size=4).map(" ".join)
SENTENCE = st.lists(PUNCTUATED, max_size=40).map(" ".join)
SUBJECT = st.lists(SENTENCE, max_size=4).map("\n".join)
TITLES = st.lists(SENTENCE.filter(bool), max_size=25).map(tuple)
DAY = st.none() | st.dates(datetime.date(2025, 1, 1), datetime.date(2035, 1, 1))

receipts = st.builds(
    ReceiptValues,
    language=st.sampled_from(["fa", "fa", "en"]),
    kind=st.sampled_from(["follow_up", "follow_up", "done", "guided"]),
    office_name=NAME,
    office_caption=SENTENCE,
    emblem=st.sampled_from(["", "star"]),
    desk=st.integers(1, 9999),
    desk_name=NAME,
    clerk=NAME,
    registered_at=st.just(REGISTERED),
    tracking_code=st.integers(0, 10**12 - 1).map("{:012}".format),
    client_name=NAME,
    father_name=st.just("") | NAME,
    number_kind=st.sampled_from(["person", "organisation", "foreigner", "passport", "unidentified"]),
    number_masked=st.sampled_from(["", "282*******", "A12******"]),
    representative=st.just("") | NAME,
    authority=st.just("") | NAME,
    service=SENTENCE,
    service_id=st.just("") | NUMBER,
    subject=SUBJECT,
    steps=st.lists(SENTENCE.filter(bool), max_size=4).map(tuple),
    unit=SENTENCE,
    officer=SENTENCE,
    cost=st.integers(0, 10**10),
    received=TITLES,
    lacking=TITLES,
    bring_by=DAY,
    due_on=DAY,
    passcode=st.sampled_from(["", "0371"]),
    phone=SENTENCE,
    hours=SENTENCE,
    address=SENTENCE,
    web=st.sampled_from(["", "https://m.ir"]),
    complaint=SENTENCE,
    payload=st.sampled_from(["", "MIZ:" + "A7" * 63]),
    copy=st.integers(0, 20),
    printed_at=st.none() | st.just(REGISTERED),
)


EMBLEMS = (AWKWARD["a tall emblem"].emblem, AWKWARD["a wide emblem"].emblem)
paper_sizes = st.sampled_from(PAPERS)


@settings(max_examples=60)
@given(receipts, paper_sizes)
def test_whatever_is_typed_is_all_there_and_nothing_overlaps(values: ReceiptValues, paper: str) -> None:
    pdf = render_receipt(values, paper)
    assert_nothing_lies_on_anything(pdf)
    if values.language == "fa":
        together = re.sub(r"[\s\u200c]", "", ascii_digits("".join(text_of(pdf))))
        # between Latin words PDFium exchanges the two sides of a ZWNJ
        parts = {part for word in said(values) for part in word.split("\u200c")}
        assert {part for part in parts if part not in together} == set()


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.text(
    st.sampled_from("Wلا ـ\u202e(\n"), max_size=400
)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(dict.fromkeys((*PRINTED, "office_name", "clerk", "desk_name", "office_caption"), HOSTILE)),
    paper_sizes,
)
def test_nothing_that_can_be_typed_breaks_the_page(texts: dict[str, str], paper: str) -> None:
    texts["passcode"] = ""
    values = receipt(**texts, received=(COMPANY, texts["subject"]))
    # the accents of rare capitals may come near the line above them
    assert_nothing_lies_on_anything(render_receipt(values, paper), 2.0)


@settings(max_examples=30)
@given(receipts.filter(lambda values: bool(values.lacking)), paper_sizes)
def test_a_slip_names_every_paper_that_is_lacking(values: ReceiptValues, paper: str) -> None:
    pdf = render_slip(values, paper)
    assert_nothing_lies_on_anything(pdf)
    if values.language == "fa":
        together = re.sub(r"[\s\u200c]", "", ascii_digits("".join(text_of(pdf))))
        parts = {part for title in values.lacking for word in words_of(title) for part in word.split("\u200c")}
        assert {part for part in parts if part not in together} == set()


# --- a thousand that the examples above do not think of


def test_a_thousand_receipts_are_drawn_and_nothing_overlaps() -> None:
    draw = Random(1405)
    for number in range(1000):
        assert_nothing_lies_on_anything(render_receipt(random_receipt(draw), PAPERS[number % len(PAPERS)]))


def random_receipt(draw: Random) -> ReceiptValues:
    """Mostly like a day's receipts, now and then with far too much of something."""

    def word() -> str:
        kind = draw.random()
        if kind < 0.1:
            return str(draw.randrange(100_000))
        letters = "ABCXYZabcxyz" if kind < 0.18 else "ابپتجچدرزژسشطعفقکگلمنوهیآئؤ"
        made = "".join(draw.choices(letters, k=draw.randint(1, 9)))
        return draw.choice(("{}", "{}", "{}", "{}", "{}،", "({})", "«{}»", "{}.", "{0}\u200c{0}")).format(made)

    def sentence(usual: int) -> str:
        most = usual * 6 if draw.random() < 0.05 else usual
        return " ".join(word() for _n in range(draw.randint(0, most)))

    def titles(usual: int) -> tuple[str, ...]:
        most = 30 if draw.random() < 0.08 else usual
        return tuple(filter(None, (sentence(4) for _n in range(draw.randint(0, most)))))

    def day() -> datetime.date | None:
        return datetime.date(2026, 11, 24) + datetime.timedelta(draw.randrange(400)) if draw.random() < 0.8 else None

    copy = draw.choice((0, 0, 0, 1, 2))
    return ReceiptValues(
        language=draw.choice(("fa", "fa", "fa", "en")),
        kind=draw.choice(("follow_up", "follow_up", "done", "guided")),
        office_name=sentence(5),
        office_caption=sentence(4),
        emblem=draw.choice(("", "star", *EMBLEMS)),
        desk=draw.randint(1, 9999),
        desk_name=sentence(3),
        clerk=sentence(3),
        registered_at=REGISTERED,
        tracking_code=f"{draw.randrange(10**12):012}",
        client_name=sentence(4),
        father_name=sentence(1),
        number_kind=draw.choice(("person", "organisation", "foreigner", "passport", "unidentified")),
        number_masked=draw.choice(("", "282*******", "A12******")),
        representative=sentence(2),
        authority=sentence(2),
        service=sentence(6),
        service_id=draw.choice(("", "13021234000")),
        subject="\n".join(sentence(6) for _n in range(draw.randint(0, 4))),
        steps=titles(3),
        unit=sentence(5),
        officer=sentence(5),
        cost=draw.choice((0, 1_250_000)),
        received=titles(5),
        lacking=titles(3),
        bring_by=day(),
        due_on=day(),
        passcode=draw.choice(("", "", "0371")),
        phone=sentence(3),
        hours=sentence(4),
        address=sentence(8),
        web=draw.choice(("", "https://peygiri.example.ir/")),
        complaint=sentence(6),
        legal_note=draw.random() < 0.7,
        payload=draw.choice(("", "MIZ:" + "A7" * 63, "HTTPS://PEYGIRI.EXAMPLE.IR/" + "A7" * 63)),
        copy=copy,
        printed_at=REGISTERED + 86_400_000_000 if copy else None,
    )
