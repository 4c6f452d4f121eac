"""`./run faults`: many runs in which things go wrong, and what was lost in them: nothing."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000, help="how many runs there are in all")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other faults")
    parser.add_argument("--only", type=int, help="this run alone, once more")
    parser.add_argument("--failover", action="store_true", help="PostgreSQL with a standby, and its server is killed")
    parser.add_argument(
        "--kept", type=Path, default=Path("build/faults"), help="where results and failed runs are left"
    )
    said = parser.parse_args()
    from tests.system.faults.series import series

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))
    try:
        return 0 if series(said.runs, said.seed, said.kept, said.only, failover=said.failover) else 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
