"""A file with the marks of a template is no Compose file yet: said once, and nothing beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Finding, splice
from composecheck.source import Source
from composecheck.yaml import load
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "services:\n  web:\n    image: nginx\n"


def findings(text: str) -> list[Finding]:
    return list(load(Source("compose.yaml", text)).findings)


TEMPLATES = (
    (HEAD + "    hostname: {{ name }}\n", "{{ name }}", 0),
    (HEAD + "    hostname: {{name}}-1  # of the host\n", "{{name}}-1", 0),
    (HEAD + "    ports:\n      - {{ port }}:80\n      - {{ other }}\n", "{{ port }}:80", 1),
    (HEAD + "    environment:\n      A: {{ a }}\n      B: {{ b }}\n", "{{ a }}", 1),
    (HEAD + "    command: {{ cmd }}\n    environment: {{ env | to_json }}\n", "{{ cmd }}", 1),
    ("services:\n  {{ name }}:\n    image: nginx\n", "{{ name }}:", 0),
    (
        "services:\n{% for s in all %}\n  {{ s }}:\n    image: nginx\n{% endfor %}\n",
        "{% for s in all %}",
        2,
    ),
    (HEAD + "{% if x %}\n    restart: always\n{% endif %}\n", "{% if x %}", 1),
    ("{# made by hand #}\n" + HEAD, "{# made by hand #}", 0),
    ("{{- if .Values.on }}\n" + HEAD + "{{- end }}\n", "{{- if .Values.on }}", 1),
    ("<% if on %>\n" + HEAD + "<% end %>\n", "<% if on %>", 1),
    (HEAD + "    command: [{{ a }}, b]\n", "{{ a }}", 0),
    (HEAD + "    <<: {{ common }}\n", "{{ common }}", 0),
)


@pytest.mark.parametrize(("text", "wanted", "others"), TEMPLATES, ids=[t[1] for t in TEMPLATES])
def test_it_is_said_once(text: str, wanted: str, others: int, tmp_path: Path) -> None:
    document = load(Source("compose.yaml", text))
    (finding,) = document.findings
    assert finding.rule == "yaml-template"
    assert finding.source.slice(finding.span) == wanted
    assert len(finding.related) == others
    assert finding.remedy.endswith(".")
    assert document.roots == ()
    assert not document.is_complete
    assert ask_compose(text, tmp_path).returncode != 0
    if others:
        assert finding.fix is None


def test_one_value_can_be_put_in_quotes(tmp_path: Path) -> None:
    text = HEAD + "    hostname: {{.Node.Hostname}}\n"
    (finding,) = findings(text)
    assert finding.fix is not None
    fixed = splice(text, finding.fix.edits)
    assert fixed == HEAD + '    hostname: "{{.Node.Hostname}}"\n'
    assert findings(fixed) == []
    assert ask_compose(fixed, tmp_path).returncode == 0


@pytest.mark.parametrize(
    "marks",
    [
        '    hostname: "{{.Node.Hostname}}"\n',
        "    hostname: '{{ name }}'  # {% not this either %}\n",
        "    # {{ name }}\n",
        "    hostname: x-{{ name }}\n",
        "    platform: <%= platform %>\n",
        "    labels:\n      a: |\n        {{ range . }}\n        {% for %}\n        <% x %>\n",
        "    hostname: ${#A}\n",
        "    command: ['{{ a }}', \"{% b %}\"]\n",
        "    command: [\n      'x {{ a }}',\n      b\n    ]\n",
    ],
)
def test_marks_that_break_nothing_are_not_blamed(marks: str) -> None:
    assert findings(HEAD + marks) == []
    found = findings(HEAD + marks + "    tty: [\n")
    assert found
    assert all(finding.rule != "yaml-template" for finding in found)


def test_a_file_full_of_marks_is_read_fast() -> None:
    text = HEAD + "".join(f"{{% if a{n} %}}\n    k{n}: {{{{ v{n} }}}}\n" for n in range(5_000))
    (finding,) = findings(text)
    assert len(finding.related) == 9_999
