"""Text from a file, made fit for a terminal: nothing invisible, nothing that steers it.

Control characters, invisible ones, those that turn the direction of writing, and bytes that are
no text are shown as backslash escapes. What remains has a width that every terminal agrees on.
"""

from __future__ import annotations

import unicodedata

# They are letters, but look like nothing.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")

# What changes the look of the emoji before it: joiner, variation selectors, skin tones. Terminals
# do not agree on how wide the result is; left out, the emoji has the width it has alone.
_EMOJI_MODIFIERS = frozenset("\u200d\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")

_OTHER_EMOJI = frozenset("‼⁉ℹ")

_SHORT_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def visible(text: str) -> str:
    """Return `text` as one line in which every character can be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(visible_characters(text))


def visible_characters(text: str, tab: str = r"\t") -> list[str]:
    """Return what to show for each character of `text`; `tab` is what to show for a tab.

    An item is empty where nothing is to be shown.
    """
    shown = []
    after_emoji = False
    for character in text:
        if after_emoji and character in _EMOJI_MODIFIERS:
            shown.append("")
            continue
        after_emoji = unicodedata.category(character) in ("So", "Sm") or character in _OTHER_EMOJI
        if character == "\t":
            shown.append(tab)
        elif _can_be_seen(character):
            shown.append(character)
        else:
            shown.append(_escape(character))
    return shown


def _can_be_seen(character: str) -> bool:
    return (
        character.isprintable()
        and character not in _BLANK_LETTERS
        and character not in _EMOJI_MODIFIERS
    )


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if 0xDC80 <= code <= 0xDCFF:  # how Source carries a byte that is no text
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\U{code:08x}"
