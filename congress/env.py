"""Settings from the environment; every NAME may be given as NAME_FILE (a mounted secret)."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class Misconfigured(Exception):
    """A setting is missing or unreadable; the message says which."""


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, else the stripped content of the file named by NAME_FILE, else the default.

    Raises Misconfigured when there is none of the three.
    """
    if os.environ.get(name):
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Misconfigured(f"{name}_FILE cannot be read: {error}") from error
    if default is None:
        raise Misconfigured(f"{name} (or {name}_FILE) is not set")
    return default


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def items(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


# How the database plans. Of more tables than five it joins the rest in the order in which they are written: first come those by which
# rows are found, then what belongs to each of these. To weigh the orders of nine took longer than to read fifty rows in any of them.
# What is prepared is planned once for all values, not anew for the first five: these openings of a page took three times as long.
PLANNED = {"join_collapse_limit": 5, "from_collapse_limit": 5, "plan_cache_mode": "force_generic_plan"}


# Seconds. What a connection has planned goes with it, and in an office that opens a page a minute each page found a new one: the
# first page took six times as long.
KEPT_OPEN = 3600


def said(server_settings: Mapping[str, object]) -> str:
    """Settings of the database server as a connection says them."""
    return " ".join(f"-c {name}={value}" for name, value in server_settings.items())


def database(url: str, statement_seconds: int = 0) -> dict:
    """Django's DATABASES entry for postgresql://user:password@host:port/name?option=value (host may be a socket path); no
    statement runs longer than `statement_seconds`, where that is not 0."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Misconfigured("DATABASE_URL must begin with postgresql://")
    query = dict(parse_qsl(parts.query))
    limit = {"statement_timeout": f"{statement_seconds}s"} if statement_seconds else {}
    query["options"] = " ".join(part for part in (said(PLANNED), query.get("options"), said(limit)) if part)
    return {
        "ENGINE": "congress.statements",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": KEPT_OPEN,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **query},
    }
