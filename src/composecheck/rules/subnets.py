"""Rules on subnets of networks and addresses of network cards: texts that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composecheck.finding import Severity
from composecheck.language.addresses import address_of
from composecheck.language.mac_addresses import is_mac_address
from composecheck.language.subnets import Fault, Subnet, parse_subnet
from composecheck.rule import Category, rule
from composecheck.rules.marks import once
from composecheck.rules.values import table_of, values_at
from composecheck.rules.wrong_texts import find_text, known_text
from composecheck.schema.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from composecheck.finding import Finding
    from composecheck.project.project import Project

_SUBNETS = table_of(
    {"networks.*.ipam.config.*.subnet": "", "networks.*.ipam.config.*.ip_range": ""}
)
_MACS = table_of({"services.*.mac_address": "", "services.*.networks.*.mac_address": ""})


@rule("subnet-invalid", Severity.WARNING, Category.RUNTIME)
def subnet_invalid(project: Project) -> Iterator[Finding]:
    """A subnet of a network that is none.

    `subnet` and `ip_range` are the first address of a range, a slash, and how many bits all its
    addresses share: `172.20.0.0/16` begins with `172.20` in all of them. `docker compose config`
    takes any text. But `docker compose up` does not create the network where the number is missing,
    or, since Docker 25, where the address before the slash is not the first one.

    Bad:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.1/16

    Good:

        services:
          web:
            image: nginx
            networks:
              - front
        networks:
          front:
            ipam:
              config:
                - subnet: 172.20.0.0/16
    """
    # Hits in the corpus: none. The source: docker/compose, `create.go` ("invalid subnet"); moby 25
    # and later, `api/types/network/ipam.go` ("invalid subnet 172.20.0.1/16: it should be
    # 172.20.0.0/16").
    yield from once(_subnets(project))


def _subnets(project: Project) -> Iterator[Finding]:
    for node, path, _ in values_at(project, _SUBNETS):
        text = known_text(node, project)
        subnet = parse_subnet(text) if text is not None else None
        if text is None or subnet is None or (isinstance(subnet, Subnet) and subnet.is_exact):
            continue
        shown, meant = quoted(text.text), ""
        if isinstance(subnet, Subnet):
            meant = str(subnet.value)
            message = (
                f"{quoted(subnet.text.partition('/')[0])} is an address within the range, and not"
                " its first one"
            )
        elif subnet.fault is Fault.NO_LENGTH:
            meant = _with_length(text.text)
            message = f"There is no slash and number behind {shown}"
        elif subnet.fault is Fault.LENGTH:
            meant = _with_mask(text.text)
            message = f"What stands behind the slash of {shown} is no number of bits"
        else:
            message = f"{shown} is no range of IP addresses"
        example = f"such as {quoted('172.20.0.0/16')}"
        remedy = f"Write {quoted(meant)}." if meant else f"Write one, {example}."
        yield find_text(
            project,
            "subnet-invalid",
            text,
            f"{message}: the network {quoted(path[1])} is not created.",
            remedy,
            (meant,) if meant else (),
        )


def _with_length(address: str) -> str:
    """Return the range that is likely meant by its first address."""
    parts = address.split(".")
    zeros = 0
    while len(parts) == 4 and zeros < 3 and parts[3 - zeros] == "0":
        zeros += 1
    return f"{address}/{32 - 8 * zeros}" if zeros else ""


def _with_mask(text: str) -> str:
    """Return a range that is written with a mask, `10.0.0.0/255.0.0.0`, as it should be."""
    address, _, mask = text.partition("/")
    value = address_of(mask)
    if value is None or value.version != 4 or address_of(address) is None:
        return ""
    bits = f"{int(value):032b}"
    return f"{address}/{bits.count('1')}" if "01" not in bits else ""


@rule("mac-address-invalid", Severity.WARNING, Category.RUNTIME)
def mac_address_invalid(project: Project) -> Iterator[Finding]:
    """A `mac_address` that is none.

    It is six pairs of the digits `0` to `9` and `a` to `f`, with `:` between them.
    `docker compose config` takes any text. But `docker compose up` does not create the container.

    Bad:

        services:
          web:
            image: nginx
            mac_address: 02:42:ac:11:00

    Good:

        services:
          web:
            image: nginx
            mac_address: 02:42:ac:11:00:02
    """
    # Hits in the corpus: none. The source: docker/compose, `pkg/compose/create.go` ("invalid MAC
    # address").
    yield from once(_macs(project))


def _macs(project: Project) -> Iterator[Finding]:
    for node, _, _ in values_at(project, _MACS):
        text = known_text(node, project)
        if text is None or is_mac_address(text.text):
            continue
        digits = "".join(filter(str.isalnum, text.text))
        pairs = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
        meant = pairs if len(digits) == 12 and is_mac_address(pairs) else ""
        yield find_text(
            project,
            "mac-address-invalid",
            text,
            f"{quoted(text.text)} is no address of a network card: the container is not created.",
            f"Write {quoted(meant)}."
            if meant
            else 'Write six pairs of digits, such as "02:42:ac:11:00:02".',
            (meant,) if meant else (),
        )


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (subnet_invalid, mac_address_invalid)
