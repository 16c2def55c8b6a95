"""System checks: what must hold before the application may run."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError, connection

from congress.guard.record import record_models


@register(Tags.database)
def runtime_role_is_harmless(app_configs, databases=None, **kwargs):
    """The role we log in as must not be able to see past the policies or take them away."""
    if not databases or connection.settings_dict["USER"] != settings.RUNTIME_ROLE:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            superuser, bypasses = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
            owned = cursor.fetchone()[0]
    except DatabaseError as error:
        return [Error(f"数据库无法访问：{error}", id="congress.E001")]
    if superuser or bypasses or owned:
        return [Error("运行角色不得是超级用户、表的所有者或可绕过行级安全", id="congress.E002")]
    return []


@register(Tags.database)
def every_record_table_is_guarded(app_configs, databases=None, **kwargs):
    """Every record table has forced row-level security with its policy, and its triggers."""
    if not databases or connection.settings_dict["USER"] != settings.RUNTIME_ROLE:
        return []  # the owner is about to migrate

    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'guard'"
                " WHERE c.relrowsecurity AND c.relforcerowsecurity"
            )
            guarded = {name for (name,) in cursor.fetchall()}
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard_action'")
            acted = {name for (name,) in cursor.fetchall()}
    except DatabaseError as error:
        return [Error(f"数据库无法访问：{error}", id="congress.E001")]
    errors = []
    for model in record_models():
        table = model._meta.db_table
        if table not in guarded or (model.guard_action and table not in acted):
            errors.append(Error(f"表 {table} 没有装好两把锁，请运行 manage.py migrate", id="congress.E003"))
    return errors


@register()
def fonts_are_there(app_configs, **kwargs):
    """Documents need their fonts; without any, the layout engine does not fail but falls down."""
    if any(Path(settings.CONGRESS_FONTS_DIR).glob("*.[ot]tf")):
        return []
    return [Warning(f"字体目录 {settings.CONGRESS_FONTS_DIR} 中没有字体，无法生成公文", id="congress.W004")]
