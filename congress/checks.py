"""System checks: what must hold before the application may run."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError

from congress.guard.editions import edition_faults
from congress.guard.standing import is_runtime_role, lock_faults, role_faults


@register(Tags.database)
def runtime_role_is_harmless(app_configs, databases=None, **kwargs):
    """The role we log in as must not be able to see past the policies or take them away."""
    return _asked(role_faults, databases, "congress.E002")


@register(Tags.database)
def every_table_is_guarded(app_configs, databases=None, **kwargs):
    """Every policy, trigger and key that holds the township stands as guard/install.py put it."""
    return _asked(lock_faults, databases, "congress.E003", "，请运行 manage.py migrate")


@register(Tags.database)
def tables_are_of_no_earlier_version(app_configs, databases=None, **kwargs):
    """A database that stopped on the way to the first edition is brought there by the version that had the steps, which the
    owner is told as well who is about to migrate."""
    return _asked(edition_faults, databases, "congress.E006", whoever=True)


def _asked(question, databases, number: str, advice: str = "", whoever: bool = False) -> list[Error]:
    if not databases or not (whoever or is_runtime_role()):
        return []
    try:
        return [Error(fault + advice, id=number) for fault in question()]
    except DatabaseError as error:
        return [Error(f"数据库无法访问：{error}", id="congress.E001")]


@register()
def fonts_are_there(app_configs, **kwargs):
    """Documents need their fonts; without any, the layout engine does not fail but falls down."""
    if any(Path(settings.CONGRESS_FONTS_DIR).glob("*.[ot]tf")):
        return []
    return [Warning(f"字体目录 {settings.CONGRESS_FONTS_DIR} 中没有字体，无法生成公文", id="congress.W004")]
