"""Measures one part in a process of its own and prints its result as one line of JSON: `python -m bench.part pages 60`.

The number is the seconds there are; a part that can do less takes less.
"""

import importlib
import json
import os
import sys


def main(name: str, seconds: float) -> int:
    """Set Django up, measure, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
    import django

    django.setup()
    import weasyprint
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    result = importlib.import_module(f"bench.{name}").measure(seconds)
    connection.ensure_connection()
    postgres = connection.pg_version // 10_000
    result["versions"] = {"Django": django.__version__, "PostgreSQL": postgres, "WeasyPrint": weasyprint.__version__}
    print(json.dumps(result, ensure_ascii=False, default=str), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
