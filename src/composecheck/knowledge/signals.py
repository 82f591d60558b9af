"""The signals of Linux: what `stop_signal` may name.

The source is the manual page `signal(7)` of Linux and, for what Docker takes, the package
`signal` of moby (github.com/moby/sys): names in any case, with or without `SIG` before them, the
real-time signals counted from `RTMIN` up and from `RTMAX` down, and numbers above zero. Docker
refuses to create a container with any other.
"""

from __future__ import annotations

PREFIX = "SIG"

_NAMES = """
    ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT
    STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX
"""
_REAL_TIME = (*(f"RTMIN+{n}" for n in range(1, 16)), *(f"RTMAX-{n}" for n in range(1, 15)))
SIGNALS = frozenset((*_NAMES.split(), *_REAL_TIME))

HIGHEST = 64
"""The highest number of a signal."""


def is_signal(name: str) -> bool:
    """Tell whether Docker takes `name`, or a number, for a signal."""
    if name.isdecimal() and name.isascii():
        return 0 < int(name) <= HIGHEST
    return name.upper().removeprefix(PREFIX) in SIGNALS
