"""What the find field finds, in the words of the counter."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import pytest
from sqlalchemy import Connection

from app.vault.find import find_clients, index_clients
from app.vault.store import Store
from models.ids import new_id
from models.records import Client
from models.text import persian_digits
from tests.vault.schema import ids, person, put

Finder = Callable[[str], list[UUID]]


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    with store.writing() as connection:
        yield connection


@pytest.fixture
def known(connection: Connection) -> Callable[..., list[Client]]:
    """Registers clients, one after the other."""

    def add(*clients: Client) -> list[Client]:
        put(connection, clients)
        index_clients(connection, clients)
        return list(clients)

    return add


@pytest.fixture
def find(connection: Connection) -> Finder:
    return lambda text: [found.id for found in find_clients(connection, text)]


Known = Callable[..., list[Client]]


def every_beginning(text: str) -> Sequence[str]:
    return [text[:length] for length in range(1, len(text) + 1)]


# --- names ---


@pytest.mark.parametrize("text", ["مریم رضایی", "رضایی مریم", "رضایی", "مریم"])
def test_a_client_is_found_by_names_in_any_order_with_every_key(text: str, known: Known, find: Finder) -> None:
    (maryam, _) = known(person("مریم", "رضایی"), person("زهرا", "کریمی"))
    for typed in every_beginning(text):
        assert find(typed) == [maryam.id], typed


def test_beginnings_of_both_names_are_enough(known: Known, find: Finder) -> None:
    (maryam, _) = known(person("مریم", "رضایی"), person("مریم", "کریمی"))
    assert find("مر رض") == find("ر م") == find("رضا مریم") == [maryam.id]


def test_the_middle_of_a_word_is_not_its_beginning(known: Known, find: Finder) -> None:
    known(person("غلامرضا", "احمدی"))
    assert find("رضا") == []


@pytest.mark.parametrize("written", ["قلی‌زاده", "قلی زاده", "قلیزاده"])
@pytest.mark.parametrize("typed", ["قلی‌زاده", "قلی زاده", "قلیزاده", "قلیزا", "قلی زا", "قلی‌", "زاده قلی"])
def test_a_name_is_found_joined_and_parted_however_it_is_written(
    written: str, typed: str, known: Known, find: Finder
) -> None:
    (client, _) = known(person("رضا", written), person("رضا", "احمدی"))
    if (written, typed) == ("قلیزاده", "زاده قلی"):
        assert find(typed) == []  # Nobody can know that this is two words.
    else:
        assert find(typed) == find(f"رضا {typed}") == find(f"{typed} رضا") == [client.id]


@pytest.mark.parametrize("typed", ["قلی زاده مقدم", "قلیزاده مقدم", "قلی زادهمقدم", "قلیزادهمقدم", "مقدم قلی‌زاده"])
@pytest.mark.parametrize("written", ["قلی‌زاده مقدم", "قلیزاده‌مقدم", "قلی زاده‌مقدم"])
def test_a_name_of_three_words_too(written: str, typed: str, known: Known, find: Finder) -> None:
    (client,) = known(person("رضا", written))
    assert find(typed) == [client.id]


@pytest.mark.parametrize(
    "typed", ["علي کریمي", "علی كریمی", "عَلی کَریمی", "عـلی کریـمی", "  علی\tکریمی\n", "علی؛کریمی!"]
)
def test_arabic_letters_marks_and_kashida_find_the_same(typed: str, known: Known, find: Finder) -> None:
    (client,) = known(person("علی", "کریمی"))
    assert find(typed) == [client.id]


@pytest.mark.parametrize(("written", "typed"), [("آرش", "ارش"), ("رؤیا", "رویا"), ("هدیة", "هدیه"), ("James", "jam")])
def test_letters_that_a_person_would_call_the_same_are(written: str, typed: str, known: Known, find: Finder) -> None:
    (client,) = known(person(written, "کریمی"))
    assert find(typed) == [client.id]


def test_an_organisation_is_found_by_any_word_and_by_digits_in_its_name(known: Known, find: Finder) -> None:
    (company,) = known(person("", "", kind="organisation", name="شرکت تعاونی روستایی ۱۲ فروردین"))
    for typed in ("تعاونی", "روستایی شرکت", "شرکت 12", "١٢ فروردین", "۱۲"):
        assert find(typed) == [company.id], typed


# --- numbers ---


def test_a_number_is_found_by_every_beginning_in_any_digits(known: Known, find: Finder) -> None:
    (client, _) = known(person("الف", "ب", number="2820000014"), person("پ", "ت", number="1370000011"))
    for typed in every_beginning("2820000014"):
        for form in (typed, persian_digits(typed), f" {typed} ", " ".join(typed), typed.translate(ARABIC)):
            assert find(form) == [client.id], form


ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_a_national_number_without_its_zeros_is_found_once_it_could_be_one(known: Known, find: Finder) -> None:
    (client,) = known(person("الف", "ب", number="0012345679"))
    assert find("12345679") == find("012345679") == find("0012345679") == [client.id]
    assert find("1234567") == []


@pytest.mark.parametrize("before", ["0", "", "+98", "0098", "98", "+98 ", "۰"])
def test_a_mobile_is_found_by_every_beginning_whatever_stands_for_its_zero(
    before: str, known: Known, find: Finder
) -> None:
    (client, _) = known(person("الف", "ب", mobile="09144620011"), person("پ", "ت", mobile="09360000000"))
    for rest in every_beginning("9144620011")[1:]:
        assert find(before + rest) == [client.id], before + rest
    assert find(before + "914 462 0011") == [client.id]


def test_a_mobile_abroad_is_found_as_it_is_written(known: Known, find: Finder) -> None:
    (client,) = known(person("الف", "ب", mobile="+905301234567"))
    assert find("+9053") == find("+90 530 123 45 67") == [client.id]


@pytest.mark.parametrize("typed", ["K1234", "k12345678", "K", "1234"])
def test_a_passport_is_found_by_its_beginning_in_either_case(typed: str, known: Known, find: Finder) -> None:
    (client,) = known(person("James", "Smith", kind="passport", number="K12345678"))
    assert find(typed) == ([client.id] if typed[0] in "Kk" and len(typed) > 1 else [])


def test_what_was_found_says_by_what(connection: Connection, known: Known) -> None:
    (client,) = known(person("مریم", "رضایی", father_name="علی", number="2820000014", mobile="09144620011"))
    for typed, how in (("282", "number"), ("0914", "mobile"), ("مریم", "name"), ("رضابی", "slip")):
        (found,) = find_clients(connection, typed)
        assert (found.id, found.how) == (client.id, how)
        assert (found.name, found.father_name) == ("مریم رضایی", "علی")
        assert (found.number, found.mobile) == ("2820000014", "09144620011")


# --- best first ---


def test_an_exact_number_comes_before_longer_ones_and_before_mobiles(known: Known, find: Finder) -> None:
    longer, exact, by_mobile = known(
        person("الف", "ب", number="14001234567"),
        person("پ", "ت", number="1400123456"),
        person("ث", "ج", mobile="1400123456"),
    )
    assert find("1400123456") == [exact.id, longer.id, by_mobile.id]


def test_just_these_words_come_before_words_that_begin_so(known: Known, find: Finder) -> None:
    exact, last_begins, all_begin = known(person("مریم", "رضا"), person("مریم", "رضایی"), person("مریمه", "رضایی"))
    assert find("مریم رضا") == [exact.id, last_begins.id, all_begin.id]


def test_of_equals_the_one_registered_last_comes_first(known: Known, find: Finder) -> None:
    several = known(*(person("علی", "رضایی") for _ in range(30)))
    assert find("رضایی علی") == ids(several)[:9:-1]


def test_no_more_than_asked_for_and_nobody_twice(connection: Connection, known: Known) -> None:
    known(*(person("علی", "علی", number=f"09{number:08}", mobile=f"09{number:09}") for number in range(30)))
    for limit in (0, 1, 7, 30, 100):
        for typed in ("علی", "09", "علی علی"):
            found = [each.id for each in find_clients(connection, typed, limit)]
            assert len(found) == min(limit, 30)
            assert len(set(found)) == len(found)


# --- what changes ---


def test_a_corrected_client_is_found_by_the_new_names_only(known: Known, find: Finder) -> None:
    (client, other) = known(person("مریم", "رضایی"), person("مریم", "کریمی"))
    known(person("مریم", "احمدی", id=client.id))
    assert find("رضایی") == []
    assert find("احمدی") == [client.id]
    assert find("مریم") == [other.id, client.id]


def test_a_merged_client_is_found_as_the_one_they_are(known: Known, find: Finder) -> None:
    target, alias = known(person("مریم", "رضایی", number="2820000014"), person("مریم", "رضائی", number="1370000011"))
    other = person("مریم", "رضایی")
    known(other)
    known(person("مریم", "رضایی نسب", id=alias.id, number="1370000011", merged_into=target.id))
    assert find("نسب") == find("1370") == [target.id]
    assert find("مریم") == [other.id, target.id]


def test_merges_that_run_in_a_circle_list_nobody_and_end(known: Known, find: Finder) -> None:
    one, two = new_id(), new_id()
    known(person("مریم", "الف", id=one, merged_into=two), person("مریم", "ب", id=two, merged_into=one))
    assert find("مریم") == []


def test_a_client_without_any_name_can_be_indexed(known: Known, find: Finder) -> None:
    known(person("", "", number="2820000014"), person("؟", "-"))
    assert len(find("282")) == 1


# --- slips ---


@pytest.mark.parametrize(
    "typed",
    [
        "مهدوی‌پور محمود",
        "محمود مهدویپور",
        "محمود مهدوپور",
        "محمود مهدوبپور",
        "محمود مدهویپور",
        "مجمود مهدوی پور",
        "مهدویپورر",
    ],
)
def test_a_slip_is_forgiven(typed: str, known: Known, find: Finder) -> None:
    (client, _) = known(person("محمود", "مهدوی‌پور"), person("زهرا", "کریمی"))
    assert find(typed) == [client.id]


@pytest.mark.parametrize("typed", ["کزییی", "زه", "احمدی کریمی", "زهرا احمدی"])
def test_more_than_slips_is_not(typed: str, known: Known, find: Finder) -> None:
    known(person("مریم", "کریمی"))
    assert find(typed) == []


def test_the_nearest_comes_first(known: Known, find: Finder) -> None:
    near, far = known(person("زهرا", "ابراهیمی"), person("زهرا", "ابراهیمیان"))
    assert find("ابراهیمیی") == [near.id, far.id]


def test_slips_are_tried_only_when_there_is_nobody(known: Known, find: Finder) -> None:
    (exact, _) = known(person("حسن", "احمدی"), person("حسین", "احمدی"))
    assert find("حسن احمدی") == [exact.id]


def test_a_word_that_came_later_is_known_to_the_next_slip(known: Known, find: Finder) -> None:
    known(person("مریم", "کریمی"))
    assert find("شهریاز") == []
    (client,) = known(person("شهریار", "کریمی"))
    assert find("شهریاز") == [client.id]


# --- any text is a fair question ---


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        '"',
        '""',
        "'",
        "*",
        "^علی",
        "علی*",
        '"علی"*',
        "علی OR رضا",
        "AND",
        "NOT",
        "NEAR(علی رضا, 2)",
        "words:علی",
        "{words}:علی",
        "-علی",
        "(علی",
        "علی)",
        "علی + رضا",
        "a" * 1_000_000,
        "علی " * 100_000,
        "\0",
        "علی\0رضا",
        "\ud800",
        "علی\udfffرضا",
        "1" * 100_000,
        "+",
        "++98",
        "\u200c",
        "\u200c" * 500,
        "%",
        "_",
        "٪",
        "💁🏽",
        "ﷺ",
        "ß",
        "①②",
        "²",
        "᪀",
        "; DROP TABLE client",
    ],
)
def test_any_text_is_a_fair_question(typed: str, connection: Connection, known: Known) -> None:
    known(person("علی", "رضایی"), person("ALI", "or ß²"))
    assert len(find_clients(connection, typed)) <= 2
