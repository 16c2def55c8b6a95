"""The kernel's lists, column by column."""

from dataclasses import replace
from datetime import timedelta

from django.apps import apps
from django.db.models import Q
from django.urls import reverse

from congress import clock, history, numbers
from congress.documents.issuers import issuer_of, issuers
from congress.guard.action import all_verbs
from congress.imports import kinds
from congress.law.provinces import PACKS
from congress.models import NEAREST, Category, ImportBatch, Job, Township, Unit
from congress.web.conditions import NOTHING
from congress.web.records import url_of
from congress.web.search import Name, Said
from congress.web.table import Badge, Col, Filter, Listing, by_field

JOB_TONES = {"done": "good", "queued": "info", "running": "info", "failed": "bad", "cancelled": "neutral"}

IN_USE = Said({"在用": Q(active=True), "停用": Q(active=False)})
DAY_KINDS = Said({"调休上班": Q(is_workday=True), "放假": Q(is_workday=False)})
ACCOUNT_STATES = Said(
    {
        "停用": Q(ended_at__isnull=False),
        "待首次登录": Q(ended_at__isnull=True, user__must_change_password=True),
        "在用": Q(ended_at__isnull=True, user__must_change_password=False),
    }
)

UNITS = Listing(
    title="承办单位",
    name="units",
    columns=[
        Col(
            "name",
            "单位名称",
            lambda u: u.name,
            "name",
            lambda u, t: url_of(u, t),
            width=24,
            find="name",
        ),
        Col("level", "层级", lambda u: u.get_level_display(), NEAREST, find="level"),
        Col("duties", "主要职责", lambda u: u.duties, "duties", width=40, find="duties"),
    ],
    default="level",
    search_hint="单位名称、职责",
    filters=[by_field("level", "层级", Unit.Level.choices)],
    empty=("还没有承办单位", "先登记镇直各站所、县级部门和村（社区），交办建议和转办事项时即可选择。"),
    empty_icon="building",
)


def _of_series(word: str) -> Q:
    return Q(series__in=[one.key for one in numbers.all_series() if word in one.label])


SERIES = Listing(
    title="编号",
    name="series",
    columns=[
        Col("series", "编号", lambda row: _series_word(row.series), "series", find=_of_series),
        Col("year", "年份", lambda row: row.year, "year", numeric=True, find="year"),
        Col("last", "已用到", lambda row: row.last, "last", numeric=True),
        Col("begun", "启用前已用到", lambda row: row.begun_after or "", "begun_after", numeric=True),
    ],
    default="-year",
    search_hint="编号、年份",
    empty=("还没有编过号", "启用之前今年已在纸上编了号的，先设置起点，系统接着编。"),
    empty_icon="list-ol",
)

CATEGORIES = Listing(
    title="类别",
    name="categories",
    columns=[
        Col(
            "label",
            "名称",
            lambda c: c.label,
            "label",
            lambda c, t: url_of(c, t),
            width=24,
            find="label",
        ),
        Col("kind", "用途", lambda c: c.get_kind_display(), "kind,position,label", find="kind"),
        Col("position", "次序", lambda c: c.position, "position", numeric=True),
        Col("active", "状态", lambda c: Badge("在用", "good") if c.active else Badge("停用"), "active", find=IN_USE),
        Col("used_from", "启用日期", lambda c: c.used_from, "used_from", find="used_from"),
    ],
    default="kind",
    search_hint="名称、用途",
    filters=[by_field("kind", "用途", Category.Kind.choices)],
    empty=("还没有类别", "登记接待选民的事项时要选择类别，请先把本地常用的类别列出来。"),
    empty_icon="tag",
)


def _of_issuer(word: str) -> Q:
    return Q(issuer__in=[one.key for one in issuers() if word in one.label])


DOCUMENTS = Listing(
    title="印发文件",
    name="documents",
    columns=[
        Col(
            "title",
            "标题",
            lambda d: d.title,
            "title",
            lambda d, t: reverse("document", args=[t.code, d.pk]),
            width=40,
            find="title",
        ),
        Col("number", "编号", lambda d: d.number, "year,serial", width=22, find="number"),
        Col("issuer", "发文机关", lambda d: issuer_of(d.issuer).label, "issuer", find=_of_issuer),
        Col("issued_on", "印发日期", lambda d: d.issued_on, "issued_on", find="issued_on"),
        Col("sha256", "SHA-256", lambda d: d.file.sha256, "file__sha256", screen=False, offered=False, width=66),
    ],
    default="-issued_on",
    days="issued_on",
    search_hint="标题、编号、机关、日期",
    filters=[by_field("issuer", "发文机关", lambda: [(one.key, one.label) for one in issuers()])],
    empty=("还没有印发文件", "年度工作报告、花名册等印发后会出现在这里，可随时下载原件。"),
    empty_icon="file-earmark-text",
)

JOBS = Listing(
    title="办理进度",
    name="jobs",
    columns=[
        Col(
            "title",
            "名称",
            lambda j: j.title,
            "title",
            lambda j, t: reverse("job", args=[t.code, j.pk]),
            width=30,
            find="title",
        ),
        Col("state", "状态", lambda j: Badge(j.get_state_display(), JOB_TONES[j.state]), "state", find="state"),
        Col("owner", "发起人", lambda j: str(j.owner), "owner__display_name", find=Name("owner__display_name")),
        Col("created_at", "发起时间", lambda j: j.created_at, "created_at", width=18, find="created_at"),
        Col("note", "说明", lambda j: j.note, "note", width=30, find="note"),
    ],
    default="-created_at",
    search_hint="名称、发起人、说明",
    filters=[by_field("state", "状态", Job.State.choices)],
    empty=("没有正在办理的", "导入大表、生成大文件等要等一会儿的工作，办到哪一步会在这里显示。"),
    empty_icon="hourglass-split",
)

BATCH_TONES = {"preview": "warning", "taken": "good", "undone": "neutral", "dropped": "neutral"}


def _kind_label(batch) -> str:
    known = {kind.key: kind.label for kind in kinds()}
    return known.get(batch.kind, batch.kind)


def _of_kind(word: str) -> Q:
    return Q(kind__in=[kind.key for kind in kinds() if word in kind.label])


IMPORT_BATCHES = Listing(
    title="导入记录",
    name="imports",
    columns=[
        Col(
            "file_name",
            "文件",
            lambda b: b.file_name,
            "file_name",
            lambda b, t: reverse("import-batch", args=[t.code, b.pk]),
            width=32,
            find="file_name",
        ),
        Col("kind", "类别", _kind_label, "kind", find=_of_kind),
        Col("state", "状态", lambda b: Badge(b.get_state_display(), BATCH_TONES[b.state]), "state", find="state"),
        Col("taken", "导入行数", lambda b: b.counts.get("taken", ""), numeric=True),
        Col("kept", "撤销后保留", lambda b: b.counts.get("kept", ""), screen=False, numeric=True),
        Col("owner", "导入人", lambda b: str(b.owner), "owner__display_name", find=Name("owner__display_name")),
        Col("created_at", "上传时间", lambda b: b.created_at, "created_at", width=18, find="created_at"),
    ],
    default="-created_at",
    days="created_at",
    search_hint="文件名、类别、导入人",
    filters=[
        by_field("kind", "类别", lambda: [(kind.key, kind.label) for kind in kinds()]),
        by_field("state", "状态", ImportBatch.State.choices),
    ],
    empty=("还没有导入过表格", "在上面选择要导入哪一种表格；导入前逐行预览，导入后可以整批撤销。"),
    empty_icon="file-earmark-arrow-up",
)


PERIODS = [("1", "最近一天"), ("7", "最近七天"), ("30", "最近三十天"), ("183", "最近半年"), ("366", "最近一年")]


def _verb_choices():
    groups = {"accounts": "账号", "deputies": "代表", "proposals": "接待与建议", "reports": "报告", "documents": "文件"}
    known = {key.split(".")[0] for key in all_verbs()}
    return [(key, label) for key, label in groups.items() if key in known]


def _done(word: str) -> Q:
    verbs = [key for key, one in all_verbs().items() if word in one.words]
    return Q(subject_label__icontains=word) | (Q(verb__in=verbs) if verbs else NOTHING)


def about(word: str) -> Q:
    """Events and requests about records of a kind that is called by the word."""
    kinds_of_subject = {model._meta.label_lower for model in apps.get_models() if word in str(model._meta.verbose_name)}
    return Q(subject_type__in=kinds_of_subject) if kinds_of_subject else NOTHING


TRAIL = Listing(
    title="操作记录",
    name="trail",
    columns=[
        Col("at", "时间", lambda e: e.at, "at,seq", width=18, find="at"),
        Col(
            "actor",
            "操作人",
            lambda e: e.actor_name or "系统",
            "actor_name,seq",
            width=14,
            find=(Name("actor_name"), Said({"系统": Q(actor_id__isnull=True)})),
        ),
        Col("what", "做了什么", history.sentence, "verb,seq", width=40, find=_done),
        Col("subject", "对象", history.subject_word, "subject_type,seq", find=about),
        Col("detail", "详情", history.detail_words, width=40, sortable=False),
        Col("hash", "散列", lambda e: bytes(e.hash).hex(), "hash", screen=False, offered=False, width=66),
    ],
    default="-at",
    days="at",
    search_hint="操作人、做了什么、对象",
    filters=[Filter("about", "范围", _verb_choices, lambda rows, value: rows.filter(verb__startswith=f"{value}."))],
    empty=("还没有操作记录", "每一次写入都会留下一条不可改动的记录。"),
    empty_icon="clock-history",
)


def _places():
    return [
        ("0", "系统"),
        *((str(pk), name) for pk, name in Township.objects.values_list("pk", "name").order_by("code")),
    ]


def _since(rows, value: str):
    return rows.filter(at__gte=clock.now() - timedelta(days=int(value)))


AUDIT = replace(
    TRAIL,
    title="审计记录",
    name="audit",
    columns=[
        *TRAIL.columns[:2],
        Col("place", "乡镇", lambda e: e.place_name or "系统", "place_name,seq", find="place_name"),
        Col("address", "地址", lambda e: e.address or "", "address,seq", find="address"),
        *TRAIL.columns[2:],
    ],
    search_hint="操作人、乡镇、地址、做了什么、对象",
    filters=[
        *TRAIL.filters,
        Filter("place", "乡镇", _places, lambda rows, value: rows.filter(chain=int(value))),
        Filter("days", "时间", lambda: PERIODS, _since),
    ],
)


MEMBERS = Listing(
    title="账号",
    name="members",
    columns=[
        Col("name", "姓名", lambda m: m.user.display_name, "user__display_name", find=Name("user__display_name")),
        Col("username", "登录名", lambda m: m.user.username, "user__username", find="user__username"),
        Col("role", "角色", lambda m: m.get_role_display(), "role", find="role"),
        Col("unit", "承办单位", lambda m: m.unit_name or "", "unit_name", find="unit_name"),
        Col(
            "state",
            "状态",
            lambda m: (
                Badge("停用")
                if m.ended_at
                else Badge("待首次登录", "info")
                if m.user.must_change_password
                else Badge("在用", "good")
            ),
            "ended_at",
            find=ACCOUNT_STATES,
        ),
        Col(
            "manage", "操作", lambda m: "管理", sortable=False, url=lambda m, t: reverse("member", args=[t.code, m.pk])
        ),
    ],
    default="username",
    search_hint="姓名、登录名、角色、单位",
    empty=("还没有账号", "代表账号可从花名册批量开通，其他人员在这里逐个开通。"),
    empty_icon="person-badge",
)


_USES = Said(
    {
        "正式": Q(rehearsal=False),
        "演练": Q(rehearsal=True, closed_on__isnull=True),
        "演练已停用": Q(rehearsal=True, closed_on__isnull=False),
    }
)


def _use(place: Township) -> str | Badge:
    if not place.rehearsal:
        return "正式"
    return Badge("演练已停用") if place.closed_on else Badge("演练", "info")


PLACES = Listing(
    title="乡镇",
    name="places",
    columns=[
        Col(
            "name",
            "名称",
            lambda t: t.name,
            "name",
            lambda t, _: reverse("administration-township", args=[t.pk]),
            find="name",
        ),
        Col("code", "区划代码", lambda t: t.code, "code", find="code"),
        Col("county", "所属", lambda t: t.county.name, "county__name", find="county__name"),
        Col("kind", "类别", lambda t: t.kind, "kind", find="kind"),
        Col("use", "用途", _use, "rehearsal", find=_USES),
    ],
    default="code",
    search_hint="名称、代码、所属",
    empty=("还没有乡镇", "先登记县级行政区，再登记所辖乡镇。"),
    empty_icon="geo-alt",
)

PACK_LABELS = Said({one.label: Q(province=one.name) for one in PACKS.values()})
COUNTIES = Listing(
    title="县级",
    name="counties",
    columns=[
        Col(
            "name",
            "名称",
            lambda c: c.name,
            "name",
            lambda c, _: reverse("administration-county", args=[c.pk]),
            find="name",
        ),
        Col("code", "区划代码", lambda c: c.code, "code", find="code"),
        Col("kind", "类别", lambda c: c.kind, "kind", find="kind"),
        Col("province", "适用的规则", lambda c: PACKS[c.province].label, "province", find=PACK_LABELS),
    ],
    default="code",
    search_hint="名称、代码",
    empty=("还没有县级行政区", "先登记县级行政区，再登记所辖乡镇。"),
    empty_icon="geo-alt",
)

HOLIDAYS = Listing(
    title="节假日",
    name="holidays",
    columns=[
        Col(
            "day",
            "日期",
            lambda h: h.day,
            "day",
            lambda h, _: reverse("administration-holiday", args=[h.pk]),
            find="day",
        ),
        Col("name", "名称", lambda h: h.name, "name", find="name"),
        Col("is_workday", "类别", lambda h: "调休上班" if h.is_workday else "放假", "is_workday", find=DAY_KINDS),
        Col("basis", "依据", lambda h: h.basis, "basis", width=40, find="basis"),
    ],
    default="-day",
    search_hint="日期、名称、依据",
    filters=[by_field("kind", "类别", [("True", "调休上班"), ("False", "放假")], "is_workday")],
    empty=("还没有节假日", "按国务院办公厅每年的放假通知逐日录入；录入以前，涉及工作日的期限按暂定显示。"),
    empty_icon="calendar3",
)


def _series_word(key: str) -> str:
    return next((one.label for one in numbers.all_series() if one.key == key), key)


ANCHORS = Listing(
    title="审计锚点",
    name="anchors",
    columns=[
        Col("number", "编号", lambda a: a.number, "number", numeric=True),
        Col("chain", "审计链", lambda a: a.town, "town", find="town"),
        Col("seq", "至第几条", lambda a: a.seq, "seq", numeric=True),
        Col("at", "时间", lambda a: a.at, "at", find="at"),
        Col("mac", "封印", lambda a: bytes(a.mac).hex(), width=80, sortable=False),
    ],
    default="-number",
    search_hint="乡镇",
    empty=("还没有锚点", "系统每十分钟对有新记录的审计链加盖一次锚点。"),
    empty_icon="shield-lock",
)
