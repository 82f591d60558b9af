"""The report for programs that read line by line: one finding a line, as in the JSON report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from composecheck.report.json_report import finding_object

if TYPE_CHECKING:
    from composecheck.check import Report


def render(report: Report) -> str:
    """Return a line of JSON in ASCII for each finding, and nothing where there is none.

    Every line has the same form, `#/$defs/finding` of `schemas/report.schema.json`: there is no
    line at the end that a reader would have to tell from the others. What could not be checked is
    said on standard error and by the exit status.
    """
    return "".join(f"{json.dumps(finding_object(finding))}\n" for finding in report.findings)
