"""Databases and their like, as they are found in containers, and how they are spoken of.

The source: the descriptions of the images on Docker Hub, for the ports; and the documentation of
each server's clients, for the schemes.
"""

from __future__ import annotations

from msgspec import Struct


class DatabaseKind(Struct, frozen=True):
    """A kind of server that keeps data, or hands it on.

    `images` are the repositories of its images, `schemes` those of its addresses, and `port` is
    where it listens if nothing else is said. `prefixes` begin the names of variables that say
    where it is: `POSTGRES_HOST`.
    """

    name: str
    images: frozenset[str]
    schemes: frozenset[str]
    port: int
    prefixes: tuple[str, ...]


def _kind(name: str, images: str, schemes: str, port: int, prefixes: str) -> DatabaseKind:
    return DatabaseKind(
        name, frozenset(images.split()), frozenset(schemes.split()), port, tuple(prefixes.split())
    )


DATABASE_KINDS = (
    _kind(
        "PostgreSQL",
        "postgres postgis/postgis pgvector/pgvector timescale/timescaledb",
        "postgres postgresql jdbc:postgresql",
        5432,
        "POSTGRES PG POSTGRESQL DB DATABASE",
    ),
    _kind(
        "MySQL",
        "mysql mariadb percona mysql/mysql-server",
        "mysql mysql2 mariadb jdbc:mysql jdbc:mariadb",
        3306,
        "MYSQL MARIADB DB DATABASE",
    ),
    _kind("Redis", "redis valkey/valkey", "redis valkey", 6379, "REDIS VALKEY"),
    _kind("MongoDB", "mongo", "mongodb", 27017, "MONGO MONGODB"),
    _kind("RabbitMQ", "rabbitmq", "amqp", 5672, "RABBITMQ RABBIT AMQP"),
    _kind("Memcached", "memcached", "memcached", 11211, "MEMCACHED MEMCACHE"),
)
"""Those that other containers talk to, and a browser never does."""
