"""Looks for YAML that we read otherwise than Compose: `python -m tests.yaml.search [COUNT [SEED]]`.

Random texts, well-formed ones and shreds, are given to the real program and to ours; each that they
do not agree on is printed. No part of the normal tests, since it takes some 30 ms a text; what it
finds becomes a row in one of them.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.yaml.generated import Writer
from tests.yaml.reading import SERVICES, read
from tests.yaml.real_compose import REFUSED_AS_YAML, extensions, extensions_in_compose

if TYPE_CHECKING:
    from composecheck.yaml import Document

_SHREDS = (
    *(
        "a",
        "b",
        "'c'",
        '"d"',
        ":",
        ": ",
        ",",
        ",",
        "[",
        "]",
        "{",
        "}",
        "- ",
        "-",
        "?",
        "? ",
        "#",
        " #c",
    ),
    *(
        "\n",
        "\n  ",
        "\n ",
        "\n    ",
        " ",
        "\t",
        "\r\n",
        "\r",
        "\u2028",
        "\x85",
        "&x ",
        "*x",
        "&x",
        "&a.b ",
    ),
    *(
        "!t ",
        "!!str ",
        "!",
        "!reset ",
        "!override ",
        "!!int ",
        "!<x> ",
        "1",
        "0",
        "~",
        "null",
        "<<: ",
    ),
    *(
        "|",
        "|-\n   ",
        "|+\n   ",
        ">\n   ",
        ">-\n   ",
        "<<",
        "<<: *x",
        "http://x",
        "80:80",
        "%",
        "@",
        "`",
    ),
    *(
        '"',
        "'",
        "\\",
        "\\'",
        "---\n",
        "...\n",
        "--- ",
        "k: ",
        "m: ",
        "x:\n  ",
        "é",
        "\U0001f600",
        "\ufeff",
    ),
    *("\nx-m: ", "=", "*", "&", ".", "%TAG ! x\n", "\x7f", "*a.b"),
)
_FRAMES = (
    *(SERVICES + "x-l: {}\n",) * 3,
    *(SERVICES + "x-l: [{}]\n",) * 2,
    SERVICES + "x-l: {{{}}}\n",
    SERVICES + "x-l: &x {{a: b}}\nx-m: {}\n",
    SERVICES + "x-l:\n  {}\n",
    "{}\n" + SERVICES,
    SERVICES + "{}",
    SERVICES + 'x-l: "{}"\n',
)

_IS_KNOWN = re.compile("cycle detected: node|panic: |internal error: path")
"""What Compose says where we know that it sees more than we: see `test_structure.NOT_SEEN`."""


def shreds(random: Random) -> str:
    """Return a text that is mostly no YAML."""
    value = "".join(random.choice(_SHREDS) for _ in range(random.randint(1, 9)))
    return random.choice(_FRAMES).format(value)


def well_formed(random: Random) -> str:
    """Return a text that is YAML."""
    writer = Writer(random)
    writer.text = f"{SERVICES}x-l:\n  "
    writer._block(2, 3)
    return writer.text


def difference(text: str) -> str | None:
    """Return in what way we disagree with Compose on a text, or None."""
    with tempfile.TemporaryDirectory() as folder:
        theirs = extensions_in_compose(text, Path(folder))
    document = read(text)
    if isinstance(theirs, str):
        if document.findings or document.refusal:
            return None
        if _IS_KNOWN.search(theirs) or not REFUSED_AS_YAML.search(theirs):
            return None
        return f"only Compose refuses it: {theirs.strip()[-200:]}"
    if document.findings:
        return f"only we refuse it: {document.findings[0].text}"
    return None if document.refusal else _different_values(document, theirs)


def _different_values(document: Document, theirs: object) -> str | None:
    ours = extensions(document)
    return None if ours == theirs else f"ours: {ours}\ntheirs: {theirs}"


def main(count: int = 1000, seed: int = 0) -> None:
    """Try `count` texts."""
    random = Random(seed)
    texts = [random.choice((shreds, shreds, well_formed))(random) for _ in range(count)]
    found = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for text, disagreement in zip(texts, pool.map(difference, texts), strict=True):
            if disagreement:
                found += 1
                print(f"{text!r}\n{disagreement}\n")
    print(f"{count} texts, {found} differences")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
