"""The settings: this window's look, its lock, the desk's printers. What they know is in the presenter, without Qt."""
