"""The sample office is what a demonstration and a first set-up stand on, so it keeps the rules of the real thing."""

import json
from collections import Counter
from typing import Any

from models.calendar import FIXED_HOLIDAYS, day_number, parse_jalali, to_jalali
from models.text import fold, has_forbidden, search_key
from resources.paths import SAMPLE

OFFICE: dict[str, Any] = json.loads((SAMPLE / "office.json").read_text("utf-8"))
NAMES: dict[str, Any] = json.loads((SAMPLE / "names.json").read_text("utf-8"))
HOLIDAYS: list[dict[str, Any]] = json.loads((SAMPLE / "holidays.json").read_text("utf-8"))
SERVICES: list[dict[str, Any]] = [json.loads(s) for s in (SAMPLE / "services.jsonl").read_text("utf-8").splitlines()]


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else []


def test_everything_is_written_as_the_store_writes_it() -> None:
    for text in texts([OFFICE, NAMES, HOLIDAYS, SERVICES]):
        assert text
        assert fold(text) == text
        assert not has_forbidden(text)


# --- services --------------------------------------------------------------------------------------------------------


def test_services_have_codes_and_titles_of_their_own() -> None:
    assert len(SERVICES) >= 14
    assert len({service["code"] for service in SERVICES}) == len(SERVICES)
    assert len({search_key(service["title"]) for service in SERVICES}) == len(SERVICES)


def test_a_service_names_its_unit_officer_steps_time_and_cost() -> None:
    for service in SERVICES:
        assert service.keys() - {"service_id"} == {
            *("code", "title", "working_days", "unit", "officer", "cost", "documents", "steps")
        }
        assert service["code"].isascii()
        assert 0 < int(service["code"]) < 65_536
        assert 0 <= service["working_days"] <= 30
        assert service["cost"] >= 0
        assert service["unit"]
        assert service["officer"]
        assert service["steps"]
        assert len(set(service["documents"])) == len(service["documents"])
        service_id = service.get("service_id", "10000000")
        assert service_id.isascii()
        assert service_id.isdecimal()
        assert 8 <= len(service_id) <= 17


def test_some_services_are_done_at_once_and_some_ask_for_no_paper() -> None:
    assert {0, 1} <= {service["working_days"] for service in SERVICES}
    assert any(not service["documents"] and service["working_days"] <= 1 for service in SERVICES)


def test_the_renewal_of_a_licence_asks_for_five_papers_and_five_days() -> None:
    (renewal,) = [service for service in SERVICES if service["title"] == "تمدید مجوز فعالیت اقتصادی"]
    assert (renewal["working_days"], renewal["cost"], len(renewal["steps"])) == (5, 1_250_000, 4)
    assert renewal["documents"] == [
        *("اصل مجوز پیشین", "تصویر کارت ملی", "گواهی مفاصاحساب مالیاتی", "اجاره‌نامه یا سند محل", "فرم درخواست امضاشده")
    ]


# --- holidays --------------------------------------------------------------------------------------------------------

BY_DAY = {holiday["day"]: holiday for holiday in HOLIDAYS}


def test_holidays_are_real_days_in_order_with_a_kind() -> None:
    numbers = [day_number(parse_jalali(holiday["day"])) for holiday in HOLIDAYS]
    assert numbers == sorted(set(numbers))
    for holiday in HOLIDAYS:
        assert holiday.keys() == {"day", "title", "kind", "estimated"}
        assert holiday["kind"] in {"official", "local", "emergency"}


def test_the_fixed_solar_holidays_are_listed_and_certain() -> None:
    for year in (1404, 1405, 1406):
        for month, day in FIXED_HOLIDAYS - {(12, 30)}:
            assert not BY_DAY[f"{year}-{month:02}-{day:02}"]["estimated"]


def test_1405_has_the_days_of_the_official_calendar() -> None:
    """25 days by month as the official calendar gives them, and 25 Farvardin (25 Shawwal), still to be confirmed."""
    official = [to_jalali(parse_jalali(d))[1:] for d in BY_DAY if d.startswith("1405") and d != "1405-01-25"]
    assert Counter(month for month, _ in official) == {1: 6, 3: 3, 4: 2, 5: 4, 6: 1, 8: 1, 10: 2, 11: 2, 12: 4}
    assert {
        (3, 6),
        (3, 14),
        (3, 15),
        (4, 3),
        (4, 4),
        (5, 13),
        (5, 21),
        (5, 22),
        (5, 30),
        (6, 8),
        (8, 22),
        (10, 2),
    } <= set(official)
    assert BY_DAY["1405-01-25"]["estimated"]


def test_1404_has_26_official_days_and_an_emergency_week() -> None:
    of_1404 = [holiday for holiday in HOLIDAYS if holiday["day"].startswith("1404")]
    assert sum(holiday["kind"] == "official" for holiday in of_1404) == 26
    emergency = [holiday["day"] for holiday in of_1404 if holiday["kind"] == "emergency"]
    assert emergency == [f"1404-12-{day}" for day in range(10, 17)]


def test_lunar_days_not_yet_sighted_are_marked_as_estimated() -> None:
    for holiday in HOLIDAYS:
        lunar = to_jalali(parse_jalali(holiday["day"]))[1:] not in FIXED_HOLIDAYS
        if holiday["day"] >= "1405-10-16":
            assert holiday["estimated"] == lunar


# --- the office and its people ---------------------------------------------------------------------------------------


def test_the_office_says_that_it_is_a_sample_and_gives_no_address_on_the_web() -> None:
    assert OFFICE["sample"] is True
    assert OFFICE["name"] == "سازمان منطقه آزاد ماکو"
    assert OFFICE["legal_note"] is True
    assert "۰۴۴" in OFFICE["phone"]
    assert OFFICE["complaint"]
    assert "tracking_url" not in OFFICE


def test_the_office_works_from_saturday_to_thursday() -> None:
    assert set(OFFICE["weekdays"]) == {5, 6, 0, 1, 2, 3}
    hours = {int(weekday): tuple(times) for weekday, times in OFFICE["weekday_hours"].items()}
    assert hours.pop(3) == ("07:30", "14:00")
    assert hours == dict.fromkeys((5, 6, 0, 1, 2), ("07:30", "15:00"))


def test_there_are_names_enough_for_a_town() -> None:
    assert NAMES["sample"] is True
    assert len(NAMES["male"]) >= 150
    assert len(NAMES["female"]) >= 150
    assert len(NAMES["family"]) >= 400
    assert "قلی‌زاده" in NAMES["family"]
    for kind in ("male", "female", "family"):
        assert len({search_key(name) for name in NAMES[kind]}) == len(NAMES[kind])
