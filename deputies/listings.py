"""The roster's lists, column by column."""

import re
from operator import attrgetter

from django.db.models import CharField, Q, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast, Concat, LPad
from django.urls import reverse

from congress import clock
from congress.law.elections import DISTRICT_SIZE_WORDS
from congress.names.pinyin import reading
from congress.names.strokes import uncertain
from congress.people.fields import masked
from congress.web.conditions import NOTHING
from congress.web.orders import first_of
from congress.web.records import url_of
from congress.web.search import Among, Name, Said, condition
from congress.web.table import Badge, Choices, Col, Filter, Listing, by_field
from deputies.actions import CORRECTABLE
from deputies.models import Activity, Correction, Deputy, District, Group, Level, Mandate, OwnActivity, Station, Term
from deputies.queries import (
    called,
    elected_only,
    in_office,
    numbered,
    of_district,
    of_term,
    seat_district,
    seats_words,
    term_label,
    terms,
    terms_by,
    without_seat,
)


def _detail(deputy, township):
    return reverse("deputies-detail", args=[township.code, deputy.pk])


def _state(deputy) -> Badge:
    return Badge("已审核", "good") if deputy.state == Deputy.State.APPROVED else Badge("待审核", "warning")


def _groups() -> Choices:
    return Choices(
        Group.objects.kept().values("pk", "name"),
        lambda found: [(row["pk"], row["name"]) for row in sorted(found, key=lambda row: numbered(row["name"]))],
    )


def _stations() -> Choices:
    rows = Station.objects.kept().values("pk", "name")
    return Choices(rows, lambda found: [(row["pk"], row["name"]) for row in found])


def _terms() -> Choices:
    rows = terms().order_by("level", "-number").values("pk", "level", "number")[:8]
    return Choices(rows, lambda found: [(row.pop("pk"), term_label(Term(**row))) for row in found])


def _seat(rows, value):
    if value == "ended":
        return without_seat(rows, clock.today())
    if value == "elected":
        return elected_only(rows, clock.today())
    return in_office(rows, clock.today(), value) if value in Level.values else rows


def _districts() -> Choices:
    """Those of the present term: names of an earlier one may mean other villages."""
    rows = District.objects.kept().filter(term__in=terms_by(clock.today()).values("pk")[:1]).order_by("number")
    return Choices(
        rows.values("pk", "number", "name"),
        lambda found: [(row.pop("pk"), str(District(**row))) for row in found],
    )


def _month(deputy):
    return f"{deputy.birth_date:%Y-%m}" if deputy.birth_date else ""


def _born_in(word: str) -> Q:
    """By month as the list shows it: the day is nobody's to guess."""
    return condition(Deputy, "birth_date", word) if re.fullmatch(r"\d{4}-\d{2}", word) else NOTHING


def _by_seat() -> OrderBy:
    """By level and term of the first of a deputy's mandates."""
    number = LPad(Cast("term__number", CharField()), 3, Value("0"))
    seats = Mandate.objects.kept().annotate(words=Concat("level", number)).order_by("words", "pk")
    return first_of(seats, "deputy", "words")


FILTERS = (
    Filter(
        "level",
        "任职",
        lambda: [
            ("township", "乡镇代表在任"),
            ("county", "县级代表在任"),
            ("elected", "当选待就任"),
            ("ended", "资格已终止"),
        ],
        _seat,
    ),
    Filter("term", "届次", _terms, of_term),
    Filter("district", "选区", _districts, of_district),  # many: folded away with what follows
    by_field("gender", "性别", Deputy.Gender.choices),
    by_field("party", "政治面貌", Deputy.Party.choices),
    by_field("group", "代表小组", _groups, "group_id"),
    by_field("station", "联络站", _stations, "station_id"),
)
PUBLIC = (
    Col("gender", "性别", lambda d: d.get_gender_display(), "gender", width=6, find="gender"),
    Col("ethnicity", "民族", lambda d: d.ethnicity, "ethnicity", screen=False, width=8, find="ethnicity"),
    Col("party", "政治面貌", lambda d: d.get_party_display(), "party", width=12, find="party"),
    Col("post", "工作单位及职务", lambda d: d.employer_post, "employer_post", width=28, find="employer_post"),
    Col("seats", "代表资格", seats_words, _by_seat(), width=26, find=Among("mandates__term", terms, term_label)),
    Col("district", "选区", seat_district, "district_number", find=Among("mandates__district", District.objects.all)),
    Col("group", "代表小组", lambda d: d.group.name if d.group else "", "group__name", find="group__name"),
    Col("station", "联络站", lambda d: d.station.name if d.station else "", "station__name", find="station__name"),
)
SEARCH = {
    "search_hint": "姓名、拼音、首字母、单位、选区",
    "default": "name",
    "orders": {"surname": "surname_key"},
}
SORTS = (
    ("name", "姓名笔画"),
    ("surname", "姓氏笔画"),
    ("pinyin", "姓名拼音"),
    ("district", "选区"),
    ("certificate", "代表证号"),
    ("group", "代表小组"),
    ("station", "联络站"),
)
EMPTY = ("还没有代表", "可以从 Excel 花名册一次导入，也可以逐个新增。")

ROSTER = Listing(
    title="代表花名册",
    name="deputies",
    columns=[
        Col("name", "姓名", lambda d: d.name, "stroke_key", _detail, width=12, find=Name("name")),
        Col("pinyin", "拼音", lambda d: reading(d.name).full, "pinyin_key", screen=False, width=20),
        Col("rare", "生僻字", lambda d: "、".join(uncertain(d.name)), screen=False, width=8, sortable=False),
        *PUBLIC,
        Col("birth", "出生年月", _month, "birth_date", screen=False, find=_born_in),
        Col("affiliation", "具体党派", lambda d: d.affiliation, "affiliation", screen=False, find="affiliation"),
        Col("education", "文化程度", lambda d: d.get_education_display(), "education", screen=False, find="education"),
        Col("phone", "手机", lambda d: masked(d, "phone"), width=12, sortable=False),
        Col("id_number", "身份证号", lambda d: masked(d, "id_number"), screen=False, width=22, sortable=False),
        Col(
            "certificate",
            "代表证号",
            lambda d: d.certificate_no,
            "certificate_no",
            screen=False,
            find="certificate_no",
        ),
        Col("remark", "备注", lambda d: d.remark, "remark", screen=False, width=24, find="remark"),
        Col("state", "状态", _state, "state", width=8, find="state"),
    ],
    filters=[*FILTERS, by_field("state", "状态", Deputy.State.choices)],
    empty=EMPTY,
    empty_icon="people",
    **SEARCH,
)
PUBLIC_ROSTER = Listing(
    title="代表名册",
    name="deputies",
    columns=[
        Col("name", "姓名", lambda d: d.name, "stroke_key", width=12, find=Name("name")),
        *[column for column in PUBLIC if column.key not in ("ethnicity", "party")],
    ],
    filters=[*FILTERS[:3], *FILTERS[5:]],
    empty=EMPTY,
    empty_icon="people",
    **SEARCH,
)
OPEN_OR_NOT = Said({"停用": Q(closed_on__isnull=False), "在用": Q(closed_on__isnull=True)})
STATIONS = Listing(
    title="代表联络站",
    name="stations",
    columns=[
        Col(
            "name",
            "名称",
            lambda s: s.name,
            "name",
            lambda s, t: reverse("deputies-station", args=[t.code, s.pk]),
            width=24,
            find="name",
        ),
        Col("kind", "类别", lambda s: s.kind, "kind", find="kind"),
        Col("address", "地址", lambda s: s.address, "address", width=28, find="address"),
        Col("days", "接待日", lambda s: s.reception_days, "reception_days", width=24, find="reception_days"),
        Col("deputies", "代表", lambda s: s.deputies, "deputies", numeric=True),
        Col("met", "建设项目", lambda s: s.met, "met", numeric=True),
        Col(
            "state",
            "状态",
            lambda s: Badge("停用") if s.closed_on else Badge("在用", "good"),
            "closed_on",
            find=OPEN_OR_NOT,
        ),
    ],
    default="name",
    search=(Name("deputy__name"),),
    search_hint="名称、地址、接待日、代表",
    empty=("还没有联络站", "登记联络站后，代表就能在手机上登记接待选民。"),
    empty_icon="geo-alt",
)


def _count(name: str) -> Col:
    label = str(Activity._meta.get_field(name).verbose_name)
    return Col(name, label, attrgetter(name), name, screen=False, numeric=True)


OWN_TONES = {"entered": "warning", "returned": "bad", "confirmed": "good"}
ACTIVITIES = Listing(
    title="履职活动",
    name="activities",
    columns=[
        Col(
            "title",
            "名称",
            lambda a: a.title,
            "title",
            lambda a, t: reverse("deputies-activity", args=[t.code, a.pk]),
            width=32,
            find="title",
        ),
        Col("kind", "类别", lambda a: a.get_kind_display(), "kind", find="kind"),
        Col("held_on", "日期", lambda a: a.held_on, "held_on", find="held_on"),
        Col("place", "地点", lambda a: a.place, "place", width=20, find="place"),
        Col("deputies", "参加代表", lambda a: a.deputies, "deputies", numeric=True),
        Col("people", "其他人数", lambda a: a.people, "people", numeric=True),
        *(_count(name) for name in Activity.COUNTS),
        Col("mended_on", "整改落实日期", lambda a: a.mended_on, "mended_on", screen=False, find="mended_on"),
    ],
    default="-held_on",
    days="held_on",
    search=("organiser", "note", Name("attendances__deputy__name")),
    search_hint="名称、地点、组织单位、参加代表",
    filters=[
        by_field("kind", "类别", Activity.Kind.choices),
        by_field(
            "year",
            "年份",
            lambda: [(str(d.year), f"{d.year}年") for d in Activity.objects.dates("held_on", "year", "DESC")],
            "held_on__year",
        ),
    ],
    empty=("还没有履职活动", "培训、视察、调研、述职、走访等登记后，会自动计入年度工作报告。"),
    empty_icon="calendar-event",
)
OWN_ACTIVITIES = Listing(
    title="自报活动",
    name="own-activities",
    columns=[
        Col("title", "做了什么", lambda a: a.title, "title", lambda a, t: url_of(a, t), width=32, find="title"),
        Col("deputy", "代表", lambda a: a.deputy.name, "deputy__stroke_key", find=Name("deputy__name")),
        Col("kind", "类别", lambda a: a.get_kind_display(), "kind", find="kind"),
        Col("held_on", "日期", lambda a: a.held_on, "held_on", find="held_on"),
        Col("place", "地点", lambda a: a.place, "place", width=20, find="place"),
        Col("state", "状态", lambda a: Badge(a.get_state_display(), OWN_TONES[a.state]), "state", find="state"),
    ],
    default="-held_on",
    days="held_on",
    search_hint="做了什么、代表、地点",
    filters=[by_field("state", "状态", OwnActivity.State.choices), by_field("kind", "类别", Activity.Kind.choices)],
    empty=("还没有自报的活动", "代表参加活动后自己登记，办公室确认后记入履职档案。"),
    empty_icon="calendar-event",
)
TERMS = Listing(
    title="届次",
    name="terms",
    columns=[
        Col(
            "name",
            "届次",
            str,
            "level,number",
            lambda x, t: reverse("deputies-term", args=[t.code, x.pk]),
            find="number",
        ),
        Col("level", "级别", lambda x: x.get_level_display(), "level", find="level"),
        Col("seats", "代表名额", lambda x: x.seats, "seats", numeric=True),
        Col("started_on", "开始日期", lambda x: x.started_on or "", "started_on", find="started_on"),
        Col("ended_on", "届满日期", lambda x: x.ended_on or "", "ended_on", find="ended_on"),
    ],
    default="-started_on",
    search_hint="届数、级别、日期",
    filters=[by_field("level", "级别", Level.choices)],
    empty=("还没有届次", "先登记本届人大和名额，再登记选区和代表。"),
    empty_icon="diagram-3",
)
GROUPS = Listing(
    title="代表小组",
    name="groups",
    columns=[
        Col(
            "name",
            "小组名称",
            lambda g: g.name,
            url=lambda g, t: reverse("deputies-group", args=[t.code, g.pk]),
            by=lambda g: numbered(g.name),
            width=24,
            find="name",
        ),
        Col("deputies", "代表", lambda g: g.deputies, "deputies", numeric=True),
        Col("formed_on", "成立日期", lambda g: g.formed_on, "formed_on", find="formed_on"),
        Col("dissolved_on", "撤销日期", lambda g: g.dissolved_on, "dissolved_on", find="dissolved_on"),
    ],
    default="name",
    search=(Name("deputy__name"),),
    search_hint="小组名称、代表、日期",
    empty=("还没有代表小组", "分好小组后，可按小组安排活动和查看代表。"),
    empty_icon="collection",
)


def _of_field(word: str) -> Q:
    return Q(field__in=[name for name in CORRECTABLE if word in str(Deputy._meta.get_field(name).verbose_name)])


CORRECTIONS = Listing(
    title="更正申请",
    name="corrections",
    columns=[
        Col(
            "deputy",
            "代表",
            lambda c: called(c.deputy, c.deputy_beside),
            "deputy__stroke_key",
            lambda c, t: reverse("deputies-correction", args=[t.code, c.pk]),
            find=Name("deputy__name"),
        ),
        Col("field", "项目", lambda c: str(Deputy._meta.get_field(c.field).verbose_name), "field", find=_of_field),
        Col("asked", "申请时间", lambda c: c.created_at, "created_at", width=18, find="created_at"),
        Col(
            "state",
            "状态",
            lambda c: Badge(c.get_state_display(), {"asked": "warning", "accepted": "good"}.get(c.state, "neutral")),
            "state",
            find="state",
        ),
    ],
    default="state",
    days="asked",
    search_hint="代表姓名、项目、状态",
    filters=[by_field("state", "状态", Correction.State.choices)],
    empty=("没有更正申请", "代表在手机上发现本人信息有误时，会在这里提出。"),
    empty_icon="pencil",
)
DISTRICTS = Listing(
    title="选区",
    name="districts",
    columns=[
        Col(
            "number",
            "选区号",
            lambda d: d.number,
            "number",
            lambda d, t: reverse("deputies-district", args=[t.code, d.pk]),
            numeric=True,
            find="number",
        ),
        Col("name", "名称", lambda d: d.name, "name", width=24, find="name"),
        Col("seats", "应选名额", lambda d: d.seats, "seats", numeric=True),
        Col("population", "人口数", lambda d: d.population, "population", numeric=True),
        Col("villages", "所辖村（社区）、单位", lambda d: d.villages, "villages", width=28, find="villages"),
        Col("kind", "划分方式", lambda d: d.get_kind_display(), "kind", find="kind", screen=False),
        Col("term", "届次", lambda d: str(d.term), "term__level,-term__number", find=Among("term", terms)),
    ],
    default="number",
    search_hint="选区号、名称、所辖村、届次",
    empty=("还没有选区", f"{DISTRICT_SIZE_WORDS}。"),
)
