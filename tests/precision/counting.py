"""How often each rule speaks about published files, and how often it was right when somebody read.

`python -m tests.precision.counting` (`make precision`) counts anew and writes `docs/precision.md`.
The verdicts of those who read stand beside this file: a rule, a file; a finding, a line.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from pathlib import Path

from composecheck import Category, all_rules, check_text
from tests.shared_material import REPOSITORY, corpus

HERE = Path(__file__).resolve().parent
PAGE = REPOSITORY / "docs" / "precision.md"

HEAD = """\
# How often the rules are right

A rule that speaks where nothing is wrong costs more trust than one that misses a slip. So every
rule about what Compose accepts (the categories `runtime` and `upkeep`) is run over {count} Compose
files that were published, and what it finds there is read: twenty findings drawn at random, or all
where there are fewer. Below 95 % right, a rule is narrowed or left out.

These files are ones that people run: mistakes that keep a project from working are rare in them,
and many rules find nothing. A rule with fewer than five hits names in its source what says that
the mistake bites. The verdicts, with their reasons, stand in `tests/precision/`; `make precision`
counts anew where the files are at hand.

Counted on {date}, without any variable set.

| rule | severity | hits | read | right |
|---|---|---|---|---|
"""


def verdicts(rule: str) -> list[dict[str, object]]:
    """Return what was said of the findings of a rule, by those who read them."""
    path = HERE / f"{rule}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def count_hits() -> Counter[str]:
    """Return how many findings each rule has in all files of the corpus."""
    return Counter(finding.rule for file in corpus() for finding in check_text(file.text).findings)


def main() -> None:
    """Count, and write the page."""
    hits = count_hits()
    lines = []
    for rule in all_rules():
        if rule.category not in (Category.RUNTIME, Category.UPKEEP):
            continue
        read = verdicts(rule.name)
        right = sum(bool(row["right"]) for row in read)
        link = f"[{rule.name}](rules/{rule.name}.md)"
        said = f"{len(read)} | {right}" if read else "– | –"
        lines.append(f"| {link} | {rule.severity} | {hits[rule.name]} | {said} |\n")
    today = datetime.date.today().isoformat()
    PAGE.write_text(HEAD.format(count=len(corpus()), date=today) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
