"""What of the roster a township sets up on its first day, and where its choices are made."""

from functools import partial

from congress.models import Membership, Role, Township
from congress.web.first_day import Task, task
from congress.web.lacking import Origin, made_at
from deputies.models import Deputy, District, Level, Station, Term
from deputies.permissions import EDIT, STRUCTURE


def _kept(model, township: Township, **values):
    return model.objects.kept().filter(**values)


def _accounts(township: Township):
    return Membership.objects.filter(township=township, role=Role.DEPUTY, ended_at__isnull=True)


for row in (
    Task(
        "terms",
        "登记本届",
        "代表资格、会议和报告都记在某一届名下。",
        100,
        Role.CLERK,
        partial(_kept, Term, level=Level.TOWNSHIP),
        "deputies-terms",
    ),
    Task(
        "districts",
        "登记选区",
        "每名代表由哪个选区选出；花名册里写着选区的，导入时可以一并登记。",
        110,
        Role.CLERK,
        partial(_kept, District),
        "deputies-terms",
    ),
    Task(
        "stations",
        "登记代表联络站",
        "接待选民时从中选择，代表也编到站里。",
        120,
        Role.CLERK,
        partial(_kept, Station),
        "deputies-stations",
    ),
    Task(
        "roster",
        "导入代表花名册",
        "现有的表格一次导入，导入前逐行核对。",
        130,
        Role.CLERK,
        partial(_kept, Deputy),
        "import-new",
        ("deputies.roster",),
    ),
    Task(
        "approval",
        "审核代表信息",
        "审核通过以后才能登记接待、提出建议、开通账号。",
        140,
        Role.CHAIR,
        partial(_kept, Deputy, state=Deputy.State.APPROVED),
        "deputies-list",
    ),
    Task(
        "accounts",
        "开通代表账号",
        "代表用手机登记接待、提出和评价建议；登录凭条打印后当面交给本人。",
        150,
        Role.CLERK,
        _accounts,
        "deputies-accounts",
    ),
):
    task(row)

made_at(Term, Origin("还没有登记届次。", "登记届次", "deputies-term-new", STRUCTURE))
made_at(Station, Origin("还没有登记代表联络站。", "登记联络站", "deputies-station-new", STRUCTURE))
made_at(
    Deputy,
    Origin("还没有可选的代表：先登记在花名册里，由主席审核通过以后才能选择。", "打开花名册", "deputies-list", EDIT),
)
