"""The product's settings with the bare page among the addresses, and statements told in a header of each answer."""

from congress.settings import *  # noqa: F403
from congress.settings import MIDDLEWARE

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.urls.StatementsMiddleware", *MIDDLEWARE]
