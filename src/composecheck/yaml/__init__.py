"""Text → Document: a tree that loses nothing.

The text is the truth and the tree points into it: see `document`, and `nodes` for the tree.
"""

from __future__ import annotations

from composecheck.yaml.document import Document, load

__all__ = ["Document", "load"]
