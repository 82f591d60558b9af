"""What `--format` and `--output` mean together."""

from __future__ import annotations

import pytest

from composecheck.cli.formats import InvalidOutput, Output, ReportFormat, outputs, parse_output

TEXT, JSON, SARIF, JUNIT = (
    ReportFormat.TEXT,
    ReportFormat.JSON,
    ReportFormat.SARIF,
    ReportFormat.JUNIT,
)


def complaint(*options: str) -> str:
    with pytest.raises(InvalidOutput) as caught:
        outputs(options, TEXT)
    return str(caught.value)


@pytest.mark.parametrize(
    ("main", "options", "expected"),
    [
        (TEXT, (), [Output(TEXT, "-")]),
        (JSON, (), [Output(JSON, "-")]),
        # Beside the main one.
        (TEXT, ("sarif:r.sarif",), [Output(TEXT, "-"), Output(SARIF, "r.sarif")]),
        (
            JSON,
            ("sarif:out/r.sarif", "junit:j.xml"),
            [Output(JSON, "-"), Output(SARIF, "out/r.sarif"), Output(JUNIT, "j.xml")],
        ),
        (JSON, ("json:r.json",), [Output(JSON, "-"), Output(JSON, "r.json")]),
        # Where the main one goes instead.
        (SARIF, ("r.sarif",), [Output(SARIF, "r.sarif")]),
        (JSON, ("a", "b"), [Output(JSON, "a"), Output(JSON, "b")]),
        (JSON, ("a", "junit:b"), [Output(JSON, "a"), Output(JUNIT, "b")]),
        (JSON, ("a", "-"), [Output(JSON, "-"), Output(JSON, "a")]),
        (JSON, ("-",), [Output(JSON, "-")]),
    ],
)
def test_what_goes_where(
    main: ReportFormat, options: tuple[str, ...], expected: list[Output]
) -> None:
    assert list(outputs(options, main)) == expected


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("r.json", Output(TEXT, "r.json")),
        ("json:a:b", Output(JSON, "a:b")),
        ("C:\\r.json", Output(TEXT, "C:\\r.json")),
        ("json:C:\\r.json", Output(JSON, "C:\\r.json")),
        ("./json", Output(TEXT, "./json")),
        ("json", Output(TEXT, "json")),
    ],
)
def test_how_an_option_is_read(option: str, expected: Output) -> None:
    assert parse_output(option, TEXT) == expected


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (
            "sarf:r.sarif",
            'There is no format "sarf", as in "--output sarf:r.sarif". Is "sarif" meant?'
            ' For a file with a colon in its name, write "text:sarf:r.sarif".',
        ),
        (
            "JSON:r.json",
            'There is no format "JSON", as in "--output JSON:r.json". Is "json" meant?'
            ' For a file with a colon in its name, write "text:JSON:r.json".',
        ),
        (
            "checkstyle:r.xml",
            'There is no format "checkstyle", as in "--output checkstyle:r.xml". There are text,'
            " line, json, jsonl, sarif, github, gitlab and junit."
            ' For a file with a colon in its name, write "text:checkstyle:r.xml".',
        ),
        (
            ":r.xml",
            'There is no format "", as in "--output :r.xml". There are text,'
            " line, json, jsonl, sarif, github, gitlab and junit."
            ' For a file with a colon in its name, write "text::r.xml".',
        ),
        ("json:", '"--output json:" names no file. Write, for example, "json:report.txt".'),
        ("", '"--output " names no file. Write, for example, "report.txt".'),
        ("json:-", '"--output" is for files. For standard output, write "--format json".'),
    ],
)
def test_what_is_none(option: str, expected: str) -> None:
    assert complaint(option) == expected


def test_two_reports_in_one_place() -> None:
    expected = 'Two reports cannot both be written to "./r".'
    assert complaint("json:r", "sarif:./r") == expected
    assert complaint("r", "./r") == expected
    assert complaint("-", "-") == 'Two reports cannot both be written to "-".'
