"""The page on which somebody signs in. What it knows is in the presenter, which has no Qt."""
