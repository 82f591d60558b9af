"""The logging drivers of Docker, and which options each of them takes.

The source is the code of moby: `ValidateLogOpt` of each package under `daemon/logger/`, and
`daemon/logger/factory.go` for what all of them take. Docker refuses to create a container with an
option that its driver does not know. A driver that is not named here may be a plugin.
"""

from __future__ import annotations

NONE = "none"
"""The driver that keeps nothing, and takes any option."""

COMMON = frozenset({"mode", "max-buffer-size"})
"""What every driver takes."""

_CACHE = ("disabled", "max-file", "max-size", "compress")
CACHE = frozenset(f"cache-{name}" for name in _CACHE)
"""What every driver takes for the copy of the output that `docker logs` reads."""

_ATTRIBUTES = ("env", "env-regex", "labels", "labels-regex", "tag")
_FILES = ("compress", "max-file", "max-size", *_ATTRIBUTES)


def _prefixed(prefix: str, names: str) -> tuple[str, ...]:
    return tuple(f"{prefix}-{name}" for name in names.split())


DRIVERS: dict[str, frozenset[str]] = {
    "awslogs": frozenset(
        (
            "tag",
            *_prefixed(
                "awslogs",
                """
                create-group create-stream credentials-endpoint datetime-format endpoint
                force-flush-interval-seconds format group max-buffered-events multiline-pattern
                region stream
                """,
            ),
        )
    ),
    "etwlogs": frozenset(),
    "fluentd": frozenset(
        (
            *_ATTRIBUTES,
            *_prefixed(
                "fluentd",
                """
                address async async-connect async-reconnect-interval buffer-limit max-retries
                read-timeout request-ack retry-wait sub-second-precision write-timeout
                """,
            ),
        )
    ),
    "gcplogs": frozenset(
        (*_ATTRIBUTES, "gcp-log-cmd", "gcp-project", *_prefixed("gcp-meta", "id name zone"))
    ),
    "gelf": frozenset(
        (
            *_ATTRIBUTES,
            *_prefixed(
                "gelf",
                "address compression-level compression-type tcp-max-reconnect tcp-reconnect-delay",
            ),
        )
    ),
    "journald": frozenset(_ATTRIBUTES),
    "json-file": frozenset(_FILES),
    "local": frozenset(_FILES),
    NONE: frozenset(),
    "splunk": frozenset(
        (
            *_ATTRIBUTES,
            *_prefixed(
                "splunk",
                """
                caname capath format gzip gzip-level index index-acknowledgment insecureskipverify
                source sourcetype token url verify-connection
                """,
            ),
        )
    ),
    "syslog": frozenset(
        (
            *_ATTRIBUTES,
            *_prefixed(
                "syslog",
                "address facility format tls-ca-cert tls-cert tls-key tls-skip-verify",
            ),
        )
    ),
}
"""The options of each driver, without those that all have. Of `etwlogs` nothing is checked."""

ANY_OPTIONS = frozenset({NONE, "etwlogs"})
"""Drivers whose options nobody checks."""

OTHER_WORDS = {"file": "json-file", "json": "json-file", "cloudwatch": "awslogs"}
"""What people write for a driver."""
