"""Rules on names that Compose hands on to Docker: capabilities, signals and platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Safety, Severity
from composecheck.knowledge import capabilities, platforms, signals
from composecheck.language.platforms import InvalidPlatform, parse_platform
from composecheck.nearest import nearest
from composecheck.project.reading import text_of, value_of
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.places import find_at, replacement
from composecheck.rules.values import table_of, values_at
from composecheck.schema.words import join_or, quoted
from composecheck.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Collection as Names

    from composecheck.finding import Finding, Fix
    from composecheck.language.traced import Traced
    from composecheck.project.patterns import Patterns
    from composecheck.project.project import Project
    from composecheck.yaml.nodes import Node

_CAPABILITIES = table_of({"services.*.cap_add.*": "", "services.*.cap_drop.*": ""})
_SIGNALS = table_of({"services.*.stop_signal": ""})
_PLATFORMS = table_of({"services.*.platform": "", "services.*.build.platforms.*": ""})


@rule("capability-unknown", Severity.WARNING, Category.RUNTIME)
def capability_unknown(project: Project) -> Iterator[Finding]:
    """A capability under `cap_add` or `cap_drop` that Linux does not have.

    Compose takes any text, and Docker then refuses to create the container. The names are those of
    Linux, such as `NET_ADMIN` or `SYS_TIME`, with or without `CAP_` before them; `ALL` stands for
    all of them.

    Bad:

        services:
          vpn:
            image: example/vpn
            cap_add:
              - NET_ADMN

    Good:

        services:
          vpn:
            image: example/vpn
            cap_add:
              - NET_ADMIN
    """
    # Hits in the corpus: none. The source: moby, `daemon/pkg/oci/caps` ("unknown capability").
    yield from once(_capabilities(project))


def _capabilities(project: Project) -> Iterator[Finding]:
    for node, text in _texts(project, _CAPABILITIES):
        if capabilities.is_capability(text.text):
            continue
        prefix = capabilities.PREFIX
        bare = text.text.upper().replace("-", "_").strip().removeprefix(prefix)
        meant = _meant(bare, {*capabilities.CAPABILITIES, capabilities.EVERYTHING})
        if meant and text.text.upper().startswith(prefix):
            meant = tuple(f"{prefix}{name}" for name in meant)
        yield _unknown(
            project,
            "capability-unknown",
            node,
            text,
            f"Linux has no capability {quoted(text.text)}, so that Docker refuses to create the"
            " container.",
            "Write the name of one, such as " + quoted("NET_ADMIN") + ".",
            meant,
        )


@rule("signal-unknown", Severity.WARNING, Category.RUNTIME)
def signal_unknown(project: Project) -> Iterator[Finding]:
    """A `stop_signal` that is none.

    Compose takes any text, and Docker then refuses to create the container. Write the name of a
    signal of Linux, such as `SIGTERM` or `SIGQUIT`, with or without `SIG`, or its number.

    Bad:

        services:
          web:
            image: nginx
            stop_signal: SIGQIUT

    Good:

        services:
          web:
            image: nginx
            stop_signal: SIGQUIT
    """
    # Hits in the corpus: none. The source: moby, `daemon/container.go`, which refuses what the
    # package `signal` does not know.
    yield from once(_signals(project))


def _signals(project: Project) -> Iterator[Finding]:
    for node, text in _texts(project, _SIGNALS):
        if signals.is_signal(text.text):
            continue
        prefix = signals.PREFIX
        written = text.text.upper().strip()
        names = {f"{prefix}{name}" for name in signals.SIGNALS if name.isalnum()}
        meant = _meant(written, names) or _meant(f"{prefix}{written}", names)
        if meant and not written.startswith(prefix[:2]):
            meant = tuple(name.removeprefix(prefix) for name in meant)
        yield _unknown(
            project,
            "signal-unknown",
            node,
            text,
            f"{quoted(text.text)} is no signal, so that Docker refuses to create the container.",
            'Write the name of one, such as "SIGTERM".',
            meant,
        )


@rule("platform-unknown", Severity.WARNING, Category.RUNTIME)
def platform_unknown(project: Project) -> Iterator[Finding]:
    """A platform whose system or architecture does not exist.

    Compose takes any text, but for a platform that does not exist there is no image, so that Docker
    finds nothing to pull or build. Write a system and an architecture: `linux/amd64`,
    `linux/arm64`, `linux/arm/v7`.

    Bad:

        services:
          web:
            image: nginx
            platform: linux/amd46

    Good:

        services:
          web:
            image: nginx
            platform: linux/amd64
    """
    # Hits in the corpus: one. The source: containerd, `platforms/database.go`.
    yield from once(_platforms(project))


def _platforms(project: Project) -> Iterator[Finding]:
    for node, text in _texts(project, _PLATFORMS):
        platform = parse_platform(text)
        if isinstance(platform, InvalidPlatform):
            if "," in text.text or not text.text:
                continue
            shown = quoted(text.text)
            yield _unknown(
                project,
                "platform-unknown",
                node,
                text,
                f"{shown} is no platform, so that Docker finds no image for it.",
                'Write a system and an architecture, such as "linux/amd64".',
                (),
            )
            continue
        system, architecture = platform.system, platform.architecture
        parts: list[tuple[Traced, frozenset[str], str, tuple[str, ...]]]
        if architecture is None:
            # One word alone is a system or an architecture.
            parts = [(system, platforms.SYSTEMS | platforms.ARCHITECTURES, "platform", ())]
        else:
            parts = [
                (system, platforms.SYSTEMS, "system", platforms.COMMON_SYSTEMS),
                (
                    architecture,
                    platforms.ARCHITECTURES,
                    "architecture",
                    platforms.COMMON_ARCHITECTURES,
                ),
            ]
        for part, known_names, what, common in parts:
            name = part.text.partition("(")[0].lower()
            if name in known_names:
                continue
            other = platforms.OTHER_WORDS.get(name, "")
            meant = (other,) if other and common else _meant(name, common)
            yield _unknown(
                project,
                "platform-unknown",
                node,
                part,
                f"There is no {what} {quoted(part.text)}, so that Docker finds no image for it.",
                'Write a system and an architecture, such as "linux/amd64".',
                meant,
            )
            break


def _texts(project: Project, table: Patterns[str]) -> Iterator[tuple[Node, Traced]]:
    """Yield the texts that stand where `table` says and are known."""
    for node, path, _ in values_at(project, table):
        if not isinstance(node, Scalar) or path[1] in project.partial_services:
            continue
        if text_of(node) is None and (node not in project.texts or value_of(node) is None):
            continue
        text = project.text(node)
        if text.is_known and len(text):
            yield node, text


def _meant(name: str, candidates: Names[str]) -> tuple[str, ...]:
    return tuple(nearest(name, sorted(candidates)))


def _unknown(
    project: Project,
    name: str,
    node: Node,
    text: Traced,
    message: str,
    example: str,
    meant: tuple[str, ...],
) -> Finding:
    fix: Fix | None = None
    if meant:
        fix = replacement(project, node.source, text.span, text.text, meant[0], Safety.UNSAFE)
    return find_at(
        project,
        name,
        Severity.WARNING,
        node.source,
        text.span,
        message,
        f"Write {join_or(map(quoted, meant))}." if meant else example,
        suggestions=meant,
        fix=fix,
    )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    capability_unknown,
    signal_unknown,
    platform_unknown,
)
