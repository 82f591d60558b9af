"""What is printed about the rules themselves."""

from __future__ import annotations

import json
from textwrap import dedent

from msgspec.structs import replace

from composecheck.finding import Severity
from composecheck.report.catalogue import as_json, as_table, explanation, markdown
from composecheck.rule import Category, Rule

RULES = (
    Rule(
        name="a-rule",
        severity=Severity.ERROR,
        category=Category.COMPOSE,
        summary="A key that Compose does not know where it stands.",
        explanation="Compose refuses the file.\n\nWrite another one.",
        bad="services:\n  a: b\n",
        good="services: {}\n",
    ),
    Rule(
        name="another-rule",
        severity=Severity.NOTE,
        category=Category.UPKEEP,
        summary="A leftover.",
        explanation="It does nothing.",
        bad="version: '3'\n",
        good="name: x\n",
    ),
)


def test_the_table_has_a_line_for_each_rule() -> None:
    assert as_table(RULES) == dedent(
        """\
        a-rule        error    compose   A key that Compose does not know where it stands.
        another-rule  note     upkeep    A leftover.
        """
    )


def test_the_table_can_be_made_to_fit() -> None:
    assert as_table(RULES, width=60) == dedent(
        """\
        a-rule        error    compose   A key that Compose does not
                                         know where it stands.
        another-rule  note     upkeep    A leftover.
        """
    )


def test_json_has_all_there_is() -> None:
    listed = json.loads(as_json(RULES))
    assert listed["version"] == 1
    assert listed["rules"][1] == {
        "name": "another-rule",
        "severity": "note",
        "category": "upkeep",
        "summary": "A leftover.",
        "explanation": "It does nothing.",
        "bad": "version: '3'\n",
        "good": "name: x\n",
    }


def test_an_explanation() -> None:
    assert explanation(RULES[0]) == dedent(
        """\
        a-rule (error, compose)

        A key that Compose does not know where it stands.

        Compose refuses the file.

        Write another one.

        Bad:

            services:
              a: b

        Good:

            services: {}
        """
    )


def test_an_explanation_in_markdown() -> None:
    assert markdown(RULES[0]) == dedent(
        """\
        A key that Compose does not know where it stands.

        Compose refuses the file.

        Write another one.

        ## Bad

        ```yaml
        services:
          a: b
        ```

        ## Good

        ```yaml
        services: {}
        ```
        """
    )


def test_backticks_in_an_example_do_not_end_it() -> None:
    rule = replace(RULES[0], bad="a: |\n  ```\n  ````\n")
    assert "`````yaml\na: |\n  ```\n  ````\n`````\n" in markdown(rule)
