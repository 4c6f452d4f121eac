"""Numbers that stand for the centre itself in what it shares with its desks."""

ORGANISATION = 0
"""The feed that all offices share: people, services, holidays."""
CENTRE = 0
"""The desk number under which the centre writes."""
