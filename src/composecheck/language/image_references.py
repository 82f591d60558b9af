"""References to images: `registry.example:5000/team/app:1.2@sha256:…`.

Compose does not check them; the engine does when it needs the image. (Facts: distribution,
`reference`, whose grammar the engine reads; measured of Docker Compose v5.6.1: `image: Foo Bar` is
accepted.)
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from composecheck.expressions import expression
from composecheck.language.patterns import spelled

if TYPE_CHECKING:
    from composecheck.language.traced import Traced
    from composecheck.source import Span


class Fault(Enum):
    """Why the engine will not take a reference; Compose does."""

    EMPTY = "empty"
    """There is nothing: often a variable that is not set."""
    CAPITAL_LETTER = "capital letter"
    """In the name of the repository: `Foo`."""
    REPOSITORY = "repository"
    """A character that may not stand there, or a part that is empty: `a b`, `a//b`, `a:80/b`."""
    REGISTRY = "registry"
    """`-x.example/a`, `a.example:port/b`."""
    TAG = "tag"
    """`a:`, `a:-1`, or a tag of more than 128 characters."""
    DIGEST = "digest"
    """What stands behind `@` is none: `a@sha256:12`."""


class InvalidImageReference(Struct, frozen=True):
    """A reference that the engine will not take. Compose itself does not refuse it.

    `span` and `text` are the part at fault. Of an unknown part, `text` has what is written in the
    file.
    """

    span: Span
    text: str
    fault: Fault


class ImageReference(Struct, frozen=True, eq=False):
    """A reference in its parts, as they are written; what is not written is None.

    An unknown part of the text may hold what separates the parts. A tag or a digest that is written
    behind all of these is what it is in any case; `may_have_tag` says that one may be hidden, so
    that None means nothing.
    """

    registry: Traced | None
    repository: Traced
    tag: Traced | None
    digest: Traced | None
    span: Span

    @property
    def may_have_tag(self) -> bool:
        """Whether there is a tag or a digest, or may be one in an unknown part."""
        return bool(self.tag or self.digest or not self.repository.is_known)


_COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_REPOSITORY = expression(rf"{_COMPONENT}(?:/{_COMPONENT})*")
_LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_REGISTRY = expression(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?")
_TAG = expression(r"\w[\w.-]{0,127}", re.ASCII)
_DIGEST = expression(r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}")


def parse_image_reference(text: Traced) -> ImageReference | InvalidImageReference:
    """Read a reference. A part with something unknown in it is taken to be right."""
    if not len(text):
        return InvalidImageReference(text.span, "", Fault.EMPTY)
    named, at, digest = text.partition("@")
    slash = named.rfind("/")
    colon = named.rfind(":")
    tag = None
    if colon > slash:
        tag, named = named[colon + 1 :], named[:colon]
    registry, repository = _cut_registry(named)
    for part, pattern, fault in (
        (registry, _REGISTRY, Fault.REGISTRY),
        (repository, _REPOSITORY, Fault.REPOSITORY),
        (tag, _TAG, Fault.TAG),
        (digest if len(at) else None, _DIGEST, Fault.DIGEST),
    ):
        if part is not None and part.is_known and not pattern.fullmatch(part.text):
            wrong = part if len(part) else text
            if fault is Fault.REPOSITORY and _REPOSITORY.fullmatch(part.text.lower()):
                fault = Fault.CAPITAL_LETTER
            return InvalidImageReference(wrong.span, spelled(wrong), fault)
    return ImageReference(registry, repository, tag, digest if len(at) else None, text.span)


def _cut_registry(named: Traced) -> tuple[Traced | None, Traced]:
    """Cut off the registry, if what stands before the first slash is one."""
    first, slash, rest = named.partition("/")
    if not len(slash):
        return None, named
    looks_like_one = any(mark in first.shape for mark in ".:") or first.equals("localhost")
    if looks_like_one or first.shape != first.shape.lower():
        return first, rest
    return None, named
