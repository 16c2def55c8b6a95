"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
# A statement that does not end would hold one of the few threads that answer, and who waits gave up long before.
os.environ.setdefault("CONGRESS_STATEMENT_SECONDS", "30")
application = get_wsgi_application()

from congress import warm  # noqa: E402  needs the applications

warm.up()
