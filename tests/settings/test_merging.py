"""The settings file and the command line together: which rules speak about which file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Finding, Severity
from composecheck.rule import Category
from composecheck.rules import all_rules, rule_named
from composecheck.rules.selection import UnknownRule
from composecheck.settings import Flags, Settings, merge, rules_for, with_severity
from composecheck.settings.reading import read_settings
from composecheck.source import Source, Span

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("key-obsolete", "key-unknown", "service-off", "yaml-bracket")
OLD_AND_UNKNOWN = {"key-obsolete", "key-unknown"}


def settings_of(folder: Path, text: str, **flags: object) -> Settings:
    """Return the settings of a file, and of flags."""
    path = folder / "composecheck.toml"
    path.write_text(text)
    settings = read_settings(path)
    assert settings is not None
    return merge(settings, Flags(**flags))  # type: ignore[arg-type]  # each test writes real ones


def speaking(settings: Settings, file: str = "compose.yaml") -> set[str]:
    """Return which of RULES speak about a file."""
    selection = rules_for(settings, settings.folder / file).selection
    return {name for name in RULES if selection.keeps(rule_named(name))}


def test_the_categories_of_the_rules_are_what_the_tests_stand_on() -> None:
    categories = [rule_named(name).category for name in RULES]
    assert categories == [Category.UPKEEP, *[Category.COMPOSE] * 3]


@pytest.mark.parametrize(
    ("text", "flags", "expected"),
    [
        ("", {}, set(RULES)),
        ("select = ['upkeep']", {}, {"key-obsolete"}),
        ("select = []", {}, set()),
        ("select = []\nextend-select = ['upkeep']", {}, {"key-obsolete"}),
        ("select = ['all']\nignore = ['compose']", {}, {"key-obsolete"}),
        ("select = ['key-unknown']\nignore = ['all']", {}, {"key-unknown"}),
        ("ignore = ['compose']\nextend-select = ['key-unknown']", {}, OLD_AND_UNKNOWN),
        (
            "ignore = ['key-unknown']\nextend-select = ['key-unknown']",
            {},
            set(RULES) - {"key-unknown"},
        ),
        ("severity.key-unknown = 'off'", {}, set(RULES) - {"key-unknown"}),
        ("severity.key-unknown = 'note'\nselect = []", {}, set()),
        # What `--select` says stands in place of all that the file says.
        ("extend-select = ['upkeep']", {"select": ("key-unknown",)}, {"key-unknown"}),
        ("ignore = ['key-unknown']", {"select": ("key-unknown",)}, {"key-unknown"}),
        ("severity.key-unknown = 'off'", {"select": ("key-unknown",)}, {"key-unknown"}),
        # The others change it, and come later.
        ("select = ['upkeep']", {"extend_select": ("key-unknown",)}, OLD_AND_UNKNOWN),
        ("ignore = ['key-unknown']", {"extend_select": ("compose",)}, set(RULES)),
        ("select = ['key-unknown', 'upkeep']", {"ignore": ("compose",)}, {"key-obsolete"}),
        ("", {"ignore": ("all",)}, set()),
        ("", {"select": ("all",), "ignore": ("key-unknown",)}, set(RULES) - {"key-unknown"}),
    ],
)  # fmt: skip
def test_which_rules_speak(
    tmp_path: Path, text: str, flags: dict[str, object], expected: set[str]
) -> None:
    assert speaking(settings_of(tmp_path, text, **flags)) == expected


PER_FILE = """\
ignore = ["key-obsolete"]
[per-file."legacy/**"]
ignore = ["compose"]
extend-select = ["upkeep"]
[per-file."legacy/new/*.yml"]
extend-select = ["key-unknown"]
[per-file."*.only.yaml"]
select = ["service-off"]
"""


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("compose.yaml", {"key-unknown", "service-off", "yaml-bracket"}),
        ("legacy/compose.yaml", {"key-obsolete"}),
        ("legacy/new/compose.yml", {"key-obsolete", "key-unknown"}),
        ("legacy/new/deep/compose.yml", {"key-obsolete"}),
        ("a/b.only.yaml", {"service-off"}),
        ("../legacy/compose.yaml", {"key-unknown", "service-off", "yaml-bracket"}),
    ],
)
def test_some_files_are_different(tmp_path: Path, file: str, expected: set[str]) -> None:
    assert speaking(settings_of(tmp_path, PER_FILE), file) == expected


def test_what_is_silent_in_some_files_stays_so_whatever_is_selected(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, PER_FILE, select=("key-unknown", "key-obsolete"))
    assert speaking(settings) == {"key-unknown", "key-obsolete"}
    assert speaking(settings, "legacy/compose.yaml") == {"key-obsolete"}
    assert speaking(settings, "x.only.yaml") == {"key-unknown", "key-obsolete"}


def test_what_is_no_file_is_not_different(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "per-file.'*'.ignore = ['all']")
    assert rules_for(settings, None).selection.keeps(rule_named("key-unknown"))
    assert speaking(settings) == set()


def test_opinions_are_off_by_default(tmp_path: Path) -> None:
    selection = rules_for(settings_of(tmp_path, ""), None).selection
    everything = rules_for(settings_of(tmp_path, "extend-select = ['all']"), None).selection
    for rule in all_rules():
        assert selection.keeps(rule) is rule.category.on_by_default
        assert everything.keeps(rule)


def test_what_blocks_is_silent_only_if_it_is_ignored(tmp_path: Path) -> None:
    rule = rule_named("yaml-bracket")
    for text, flags, expected in (
        ("select = ['upkeep']", {}, False),
        ("ignore = ['yaml-bracket']", {}, True),
        ("ignore = ['yaml-bracket']", {"select": ("upkeep",)}, False),
        ("", {"ignore": ("compose",)}, True),
    ):
        settings = settings_of(tmp_path, text, **flags)
        assert rules_for(settings, None).selection.ignores(rule) is expected


def test_severities(tmp_path: Path) -> None:
    text = (
        "severity = {key-unknown = 'note', key-obsolete = 'off'}\n"
        "per-file.'*.yml'.severity = {key-unknown = 'error', service-off = 'note'}\n"
    )
    settings = settings_of(tmp_path, text)
    severities = rules_for(settings, tmp_path / "a.yaml").severities
    assert severities == {"key-unknown": Severity.NOTE, "key-obsolete": None}
    severities = rules_for(settings, tmp_path / "a.yml").severities
    assert severities == {
        "key-unknown": Severity.ERROR,
        "key-obsolete": None,
        "service-off": Severity.NOTE,
    }
    source = Source("a", "a")
    for rule, severity in (("service-off", Severity.NOTE), ("key-obsolete", Severity.WARNING)):
        finding = Finding(rule, Severity.WARNING, "", source, Span(0, 1))
        assert with_severity(finding, severities).severity is severity


def test_other_flags_stand_in_place_of_what_the_file_says(tmp_path: Path) -> None:
    text = "fail-on = 'error'\nhere = true\nprofiles = ['a']\nexclude = ['x']\n"
    settings = settings_of(tmp_path, text, fail_on=Severity.NOTE, here=False, profiles=("b",))
    assert settings.fail_on.value is Severity.NOTE
    assert settings.here.value is False
    assert settings.profiles.value == ("b",)
    assert str(settings.profiles.origin) == "command line"
    assert settings.exclude.value == ("x",)
    assert str(settings.exclude.origin).endswith("composecheck.toml:4")


@pytest.mark.parametrize("flag", ["select", "extend_select", "ignore"])
def test_a_rule_that_is_none_is_refused(tmp_path: Path, flag: str) -> None:
    with pytest.raises(UnknownRule, match='There is no rule "key-unkown"'):
        settings_of(tmp_path, "", **{flag: ("all", "key-unkown")})
