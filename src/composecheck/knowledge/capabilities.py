"""The capabilities of Linux: what `cap_add` and `cap_drop` may name.

The source is the header `linux/capability.h` of Linux (the last one, CHECKPOINT_RESTORE, came with
5.9). Docker takes them in any case, with or without `CAP_` before them, and `ALL`; it refuses to
create a container with any other (moby, `daemon/pkg/oci/caps`).
"""

from __future__ import annotations

PREFIX = "CAP_"

EVERYTHING = "ALL"

_NAMES = """
    AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE
    DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN
    MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID
    SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE
    SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM
"""
CAPABILITIES = frozenset(_NAMES.split())


def is_capability(name: str) -> bool:
    """Tell whether Docker takes `name` for a capability, or for all of them."""
    upper = name.upper()
    return upper == EVERYTHING or upper.removeprefix(PREFIX) in CAPABILITIES
