"""What is wrong with a port, in words, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Edit, Fix, Safety
from composecheck.language.addresses import Fault as AddressFault
from composecheck.language.ports import Fault, PortMapping
from composecheck.language.short_ports import parse_port
from composecheck.language.traced import known, trace
from composecheck.nearest import nearest
from composecheck.rules.marks import may_edit
from composecheck.rules.places import replacement, scalar_at
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from composecheck.language.ports import InvalidPort
    from composecheck.project.project import Project
    from composecheck.source import Source, Span

_PROTOCOLS = ("tcp", "udp", "sctp")
_EXAMPLE = '"8080:80"'
_A_PORT = 'a port is a number from 1 to 65535, or a range such as "3000-3005"'


def words_for(wrong: InvalidPort, written: str) -> tuple[str, str]:
    """Return what is wrong with a port that is `written` so, as a clause, and what to write."""
    text = quoted(wrong.text)
    match wrong.fault:
        case Fault.EMPTY:
            return "This port is empty", f"Write a port such as {_EXAMPLE}, or delete the line."
        case Fault.NO_TARGET:
            return (
                f"{quoted(written)} lacks the port in the container",
                f"Write it last, as in {_EXAMPLE}.",
            )
        case Fault.TARGET_ZERO:
            return f"No container can listen on port {text}", "Write a port from 1 to 65535."
        case Fault.TARGET_NEGATIVE:
            return f"A port cannot be below zero, as {text} is", "Write a port from 1 to 65535."
        case Fault.BLANKS:
            return f"Blanks stand in {quoted(written)}", "Remove the blanks."
        case Fault.NO_WHOLE_NUMBER:
            return (
                f"Without quotes, {text} is no whole number to YAML, and so no port",
                f"Put quotes around it: {text}."
                if wrong.text.isdecimal()
                else "Write a whole number.",
            )
        case Fault.OUT_OF_RANGE:
            return f"{text} is no port, since ports go from 1 to 65535", "Correct the number."
        case Fault.OPEN_RANGE:
            return f"The range {text} has no end", 'Write both, as in "3000-3005".'
        case Fault.REVERSED_RANGE:
            return f"The range {text} ends before it begins", "Write the smaller port first."
        case Fault.UNEQUAL_RANGES:
            return (
                f"The two ranges in {quoted(written)} have different lengths: each port in the"
                " container needs one on this machine",
                'Write ranges of the same length, as in "3000-3002:80-82".',
            )
        case Fault.PROTOCOL if wrong.text.isdecimal() and wrong.text.isascii():
            return (
                f"Behind the slash stands a protocol, and {text} is none",
                f"Write a colon between two ports: {quoted(_with_colon(written))}.",
            )
        case Fault.PROTOCOL:
            return (
                f"{text} is no protocol that a port can have",
                'Write "tcp", "udp" or "sctp" behind the slash; for two of them, write two lines.',
            )
        case Fault.MISPLACED_PROTOCOL:
            return (
                f"The protocol in {quoted(written)} stands behind the wrong port",
                "Write it at the end, behind the port in the container.",
            )
        case Fault.ADDRESS:
            return _address_words(wrong)
        case Fault.ADDRESS_WITHOUT_PORT:
            return (
                f"Behind an address such as {text}, Compose expects two ports, and takes it for a"
                " port itself",
                f"Write the port of this machine between the two: {_with_both_ports(written)}.",
            )
    return f"{text} is no port: {_A_PORT}", f"Write a port such as {_EXAMPLE}."


def _address_words(wrong: InvalidPort) -> tuple[str, str]:
    text = quoted(wrong.text)
    match wrong.address.fault if wrong.address is not None else None:
        case AddressFault.ZONE:
            return (
                f"{text} names a network interface, which Compose does not take here",
                'Write the address without what stands behind "%".',
            )
        case AddressFault.LEADING_ZERO:
            return f"A number in the address {text} begins with a zero", "Remove the zeros."
        case AddressFault.BRACKETS:
            return f"The brackets of {text} are not right", 'Write an IPv6 address as in "[::1]".'
        case AddressFault.EMPTY:
            return "The address is empty", 'Write one such as "127.0.0.1", or delete it.'
    if wrong.text.replace(":", "").isdecimal():
        return (
            f"There is a number too many: before the two ports, {text} stands where an address may",
            'Write "address:port:port" or "port:port", as in "127.0.0.1:8080:80".',
        )
    return (
        f"{text} is no IP address, and Compose takes no name of a host here",
        'Write an address such as "127.0.0.1", or leave it out to publish the port everywhere.',
    )


_ADDRESSES = {"localhost": "127.0.0.1", "*": "0.0.0.0"}


def _with_both_ports(written: str) -> str:
    address, _, port = written.rpartition(":")
    published = port.partition("/")[0]
    return quoted(f"{_ADDRESSES.get(address, address)}:{published}:{port}")


def fix_for(
    project: Project, source: Source, whole: Span, wrong: InvalidPort
) -> tuple[Fix | None, str]:
    """Return the fix of a port at `whole`, and what to write instead of the wrong characters."""
    span, text, safety = wrong.span, wrong.text, Safety.SAFE
    match wrong.fault:
        case Fault.BLANKS:
            return _whole_fix(project, source, whole, _without_blanks, Safety.SAFE)
        case Fault.REVERSED_RANGE:
            first, _, last = text.partition("-")
            right, safety = f"{last}-{first}", Safety.UNSAFE
        case Fault.ADDRESS:
            right = _right_address(wrong)
        case Fault.ADDRESS_WITHOUT_PORT:
            return _whole_fix(project, source, whole, _add_port, Safety.UNSAFE)
        case Fault.PROTOCOL if text.isdecimal() and text.isascii():
            return _whole_fix(project, source, whole, _with_colon, Safety.UNSAFE)
        case Fault.PROTOCOL:
            right, safety = next(iter(nearest(text, _PROTOCOLS)), ""), Safety.UNSAFE
        case Fault.MISPLACED_PROTOCOL:
            return _whole_fix(project, source, whole, _move_protocol, Safety.SAFE)
        case Fault.NO_WHOLE_NUMBER:
            return in_quotes(project, source, whole, text), ""
        case _:
            return None, ""
    if not right:
        return None, ""
    return replacement(project, source, span, text, right, safety), right


def _right_address(wrong: InvalidPort) -> str:
    match wrong.address.fault if wrong.address is not None else None:
        case AddressFault.BLANKS:
            return wrong.text.strip()
        case AddressFault.LEADING_ZERO:
            parts = (part.lstrip("0") or "0" for part in wrong.text.split("."))
            return ".".join(parts)
    return _ADDRESSES.get(wrong.text, "")


def _whole_fix(
    project: Project,
    source: Source,
    whole: Span,
    rewrite: Callable[[str], str],
    safety: Safety,
) -> tuple[Fix | None, str]:
    """Return the fix that rewrites all of a port, if Compose takes what comes of it."""
    scalar = scalar_at(project, source, whole)
    if scalar is None or "$" in scalar.text:
        return None, ""
    text = trace(scalar)
    right = rewrite(scalar.text)
    return replacement(project, source, text.span, scalar.text, right, safety), right


def _without_blanks(written: str) -> str:
    return "".join(written.split())


def _add_port(written: str) -> str:
    return _with_both_ports(written).strip('"')


def _with_colon(written: str) -> str:
    before, _, behind = written.rpartition("/")
    return f"{before}:{behind}"


def _move_protocol(written: str) -> str:
    before, _, target = written.rpartition(":")
    published, _, protocol = before.rpartition("/")
    return f"{published}:{target.partition('/')[0]}/{protocol}"


def in_quotes(project: Project, source: Source, whole: Span, text: str) -> Fix | None:
    """Return the fix that puts quotes around a number, if it is a port then."""
    is_port = isinstance(parse_port(known(source, text, whole)), PortMapping)
    if not is_port or source.slice(whole) != text or not may_edit(project, source, whole):
        return None
    return Fix("Put quotes around it", Safety.SAFE, (Edit(source, whole, f'"{text}"'),))
