"""Blocks that stand on the wrong level: recognised by what is in them, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.schema.indentation import (
    header_indented_too_far,
    indented_too_far,
    indented_too_little,
    indented_under_a_value,
)
from composecheck.schema.misplaced_services import (
    no_service_name,
    no_services_key,
    section_entry_in_services,
    section_in_services,
    service_elsewhere,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composecheck.finding import Finding
    from composecheck.schema.work import Work


def find_misplaced(work: Work) -> Iterator[Finding]:
    """Yield a finding for each block that stands on the wrong level, and claim it."""
    yield from no_services_key(work)
    yield from header_indented_too_far(work)
    yield from section_in_services(work)
    yield from indented_too_little(work)
    yield from service_elsewhere(work)
    yield from section_entry_in_services(work)
    yield from indented_under_a_value(work)
    yield from indented_too_far(work)
    yield from no_service_name(work)
