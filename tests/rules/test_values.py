"""What is said of single values of many kinds, and that Docker Compose v5.6.1 agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composecheck.finding import Severity
from tests.rules.value_rules import Row, assert_fine, assert_row, assert_unknown, find, service
from tests.shared_material import ask_compose

if TYPE_CHECKING:
    from pathlib import Path

REFUSED: tuple[Row, ...] = (
    ('cpus: "590m"', "number-invalid", "m", 'cpus: "0.59"'),
    ("cpus: 1500m", "number-invalid", "m", "cpus: 1.5"),
    ('cpus: "0,5"', "number-invalid", ",5", 'cpus: "0.5"'),
    ('cpus: "50%"', "number-invalid", "%", None),
    ('cpus: ""', "number-invalid", '""', None),
    ('cpus: "${C}"', "number-invalid", "${C}", None),
    ('scale: "two"', "number-invalid", "two", None),
    ('scale: "99999999999999999999"', "number-invalid", "99999999999999999999", None),
    ("cpu_quota: 50ms", "number-invalid", "ms", "cpu_quota: 50000"),
    ("pids_limit: unlimited", "number-invalid", "unlimited", "pids_limit: -1"),
    ("ulimits: {nofile: unlimited}", "number-invalid", "unlimited", "ulimits: {nofile: -1}"),
    ('ulimits: {nofile: "1024:2048"}', "number-invalid", ":2048", None),
    (
        'deploy: {resources: {limits: {cpus: "500m"}}}',
        "number-invalid",
        "m",
        'deploy: {resources: {limits: {cpus: "0.5"}}}',
    ),
    ('deploy: {resources: {limits: {pids: "5.5"}}}', "number-invalid", ".5", None),
    ("healthcheck: {test: [CMD, x], retries: -1}", "number-negative", "-1", None),
    ('healthcheck: {test: [CMD, x], retries: "-1"}', "number-negative", '"-1"', None),
    ("deploy: {update_config: {parallelism: -1}}", "number-negative", "-1", None),
    ("blkio_config: {weight: -1}", "number-negative", "-1", None),
    ('blkio_config: {weight: "300"}', "number-quoted", "300", "blkio_config: {weight: 300}"),
    (
        'build: {context: ., ulimits: {a: "5"}}',
        "number-quoted",
        '"5"',
        "build: {context: ., ulimits: {a: 5}}",
    ),
    (
        'build: {context: ., ulimits: {a: {soft: "5", hard: 6}}}',
        "number-quoted",
        '"5"',
        "build: {context: ., ulimits: {a: {soft: 5, hard: 6}}}",
    ),
    ("ulimits: {a: 1e6}", "number-fraction", "1e6", None),
    ("ulimits: {a: {soft: 2.0, hard: 3}}", "number-fraction", "2.0", None),
    ('privileged: "1"', "boolean-invalid", "1", 'privileged: "true"'),
    ("read_only: disabled", "boolean-invalid", "disabled", "read_only: false"),
    ("tty: maybe", "boolean-invalid", "maybe", None),
    ('privileged: ""', "boolean-invalid", '""', None),
    ('privileged: "${P}"', "boolean-invalid", "${P}", None),
    ('attach: "0"', "boolean-invalid", "0", 'attach: "false"'),
    ('build: {context: ., no_cache: "junk"}', "boolean-invalid", "junk", None),
    ("mem_limit: 512megs", "byte-size-invalid", "megs", "mem_limit: 512m"),
    ("mem_limit: 512Mi", "byte-size-invalid", "Mi", "mem_limit: 512m"),
    ("mem_limit: 1,5g", "byte-size-invalid", ",5", "mem_limit: 1.5g"),
    ("mem_limit: -1g", "byte-size-invalid", "-1g", None),
    ("mem_limit: abc", "byte-size-invalid", "abc", None),
    ('mem_limit: ""', "byte-size-invalid", '""', None),
    ('shm_size: "${M}"', "byte-size-invalid", "${M}", None),
    ("deploy: {resources: {limits: {memory: 5x}}}", "byte-size-invalid", "x", None),
    ("blkio_config: {device_read_bps: [{path: /x, rate: 5x}]}", "byte-size-invalid", "x", None),
    ('stop_grace_period: "30"', "duration-invalid", "30", 'stop_grace_period: "30s"'),
    ('stop_grace_period: "1m30"', "duration-invalid", "30", 'stop_grace_period: "1m30s"'),
    ('stop_grace_period: "30000000000"', "duration-invalid", "30000000000", None),
    ("stop_grace_period: 5min", "duration-invalid", "min", "stop_grace_period: 5m"),
    ("stop_grace_period: 10S", "duration-invalid", "S", "stop_grace_period: 10s"),
    ("stop_grace_period: 1 s", "duration-invalid", " s", "stop_grace_period: 1s"),
    ("stop_grace_period: 1y", "duration-invalid", "y", None),
    ("stop_grace_period: abc", "duration-invalid", "abc", None),
    ("stop_grace_period: 999999999h", "duration-invalid", "999999999h", None),
    ('stop_grace_period: ""', "duration-invalid", '""', None),
    ('healthcheck: {interval: "${S}"}', "duration-invalid", "${S}", None),
    (
        'deploy: {update_config: {delay: "5"}}',
        "duration-invalid",
        "5",
        'deploy: {update_config: {delay: "5s"}}',
    ),
    (
        'secrets: [{source: s, mode: "rw-r--r--"}]',
        "file-mode-invalid",
        "rw-r--r--",
        'secrets: [{source: s, mode: "0644"}]',
    ),
    ('secrets: [{source: s, mode: "999"}]', "file-mode-invalid", "999", None),
    ("secrets: [{source: s, mode: 4.4}]", "file-mode-invalid", "4.4", None),
    ('secrets: [{source: s, mode: ""}]', "file-mode-invalid", '""', None),
    ('secrets: [{source: s, mode: "${M}"}]', "file-mode-invalid", "${M}", None),
    ("command: it's", "command-syntax", "'s", None),
    ('entrypoint: say "hi', "command-syntax", '"hi', None),
    ("command: (a)", "command-syntax", "(", None),
    ("command: echo `date", "command-syntax", "`date", None),
    ("command: echo $$(date", "command-syntax", "$$(date", None),
    ("command: a \\", "command-syntax", "\\", None),
    ("post_start: [{command: it's}]", "command-syntax", "'s", None),
    (
        "healthcheck: {test: [curl, x]}",
        "healthcheck-test",
        "curl",
        "healthcheck: {test: [CMD, curl, x]}",
    ),
    (
        'healthcheck: {test: ["curl x || exit 1"]}',
        "healthcheck-test",
        "curl x || exit 1",
        'healthcheck: {test: ["CMD-SHELL", "curl x || exit 1"]}',
    ),
    (
        "healthcheck:\n  test:\n    - curl\n    - x",
        "healthcheck-test",
        "curl",
        "healthcheck:\n  test:\n    - CMD\n    - curl\n    - x",
    ),
    ("healthcheck: {test: [cmd, x]}", "healthcheck-test", "cmd", "healthcheck: {test: [CMD, x]}"),
    (
        "healthcheck: {test: [CMD_SHELL, x]}",
        "healthcheck-test",
        "CMD_SHELL",
        "healthcheck: {test: [CMD-SHELL, x]}",
    ),
    (
        "healthcheck: {test: [CMD-SHEL, x]}",
        "healthcheck-test",
        "CMD-SHEL",
        "healthcheck: {test: [CMD-SHELL, x]}",
    ),
    ("extra_hosts: [foo]", "extra-host-invalid", "foo", None),
    ('extra_hosts: ["=1.1.1.1"]', "extra-host-invalid", "=1.1.1.1", None),
    ('extra_hosts: ["a:b=1"]', "extra-host-invalid", "a:b", None),
    ('extra_hosts: {"a:b": "1"}', "extra-host-invalid", "a:b", None),
    ('extra_hosts: [""]', "extra-host-invalid", '""', None),
    ('extra_hosts: ["${H}"]', "extra-host-invalid", "${H}", None),
    ("build: {context: ., extra_hosts: [foo]}", "extra-host-invalid", "foo", None),
    ('environment:\n  - "A =b"', "environment-blank", " ", 'environment:\n  - "A=b"'),
    ("environment:\n  - A = b", "environment-blank", " ", "environment:\n  - A=b"),
    ("environment:\n  - A = 'b'", "environment-blank", " ", "environment:\n  - A=b"),
    ('environment:\n  - "A  "', "environment-blank", "  ", 'environment:\n  - "A"'),
    ('environment:\n  - " "', "environment-blank", " ", None),
    ("environment:\n  - à=1", "environment-blank", "à", None),
    (
        'build: {context: ., args: ["A =b"]}',
        "environment-blank",
        " ",
        'build: {context: ., args: ["A=b"]}',
    ),
    ('devices: ["/a:/b:rw:x"]', "device-invalid", ":x", None),
    ("devices: [{source: /a}]", "device-invalid", "{source: /a}", None),
    ('gpus: [{count: "two"}]', "device-count", "two", None),
    ('gpus: [{count: "${N}"}]', "device-count", "${N}", None),
    ("build: {context: ., additional_contexts: [foo]}", "build-context-invalid", "foo", None),
    ("build: {context: ., additional_contexts: {a: 5}}", "build-context-invalid", "5", None),
    ("build: {context: ., ssh: [k]}", "build-ssh-invalid", "k", None),
    ("hostname: 2020-01-01", "date-unquoted", "2020-01-01", 'hostname: "2020-01-01"'),
    ("cap_add: [2020-01-01]", "date-unquoted", "2020-01-01", 'cap_add: ["2020-01-01"]'),
    ("command: [echo, 2020-01-01]", "date-unquoted", "2020-01-01", 'command: [echo, "2020-01-01"]'),
    ("deploy: {mode: 2020-01-01}", "date-unquoted", "2020-01-01", 'deploy: {mode: "2020-01-01"}'),
    ("cpus: 2020-01-01", "date-unquoted", "2020-01-01", None),
    ("read_only: 2020-01-01", "date-unquoted", "2020-01-01", None),
    ("scale: 2020-01-01", "date-unquoted", "2020-01-01", None),
    ("dns: 2020-01-01", "date-unquoted", "2020-01-01", 'dns: "2020-01-01"'),
    ("tmpfs: [2020-01-01]", "date-unquoted", "2020-01-01", 'tmpfs: ["2020-01-01"]'),
    ("ulimits: {nofile: 2020-01-01}", "date-unquoted", "2020-01-01", None),
    (
        "storage_opt: {size: 2020-01-01}",
        "date-unquoted",
        "2020-01-01",
        'storage_opt: {size: "2020-01-01"}',
    ),
)

ACCEPTED: tuple[str, ...] = (
    'cpus: "0.5"',
    'scale: "+2"',
    'privileged: "Yes"',
    "mem_limit: 1.5 GiB",
    "mem_limit: -1",
    "stop_grace_period: 1h30m",
    'stop_grace_period: "0"',
    'command: echo "it\'s"',
    "command: a && b",
    "healthcheck: {test: [NONE]}",
    "healthcheck: {test: []}",
    "healthcheck: {test: curl x}",
    'extra_hosts: [a=b, "c:d"]',
    'environment: {"A ": b}',
    'environment: ["A= b", "=1", ""]',
    'build: {context: ., args: ["A "]}',
    'secrets: [{source: s, mode: 0440}, {source: s, mode: "0440"}]',
    "labels: {a: 2020-01-01}",
    "command: 2020-01-01",
    "shm_size: 2020-01-01",
    'devices: ["/a:/b:any"]',
    "build: {context: ., ssh: [default], additional_contexts: [a=b]}",
    'ulimits: {a: "5", b: {soft: 9, hard: 1}}',
)

UNKNOWN: tuple[str, ...] = (
    'cpus: "${A}"',
    'cpus: "${A:-x}"',
    'scale: "${A}0"',
    'privileged: "${A}"',
    'mem_limit: "${A}m"',
    'stop_grace_period: "${A}s"',
    "command: echo ${A}'",
    'healthcheck: {test: ["${A}", x]}',
    'extra_hosts: ["${A}"]',
    'environment: ["${A} =b"]',
    'secrets: [{source: s, mode: "${A}"}]',
    'gpus: [{count: "${N}"}]',
    'build: {context: ., ssh: ["${A}"], additional_contexts: ["${A}"]}',
    'devices: ["${A}:b"]',
)

REST = "secrets: {s: {file: ./x}}\n"


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_refused(row: Row, tmp_path: Path) -> None:
    assert_row(row, tmp_path, REST)


@pytest.mark.parametrize("lines", ACCEPTED)
def test_accepted(lines: str, tmp_path: Path) -> None:
    assert_fine(lines, tmp_path, REST)


@pytest.mark.parametrize("lines", UNKNOWN)
def test_what_depends_on_a_variable_is_not_refused(lines: str) -> None:
    assert_unknown(lines)


def test_infinity_in_quotes_is_no_number_for_a_processor(tmp_path: Path) -> None:
    text = service('cpus: "nan"')
    (finding,) = find(text)
    assert finding.rule == "number-invalid"
    assert ask_compose(text, tmp_path).returncode != 0


@pytest.mark.parametrize(
    ("here", "severity"), [("", Severity.WARNING), ("profiles: []", Severity.ERROR)]
)
def test_test_of_a_service_that_is_off_is_a_warning(
    here: str, severity: Severity, tmp_path: Path
) -> None:
    profile = here or "profiles: [p]"
    text = service(profile, "healthcheck: {test: [curl, x]}")
    (finding,) = find(text)
    assert finding.severity is severity
    assert ("--profile p" in finding.message) is (severity is Severity.WARNING)
    refused = ask_compose(text, tmp_path).returncode != 0
    assert refused is (severity is Severity.ERROR)


def test_other_values_are_read_even_if_the_service_is_off(tmp_path: Path) -> None:
    text = service("profiles: [p]", 'stop_grace_period: "3"')
    (finding,) = find(text)
    assert finding.severity is Severity.ERROR
    assert ask_compose(text, tmp_path).returncode != 0


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ("manual: junk", "boolean-invalid"),
        ('manual: true\nschedule: ["x"]\n', ""),
    ],
)
def test_jobs_are_read_as_services_are(lines: str, rule: str, tmp_path: Path) -> None:
    below = "".join(f"      {line}\n" for line in lines.splitlines() if line)
    text = f"{service()}jobs:\n  j:\n    image: x\n    triggers:\n{below}"
    found = find(text)
    assert [finding.rule for finding in found] == ([rule] if rule else [])
    assert (ask_compose(text, tmp_path).returncode != 0) is bool(rule)
