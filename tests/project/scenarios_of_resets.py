"""`!reset`, `!override`, and several documents in a file."""

from __future__ import annotations

from tests.project.scenario import over, scenario

SCENARIOS = (
    over(
        "reset ports",
        text="""
        services: {a: {ports: !reset []}}
        """,
    ),
    over(
        "override ports",
        text="""
        services: {a: {ports: !override ['1:1']}}
        """,
    ),
    over(
        "reset service",
        text="""
        services: {a: !reset }
        """,
    ),
    over(
        "reset key",
        text="""
        services: {a: {environment: {A: !reset null}, volumes: !reset [], secrets: !reset null}}
        """,
    ),
    over(
        "override environment",
        text="""
        services: {a: {environment: !override {Z: 1}, env_file: !reset []}}
        """,
    ),
    over(
        "override service",
        text="""
        services: {a: !override {image: only}}
        """,
    ),
    over(
        "reset by alias",
        text="""
        x-r: &r !reset []
        services: {a: {ports: *r}}
        """,
    ),
    over(
        "reset by merge",
        text="""
        x-r: &r {ports: !reset [], labels: !override [q]}
        services: {a: {<<: *r}}
        """,
    ),
    over(
        "reset within override",
        text="""
        services: {a: !override {image: !reset z}}
        """,
    ),
    scenario(
        "reset in one file",
        text="""
        -- compose.yaml
        x-a: &a {ports: ['80:80'], image: q}
        services: {a: {<<: *a, ports: !reset []}}
        """,
    ),
    scenario(
        "documents",
        text="""
        -- compose.yaml
        services: {a: {image: x, ports: ["80:80"]}}
        ---
        services: {a: {ports: !override ["81:80"], command: echo}}
        ---
        services: {b: {image: y}}
        """,
    ),
    scenario(
        "empty document",
        is_refused=True,
        text="""
        -- compose.yaml
        services: {a: {image: x}}
        ---
        """,
    ),
    scenario(
        "anchors between documents",
        text="""
        -- compose.yaml
        x-a: &a {image: x}
        services: {a: *a}
        ---
        services: {b: *a}
        """,
    ),
)
