#!/usr/bin/env python3
"""The one door: parses the command line, then calls app/ or opens ui/. No logic."""

import sys

from app.cli.door import enter

if __name__ == "__main__":
    sys.exit(enter(sys.argv[1:]))
