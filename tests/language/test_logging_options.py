"""Where a container's output goes: read as Compose does it, which is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.language.logging_options import read_logging
from tests.language.batches import corpus_text
from tests.language.services import (
    node,
    open_text,
    published_services,
    services_of_compose,
    standing,
)
from tests.shared_material import requires_shared

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "{driver: json-file, options: {max-size: 10m, max-file: 3, labels: }}"


def test_logging_is_read() -> None:
    logging = read_logging(node(TEXT), open_text)
    assert logging is not None
    assert logging.driver is not None
    assert standing(logging.driver.span, TEXT) == "json-file"
    rows = [(pair.key.text, pair.value and pair.value.text) for pair in logging.options]
    assert rows == [("max-size", "10m"), ("max-file", "3"), ("labels", None)]
    assert standing(logging.span, TEXT) == TEXT


def test_nothing_has_to_be_there() -> None:
    logging = read_logging(node("{}"), open_text)
    assert logging is not None
    assert (logging.driver, logging.options) == (None, ())
    assert read_logging(node("json-file"), open_text) is None


def test_the_real_program_reads_them_so(tmp_path: Path) -> None:
    (service,) = services_of_compose([f"logging: {TEXT}"], tmp_path)
    assert service["logging"] == {
        "driver": "json-file",
        "options": {"max-size": "10m", "max-file": "3", "labels": ""},
    }


@requires_shared
def test_the_logging_of_real_files() -> None:
    compared = 0
    for file, values, made in published_services():
        logging = read_logging(values["logging"], corpus_text) if "logging" in values else None
        if logging is None:
            continue
        driver = {"driver": logging.driver.text} if logging.driver else {}
        options = {
            pair.key.text: pair.value.text.replace("$", "$$") if pair.value else ""
            for pair in logging.options
        }
        assert {**driver, **({"options": options} if options else {})} == made["logging"], file
        compared += 1
    assert compared > 50
