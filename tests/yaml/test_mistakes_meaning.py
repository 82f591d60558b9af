"""Mistakes that the loader finds while it builds the tree: what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity, splice
from composecheck.rule import describe
from composecheck.source import Source, Span
from composecheck.yaml import mistakes
from tests.shared_material import ask_compose
from tests.yaml.mistakes.parsing import problem_of

if TYPE_CHECKING:
    from pathlib import Path

    from composecheck.finding import Finding

HEAD = "services:\n  web:\n    image: nginx\n"
PATH = ("services", "web", "x")


def place(text: str, part: str, nth: int = 0) -> Span:
    """Return the `nth` place (from 0) of `part` in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(part, start + 1)
    return Span(start, start + len(part))


def fixed(finding: Finding) -> str:
    assert finding.fix is not None
    return splice(finding.source.text, finding.fix.edits)


def test_a_key_twice_names_both_places(tmp_path: Path) -> None:
    text = f"{HEAD}    image: httpd\n"
    assert "already defined" in ask_compose(text, tmp_path).stderr
    first, second = place(text, "image"), place(text, "image", 1)
    finding = mistakes.duplicate_key(
        Source("f", text), second, first, "image", (*PATH[:2], "image")
    )
    assert finding.span == second
    assert [related.span for related in finding.related] == [first]
    assert 'The key "image" of "web" stands here a second time; the first is on line 3.' in (
        finding.message
    )


def test_two_merges_become_one_list() -> None:
    text = f"x: &a {{}}\n{HEAD}    <<: *a\n    <<: *a\n"
    finding = mistakes.duplicate_key(
        Source("f", text), place(text, "<<", 1), place(text, "<<"), "<<", PATH
    )
    assert '"<<: [*first, *second]"' in finding.remedy


@pytest.mark.parametrize(
    ("before", "name", "known", "remedy", "suggestions"),
    [
        ("x-a: &common {}\n", "comon", ["common"], 'Write "*common".', ("*common",)),
        ("x-a: &abc {}\n", "zzzzz", ["abc"], '"*abc"', ()),
        ("", "zzzzz", [], '"*zzzzz"', ()),
    ],
)
def test_an_undefined_alias(
    before: str,
    name: str,
    known: list[str],
    remedy: str,
    suggestions: tuple[str, ...],
    tmp_path: Path,
) -> None:
    text = f"{before}{HEAD}    labels:\n      <<: *{name}\n"
    assert "unknown anchor" in ask_compose(text, tmp_path).stderr
    finding = mistakes.undefined_alias(
        Source("f", text), place(text, f"*{name}"), name, known, PATH
    )
    assert finding.rule == "yaml-alias-undefined"
    assert remedy in finding.remedy
    assert finding.suggestions == suggestions
    if suggestions:
        assert ask_compose(fixed(finding), tmp_path).returncode == 0


def test_an_alias_before_its_anchor() -> None:
    text = f"{HEAD}    labels: *later\nx: &later {{}}\n"
    finding = mistakes.undefined_alias(Source("f", text), place(text, "*later"), "later", [], PATH)
    assert "(line 5) above this place" in finding.remedy


@pytest.mark.parametrize(
    ("value", "name", "written"),
    [
        ("*.example.com", ".example.com", "*.example.com"),
        ("*.example.com  # all", ".example.com", "*.example.com"),
        ("*a b", "a", "*a b"),
        ("*a.b", "a.b", "*a.b"),
        ("[*.sh, x]", ".sh", "*.sh"),
        ("[a, *.sh]", ".sh", "*.sh"),
    ],
)
def test_text_that_begins_with_an_asterisk_is_no_alias(
    value: str, name: str, written: str, tmp_path: Path
) -> None:
    text = f"{HEAD}    command: {value}\n"
    assert ask_compose(text, tmp_path).returncode != 0
    finding = mistakes.undefined_alias(
        Source("f", text), place(text, f"*{name}"), name, ["common"], PATH
    )
    assert finding.rule == "yaml-asterisk"
    assert f'"{written}"' in finding.remedy
    assert ask_compose(fixed(finding), tmp_path).returncode == 0


@pytest.mark.parametrize("value", ["*a", "*a  # why", "[*a, b]", "[*a]", "{k: *a}"])
def test_a_whole_word_is_an_alias(value: str) -> None:
    text = f"{HEAD}    command: {value}\n"
    finding = mistakes.undefined_alias(Source("f", text), place(text, "*a"), "a", [], PATH)
    assert finding.rule == "yaml-alias-undefined"


def test_an_alias_of_itself() -> None:
    text = "services:\n  web: &web\n    image: nginx\n    labels: *web\n"
    finding = mistakes.alias_of_itself(
        Source("f", text), place(text, "*web"), "web", place(text, "&web"), PATH
    )
    assert [related.span for related in finding.related] == [place(text, "&web")]
    assert '"*web"' in finding.message


def test_a_list_as_a_key() -> None:
    text = f"{HEAD}    labels:\n      ? [a,\n         b]\n      : c\n"
    finding = mistakes.complex_key(Source("f", text), place(text, "[a,\n         b]"), PATH)
    assert finding.rule == "yaml-complex-key"
    assert '"[a, b]"' in finding.remedy


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("{{ name }}", "{{ name }}"),
        ("{{ name }}  # of the host", "{{ name }}"),
        ("{{name}}", "{{name}}"),
        ("{ { name } }", "{ { name } }"),
    ],
)
def test_a_template_is_not_called_a_key(value: str, written: str, tmp_path: Path) -> None:
    text = f"{HEAD}    hostname: {value}\n"
    assert ask_compose(text, tmp_path).returncode != 0
    start = text.index("{", text.index("{") + 1)
    span = Span(start, text.index("}", start) + 1)
    finding = mistakes.complex_key(Source("f", text), span, PATH)
    assert finding.rule == "yaml-template"
    assert finding.source.slice(finding.span) == written
    assert ask_compose(fixed(finding), tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("key", "what"),
    [("1", "a number"), ("true", "true or false"), ("~", "nothing"), ("2020-01-01", "a date")],
)
def test_a_key_that_is_no_text(key: str, what: str, tmp_path: Path) -> None:
    text = f"{HEAD}    labels:\n      {key}: x\n"
    assert "non-string key" in ask_compose(text, tmp_path).stderr
    span = place(text, f"      {key}:")
    span = Span(span.start + 6, span.end - 1)
    finding = mistakes.key_not_text(Source("f", text), span, key, what, PATH)
    assert what in finding.message
    assert finding.suggestions == (f'"{key}"',)
    assert ask_compose(fixed(finding), tmp_path).returncode == 0


def test_a_key_that_is_not_there() -> None:
    text = f"{HEAD}    labels:\n      : x\n"
    start = text.index(": x")
    finding = mistakes.key_not_text(Source("f", text), Span(start, start), "", "nothing", PATH)
    assert "no key before the colon" in finding.message
    assert finding.fix is None


@pytest.mark.parametrize(
    ("value", "repaired"), [("common", True), ("*text", False), ("yes", False), ("1", False)]
)
def test_a_merge_of_what_has_no_keys(value: str, repaired: bool, tmp_path: Path) -> None:
    text = f"x-a: &common {{tty: true}}\nx-b: &text hello\n{HEAD}    <<: {value}\n"
    assert "map merge requires" in ask_compose(text, tmp_path).stderr
    start = text.index("<<: ") + 4
    finding = mistakes.bad_merge(Source("f", text), Span(start, start + len(value)), PATH)
    assert (finding.fix is not None) == repaired
    if repaired:
        assert ask_compose(fixed(finding), tmp_path).returncode == 0


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_a_version_that_compose_does_not_take(version: str, tmp_path: Path) -> None:
    text = f"%YAML {version}\n---\n{HEAD}"
    assert "incompatible YAML document" in ask_compose(text, tmp_path).stderr
    finding = mistakes.unsupported_version(Source("f", text), place(text, version), version)
    assert finding.span == place(text, version)
    assert ask_compose(fixed(finding), tmp_path).returncode == 0


def test_a_value_that_is_not_what_its_tag_says(tmp_path: Path) -> None:
    text = f"{HEAD}    labels:\n      k: !!int abc\n"
    assert ask_compose(text, tmp_path).returncode != 0
    tag = "tag:yaml.org,2002:int"
    finding = mistakes.bad_tag_value(Source("f", text), place(text, "!!int abc"), tag, "abc", PATH)
    assert 'says that "abc" is a whole number' in finding.message


def test_the_limit_on_values_is_that_of_compose(tmp_path: Path) -> None:
    (function,) = [
        function for function in mistakes.RULES if describe(function).name == "yaml-too-many-nodes"
    ]
    rule = describe(function)
    more = "  # … and so on, up to 100 000\n"
    assert more in rule.bad
    text = rule.bad.replace(more, "  - 1\n" * 99_999)
    assert "maximum node visit limit" in ask_compose(text, tmp_path).stderr
    assert ask_compose(rule.good, tmp_path).returncode == 0


BY_NAME = {describe(function).name: describe(function) for function in mistakes.RULES}


def test_every_rule_has_its_own_name() -> None:
    assert len(BY_NAME) == len(mistakes.RULES)


@pytest.mark.parametrize("name", sorted(set(BY_NAME) - {"yaml-too-many-nodes"}))
def test_compose_refuses_the_bad_example_and_takes_the_good_one(name: str, tmp_path: Path) -> None:
    rule = BY_NAME[name]
    assert rule.severity is Severity.ERROR
    assert ask_compose(rule.bad, tmp_path).returncode != 0
    assert ask_compose(rule.good, tmp_path).stderr == ""
    assert problem_of(rule.good) is None
