"""What is wrong with a command line, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.expressions import expression
from composecheck.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typer

_CHOICE = expression(r"'(?P<value>[^']*)' is not one of (?P<known>'.*')")


def in_words(error: typer.TyperException) -> str:
    """Say in whole sentences what typer refuses, and what may be meant instead."""
    context = getattr(error, "ctx", None)
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    name = getattr(error, "option_name", None)
    choice = _CHOICE.search(message)
    if choice is not None:
        option = getattr(getattr(error, "param", None), "opts", [""])[-1]
        known = re.findall(r"'([^']*)'", choice["known"])
        hint = _meant(choice["value"], known) or f"There are {_listed(known)}."
        return f'"{option} {choice["value"]}" is not possible. {hint}'
    if hasattr(error, "possibilities") and name and context is not None:
        known = [option for param in context.command.params for option in param.opts]
        hint = _meant(name, known) or f'"{context.command_path} --help" lists the options.'
        return f'There is no option "{name}". {hint}'
    if "No such command" in message and context is not None:
        name = message.split("'")[1]
        hint = _meant(name, list(context.command.commands)) or (
            f"There are {_listed(context.command.commands)}."
        )
        return f'There is no command "{name}". {hint}'
    if message.startswith("Missing argument") and context is not None:
        what = message.split("'")[1]
        return f'"{context.command_path}" needs a {what}.'
    return message.replace("'", '"')


def _meant(name: str, known: list[str]) -> str:
    near = " or ".join(f'"{suggestion}"' for suggestion in nearest(name, known))
    return f"Is {near} meant?" if near else ""


def _listed(names: Iterable[str]) -> str:
    *first, last = (f'"{name}"' for name in names)
    return f"{', '.join(first)} and {last}" if first else last
