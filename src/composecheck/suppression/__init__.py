"""What comments in a file silence: `# composecheck: ignore[rule] -- reason`."""

from __future__ import annotations

from composecheck.suppression.adding import add_ignores
from composecheck.suppression.applying import Outcome, Suppressed, apply

__all__ = ["Outcome", "Suppressed", "add_ignores", "apply"]
