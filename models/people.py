"""What holds for the people of an office, whoever admits them: names, units, roles, passwords."""

from __future__ import annotations

from models.text import ascii_digits, fold, has_forbidden, search_key

ROLES = ("clerk", "supervisor", "unit_officer", "administrator")
MIN_PASSWORD = 4
MOST_PASSWORD = 1_000
"""Letters; whoever sends more does not mean a password."""


class AdmissionError(Exception):
    """A person could not be admitted or changed: the `field` and a stable `code`."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(field, code)
        self.field = field
        self.code = code


def checked_name(name: str) -> str:
    """The name as it is kept. Raises `AdmissionError`."""
    if has_forbidden(name):
        raise AdmissionError("name", "bad_format")
    name = fold(name)
    if not search_key(name):
        raise AdmissionError("name", "required")
    if len(name) > 100:
        raise AdmissionError("name", "too_long")
    return name


def checked_unit(unit: str) -> str:
    """The unit as it is kept; empty for none. Raises `AdmissionError`."""
    if has_forbidden(unit):
        raise AdmissionError("unit", "bad_format")
    unit = fold(unit)
    if len(unit) > 200:
        raise AdmissionError("unit", "too_long")
    return unit


def check_roles(roles: tuple[str, ...], unit: str) -> None:
    """Raises `AdmissionError` where there is no role, an unknown one, or a unit's officer without a unit."""
    if not roles:
        raise AdmissionError("role", "required")
    if not set(roles) <= set(ROLES):
        raise AdmissionError("role", "bad_format")
    if "unit_officer" in roles and not unit:
        raise AdmissionError("unit", "required")


def ordered(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The known ones among the roles, in the order in which they are always written."""
    return tuple(role for role in ROLES if role in roles)


def verifier_of(password: str) -> str:
    """The verifier of a new password. Raises `AdmissionError` for one that is too short or absurdly long."""
    if len(password) < MIN_PASSWORD:
        raise AdmissionError("password", "required" if not password else "too_short")
    if len(password) > MOST_PASSWORD:
        raise AdmissionError("password", "too_long")
    return hash_password(password)


def hash_password(password: str) -> str:
    """Argon2id's encoded verifier, with the library's RFC 9106 low-memory settings."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(_bytes(password))


def verifies(verifier: str, password: str) -> bool:
    """Whether this is the password; takes as long for a wrong one."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(verifier, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """A terminal may send what is no text; it is a password all the same. A Persian keyboard types Persian digits;
    whoever chose 1234 means them."""
    return ascii_digits(password).encode("utf-8", "surrogatepass")
