"""One file laid over another."""

from __future__ import annotations

from tests.project.scenario import over

SCENARIOS = (
    over(
        "nothing",
        text="""
        services: {}
        """,
    ),
    over(
        "image",
        text="""
        services: {a: {image: z, command: other, restart: always}}
        """,
    ),
    over(
        "command null",
        text="""
        services: {a: {command: , entrypoint: }}
        """,
    ),
    over(
        "null keeps",
        text="""
        services: {a: {image: , ports: , environment: , networks: }}
        """,
    ),
    over(
        "service null",
        text="""
        services: {a: , c: {image: z}}
        """,
    ),
    over(
        "ports",
        text="""
        services: {a: {ports: ["80:80", "8080:80", "81:81/udp", "91:91", {target: 7}]}}
        """,
    ),
    over(
        "ports long",
        text="""
        services:
          a:
            ports:
              - {target: 80, published: "80"}
              - {target: 80, published: 80}
              - {target: 90, published: "90", protocol: tcp}
              - {target: 81, published: "81", host_ip: 127.0.0.1, protocol: udp, mode: host}
        """,
    ),
    over(
        "environment list",
        text="""
        services: {a: {environment: [A=9, D, E=, C=3]}}
        """,
    ),
    over(
        "environment map",
        text="""
        services: {a: {environment: {A: 9, D: , E: '', B: true, F: 1.50}}}
        """,
    ),
    over(
        "labels map",
        text="""
        services: {a: {labels: {l: 2, n: 3}}}
        """,
    ),
    over(
        "labels list",
        text="""
        services: {a: {labels: [l=2, n]}}
        """,
    ),
    over(
        "volumes",
        text="""
        services: {a: {volumes: ['./other:/data:ro', 'w:/w', '/v']}}
        volumes: {w: }
        """,
    ),
    over(
        "volumes long",
        text="""
        services:
          a:
            volumes: [{type: bind, source: ./q, target: /data}, {type: tmpfs, target: /z}]
        """,
    ),
    over(
        "networks list",
        text="""
        services: {a: {networks: [o]}}
        networks: {o: }
        """,
    ),
    over(
        "networks map",
        text="""
        services: {a: {networks: {n: {aliases: [q]}, o: }}}
        networks: {o: }
        """,
    ),
    over(
        "depends list",
        text="""
        services: {a: {depends_on: [c]}, c: {image: z}}
        """,
    ),
    over(
        "depends map",
        text="""
        services:
          a: {depends_on: {b: {condition: service_healthy}, c: {condition: service_started}}}
          c: {image: z}
        """,
    ),
    over(
        "healthcheck",
        text="""
        services: {a: {healthcheck: {test: foo, timeout: 1m, disable: true}}}
        """,
    ),
    over(
        "logging same",
        text="""
        services: {a: {logging: {driver: json-file, options: {max-file: 3}}}}
        """,
    ),
    over(
        "logging none",
        text="""
        services: {a: {logging: {options: {max-file: 3}}}}
        """,
    ),
    over(
        "logging other",
        text="""
        services: {a: {logging: {driver: none}}}
        """,
    ),
    over(
        "ulimits",
        text="""
        services: {a: {ulimits: {nofile: {soft: 3, hard: 4}, nproc: {soft: 9, hard: 9}}}}
        """,
    ),
    over(
        "ulimits number",
        text="""
        services: {a: {ulimits: {nproc: 7, core: 0}}}
        """,
    ),
    over(
        "extra hosts",
        text="""
        services: {a: {extra_hosts: {h: 2.2.2.2, i: '::1', j: [3.3.3.3, 4.4.4.4]}}}
        """,
    ),
    over(
        "extra hosts list",
        text="""
        services: {a: {extra_hosts: ['h=1.1.1.1', 'h:1.1.1.1']}}
        """,
    ),
    over(
        "env file over another",
        text="""
        services: {a: {env_file: two.env}}
        -- two.env
        TWO=2
        ONE=${ONE}x$A
        """,
    ),
    over(
        "env file not required",
        text="""
        services: {a: {env_file: [{path: no.env, required: false}, one.env]}}
        """,
    ),
    over(
        "dns",
        text="""
        services: {a: {dns: [2.2.2.2, 1.1.1.1], dns_search: q, tmpfs: [/t, /u]}}
        """,
    ),
    over(
        "expose",
        text="""
        services: {a: {expose: ['80', 82]}}
        """,
    ),
    over(
        "devices",
        text="""
        services: {a: {devices: ['/dev/c:/dev/b:r', /dev/d]}}
        """,
    ),
    over(
        "secrets",
        text="""
        services: {a: {secrets: [{source: s, target: q, mode: 0440}, s]}}
        """,
    ),
    over(
        "configs",
        text="""
        services: {a: {configs: [{source: c, target: /c, uid: '5'}, c]}}
        """,
    ),
    over(
        "caps",
        text="""
        services: {a: {cap_add: [B, C], security_opt: [p]}}
        """,
    ),
    over(
        "build map",
        text="""
        services: {a: {build: {dockerfile: D, args: {A: 1}, target: t}}}
        """,
    ),
    over(
        "build text",
        text="""
        services: {a: {build: ./other}}
        """,
    ),
    over(
        "sysctls",
        text="""
        services: {a: {sysctls: [k=2, j=3]}}
        """,
    ),
    over(
        "pools",
        text="""
        networks: {n: {ipam: {config: [{subnet: 10.0.1.0/24, gateway: 10.0.1.1}]}}}
        """,
    ),
    over(
        "new pool",
        text="""
        networks: {n: {ipam: {config: [{subnet: 10.0.2.0/24}]}, labels: [a=2, b]}}
        """,
    ),
    over(
        "volume labels",
        text="""
        volumes: {v: {labels: [x=2], driver: local}}
        """,
    ),
    over(
        "resources",
        text="""
        services: {a: {deploy: {resources: {limits: {memory: 1g}}, replicas: 1}}}
        """,
    ),
    over(
        "clash list",
        is_refused=True,
        text="""
        services: {a: {security_opt: {a: b}}}
        """,
    ),
    over(
        "clash map",
        is_refused=True,
        text="""
        services: {a: {deploy: [a]}}
        """,
    ),
    over(
        "clash text",
        is_refused=True,
        text="""
        services: {a: {healthcheck: foo}}
        """,
    ),
    over(
        "external",
        text="""
        networks: {n: {external: true, name: q}}
        volumes: {v: {name: w}}
        """,
    ),
    over(
        "extensions",
        text="""
        x-a: {b: 1, c: [2]}
        services: {a: {x-b: 1}}
        """,
    ),
    over(
        "name",
        text="""
        name: other
        """,
    ),
    over(
        "models",
        text="""
        services: {b: {models: [m]}}
        models: {m: {model: q}}
        """,
    ),
    over(
        "gpus",
        text="""
        services: {b: {gpus: all, deploy: {}}}
        """,
    ),
    over(
        "provider",
        text="""
        services: {p: {provider: {type: z, options: {a: [1, 2], b: c}}}}
        """,
    ),
    over(
        "empty",
        text="""
        """,
    ),
    over(
        "comment",
        text="""
        # nothing
        """,
    ),
    over(
        "text",
        is_refused=True,
        text="""
        just text
        """,
    ),
    over(
        "services list",
        is_refused=True,
        text="""
        services: [a]
        """,
    ),
    over(
        "the same again",
        text="""
        x-l: [a, a, {k: 1}]
        x-m: [1, "1", 1.0, true, null, [1], {a: 1, b: 2}]
        services:
          a: {security_opt: [o, p], deploy: {placement: {constraints: [a]}}}
          b: {pre_start: [{image: b}, {image: b}], build: {context: ., cache_from: [c]}}
        jobs: {j: {image: y, triggers: {manual: true}, cap_add: [A], tmpfs: [/a], dns: [a]}}
        -- third.yaml
        x-l: [b, a, {k: 1}, {k: 1.0}]
        x-m: ["1", 1, 1.0, "true", null, [1], [1, 2], {b: 2, a: 1}]
        services:
          a: {security_opt: [o, q], deploy: {placement: {constraints: [b, a, b]}}}
          b: {pre_start: [{image: b}], build: {cache_from: [c, d]}}
        jobs: {j: {cap_add: [A, B], tmpfs: [/a], dns: [a]}}
        """,
        third="third.yaml",
    ),
    over(
        "pools of three files",
        text="""
        networks: {n: {ipam: {config: [{subnet: a, gateway: z}, {subnet: 10.0.1.0/24}]}}}
        -- third.yaml
        networks: {n: {ipam: {config: [{subnet: 10.0.1.0/24, gateway: y}, {subnet: a}]}}}
        """,
        third="third.yaml",
    ),
    over("no pools", is_refused=True, text="networks: {n: {ipam: {config: }}}"),
    over("no logging", is_refused=True, text="services: {a: {logging: }}"),
    over("number of dependencies", is_refused=True, text="services: {a: {depends_on: 5}}"),
    over("numbered networks", is_refused=True, text="services: {a: {networks: [5]}}"),
    over("network as text", text="services: {a: {networks: o}}\nnetworks: {o: }"),
    over("labels as text", text="services: {a: {labels: text, environment: 5, build: [a]}}"),
    over(
        "wrong labels",
        is_refused=True,
        text="services: {a: {labels: [5]}}",
    ),
)
