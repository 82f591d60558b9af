"""Characters that no YAML file may have."""

from __future__ import annotations

from composecheck.expressions import expression

FORBIDDEN = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
"""What Compose refuses, measured one by one with v5.6.1: the control characters below U+0020 apart
from tab, line feed and carriage return; U+FFFE, U+FFFF, and halves of surrogate pairs. It takes
U+007F, U+0080 to U+009F, byte order marks in the middle, U+2028, and U+1FFFE and the like."""
