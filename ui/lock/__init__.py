"""The locked screen: what it knows is in the presenter, which has no Qt; the curtain shows it."""
