"""Numbers that stand for the centre itself in what it shares with its desks."""

ORGANISATION = 0
"""The feed that all offices share: people, services, holidays."""
CENTRE = 0
"""The desk number under which the centre writes."""
LAST_NUMBER = 4_999
"""The highest number that the centre gives. Those above are for desks that named themselves; more desks than this take
several centres."""
