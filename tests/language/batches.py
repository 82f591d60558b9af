"""What the tests of single values share: many refused ones in one call, and unknown parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composecheck.language.traced import Traced, trace
from composecheck.language.variables import interpolate, read_variables
from tests.language.services import ask_about_services

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from composecheck.yaml.nodes import Scalar


def refused_by_compose(lines: list[str], folder: Path) -> list[str]:
    """Return those of `lines` that the real program names as wrong, asked about all at once.

    It names all that it refuses while it replaces variables, or while it makes typed values; what
    it refuses at other stages needs a call for each.
    """
    answer = ask_about_services(lines, folder)
    assert answer.returncode == 1, answer.stderr
    named = {int(number) for number in re.findall(r"services[.\[]s([0-9]+)\b", answer.stderr)}
    return [line for index, line in enumerate(lines) if index in named]


def with_unknown_part(text: str) -> Iterator[str]:
    """Yield what could be `text`: with a variable in the place of each part of it."""
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            yield f"{text[:start]}${{A}}{text[end:]}"


def corpus_text(scalar: Scalar) -> Traced:
    """Return the text of `scalar` as Compose made it for the models of the corpus."""
    template = read_variables(trace(scalar))
    return interpolate(template, {"COMPOSE_PROJECT_NAME": "proj"}, unset_is_blank=True).value
