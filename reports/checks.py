"""System checks: a demonstration, whose password everybody can read, and an office's data never meet in one database."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.checks import Error, Tags, register
from django.db import DatabaseError, connection

from congress.models import County, User
from congress.web.passwords import DEMO_PASSWORD
from reports import problems, structures
from reports.demo import seeding
from reports.demo.cast import everybody


@register
def texts_can_be_told(app_configs, **kwargs):
    """The shipped structures and problems name figures there are, and sentences that can stand."""
    return [
        Error(f"报告的通行文字有误：{words}", id="reports.E004") for words in (*structures.wrong(), *problems.wrong())
    ]


@register(Tags.database)
def mode_fits_the_data(app_configs, databases=None, **kwargs):
    """Whether this is a demonstration is decided by the data; the mode of the program has to agree with them."""
    if not databases or connection.settings_dict["USER"] != settings.RUNTIME_ROLE:
        return []  # the owner is about to migrate
    try:
        return list(_contradictions())
    except DatabaseError as error:
        return [Error(f"数据库无法访问：{error}", id="congress.E001")]


def _contradictions():
    demonstration = seeding.is_there()
    if demonstration and not settings.DEMO:
        yield Error(
            "这个数据库装的是演示数据，演示账号的密码是公开的，不能用于正式工作。"
            "正式使用请换一个空的数据目录（script/server --no-demo --data 目录）或新的数据库",
            id="reports.E001",
        )
    if settings.DEMO and not demonstration and County.objects.exists():
        yield Error(
            "这个数据库装的是正式数据，不能以演示方式运行。请用 script/server --no-demo 启动，"
            "或者另用一个数据目录演示（script/server --data 目录）",
            id="reports.E002",
        )
    if not settings.DEMO:
        named = User.objects.filter(username__in=[one.username for one in everybody()], is_active=True)
        still = [user.username for user in named if check_password(DEMO_PASSWORD, user.password)]
        if still:
            yield Error(f"账号 {'、'.join(still)} 仍在使用公开的演示密码", id="reports.E003")
