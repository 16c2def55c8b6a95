"""App configuration of the kernel."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

# Files in which every app registers its part of something a lower app shows.
REGISTRIES = ("permissions", "nav", "deadlines", "documents", "imports", "performance", "figures", "todo", "jobs")


class CongressConfig(AppConfig):
    """The shared kernel; connects the locks and finds the registries of the apps."""

    name = "congress"
    verbose_name = "公共内核"

    def ready(self):
        from congress import celery, checks  # noqa: F401
        from congress.crypto import checks as crypto_checks  # noqa: F401
        from congress.guard.install import after_migrate
        from congress.guard.scope import install_hook

        connection_created.connect(install_hook)
        post_migrate.connect(after_migrate)
        # The log-in is an event of the trail; a second mark on the user's row would need an action of its own.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        autodiscover_modules(*REGISTRIES)
