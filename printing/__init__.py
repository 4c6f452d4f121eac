"""From values to paper."""
