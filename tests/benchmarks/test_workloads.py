"""The made files are as long as they say, without a mistake, and accepted by the real Compose."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.workloads import (
    SERIES,
    Workload,
    every,
    make_many,
    make_text,
    of_length,
    real_texts,
)
from composecheck import check_text, load
from tests.shared_material import ask_compose, requires_compose

if TYPE_CHECKING:
    from pathlib import Path

LENGTHS = (*range(3, 80), 100, 300, 1000)


@pytest.mark.parametrize("lines", [*LENGTHS, *SERIES])
def test_a_text_has_as_many_lines_as_are_wanted(lines: int) -> None:
    text = make_text(lines)
    assert text.count("\n") == lines
    assert text.endswith("\n")


@pytest.mark.parametrize("lines", LENGTHS)
def test_nothing_is_found_in_a_text(lines: int) -> None:
    report = check_text(make_text(lines, number=7))
    assert report.skipped == ()
    assert [finding.text for finding in report.findings] == []


def test_something_would_be_found_if_a_text_had_a_mistake() -> None:
    assert check_text(make_text(60).replace("depends_on", "depend_on")).findings


def test_no_text_is_too_short_for_a_service() -> None:
    with pytest.raises(ValueError, match="at least 3 lines"):
        make_text(2)


def test_a_text_is_the_same_each_time_and_another_for_another_number() -> None:
    assert make_text(60, 3) == make_text(60, 3)
    assert len(set(make_many(200, 60))) == 200


def test_a_text_of_60_lines_has_each_kind_of_service() -> None:
    text = make_text(60)
    for name in ("database-1", "cache-1", "web-1", "worker-1", "settings"):
        assert f"\n  {name}:\n" in text


@requires_compose
@pytest.mark.parametrize("lines", [3, 4, 5, 9, 10, 60, 100, 1000, 10_000])
def test_compose_takes_a_text(lines: int, tmp_path: Path) -> None:
    asked = ask_compose(make_text(lines, number=200), tmp_path)
    assert (asked.returncode, asked.stderr) == (0, "")


def test_no_text_has_more_values_than_compose_reads() -> None:
    for lines in SERIES:
        document = load(make_text(lines))
        assert document.refusal is None
        assert document.findings == ()


def test_each_file_lies_in_a_folder_of_its_own(tmp_path: Path) -> None:
    texts = ("services: {}\r\n", "name: b\n")
    paths = Workload("two", texts).write(tmp_path)
    assert [path.read_bytes().decode() for path in paths] == list(texts)
    assert len({path.parent for path in paths}) == 2
    assert {path.name for path in paths} == {"compose.yaml"}


def test_real_texts_are_read_where_they_are(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl.gz"
    assert real_texts(corpus) == ()
    with gzip.open(corpus, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": "a: b\n" * lines}) + "\n" for lines in (1, 2, 3, 4))
    texts = real_texts(corpus)
    assert [text.count("\n") for text in texts] == [1, 2, 3, 4]
    assert of_length(texts, 2, 3) == texts[1:3]
    assert every(texts, 3) == (texts[0], texts[3])
