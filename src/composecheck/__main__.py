"""`python -m composecheck` is the command `composecheck`."""

from __future__ import annotations

from composecheck.cli import command

if __name__ == "__main__":
    command()
