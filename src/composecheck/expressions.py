"""Regular expressions that are compiled when they are first used.

Python compiles them anew in every process, and of all that the modules of a run have, few are used:
those of one small file took a tenth of its time.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Expression:
    """Looks like a compiled expression, and becomes one when something of that is asked for."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # Python asks only for what is not there yet: from then on, it finds that by itself.
        found = getattr(re.compile(*self.given), name)
        self.__dict__[name] = found
        return found

    def __repr__(self) -> str:
        return repr(re.compile(*self.given))


def expression(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what `re.compile` returns, in use."""
    return cast("re.Pattern[str]", _Expression(pattern, flags))
