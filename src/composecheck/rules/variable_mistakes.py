"""What is wrong with a `${…}` that Compose cannot read, in words, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.finding import Safety
from composecheck.language.variables import Fault
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from composecheck.language.variables import InvalidVariable


class Explanation(Struct, frozen=True):
    """What is wrong with a `${…}`: a clause, what to write, and that itself if it is certain."""

    clause: str
    remedy: str
    text: str | None = None
    safety: Safety = Safety.SAFE


_LITERAL = 'If the text is meant as it stands, write "$$" for "$".'
_FOR_A_SHELL = (
    'If a shell in the container is to read it, write "$$" for "$"; else write what it comes to.'
)
_SUBSTRING = expression(r":\s*-?[0-9]+:-?[0-9]+")
_WITH_ARGUMENT = expression(r":?[-+?]")


def explain(invalid: InvalidVariable) -> Explanation:
    """Say what is wrong with a `${…}` that Compose cannot read."""
    text, name = quoted(invalid.text), invalid.name
    match invalid.fault:
        case Fault.EMPTY:
            return Explanation(
                f"{text} names no variable",
                f'Write a name between the braces, such as "${{TAG}}". {_LITERAL}',
            )
        case Fault.UNCLOSED:
            return _explain_unclosed(invalid)
        case Fault.SPACES:
            inner = f"${{{invalid.text[2:-1].strip()}}}"
            return Explanation(
                f"Blanks stand inside the braces of {text}", f"Write {quoted(inner)}.", inner
            )
        case Fault.OPERATOR:
            return _explain_operator(invalid)
        case Fault.LINE_BREAK:
            return Explanation(
                f"The braces of {text} do not close on the line on which they open",
                "Write all of it on one line.",
            )
    return Explanation(
        f"{quoted(invalid.text[2:-1])} is no name of a variable: a name has letters, digits and"
        ' "_" only, and begins with no digit'
        if name or not invalid.text.startswith("${${")
        else f"A variable cannot be named by another one, as in {text}",
        f"Correct the name. {_LITERAL}",
    )


def _explain_unclosed(invalid: InvalidVariable) -> Explanation:
    text, name = quoted(invalid.text), invalid.name
    closed = f"{invalid.text}}}"
    is_name_alone = invalid.text == f"${{{name}" and name != ""
    behind = invalid.text.removeprefix(f"${{{name}")
    if not is_name_alone and not (name and _WITH_ARGUMENT.match(behind)):
        closed = ""
    return Explanation(
        f'The "}}" is missing behind {text}' if name else f'{text} has no name and no "}}"',
        f"Write {quoted(closed)}. {_LITERAL}" if closed else f'Write the "}}". {_LITERAL}',
        closed or None,
        Safety.SAFE if is_name_alone else Safety.UNSAFE,
    )


def _explain_operator(invalid: InvalidVariable) -> Explanation:
    text, name = quoted(invalid.text), invalid.name
    behind = invalid.text[2:-1].removeprefix(name)
    if not name or not invalid.text.startswith(f"${{{name}"):
        return Explanation(f"{text} is something that a shell knows, not Compose", _FOR_A_SHELL)
    if behind.startswith((":=", "=")):
        operator, sign = (":=", ":-") if behind.startswith(":") else ("=", "-")
        right = f"${{{name}{sign}{behind[len(operator) :]}}}"
        return Explanation(
            f'Compose does not know the "{operator}" in {text}; a default stands behind "{sign}"',
            f"Write {quoted(right)}.",
            right,
        )
    if behind == ":":
        right = f"${{{name}:-}}"
        return Explanation(
            f'Nothing stands behind the colon in {text}, where Compose expects "-" and a default',
            f"Write {quoted(f'${{{name}}}')}, or {quoted(right)} to put nothing in its place.",
            right,
        )
    if _SUBSTRING.fullmatch(behind):
        return Explanation(f"{text} is something that a shell knows, not Compose", _FOR_A_SHELL)
    if behind.startswith(":"):
        right = f"${{{name}:-{behind[1:]}}}"
        return Explanation(
            f'The "-" is missing behind the colon in {text}',
            f'Write {quoted(right)}: what stands behind ":-" is the default.',
            right,
        )
    return Explanation(f"{text} is something that a shell knows, not Compose", _FOR_A_SHELL)
