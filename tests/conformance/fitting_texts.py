"""Texts for generated projects: what mostly fits, by key and little language, and what does not."""

from __future__ import annotations

NAMES: dict[str, tuple[str, ...]] = {
    "services": ("web", "db", "app"),
    "depends_on": ("web", "db", "app"),
    "networks": ("front", "back"),
    "volumes": ("data", "cache"),
    "secrets": ("key", "cert"),
    "configs": ("page", "conf"),
    "models": ("llm", "small"),
}
"""Names that a generated project defines, by section; and those that a key may use."""

BY_SYNTAX: dict[str, tuple[str, ...]] = {
    "image": ("nginx:1.27", "ghcr.io/o/n@sha256:0", "${WORD}:${ONE}", "x"),
    "build-context": (".", "./dir", "https://example.com/a.git#main:sub", "../up", "/abs"),
    "platform": ("linux/amd64", "linux/arm64"),
    "ssh": ("default", "k=./key"),
    "byte-size": ("64m", "1gb", "1.5 GiB", "1024", "${ONE}k"),
    "command-line": ("run it", "sh -c 'a b'", 'echo "$WORD"', "a && b", "", "a\\ b"),
    "env-file": ("./other.yaml.env", "${UNSET:-no}.env"),
    "port": (
        "80",
        "8080:80",
        "127.0.0.1:80:80/udp",
        "3000-3002:3000-3002",
        "[::1]:1:1",
        "${ONE}:80",
    ),
    "expose": ("80", "81/udp", "3000-3001"),
    "volume-mount": ("./a:/a", "data:/data:ro", "/anonymous", "~/h:/h", "cache:/c:z", "C:\\x:/x"),
    "file-mode": ("0440", "444"),
    "network-mode": ("bridge", "host", "none", "service:db", "container:x"),
    "namespace-mode": ("host", "service:db", "container:x", "shareable"),
    "duration": ("10s", "1m30s", "1h", "0", "1.5h", "1d"),
    "secret": NAMES["secrets"],
    "config": NAMES["configs"],
    "pull-policy": ("always", "every_12h", "missing", "daily"),
    "tmpfs": ("/t", "/run:size=64m,mode=1777"),
    "device": ("/dev/a", "/dev/a:/dev/b", "/dev/a:/dev/b:rw"),
    "gpu-count": ("all", "1"),
    "ulimit": ("5", "-1"),
    "extra-host": ("h:1.1.1.1", "h=::1", "i:host-gateway"),
    "key-value": ("A=1", "B", "C=", "D=${WORD}", "E=a=b"),
}
"""By the name that the schema gives to a little language."""

BY_KEY: dict[str, tuple[str, ...]] = {
    "container_name": ("one", "two-${ONE}"),
    "depends_on": NAMES["services"],
    "links": ("db", "db:see", "web"),
    "volumes_from": ("db", "db:ro", "container:x"),
    "networks": NAMES["networks"],
    "models": NAMES["models"],
    "profiles": ("debug", "data"),
    "service": NAMES["services"],
    "host_ip": ("127.0.0.1", "::1"),
    "format": ("raw",),
    "type": ("bind", "volume", "tmpfs"),
    "source": ("./s", "data", "key", "page"),
    "target": ("/t", "/u/../v/"),
    "path": ("./p", "/dev/a"),
    "cpus": ("0.5", "1", "${ONE}"),
    "memory": ("64m", "1gb"),
    "test": ("exit 0", "NONE", "CMD", "CMD-SHELL"),
    "driver": ("json-file", "local"),
    "subnet": ("10.0.0.0/24", "10.1.0.0/24"),
    "mac_address": ("02:42:ac:11:00:02",),
    "file": ("./f", "f.json"),
    "cron": ("0 0 * * *",),
    "timezone": ("UTC",),
}
"""By key, where no language says more."""

OTHERWISE = ("text", "two words", "1", "true", "${WORD}", "${UNSET:-d}", "$$x", "", "é")
"""Where any text will do."""

FOR_KEYS: dict[str, tuple[str, ...]] = {
    "^[a-zA-Z0-9._-]+$": ("web", "front", "a.b"),
    "^.+$": ("max-size", "a b"),
    ".+": ("KEY", "com.example.a", "x-key"),
    "^[a-z]+$": ("nofile", "nproc"),
}
"""Keys for the patterns of the schema, where NAMES has none."""

STRANGE = (
    *("", " ", "~", "null", "x y", "0", "-1", "1.5", "1e3", "0x1F", "1_000", "08", "yes", "True"),
    *("$UNSET", "${UNSET}", "${EMPTY:-}", "${A:B}", "${", "$", "$$", "${WORD", "${UNSET:?no}"),
    *(":", "a:", ":a", "a:b", "a:b:c", "a:b:c:d", "::", "/", "//a/", ".", "..", "~", "\\", "a\tb"),
    *("80/x", "80:a", "1-0", "0-1", "65536", "99999:80", "127.0.0.1:80", "[::1]", "::1:1:1"),
    *("5", "5x", "5 m", "-5s", "1h1", "1y", ".5s", "1kk", "64mm", "1eb", "=", "a=", "=a", "a =b"),
    *("'", '"', "a 'b", "`", "$(", "2020-01-01", "every_5x", "service:", "service:none", "none"),
    *("0o17", "0888", "rw", "default", "key", "@", "*", "&", "!x", "{", "[", "é", "​"),
)
"""What seldom fits anywhere."""
