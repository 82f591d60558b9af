"""The slips of docs/comparison.md: files with one mistake each, and which tool tells it.

What others say was measured on 24 November 2026, with the versions that the page names. What we say
is asked anew each time the page is written (`make docs`).
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from unittest.mock import patch

from composecheck.check import check
from tests.shared_material import REPOSITORY

PAGE = REPOSITORY / "docs" / "comparison.md"

Told = Literal["yes", "partly", "no"]
"""`yes`: names what is wrong, and where. `partly`: there is a message, without one of the two."""

OTHERS = ("docker compose", "dclint", "compose-lint", "check-jsonschema", "yamllint")

_WRITTEN = re.compile(r"(?<=<!-- slips -->\n).*?(?=<!-- end of slips -->)", re.DOTALL)
_MARKS: dict[str, Told] = {"Y": "yes", "P": "partly", "-": "no"}


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake: how it reads in the table, the file, and which line of it is wrong (from 1).

    `said` is what a message must have in it to name what is wrong. `others` has a letter for each
    of OTHERS: yes (Y), partly (P) or no (-).
    """

    title: str
    text: str
    line: int
    said: str
    others: str
    files: dict[str, str] = field(default_factory=dict)


def _service(*lines: str, name: str = "web") -> str:
    return f"services:\n  {name}:\n    image: nginx\n" + "".join(f"    {line}\n" for line in lines)


_DB = "  db:\n    image: postgres\n"

SLIPS = (
    Slip(
        "a key is misspelt (`enviroment`)", _service("enviroment: {A: b}"), 4, "enviroment", "PP-Y-"
    ),
    Slip("a port is none (`80800:80`)", _service('ports: ["80800:80"]'), 4, "80800", "P----"),
    Slip("a volume is not defined", _service("volumes: [data:/data]"), 4, "data", "Y----"),
    Slip(
        "a folder lacks its `./` (`data/:/data`)",
        _service("volumes: [data/:/data]"),
        4,
        "data/",
        "P----",
    ),
    Slip(
        "a target lacks its `/` (`./x:var/lib`)",
        _service("volumes: [./x:var/lib]"),
        4,
        "var/lib",
        "-----",
    ),
    Slip(
        "`depends_on` names no service",
        _service("depends_on: [databse]") + _DB,
        4,
        "databse",
        "Y----",
    ),
    Slip(
        "services wait for each other",
        "services:\n  a:\n    image: nginx\n    depends_on: [b]\n"
        "  b:\n    image: nginx\n    depends_on: [a]\n",
        4,
        "b",
        "Y----",
    ),
    Slip(
        "two services publish one port",
        _service('ports: ["8080:80"]') + '  two:\n    image: nginx\n    ports: ["8080:81"]\n',
        7,
        "8080",
        "-Y---",
    ),
    Slip(
        "a value begins with a blank (`A= b`)",
        _service("environment:", '  - "A= b"'),
        5,
        "A",
        "-----",
    ),
    Slip("a key is there twice", _service("image: httpd"), 4, "image", "YPYYY"),
    Slip("a tab in the indentation", "services:\n  web:\n\timage: nginx\n", 3, "tab", "PPYYY"),
    Slip("a network is not defined", _service("networks: [backend]"), 4, "backend", "Y----"),
    Slip(
        "a restart policy is misspelt (`allways`)",
        _service("restart: allways"),
        4,
        "allways",
        "-----",
    ),
    Slip(
        "a condition is misspelt (`service_healty`)",
        _service("depends_on:", "  db:", "    condition: service_healty") + _DB,
        6,
        "service_healty",
        "YP-Y-",
    ),
    Slip(
        "waits for health that nobody checks",
        _service("depends_on:", "  db:", "    condition: service_healthy")
        + "  db:\n    image: postgres\n",
        6,
        "health",
        "-----",
    ),
    Slip("a size has no such unit (`512megs`)", _service("mem_limit: 512megs"), 4, "megs", "Y----"),
    Slip(
        'a duration has no unit (`"30"`)',
        _service("healthcheck:", "  test: [CMD, x]", '  interval: "30"'),
        6,
        "30",
        "Y----",
    ),
    Slip(
        "a duration is a number (`30`)",
        _service("healthcheck:", "  test: [CMD, x]", "  interval: 30"),
        6,
        "30",
        "YP-Y-",
    ),
    Slip(
        "a variable is not closed (`${FOO`)",
        "services:\n  web:\n    image: nginx:${FOO\n",
        3,
        "${FOO",
        "P----",
    ),
    Slip(
        "a variable is not set (`$FOO`)",
        "services:\n  web:\n    image: nginx:$FOO\n",
        3,
        "FOO",
        "P----",
    ),
    Slip(
        "`test` of a health check lacks `CMD`",
        _service("healthcheck:", '  test: ["curl", "localhost"]'),
        5,
        "CMD",
        "P----",
    ),
    Slip(
        "`service:` in place of `services:`",
        "service:\n  web:\n    image: nginx\n",
        1,
        "service",
        "YPPY-",
    ),
    Slip(
        "`build.target` is not in the Dockerfile",
        "services:\n  web:\n    build:\n      context: .\n      target: prod\n",
        5,
        "prod",
        "-----",
        {"Dockerfile": "FROM nginx AS base\n"},
    ),
    Slip(
        "an `env_file` does not exist", _service("env_file: missing.env"), 4, "missing.env", "Y-Y--"
    ),
)


def ours(slip: Slip) -> Told:
    """Return what `composecheck check` tells of a slip."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"compose.yaml": slip.text, **slip.files}.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        with contextlib.chdir(folder), patch.dict(os.environ, clear=True):
            findings = check().findings
    for finding in findings:
        line = finding.source.position(finding.span.start).line
        if line == slip.line and slip.said in finding.text:
            return "yes"
    return "partly" if findings else "no"


def table() -> str:
    """Return the table of all slips, with a last row that counts."""
    rows = [(slip.title, ours(slip), *(_MARKS[mark] for mark in slip.others)) for slip in SLIPS]
    head = ("one slip in the file", "composecheck", *OTHERS)
    counts = (str(sum(row[column] != "no" for row in rows)) for column in range(1, len(OTHERS) + 2))
    lines = [head, ("---",) * len(head), *rows, (f"**told, of {len(rows)}**", *counts)]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def page_text() -> str:
    """Return the text of the page as it must be."""
    return _WRITTEN.sub(lambda _: table(), PAGE.read_text(encoding="utf-8"))


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
