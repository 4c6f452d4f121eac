"""Made-up people, the same for the same seed: for the demo, for tests and for measuring at the size of ten years."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Any

import msgspec

from models.identity import national_number_check_digit
from resources.paths import SAMPLE

LOCAL_PREFIXES = ("282", "283", "492", "640", "291", "279", "280")
"""First digits of national numbers issued in Maku, Poldasht, Shot, Chaldoran and Khoy."""

MOBILE_PREFIXES = ("0914", "0914", "0914", "0910", "0935", "0936", "0901", "0921")
_STRIDE = 617_411
"""Coprime to a million: walks through every six-digit number once, so that no number is given twice."""


def made_up_people(seed: int = 1405) -> Iterator[dict[str, Any]]:
    """`client` objects of visits, without end up to seven million; names come as often as they do among people."""
    draw = random.Random(seed)  # noqa: S311  # made-up people need no secrecy
    male, female, family = (_Names(kind) for kind in ("male", "female", "family"))
    for n in range(len(LOCAL_PREFIXES) * 1_000_000):
        given = male if draw.random() < 0.55 else female
        yield {
            "kind": "person",
            "national_number": _national_number(n),
            "given_name": given.one(draw),
            "family_name": family.one(draw),
            "father_name": male.one(draw),
            "birth_date": f"{draw.randint(1320, 1386)}-{draw.randint(1, 12):02}-{draw.randint(1, 29):02}",
            "mobile": f"{draw.choice(MOBILE_PREFIXES)}{draw.randrange(10_000_000):07}",
        }


def _national_number(n: int) -> str:
    digits = f"{LOCAL_PREFIXES[n % len(LOCAL_PREFIXES)]}{n // len(LOCAL_PREFIXES) * _STRIDE % 1_000_000:06}"
    return digits + national_number_check_digit(digits)


class _Names:
    """Names of one kind; the n-th is drawn about 1/(n+3) as often as the first."""

    def __init__(self, kind: str) -> None:
        self._names = _sheet()[kind]
        self._weights = list(accumulate(1 / (n + 3) for n in range(len(self._names))))

    def one(self, draw: random.Random) -> str:
        name: str = draw.choices(self._names, cum_weights=self._weights)[0]
        return name


@cache
def _sheet() -> dict[str, list[str]]:
    sheet: dict[str, list[str]] = msgspec.json.decode((SAMPLE / "names.json").read_bytes())
    return sheet
