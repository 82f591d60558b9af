"""The rules of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.mistakes.aliases import alias_of_itself, bad_merge, undefined_alias
from composecheck.yaml.mistakes.blanks import no_break_space
from composecheck.yaml.mistakes.documents import merge_conflicts, unsupported_version
from composecheck.yaml.mistakes.keys import complex_key, duplicate_key, key_not_text
from composecheck.yaml.mistakes.search import LINE_RULES
from composecheck.yaml.mistakes.syntax import syntax_error
from composecheck.yaml.mistakes.tabs import tabs
from composecheck.yaml.mistakes.unreadable import control_characters, wrong_encoding
from composecheck.yaml.mistakes.values import bad_tag_value, too_many_nodes

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

RULES: tuple[Callable[..., Any], ...] = (
    wrong_encoding,
    control_characters,
    merge_conflicts,
    tabs,
    no_break_space,
    *LINE_RULES,
    syntax_error,
    duplicate_key,
    undefined_alias,
    alias_of_itself,
    complex_key,
    key_not_text,
    bad_merge,
    bad_tag_value,
    unsupported_version,
    too_many_nodes,
)
"""One function for each rule of this package; its docstring documents the rule."""
