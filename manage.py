#!/usr/bin/env python
"""Django's command line; commands that change tables log in as the tables' owner."""

import os
import sys
from collections.abc import MutableMapping

# The role that serves requests owns nothing: it could otherwise switch off the guards on the rows.
OWNER_COMMANDS = frozenset({"migrate", "makemigrations", "sqlmigrate", "createcachetable"})


def use_owner_address(arguments: list[str], environment: MutableMapping[str, str]) -> None:
    """For the commands above replace DATABASE_URL by DATABASE_OWNER_URL (or its _FILE form), where it is given."""
    if len(arguments) < 2 or arguments[1] not in OWNER_COMMANDS:
        return
    for suffix in ("", "_FILE"):
        address = environment.get(f"DATABASE_OWNER_URL{suffix}")
        if address:
            environment.pop("DATABASE_URL", None)
            environment.pop("DATABASE_URL_FILE", None)
            environment[f"DATABASE_URL{suffix}"] = address
            return


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
    use_owner_address(sys.argv, os.environ)
    from django.core.management import execute_from_command_line

    from congress.env import Misconfigured

    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as missing:
        hint = "；查询法律规则不需要设置：python -m congress.law" if sys.argv[1:2] == ["law"] else ""
        sys.exit(f"缺少设置：{missing}{hint}")


if __name__ == "__main__":
    main()
