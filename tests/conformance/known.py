"""Differences that we know of, each with its cause: mistakes of ours that are not mended yet.

A written case shows each, and the test of that case fails as soon as it is mended: then take the
entry out. In made-up cases the same difference is told by `detail` and `text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conformance.comparison import Kind

if TYPE_CHECKING:
    from tests.conformance.comparison import Difference


@dataclass(frozen=True, slots=True)
class Known:
    """A known difference: the written case that shows it, and how it is told elsewhere.

    `detail` and `text` are patterns; the latter is for the files of the case. `recorded` are other
    cases that show it.
    """

    case: str
    kind: Kind
    cause: str
    detail: str
    text: str = ""
    recorded: tuple[str, ...] = ()

    def covers(self, difference: Difference) -> bool:
        """Tell whether this is the cause of `difference`."""
        return difference.kind is self.kind and (
            difference.case.name in (self.case, *self.recorded)
            or (
                difference.case.origin in _MADE_UP
                and re.search(self.detail, difference.detail) is not None
                and re.search(self.text, difference.case.shown()) is not None
            )
        )


_MADE_UP = ("built", "changed", "slip")

KNOWN = (
    Known(
        "refused/include-secret-empty",
        Kind.MISSED_ERROR,
        "Compose judges an included file by itself, too.",
        detail=r": one of file\|environment",
        text=r"include",
    ),
    Known(
        "refused/include-both-absent",
        Kind.CAUSE_NOT_NAMED,
        "We name the absent file, not its absent env file, too.",
        detail=r"^'stat ",
        text=r"include",
        recorded=("37a1d222156dab32",),
    ),
    Known(
        "accepted/extra-hosts-empty",
        Kind.MODEL_DIFFERS,
        "A host with an empty list leaves `extra_hosts: []`.",
        detail=r"'extra_hosts'\) is only in theirs",
    ),
    Known(
        "accepted/weight-device",
        Kind.MODEL_DIFFERS,
        "The weight of a device is printed even if it is not said.",
        detail=r"'Weight'\) is only in theirs",
    ),
    Known(
        "accepted/provider-options",
        Kind.MODEL_DIFFERS,
        "Options of a provider without a value are not printed.",
        detail=r"'provider', 'options'",
    ),
    Known(
        "accepted/watch-x-initial-sync",
        Kind.MODEL_DIFFERS,
        "`x-initialSync` of a watch rule is an early name of `initial_sync`.",
        detail=r"'initial_sync'",
        recorded=("b00cb267ba559eac",),
    ),
    Known(
        "refused/extends-section-kind",
        Kind.MISSED_ERROR,
        "Compose brings all of a file to extend from into its long form, and fails on the kind.",
        detail=r"^(?:networks|volumes|secrets|configs)\.\S+: must be a mapping",
        text="extends",
    ),
    Known(
        "refused/extends-other-kind",
        Kind.MISSED_ERROR,
        "The same, of its other services.",
        detail=r": invalid type \S+ for ",
        text="extends",
    ),
    Known(
        "refused/build-extra-hosts-extension",
        Kind.MISSED_ERROR,
        "A name that begins with x- becomes a note, which is no host, in a build, too.",
        detail=r"build\.extra_hosts' unexpected value type",
    ),
    Known(
        "accepted/extends-nothing",
        Kind.MODEL_DIFFERS,
        "A service that extends one of which nothing is said keeps its `extends`.",
        detail=r"'extends'\) is only in theirs",
    ),
    Known(
        "refused/watch-x-initial-sync",
        Kind.MISSED_ERROR,
        "The same: its shape is judged.",
        detail=r"initial_sync must be a boolean",
        text="x-initialSync",
    ),
    Known(
        "refused/merge-networks-number",
        Kind.MISSED_ERROR,
        "A list of networks that is laid over another one must be of texts.",
        detail=r"cannot use \w+ as a mapping key",
        recorded=("numbered networks",),
    ),
    Known(
        "accepted/ulimit-extension",
        Kind.MODEL_DIFFERS,
        "A name that begins with x- becomes `#extensions`, among ulimits, too.",
        detail=r"'ulimits', '#extensions'",
        recorded=("ulimits x (c7efd70086e1)",),
    ),
    Known(
        "refused/include-section-null",
        Kind.MISSED_ERROR,
        "Compose falls over an empty section that an included file has, too.",
        detail=r"panic: interface conversion: interface {} is nil, not map",
        text="include",
    ),
)


def cause_of(difference: Difference) -> str | None:
    """Return the known cause of a difference; None if it has none."""
    return next((known.cause for known in KNOWN if known.covers(difference)), None)
