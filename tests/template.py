"""Makes the database of which every process of the tests gets a copy, where the server has none (`tests/database.py`).

usage: python -m tests.template
"""

import django
from django.conf import settings


def main() -> None:
    """Migrate it as the owner, or bring it back from the dump that is kept."""
    django.setup()
    from tests import database  # the product's models are there now

    database.log_in_as(settings.DATABASE_OWNER_URL)
    database.template()


if __name__ == "__main__":
    main()
