"""Files that we wrote to make mistakes in: Compose takes them, and there is nothing to fix.

Each has other habits: how deep a step is, whether lists are indented, which quotes and line ends.
"""

from __future__ import annotations

_SHOP = """\
# The shop, as it runs on the small server.
name: shop

x-logging: &logging
  driver: json-file
  options:
    max-size: 10m

services:
  # What visitors see.
  web:
    image: nginx:1.27 # pinned on purpose
    container_name: shop-web
    restart: unless-stopped
    logging: *logging
    ports:
      # Only from this machine.
      - "127.0.0.1:8080:80"
      - "127.0.0.1:8443:443"
    volumes:
      - ./web/site:/usr/share/nginx/html:ro
      - cache:/var/cache/nginx
    environment:
      TZ: Europe/Berlin
      NGINX_PORT: "80"
      GREETING: "Welcome: come in"
      HANDLE: "@shop"
      CHANNEL: "shop #1"
    depends_on:
      api:
        condition: service_healthy
      database:
        condition: service_started
    networks:
      - front
      - back
    user: "1000"

  # The part that thinks.
  api:
    build:
      context: ./api
      dockerfile: Dockerfile
    command: ["python", "-m", "shop", "--verbose"]
    working_dir: /srv
    environment:
      - DATABASE_HOST=database
      - DATABASE_NAME=${DATABASE_NAME:-shop}
      - CACHE=redis # a name, no address
    healthcheck:
      test: ["CMD", "curl", "--fail", "http://localhost/health"]
      interval: 10s
      timeout: 3s
      retries: 5
      start_period: 1m
    stop_grace_period: 30s
    pull_policy: if_not_present
    depends_on:
      - database
      - mail
    networks:
      - back
    secrets:
      - password
    mem_limit: 512m

  database:
    image: postgres:17
    environment:
      POSTGRES_DB: shop
      NOTE: |-
        Not for production.
    volumes:
      - data:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD-SHELL", "pg_isready --username shop"]
      interval: 5s
    deploy:
      resources:
        limits:
          cpus: "0.25"
          memory: 1g
    networks:
      - back
    secrets:
      - password

  mail:
    image: axllent/mailpit:v1.20
    command: sh -c "echo $$HOME && exec mailpit"
    expose:
      - "1025"
    labels:
      org.example.team: shop
    networks:
      - back
      - front

networks:
  front:
  back:

secrets:
  password:
    file: ./secrets/password.txt

volumes:
  data:
  cache:
"""

_GARDEN = """\
services:
    sensor:
        image: 'eclipse-mosquitto:2.0'
        init: true
        ports:
        - '1883:1883'
        volumes:
        - ./mosquitto/config:/mosquitto/config
        cap_add:
        - SYS_TIME
        environment:
        - RATE=10
        - UNIT=seconds

    # Draws the curves.
    plotter:
        image: 'grafana/grafana:11.2.0'
        restart: always
        depends_on:
        - sensor
        volumes:
        - curves:/var/lib/grafana

volumes:
    curves:
"""

_ONE = """\
services:
  wiki:
    image: ghcr.io/example/wiki:3
    ports:
      - "8000:8000"
    volumes:
      - ./wiki/pages:/pages
    environment:
      - TITLE=Wiki
      - THEME=dark
"""

FILES = (_SHOP, _GARDEN, _ONE, _SHOP.replace("\n", "\r\n"), _GARDEN.rstrip("\n"))
"""The files; one of them with the line ends of Windows, one without a line break at its end."""
