"""manage.py migrate, as Django has it, in a third of the time."""

import contextlib
from collections.abc import Iterator

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState


class Command(migrate.Command):
    """What a migration makes and how is Django's alone."""

    def handle(self, *args, **options):
        with new_models_alone():
            super().handle(*args, **options)


@contextlib.contextmanager
def new_models_alone() -> Iterator[None]:
    """Within the block a model that comes is put beside those there are. Django makes anew every model that is connected with it
    over whatever others, here nearly all of two hundred for each that comes; but nothing of them has changed, and what leads
    to the new one from them is found without."""
    usual = ProjectState.reload_model

    def reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
        apps = state.__dict__.get("apps")  # not put together yet: all come at once when it is
        if apps is None or model_name in apps.all_models[app_label]:
            usual(state, app_label, model_name, delay)
        else:
            apps.render_multiple([state.models[app_label, model_name]])

    ProjectState.reload_model = reload_model
    try:
        yield
    finally:
        ProjectState.reload_model = usual
