"""App configuration of the kernel."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

# Files in which every app registers its part of something a lower app shows.
REGISTRIES = (
    "checks",
    "permissions",
    "tenures",
    "nav",
    "attachments",
    "numbers",
    "deadlines",
    "documents",
    "erasing",
    "imports",
    "figures",
    "todo",
    "first_day",
    "life",
    "found",
    "published",
)


class CongressConfig(AppConfig):
    """The shared kernel; connects the locks and finds the registries of the apps."""

    name = "congress"
    verbose_name = "公共内核"

    def ready(self):
        from congress import celery  # noqa: F401
        from congress.crypto import checks as crypto_checks  # noqa: F401
        from congress.guard.action import scrub_with
        from congress.guard.install import after_migrate
        from congress.guard.scope import install_hook
        from congress.people import rekey  # noqa: F401  its verbs are told in the trail
        from congress.people.scrub import scrubbed
        from congress.web import nav, proof, second_factor

        scrub_with(scrubbed)
        connection_created.connect(install_hook)
        user_logged_in.connect(proof.remember)
        user_logged_in.connect(second_factor.settle)
        post_migrate.connect(after_migrate)
        nav.register_kernel()
        autodiscover_modules(*REGISTRIES)
