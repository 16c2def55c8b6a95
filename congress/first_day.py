"""A new township: made with what it begins with; the kernel's part of that and of the tasks of the first day."""

from functools import partial

from django.conf import settings
from django.db.models import QuerySet

from congress import backups, clock, numbers
from congress.guard import scope
from congress.guard.action import action, lock, verb
from congress.law.holidays import missing
from congress.law.provinces import pack_of_place
from congress.models import (
    Category,
    County,
    Delivery,
    Holiday,
    Membership,
    NumberSequence,
    Role,
    TaskPutOff,
    Township,
    Unit,
    User,
)
from congress.permissions import ACCOUNTS, CATEGORIES, PLACES
from congress.upkeep import CATEGORIES as KEPT_CATEGORIES
from congress.upkeep import TOWNSHIPS
from congress.web.first_day import Default, Task, default, standing_defaults, task
from congress.web.lacking import Origin, made_at

PUT_OFF = verb("congress.put_off_task", "把一项起步事项留待以后办理")
TAKE_UP = verb("congress.take_up_task", "重新办理一项起步事项")

# The seven matters voters raised by the office's own report, what is raised beside them everywhere, and all else.
MATTERS = (
    *(
        "水利设施",
        "教育资源",
        "基层防控人员待遇",
        "公路交通设施",
        "农贸商城改造",
        "环境卫生",
        "基层农村干部养老保险待遇",
    ),
    *("农业生产", "医疗卫生", "养老服务", "公共文化设施", "供水供电和通信", "其他"),
)
# 十有: what a station is to have, in the words of the office.
TEN_ITEMS = tuple(
    f"有{what}"
    for what in "组织机构 工作计划 规章制度 统一牌子 固定场所 硬件设施 活动记录 资料档案 联系对象 考核机制".split()
)


def found(actor: User | None, township: Township) -> Township:
    """A new township with what it begins with. Raises Refused. Side effect: an event of each row."""
    TOWNSHIPS.record(actor, township)
    with scope.township(township):
        give_defaults(actor, township)
    return township


def give_defaults(actor: User | None, township: Township) -> list[str]:
    """Write what the township should begin with and has never had, nothing that is there or was withdrawn; returns the
    labels. Call in the township's scope."""
    lacking = [one for one, there in standing_defaults(township) if not there]
    for one in lacking:
        one.make(actor, township, one.ground)
    return [one.label for one in lacking]


def put_off(actor: User, township: Township, key: str) -> None:
    """Leave a task for later; nothing happens where it is so already. One event."""
    if not TaskPutOff.objects.kept().filter(task=key).exists():
        with action(PUT_OFF, actor=actor, township=township, detail={"步骤": key}) as act:
            act.subject = TaskPutOff.objects.create(township=township, task=key)


def take_up(actor: User, township: Township, key: str) -> None:
    """Do a task now that was left for later; nothing happens where it was not. One event."""
    row = TaskPutOff.objects.kept().filter(task=key).first()
    if row is not None:
        with action(TAKE_UP, actor=actor, subject=row, township=township, detail={"步骤": key}):
            current = lock(row)
            current.withdrawn_at, current.withdrawn_reason = clock.now(), "重新办理"
            current.save()


def _categories(kind: str, township: Township) -> QuerySet:
    return Category.objects.filter(township=township, kind=kind)


def _make_categories(kind: str, labels: tuple[str, ...], actor, township: Township, ground: str) -> None:
    for position, label in enumerate(labels, start=1):
        row = Category(township=township, kind=kind, label=label, position=position)
        KEPT_CATEGORIES.record(actor, row, lambda row: {"依据": ground})


def _numbers(township: Township) -> QuerySet:
    return NumberSequence.objects.filter(township=township, year__gt=0)  # of a year, not of one subject


def _make_numbers(actor, township: Township, ground: str) -> None:
    for one in numbers.yearly_series():
        numbers.open_series(actor, township, one, clock.today().year, ground)


def _role(role: str, township: Township) -> QuerySet:
    return Membership.objects.filter(township=township, role=role, ended_at__isnull=True)


def _holidays_known(township: Township) -> bool:
    year = clock.today().year
    off = Holiday.objects.filter(day__year=year, is_workday=False).values_list("day", flat=True)
    return not missing(year, off)


def _mail_goes(township: Township) -> QuerySet | bool:
    sent = Delivery.objects.filter(state=Delivery.State.SENT)
    return settings.EMAIL_HOST != "localhost" or sent


for kind, labels, ground in (
    (Category.Kind.MATTER, MATTERS, "工作报告归纳选民意见的七个方面，另加各地常见的几类"),
    (Category.Kind.CHECKLIST, TEN_ITEMS, "联络站建设的“十有”要求；各地标准不同，请按本地的核对"),
):
    default(
        Default(
            str(kind.label), ground, "categories", partial(_categories, kind), partial(_make_categories, kind, labels)
        )
    )
default(Default("编号", "每年从1号起连续编；今年已在纸上编过号的，请设置起点", "series", _numbers, _make_numbers))

for row in (
    Task("places", "建立乡镇", "区划代码和名称用在公文、统计和账号里。", 10, Role.SYSTEM, lambda township: True),
    Task(
        "pack",
        "选定适用的地方规则",
        "答复期限等以本省的地方性法规为准，没有收录的按全国规定。",
        20,
        Role.SYSTEM,
        lambda township: township.county.province == pack_of_place(township.county.code).name,
    ),
    Task(
        "staff",
        "开通主席和办事员的账号",
        "主席审核代表、交办建议，办事员登记。",
        30,
        Role.SYSTEM,
        partial(_role, Role.CHAIR),
    ),
    Task(
        "words",
        "填写本乡镇信息",
        "发文代字、人口和发展目标写进公文和工作报告。",
        40,
        Role.CLERK,
        lambda township: township.population > 0,
        "township-words",
    ),
    Task(
        "defaults",
        "核对类别和“十有”等默认设置",
        "登记接待、提出建议、评定联络站时从中选择，可以随时改。",
        50,
        Role.CLERK,
        lambda township: _categories(Category.Kind.MATTER, township),
        "first-day-defaults",
    ),
    Task(
        "units",
        "登记承办单位",
        "交办建议、转办选民意见时从中选择；有名单的可以一次导入。",
        60,
        Role.CLERK,
        lambda township: Unit.objects.kept(),
        "units",
    ),
    Task(
        "holidays",
        "录入今年的节假日",
        "按工作日算的期限要用；录全以前按暂定显示。",
        200,
        Role.SYSTEM,
        _holidays_known,
    ),
    Task("mail", "接通电子邮件", "期限提醒可以发到邮箱；不接通的，消息只在本系统里看。", 210, Role.SYSTEM, _mail_goes),
    Task(
        "backup",
        "备份数据",
        "机器损坏时靠备份找回。",
        220,
        Role.SYSTEM,
        lambda township: backups.standing().at is not None,
    ),
):
    task(row)

made_at(Unit, Origin("还没有承办单位。", "登记承办单位", "units", CATEGORIES))
made_at(Category, Origin("还没有可选的类别。", "添加类别", "categories", CATEGORIES))
made_at(User, Origin("还没有可以选的账号。", "开通账号", "member-new", ACCOUNTS))
made_at(Township, Origin("还没有乡镇。", "新增乡镇", "administration-township-new", PLACES))
made_at(County, Origin("还没有县级行政区。", "新增县级", "administration-county-new", PLACES))
