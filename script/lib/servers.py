"""The database and the queue of an installation: given by the environment, or embedded."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field

from script.lib.account import LOCATION, servers_account, servers_home
from script.lib.datafolder import DataFolder
from script.lib.postgres import Postgres
from script.lib.redis_server import Redis
from script.lib.say import Stop, say
from script.lib.supervisor import Supervisor


@dataclass
class Servers:
    """What runs for this installation; `addresses` are the variables the product reads."""

    addresses: dict[str, str] = field(default_factory=dict)
    postgres: Postgres | None = None
    redis: Redis | None = None


def given_addresses(environment: Mapping[str, str]) -> dict[str, str]:
    """The addresses the caller gave; raises Stop when the database's owner is missing beside it."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "REDIS_URL")
    given = {name: environment[name] for name in names if environment.get(name)}
    if "DATABASE_URL" in given and "DATABASE_OWNER_URL" not in given:
        raise Stop("给了 DATABASE_URL，也要给 DATABASE_OWNER_URL（建表用的角色，见 deploy/postgres/roles.sql）")
    return given


def start(data: DataFolder, supervisor: Supervisor, *, throw_away: bool = False) -> Servers:
    """Start the embedded servers the environment does not replace; returns when they answer."""
    servers = Servers(addresses=given_addresses(os.environ))
    if "DATABASE_URL" in servers.addresses and "REDIS_URL" in servers.addresses:
        return servers
    account = servers_account()
    home = servers_home(data.root, account)
    if "DATABASE_URL" not in servers.addresses:
        servers.postgres = Postgres(home / "postgres", data.secrets, data.ports, account, throw_away)
        _start_postgres(servers.postgres, supervisor, servers.addresses)
    if "REDIS_URL" not in servers.addresses:
        servers.redis = Redis(home / "redis", data.secrets, data.ports, account, throw_away)
        _start_redis(servers.redis, supervisor, servers.addresses)
    return servers


def discard(data: DataFolder) -> None:
    """Remove the files of throw-away servers that had to stand outside the data folder."""
    note = data.root / LOCATION
    if note.is_file():
        shutil.rmtree(note.read_text(encoding="utf-8").strip())


def _start_postgres(postgres: Postgres, supervisor: Supervisor, addresses: dict[str, str]) -> None:
    postgres.prepare()
    postgres.wait_until_ready(supervisor.start(postgres.child()))
    postgres.ensure_roles()
    addresses["DATABASE_URL"] = postgres.address("app_rt")
    addresses["DATABASE_OWNER_URL"] = postgres.address("app_owner")
    addresses["DATABASE_BACKUP_URL"] = postgres.address("app_backup")
    say(f"PostgreSQL 已启动（本机端口 {postgres.port}）")


def _start_redis(redis: Redis, supervisor: Supervisor, addresses: dict[str, str]) -> None:
    redis.prepare()
    redis.wait_until_ready(supervisor.start(redis.child()))
    addresses["REDIS_URL"] = redis.address
    say(f"Redis 已启动（本机端口 {redis.port}）")
