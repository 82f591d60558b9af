"""`python -m composecheck` is the command `composecheck`."""

from __future__ import annotations

import sys

from composecheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
