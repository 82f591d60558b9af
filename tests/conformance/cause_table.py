"""Compose's messages, and the rules that say the same.

A pattern's groups are names that our findings have to mention: of a `path` the last key, of a
`file` the last part, in a `list` each of several in single quotes, of any other the text itself.
Where two patterns fit the same characters, the first counts.
"""

from __future__ import annotations

import re

_YAML = (
    # What goes wrong below YAML's own rules, in the order of reading.
    (r"unknown anchor '(?P<a>[^']*)'", "yaml-alias-undefined yaml-asterisk"),
    (r"cycle detected: node at path", "yaml-alias-cycle alias-around"),
    (r"internal error: path \S+ is not a sub-path of", "mark-lost"),
    (r'mapping key "(?P<a>[^"]*)" already defined', "yaml-duplicate-key"),
    (r"cannot use '.*' as a map key", "yaml-complex-key yaml-template"),
    (r"map merge requires map or sequence of maps as the value", "yaml-merge-value"),
    (r"found incompatible YAML document", "yaml-version"),
    (r"control characters are not allowed", "yaml-control-character yaml-encoding"),
    (r"invalid (?:leading|trailing) UTF-8 octet", "yaml-encoding"),
    (r"exceeds maximum node visit limit", "yaml-too-many-nodes"),
    (r"cannot construct !!\w+ `[^`]*` as a !!\w+", "yaml-tag-value"),
    (r"cannot construct !!\w+(?: `[^`]*`)? into (?:cli\.named|string)", "value-type"),
    (r"go-yaml load error in [^\n]*", "yaml-*"),
    (r"non-string key (?:at top level|in [^\n]*?): (?:<nil>|(?P<a>\S+))", "yaml-key-type"),
    (r"top-level object must be a mapping", "value-type file-empty"),
    (r"empty compose file", "file-empty"),
)

_VARIABLES = (
    (r"invalid interpolation format for (?P<path>[^\n]*?)\.?\n[^\n]*\n[^\n]*", "variable-syntax"),
    (r"required variable (?P<a>\w+) is missing a value[^\n]*", "variable-required"),
    (r"(?P<path>\S+): failed to cast to expected type: strconv[^\n]*", "number-invalid"),
    (r"(?P<path>\S+): failed to cast to expected type: invalid boolean", "boolean-invalid"),
    (r'Invalid template: "(?P<a>[^"]*)"', "env-file-syntax variable-syntax"),
)

_SHAPE = (
    (r"json: unsupported value: (?:[+-]?Inf|NaN)", "number-* value-type value-not-allowed"),
    (r"additional properties (?P<list>'.*') not allowed", "key-unknown name-invalid"),
    (
        # What stands there is a section, and no service.
        r"validating \S+: services\.(?P<a>(?:volume|network|secret|config|model)s)\.\S+ false",
        "key-unknown",
    ),
    (r"validating \S+: (?P<path>[^\n]*) false schema", "key-unknown name-invalid"),
    (r"(?P<path>\S+) missing property '(?P<a>[^']*)'", "key-missing volume-incomplete"),
    (
        r"(?P<path>[^\s:]+):? must be (?:greater|less) than or equal to \S+",
        "number-* value-* scale-negative",
    ),
    (r"(?P<path>\S+) value must be (?:one of )?'", "value-not-allowed"),
    (r"(?P<path>\S+) '(?P<a>[^\n]*?)' does not match pattern '", "value-pattern"),
    (r"(?P<path>\S+) items at \d+ and \d+ are equal", "list-duplicate"),
    (
        r"(?P<path>[^\s:]+):? must be a [a-z, ]+",
        "value-type value-not-allowed number-* date-unquoted key-unknown key-missing",
    ),
    (r"(?P<path>\S+): unexpected type \S+", "value-type merge-clash key-unknown date-unquoted"),
    (r"unexpected type \S+", "value-type date-unquoted"),
    (r"(?P<path>\S+): unsupported expose value", "expose-invalid value-type"),
)

_PUTTING_TOGETHER = (
    (r"Circular reference:\n(?P<x>)", "extends-cycle"),
    (r"include cycle detected", "include-cycle"),
    (
        r'cannot extend service "(?P<a>[^"]*)" in \S+: service "(?P<b>(?:[^"\\]|\\.)*)" not found',
        "extends-undefined",
    ),
    (r'cannot extend service "(?P<a>[^"]*)" in \S+: no services section', "extends-undefined"),
    (r"extends\.(?P<a>\S+)\.service is required", "extends-undefined key-missing"),
    (r"cannot override (?P<path>\S+)", "merge-clash value-type"),
    (r"(?P<path>\S+): cannot merge \w+: expected a mapping", "merge-clash value-type"),
    (r"(?P<path>\S+): cannot (?:convert|use) \S+(?: {})? (?:in|as a )", "merge-clash value-type"),
    (r"`include` must be a list", "value-type"),
    (r"'\[\d+\]' expected a map or struct", "value-type"),
    (r"env file (?P<file>[^\n]*?) not found[^\n]*", "env-file-absent"),
    (r'unsupported env_file format "(?P<a>[^"]*)"', "env-file-format"),
    (r"label file (?P<file>[^\n]*?) not found[^\n]*", "env-file-absent"),
    (
        r"open (?P<file>[^\n]*): no such file or directory",
        "include-absent extends-file-absent env-file-absent",
    ),
    (
        r"stat (?P<file>[^\n]*): no such file or directory",
        "include-absent extends-file-absent env-file-absent",
    ),
    (r"(?P<file>\S+) is not a file", "env-file-absent"),
    (r"read \S+: is a directory", "include-absent extends-file-absent env-file-absent"),
    (r"failed to (?:read|parse)(?: env_file)? \S+: (?!(?:go-)?yaml)[^\n]*", "env-file-syntax"),
)

_SHORT_FORMS = (
    (r"invalid spec: (?P<a>[^\n]*): (?:empty section between colons|too many colons)", "volume-*"),
    (r"invalid empty volume spec", "volume-syntax"),
    (r"no port specified: [^\n]*", "port-invalid"),
    (r"invalid containerPort: ?(?P<a>[^\n]*)", "port-invalid"),
    (r"invalid hostPort: ?(?P<a>[^\n]*)", "port-invalid"),
    (r"invalid proto: ?(?P<a>[^\n]*)", "port-invalid"),
    (r"invalid IP address:? ?(?P<a>[^\n: ]*)[^\n]*", "port-invalid"),
    (r"(?P<path>\S+): invalid ip address: ?(?P<a>[^\n]*)", "port-invalid"),
    (
        r"invalid ranges specified for container and host Ports: (?P<a>\S+) and (?P<b>\S+)",
        "port-invalid",
    ),
    (
        r"(?P<path>\S+): invalid type \S+(?: {})?(?: for [a-z_ ]+|$)",
        "value-type number-* port-invalid date-unquoted limit-invalid",
    ),
    (r"(?P<path>\S+): unsupported (?:type|value) [^\n]*", "value-type"),
    (r"invalid ssh key type \S+", "value-type"),
    (r"environment path attribute \S+ is missing", "key-missing"),
    (r"service ports (?P<path>\S+) is missing a target port", "port-no-target port-invalid"),
    (r"service volume (?P<path>\S+) is missing a mount target", "volume-incomplete"),
    (r"service device (?P<path>\S+) is missing a mount target", "device-*"),
    (r"confusing device mapping[^\n]*", "device-invalid"),
    (r'invalid mount config for type "\w+": field Source must not be empty', "volume-incomplete"),
    (r"invalid additional host, missing IP: ?(?P<a>[^\n]*)", "extra-host-invalid"),
    (r"bad host name '(?P<a>[^']*)'", "extra-host-invalid"),
    (
        r"'(?P<path>[^']*)' unexpected value type [^\n]* for extra_hosts",
        "name-ignored extra-host-invalid value-type",
    ),
    (r'invalid ssh key "(?P<a>[^"]*)"', "build-ssh-invalid"),
    (r"environment variable (?P<a>.*?) +is declared with a trailing space", "environment-blank"),
    (r"invalid value (?P<a>[^\n]*), expected key=value", "build-context-invalid"),
    (r"'(?P<path>[^']*)' invalid command line string", "command-syntax"),
    (r"'(?P<path>[^']*)' invalid size: '(?P<a>[^']*)'", "byte-size-invalid"),
    (r"'(?P<path>[^']*)' invalid suffix: '(?P<a>[^']*)'", "byte-size-invalid"),
    (r"'(?P<path>[^']*)' time: [^\n]*", "duration-invalid"),
    (r"'(?P<path>[^']*)' invalid value \"(?P<a>[^\"]*)\", the only value allowed", "device-count"),
    (r"'(?P<path>[^']*)' invalid boolean: ?(?P<a>[^\n]*)", "boolean-invalid"),
    (
        r"'(?P<path>[^']*)' cannot parse value as '[^']*': (?P<a>-?\w+)",
        "number-* tmpfs-mode port-invalid",
    ),
    (
        r"'(?P<path>[^']*)' strconv\.\w+: parsing \"",
        "number-* device-count file-mode-invalid byte-size-invalid",
    ),
    (r"'[^']*\[#extensions\]' expected type 'string'[^\n]*", "name-ignored"),
    (
        r"'(?P<path>[^']*)' expected type '[^']*', got unconvertible type '[^']*'",
        "value-type text-needed include-invalid date-unquoted number-* tmpfs-mode",
    ),
)

_MEANING = (
    (r'service "(?P<a>[^"]*)" has neither an image nor a build', "service-no-image"),
    (r'service "[^"]*" refers to undefined volume (?P<a>[^\n]*?): inv', "volume-undefined"),
    (
        r'service "[^"]*" refers to undefined network (?:#extensions|(?P<a>[^\n]*?)): inv',
        "network-undefined network-name-ignored",
    ),
    (
        r'service "[^"]*" refers to undefined (?:build )?secret (?P<a>[^\n]*?): inv',
        "secret-undefined",
    ),
    (r'service "[^"]*" refers to undefined config (?P<a>[^\n]*?): inv', "config-undefined"),
    (
        r'service "[^"]*" refers to undefined model (?:#extensions|(?P<a>[^\n]*?)): inv',
        "model-undefined model-name-ignored",
    ),
    (
        r'service "[^"]*" depends on undefined service "(?P<a>[^"]*)"',
        "service-undefined service-off",
    ),
    (r"dependency cycle detected: (?P<a>\S+) -> (?P<b>\S+)[^\n]*", "service-cycle"),
    (
        r'job "(?P<a>[^"]*)" depends on undefined service or job "(?P<b>[^"]*)"',
        "job-dependency",
    ),
    (r'service "(?P<a>[^"]*)" cannot depend on job "(?P<b>[^"]*)"', "job-as-dependency"),
    (r'"(?P<a>[^"]*)" is declared both as a service and a job', "job-name-taken"),
    (
        r'service "(?P<a>[^"]*)" declares (?:unknown|non-buildable) service "(?P<b>[^"]*)"',
        "build-context-not-built service-undefined",
    ),
    (r"declares mutualy exclusive dockerfile and dockerfile_inline", "build-dockerfile-twice"),
    (r'build\.platforms MUST include service\.platform "(?P<a>[^"]*)"', "build-platform-missing"),
    (
        r"service (?P<a>\S+) declares mutually exclusive `network_mode` and `networks`",
        "network-mode-and-networks",
    ),
    (r"healthcheck\.test must start either by", "healthcheck-test"),
    (r"can't set distinct values on 'scale' and 'deploy.replicas'", "scale-differs"),
    (r"can't set distinct values on '(?P<a>[^']*)' and '[^']*'", "limit-differs"),
    (r"can't set container_name and \S+ as container name must be unique", "container-name-scaled"),
    (r'container name "(?P<a>[^"]*)" is already in use', "container-name-taken"),
    (r"target is required for non-rebuild actions", "watch-target-missing"),
    (r"value can't be blank", "watch-path-empty"),
    (r"target (?P<a>\S*) already mounted as", "mount-target-taken"),
    (
        r'secret "(?P<a>[^"]*)" must declare either `file` or `environment`',
        "source-missing secret-*",
    ),
    (r"(?P<path>\S+): one of file\|environment(?:\|content)? must be set", "source-missing"),
    (r"(?P<path>\S+): [a-z|]+ attributes are mutually exclusive", "source-twice"),
    (r'(?P<path>\S+): "count" and "device_ids" attributes are exclusive', "device-count-and-ids"),
    (r'conflicting parameters "external" and "(?P<a>[^"]*)"', "volume-external-keys"),
    (r"(?P<path>\S+): name and external\.name conflict", "external-names-differ"),
)

_CALL = ((r"project name must not be empty", "project-name-empty"),)

TABLE: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), tuple(rules.split()))
    for pattern, rules in (
        *_VARIABLES,
        *_PUTTING_TOGETHER,
        *_SHORT_FORMS,
        *_MEANING,
        *_YAML,
        *_SHAPE,
        *_CALL,
    )
)
"""Each message, and the rules of ours of which one has to say it."""
