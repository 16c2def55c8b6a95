"""The environment variables handed to the product's processes."""

import shlex
from collections.abc import Mapping, MutableMapping

# Variables of the caller that would send psql or pip elsewhere, or show our helper modules to the product.
_DROPPED = ("PYTHONPATH", "PYTHONHOME", "DJANGO_SETTINGS_MODULE")
_OWNER_ONLY = "DATABASE_OWNER_URL"
BACKUP_ADDRESS = "DATABASE_BACKUP_URL"
EXPORTED = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_BACKUP_URL",
    "REDIS_URL",
    "CONGRESS_KEYS_DIR",
    "CONGRESS_ANCHOR_DIR",
    "CONGRESS_BACKUP_DIR",
    "DJANGO_SECRET_KEY_FILE",
    "FONTCONFIG_FILE",
    "CONGRESS_FONTS_DIR",
    "CONGRESS_VAR_DIR",
    "CONGRESS_STATIC_ROOT",
    "SITE_URL",
    "EMAIL_BACKEND",
    "SMS_BACKEND",
    "SMS_FILE",
    "CONGRESS_DEMO",
    "CONGRESS_DEMO_TODAY",
    "CONGRESS_INSECURE_HTTP",
    "CONGRESS_HSTS",
    "CONGRESS_AUTHORITY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
)


def forget_installation(environment: MutableMapping[str, str]) -> None:
    """Remove what belongs to another installation, but keep the addresses of servers given for the tests."""
    for name in EXPORTED:
        if not name.endswith("_URL") or name == "SITE_URL":
            environment.pop(name, None)


def cleaned(environment: Mapping[str, str]) -> dict[str, str]:
    """A copy without the variables that change how PostgreSQL's or Python's programs behave."""
    return {k: v for k, v in environment.items() if k not in _DROPPED and not k.startswith("PG")}


def without_owner(environment: Mapping[str, str]) -> dict[str, str]:
    """A copy for running processes: whoever holds the owner's address could switch off the row guards."""
    return {k: v for k, v in environment.items() if k not in (_OWNER_ONLY, BACKUP_ADDRESS)}


def export_lines(environment: Mapping[str, str]) -> str:
    """`export NAME=value` lines, quoted for a shell, for the variables of the product that are set."""
    rows = [f"export {name}={shlex.quote(environment[name])}" for name in EXPORTED if environment.get(name)]
    return "\n".join(rows) + "\n"
