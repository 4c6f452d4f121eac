"""Strips go down the page in order; what belongs together stays together."""

from hypothesis import given
from hypothesis import strategies as st

from printing.flow import Strip, pages


def strip(height: float, *, keep: bool = False, between: bool = False) -> Strip:
    return Strip(height, lambda _sheet, _top: None, keep, between)


def heights(filled: list[list[Strip]]) -> list[list[float]]:
    return [[each.height for each in page] for page in filled]


def test_what_fits_stays_on_one_page() -> None:
    assert heights(pages([strip(40), strip(40)], 100, 100, 20)) == [[40, 40]]


def test_the_last_strip_goes_along_with_a_foot_that_has_no_room() -> None:
    assert heights(pages([strip(40), strip(40)], 100, 100, 30)) == [[40], [40]]


def test_a_heading_stays_with_its_first_line() -> None:
    assert heights(pages([strip(80), strip(15, keep=True), strip(10), strip(10)], 100, 100, 0)) == [[80], [15, 10, 10]]


def test_a_rule_is_not_drawn_at_the_top_of_a_page() -> None:
    strips = [strip(90), strip(5, keep=True, between=True), strip(10)]
    assert heights(pages(strips, 100, 100, 0)) == [[90], [10]]


@given(st.lists(st.builds(strip, st.floats(1, 50), keep=st.booleans()), max_size=60), st.floats(0, 60))
def test_no_page_is_overfull_and_the_foot_has_its_room(strips: list[Strip], foot: float) -> None:
    strips = [each if n % 3 else strip(each.height) for n, each in enumerate(strips)]
    filled = pages(strips, 200, 220, foot)
    assert [each for page in filled for each in page] == strips
    rooms = [200.0] + [220.0] * (len(filled) - 1)
    assert all(sum(each.height for each in page) <= room for page, room in zip(filled, rooms, strict=True))
    assert sum(each.height for each in filled[-1]) + foot <= rooms[-1]
