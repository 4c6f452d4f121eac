from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import (
    CodeError,
    JoinCode,
    damm_digit,
    grouped,
    make_join_code,
    make_recovery_code,
    make_tracking_code,
    mark_of,
    parse_join_code,
    parse_recovery_code,
    parse_tracking_code,
)
from models.text import persian_digits
from tests.models.strategies import HUGE, TEXTS

DIGITS = "0123456789"
CODES = st.builds(make_tracking_code, st.integers(1, 9999), st.integers(0, 10**7 - 1))


def test_the_check_digit_is_damms() -> None:
    assert damm_digit("572") == "4"  # the example of the thesis
    assert damm_digit("5724") == "0"


@pytest.mark.parametrize("text", ["", "۱۲", "12a", "²", "-1", " "])
def test_only_ascii_digits_have_a_check_digit(text: str) -> None:
    with pytest.raises(ValueError, match="check digit"):
        damm_digit(text)


# --- the tracking code -----------------------------------------------------------------------------------------------


def test_a_tracking_code_is_desk_random_number_and_check_digit() -> None:
    assert make_tracking_code(1234, 1234567) == "123412345671"
    assert make_tracking_code(1, 0).startswith("00010000000")
    assert grouped("123412345671") == "1234 1234 5671"


@pytest.mark.parametrize(("desk", "random7"), [(0, 1), (10_000, 1), (-1, 1), (1, -1), (1, 10**7)])
def test_a_tracking_code_has_room_for_so_much(desk: int, random7: int) -> None:
    with pytest.raises(ValueError, match="tracking code"):
        make_tracking_code(desk, random7)


@pytest.mark.parametrize(
    "written",
    [
        "123412345671",
        "1234 1234 5671",
        "1234-1234-5671",
        "۱۲۳۴ ۱۲۳۴ ۵۶۷۱",
        "١٢٣٤١٢٣٤٥٦٧١",
        "\u2066۱۲۳۴-۱۲۳۴-۵۶۷۱\u2069\n",
    ],
)
def test_a_tracking_code_is_read_however_it_was_typed(written: str) -> None:
    assert parse_tracking_code(written) == "123412345671"


@pytest.mark.parametrize(
    "written", ["", "12341234567", "1234123456712", "12341234567a", "123412345²71", "1234/1234/5671"]
)
def test_what_has_not_the_shape_of_a_code_is_no_code(written: str) -> None:
    with pytest.raises(CodeError) as refused:
        parse_tracking_code(written)
    assert refused.value.code == "bad_format"


@given(CODES)
def test_a_made_code_is_read_back_from_screen_and_paper(code: str) -> None:
    assert parse_tracking_code(persian_digits(grouped(code))) == code


@given(CODES, st.integers(0, 11), st.integers(1, 9))
def test_every_wrong_digit_is_caught(code: str, place: int, by: int) -> None:
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(CodeError) as refused:
        parse_tracking_code(wrong)
    assert refused.value.code == "bad_check_digit"


@given(CODES, st.integers(0, 10))
def test_every_swap_of_neighbours_is_caught(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped == code:
        assert parse_tracking_code(swapped) == code
    else:
        with pytest.raises(CodeError):
            parse_tracking_code(swapped)


def test_every_single_slip_in_one_code_is_caught() -> None:
    code = "123412345671"
    slips = {code[:i] + digit + code[i + 1 :] for i in range(12) for digit in DIGITS}
    slips |= {code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(11)}
    slips.remove(code)
    assert len(slips) == 12 * 9 + 11
    assert all(damm_digit(slip) != "0" for slip in slips)


# --- the recovery code -----------------------------------------------------------------------------------------------


def test_a_recovery_code_is_eight_groups_of_five() -> None:
    assert make_recovery_code(bytes(16)) == "-".join(["00000"] * 8)
    assert make_recovery_code(b"\xff" * 16) == "34028-23669-20938-46346-33746-07431-76821-14559"


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_a_recovery_code_stands_for_sixteen_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="sixteen"):
        make_recovery_code(bytes(length))


@given(st.binary(min_size=16, max_size=16))
def test_sixteen_bytes_come_back_from_the_safe(key: bytes) -> None:
    code = make_recovery_code(key)
    assert [len(group) for group in code.split("-")] == [5] * 8
    assert parse_recovery_code(code) == key
    assert parse_recovery_code(persian_digits(code.replace("-", " "))) == key


@given(st.binary(min_size=16, max_size=16), st.integers(0, 39), st.integers(1, 9))
def test_a_wrong_digit_in_a_recovery_code_is_caught(key: bytes, place: int, by: int) -> None:
    code = make_recovery_code(key).replace("-", "")
    with pytest.raises(CodeError) as refused:
        parse_recovery_code(code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :])
    assert refused.value.code == "bad_check_digit"


def test_a_number_beyond_sixteen_bytes_is_no_recovery_code() -> None:
    digits = str(1 << 128)
    with pytest.raises(CodeError) as refused:
        parse_recovery_code(digits + damm_digit(digits))
    assert refused.value.code == "bad_format"


@given(TEXTS | st.text(DIGITS, min_size=10, max_size=42))
def test_any_text_is_a_code_or_a_code_error(text: str) -> None:
    with suppress(CodeError):
        assert len(parse_tracking_code(text)) == 12
    with suppress(CodeError):
        assert len(parse_recovery_code(text)) == 16


@pytest.mark.parametrize("text", HUGE, ids=range(len(HUGE)))
def test_a_megabyte_is_no_code(text: str) -> None:
    for parse in (parse_tracking_code, parse_recovery_code):
        with pytest.raises(CodeError):
            parse(text)


# --- the code with which a desk joins --------------------------------------------------------------------------------

SECRETS = st.text(DIGITS, min_size=19, max_size=19).map(lambda digits: digits + damm_digit(digits))
PRINTS = st.binary(min_size=32, max_size=32)


@given(SECRETS, PRINTS)
def test_a_join_code_carries_the_secret_and_whom_to_trust(secret: str, certificate: bytes) -> None:
    code = make_join_code(secret, certificate)
    assert len(code) == 50
    typed = persian_digits("-".join(code[n : n + 5] for n in range(0, 50, 5)))
    assert parse_join_code(typed) == JoinCode(secret, mark_of(certificate))
    assert parse_join_code(make_join_code(secret)) == JoinCode(secret)


@given(SECRETS, PRINTS, st.integers(0, 49), st.integers(1, 9))
def test_a_join_code_that_was_misread_is_refused(secret: str, certificate: bytes, place: int, by: int) -> None:
    code = make_join_code(secret, certificate)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(CodeError):
        parse_join_code(wrong)


@pytest.mark.parametrize("text", ["", "1" * 21, "x" * 20, "0" * 49])
def test_what_cannot_be_a_join_code_is_refused(text: str) -> None:
    with pytest.raises(CodeError):
        parse_join_code(text)


def test_only_a_whole_secret_becomes_a_join_code() -> None:
    with pytest.raises(ValueError, match="twenty digits"):
        make_join_code("12345678901234567890")
