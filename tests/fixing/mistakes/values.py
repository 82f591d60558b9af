"""Values that are written otherwise than Compose reads them: units, known words, forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.yaml.nodes import Scalar, Sequence, Style
from tests.fixing.mistakes.file import is_quoted
from tests.fixing.mistakes.mistake import Change, Slip
from tests.fixing.mistakes.nearness import is_nearest, slip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.fixing.mistakes.file import File, Place

_TIMES = frozenset(("interval", "timeout", "start_period", "start_interval", "stop_grace_period"))
_SIZES = frozenset(("mem_limit", "mem_reservation", "memswap_limit", "shm_size", "memory"))
_WORDS_OF_UNITS = {
    "s": (" s", "sec", "secs", " seconds", "seconds"),
    "m": (" m", "min", " minutes"),
    "h": (" h", " hours"),
}
_RESTARTS = ("no", "always", "on-failure", "unless-stopped")
_KNOWN = {
    "condition": ("service_started", "service_healthy", "service_completed_successfully"),
    "pull_policy": ("always", "never", "build", "if_not_present", "missing", "refresh", "daily"),
    "restart": _RESTARTS,
}


def _values(file: File, keys: frozenset[str]) -> Iterator[tuple[Place, str, int]]:
    """Yield the values of these keys in services, what is in their quotes, and where it starts."""
    for place in file.places:
        node = place.node
        if place.name not in keys or place.path[0] != "services":
            continue
        if isinstance(node, Scalar) and not node.style.is_block and node.properties is None:
            quote = int(is_quoted(node))
            yield place, file.text[node.start + quote : node.end - quote], node.start + quote


def _written(place: Place, at: int, old: str, new: str, *, is_exact: bool) -> Slip:
    return Slip((Change(at, at + len(old), new),), is_exact, (place.path,), is_refused=True)


def no_unit_of_time(file: File, random: Random) -> Iterator[Slip]:
    for place, text, at in _values(file, _TIMES):
        match = re.fullmatch(r"([1-9][0-9]*)(s|m|h)", text)
        if match:
            # Without a unit people mean seconds.
            yield _written(place, at, text, match[1], is_exact=match[2] == "s")


def word_for_unit_of_time(file: File, random: Random) -> Iterator[Slip]:
    for place, text, at in _values(file, _TIMES):
        match = re.fullmatch(r"([1-9][0-9]*)(s|m|h)", text)
        if match:
            word = random.choice(_WORDS_OF_UNITS[match[2]])
            yield _written(place, at, text, match[1] + word, is_exact=True)


def no_unit_of_size(file: File, random: Random) -> Iterator[Slip]:
    """Leave a number alone, which is bytes to Compose: that something is missing is not seen."""
    for place, text, at in _values(file, _SIZES):
        match = re.fullmatch(r"([1-9][0-9]*)[kKmMgG][bB]?", text)
        if match:
            change = Change(at, at + len(text), match[1])
            yield Slip((change,), False, (place.path,), is_refused=None)


def size_of_kubernetes(file: File, random: Random) -> Iterator[Slip]:
    for place, text, at in _values(file, _SIZES):
        match = re.fullmatch(r"([1-9][0-9]*)([kmgKMG])", text)
        if match:
            new = f"{match[1]}{match[2].upper()}i"
            yield _written(place, at, text, new, is_exact=match[2].islower())


def processors_of_kubernetes(file: File, random: Random) -> Iterator[Slip]:
    for place, text, at in _values(file, frozenset(("cpus",))):
        match = re.fullmatch(r"0\.([1-9][0-9]?)", text)
        if match and not match[1].endswith("0"):
            new = f"{match[1].ljust(3, '0')}m"
            yield _written(place, at, text, new, is_exact=is_quoted(place.node))


def known_word_misspelt(file: File, random: Random) -> Iterator[Slip]:
    for place, text, at in _values(file, frozenset(_KNOWN)):
        known = _KNOWN[place.name]
        new = slip(text, random) if text in known and len(text) > 2 else text
        if new != text and new not in known:
            change = Change(at, at + len(text), new)
            is_exact = is_nearest(new, text, known)
            # `config` takes any text behind restart; only the start of the container fails.
            is_refused = None if place.name == "restart" else True
            yield Slip((change,), is_exact, (place.path,), is_refused)


def known_word_with_capital(file: File, random: Random) -> Iterator[Slip]:
    for place, text, at in _values(file, frozenset(_KNOWN)):
        if text in _KNOWN[place.name] and text != "no":
            change = Change(at, at + len(text), random.choice((text.capitalize(), text.upper())))
            is_refused = None if place.name == "restart" else True
            yield Slip((change,), True, (place.path,), is_refused)


def another_joint_in_known_word(file: File, random: Random) -> Iterator[Slip]:
    for place, text, at in _values(file, frozenset(_KNOWN)):
        if text in _KNOWN[place.name] and ("_" in text or "-" in text):
            change = Change(at, at + len(text), text.translate(str.maketrans("_-", "-_")))
            is_refused = None if place.name == "restart" else True
            yield Slip((change,), True, (place.path,), is_refused)


def test_without_cmd(file: File, random: Random) -> Iterator[Slip]:
    """Leave `"CMD", ` out of the test of a healthcheck."""
    for place in file.places:
        node = place.node
        if place.path[2:] != ("healthcheck", "test") or not isinstance(node, Sequence):
            continue
        if node.is_flow and len(node.items) > 2 and getattr(node.items[0], "text", "") == "CMD":
            change = Change(node.items[0].start, node.items[1].start, "")
            yield Slip((change,), True, (place.path,), is_refused=True)


def shell_line_behind_cmd(file: File, random: Random) -> Iterator[Slip]:
    """Write `["CMD", "a b"]` for `["CMD-SHELL", "a b"]`: nothing is called `a b`."""
    for place in file.places:
        node = place.node
        if place.path[2:] != ("healthcheck", "test") or not isinstance(node, Sequence):
            continue
        parts = [item for item in node.items if isinstance(item, Scalar)]
        if len(parts) == 2 == len(node.items) and parts[0].text == "CMD-SHELL":
            dash = file.text.index("-SHELL", parts[0].start)
            if " " in parts[1].text:
                change = Change(dash, dash + len("-SHELL"), "")
                yield Slip((change,), True, (place.path,), is_refused=False)


def break_at_the_end_of_text(file: File, random: Random) -> Iterator[Slip]:
    """Write `|` for `|-`: with one word in a variable, nobody means the line break."""
    for place in file.places:
        node = place.node
        if not isinstance(node, Scalar) or node.style is not Style.LITERAL or node.properties:
            continue
        if file.text.startswith("|-", node.start) and "environment" in place.path:
            change = Change(node.start + 1, node.start + 2, "")
            is_exact = len(node.text.split()) == 1
            yield Slip((change,), is_exact, (place.path,), is_refused=False)


SLIPS = {
    "value: no unit of time": no_unit_of_time,
    "value: word for a unit of time": word_for_unit_of_time,
    "value: no unit of size": no_unit_of_size,
    "value: size as in Kubernetes": size_of_kubernetes,
    "value: processors as in Kubernetes": processors_of_kubernetes,
    "value: known word misspelt": known_word_misspelt,
    "value: known word with capitals": known_word_with_capital,
    "value: known word, - for _": another_joint_in_known_word,
    "value: healthcheck test without CMD": test_without_cmd,
    "value: shell line behind CMD": shell_line_behind_cmd,
    "value: | for |-": break_at_the_end_of_text,
}
