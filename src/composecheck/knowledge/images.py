"""Images of which it is known that they bring no test of health.

The source: the rules for Docker's official images forbid it ("HEALTHCHECK" in the README of
github.com/docker-library/faq). The names are taken from its repository `official-images` (August
2026): those that services are waited for, and the base images; none that is published elsewhere.
"""

from __future__ import annotations

_NAMES = """
    adminer almalinux alpine amazonlinux arangodb busybox caddy cassandra chronograf clojure
    couchdb crate dart debian docker drupal eclipse-mosquitto eclipse-temurin elixir erlang fedora
    ghost golang gradle groovy haproxy haskell httpd influxdb joomla julia kapacitor mariadb maven
    mediawiki memcached mongo mongo-express mysql nats neo4j nextcloud nginx node openjdk percona
    perl phpmyadmin php postgres pypy python rabbitmq redis redmine rethinkdb rockylinux ruby rust
    solr swift telegraf tomcat traefik ubuntu varnish wordpress yourls zookeeper
"""
WITHOUT_HEALTHCHECK = frozenset(_NAMES.split())

OFFICIAL = ("", "library/", "docker.io/", "docker.io/library/", "index.docker.io/library/")
"""What may stand before the name of an official image."""
