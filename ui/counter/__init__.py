"""The counter: one page on which a visit is registered. What it knows is in the presenter, which has no Qt."""
