"""Explains what is wrong with a file that is no YAML, or no YAML that Compose takes.

The loader calls these functions: `explain_unreadable` for characters that no YAML has,
`explain_syntax` when the parser gives up, `find_template` when anything is wrong, the others for
what it finds while it builds the tree. Each returns findings on the mistaken characters, with what
to write instead. `RULES` has one function for each rule; its docstring documents the rule.

What explains mistakes is imported on first use: a file without any does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.yaml.mistakes.problem import SyntaxProblem

if TYPE_CHECKING:
    from composecheck.yaml.mistakes.aliases import alias_of_itself, bad_merge, undefined_alias
    from composecheck.yaml.mistakes.catalogue import RULES
    from composecheck.yaml.mistakes.documents import unsupported_version
    from composecheck.yaml.mistakes.duplicates import remedy_of_duplicate
    from composecheck.yaml.mistakes.keys import complex_key, duplicate_key, key_not_text
    from composecheck.yaml.mistakes.syntax import explain_syntax
    from composecheck.yaml.mistakes.templates import find_template
    from composecheck.yaml.mistakes.unreadable import explain_unreadable
    from composecheck.yaml.mistakes.values import bad_tag_value, too_many_nodes

__all__ = [
    "RULES",
    "SyntaxProblem",
    "alias_of_itself",
    "bad_merge",
    "bad_tag_value",
    "complex_key",
    "duplicate_key",
    "explain_syntax",
    "explain_unreadable",
    "find_template",
    "key_not_text",
    "remedy_of_duplicate",
    "too_many_nodes",
    "undefined_alias",
    "unsupported_version",
]

_HOMES = {
    "RULES": "catalogue",
    "alias_of_itself": "aliases",
    "bad_merge": "aliases",
    "bad_tag_value": "values",
    "complex_key": "keys",
    "duplicate_key": "keys",
    "explain_syntax": "syntax",
    "explain_unreadable": "unreadable",
    "find_template": "templates",
    "key_not_text": "keys",
    "remedy_of_duplicate": "duplicates",
    "too_many_nodes": "values",
    "undefined_alias": "aliases",
    "unsupported_version": "documents",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
