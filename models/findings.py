"""What a check finds."""

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it should be: a stable name, and where. Never personal data."""

    finding: str
    detail: str
