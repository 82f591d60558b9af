"""Systems and architectures that images are made for: the parts of a `platform`.

The source is the list of Go's targets that containerd's package `platforms` knows (`database.go`),
with the other names that it takes for them, and `wasi` with `wasm32` or `wasm`, which Docker uses
for WebAssembly.
"""

from __future__ import annotations

_SYSTEMS = """
    aix android darwin dragonfly freebsd hurd illumos ios js linux macos nacl netbsd openbsd
    plan9 solaris wasi wasip1 wasip2 windows zos
"""
SYSTEMS = frozenset(_SYSTEMS.split())

COMMON_SYSTEMS = ("linux", "windows")
"""Those that images exist for: what is worth being suggested."""

_ARCHITECTURES = """
    386 aarch64 amd64 amd64p32 arm arm64 arm64be armbe armel armhf i386 loong64 mips mips64
    mips64le mips64p32 mips64p32le mipsle ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64
    wasm wasm32 wasm64 x86-64 x86_64
"""
ARCHITECTURES = frozenset(_ARCHITECTURES.split())

COMMON_ARCHITECTURES = ("amd64", "arm64", "arm", "386", "ppc64le", "riscv64", "s390x")
"""Those that images exist for: what is worth being suggested."""

OTHER_WORDS = {"x86": "386", "x64": "amd64", "arm32": "arm", "armv7": "arm/v7", "armv6": "arm/v6"}
"""What people write for an architecture that has another name."""
