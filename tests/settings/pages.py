"""What is written from the code: the settings in their page, and the rules in the schema.

`python -m tests.settings.pages` (part of `make docs`) writes them anew; tests fail when they drift.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from composecheck.rules.ignores import RULES
from composecheck.rules.selection import known_names
from composecheck.settings.keys import KEYS, Key

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PAGE = REPOSITORY / "docs" / "settings.md"
SCHEMA = REPOSITORY / "schemas" / "config.schema.json"

_WRITTEN = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- end of settings -->)", re.DOTALL)
_CATEGORIES = 6  # with `all`


def rule_names() -> list[str]:
    """Return the names of all rules, sorted, those about comments included."""
    about_comments = [function.__dict__["composecheck_rule"][0] for function in RULES]
    return sorted({*known_names()[_CATEGORIES:], *about_comments})


def schema() -> dict[str, Any]:
    """Return the schema as it must be."""
    written: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    written["$defs"]["rule"]["enum"] = rule_names()
    return written


def schema_text() -> str:
    """Return the text of the schema as it must be."""
    return f"{json.dumps(schema(), indent=2, ensure_ascii=False)}\n"


def page_text() -> str:
    """Return the text of the page as it must be."""
    sections = "\n".join(_section(key) for key in KEYS)
    return _WRITTEN.sub(lambda _: f"\n{sections}\n", PAGE.read_text(encoding="utf-8"))


def _section(key: Key) -> str:
    flags = " and ".join(f"`{flag}`" for flag in key.flags)
    lines = [f"- takes: {key.kind.value}", f"- default: {key.default}"]
    if flags:
        lines.append(f"- on the command line: {flags}")
    listed = "\n".join(lines)
    return f"### `{key.name}`\n\n{key.meaning}\n\n{listed}\n\n```toml\n{key.example}```\n"


def main() -> None:
    """Write both anew."""
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    PAGE.write_text(page_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
