"""The lists beside the roll: who stands, what changed, who is kept off, looked for, handed over."""

import re
from collections.abc import Callable
from dataclasses import replace

from django.db.models import Case, Model, Q, When
from django.urls import reverse

from congress.law.roll import SITUATIONS, check_outsider
from congress.web.conditions import NOTHING
from congress.web.orders import by_number
from congress.web.records import url_of
from congress.web.search import Among, Name, Said, condition
from congress.web.table import Badge, Choices, Col, Filter, Listing, by_field
from deputies.models import District
from elections.models import Election, Exclusion, PoolEntry, Registration, RollChange, Transfer, Voter, VoterGroup


def of_voter(row, township) -> str:
    """The page of the voter a row speaks of."""
    return reverse("elections-voter", args=[township.code, row.voter_id])


def _districts(election: Election) -> Choices:
    """The election's own: those of other terms and of the other level have the same numbers, often the same names."""
    rows = District.objects.kept().filter(term=election.term_id).order_by("number")
    return Choices(
        rows.values("pk", "number", "name"), lambda found: [(row.pop("pk"), str(District(**row))) for row in found]
    )


def _groups(election: Election) -> Choices:
    """The groups in which voters of the election's districts stand."""
    own, county = Q(district__term=election.term_id), Q(county_district__term=election.term_id)
    number = Case(When(own, then="district__number"), default="county_district__number")
    rows = VoterGroup.objects.kept().filter(own | county).annotate(of_district=number).order_by("of_district", "number")
    return Choices(
        rows.values("pk", "name", "number", "of_district"),
        lambda found: [(one["pk"], f"第{one.pop('of_district')}选区{VoterGroup(**one)}") for one in found],
    )


def _confirmed(rows, value):
    return rows.filter(confirmed_on__isnull=value == "no")


def _born_in(model: type[Model], path: str) -> Callable[[str], Q]:
    """By month as the list shows it."""
    return lambda word: condition(model, path, word) if re.fullmatch(r"\d{4}-\d{2}", word) else NOTHING


def _supplement(word: str) -> Q:
    """第1次补正, as the list shows it."""
    found = re.fullmatch(r"第(\d{1,4})次补正", word)
    return Q(supplement__number=found[1]) if found else NOTHING


_DOOR = "voter__household_no"
INTERMITTENT = Said({"间歇性": Q(intermittent=True)})
_WAITS = Q(direction=Transfer.Direction.IN, pair=None, state=Transfer.State.ASKED)
MISSING = Said({"选民资格证明": _WAITS & Q(certificate=""), "居住证": _WAITS & Q(permit=False)})


def missing_papers(row: Transfer) -> str:
    """Which of the papers somebody from outside the county needs are not here yet."""
    if row.pair or row.direction == Transfer.Direction.OUT or row.state != Transfer.State.ASKED:
        return ""
    found = check_outsider(bool(row.certificate), row.permit, row.campaign.election_day, row.township.pack)
    words = {"certificate": "选民资格证明", "permit": "居住证"}
    return "、".join(words[one.field] for one in found)


ROLL = Listing(
    title="选民册",
    name="roll",
    columns=[
        Col("name", "姓名", lambda x: x.voter.name, "voter__stroke_key", of_voter, width=12, find=Name("voter__name")),
        Col("gender", "性别", lambda x: x.voter.get_gender_display(), "voter__gender", width=6, find="voter__gender"),
        Col(
            "birth",
            "出生年月",
            lambda x: f"{x.voter.birth_date:%Y-%m}",
            "voter__birth_date",
            screen=False,
            find=_born_in(Registration, "voter__birth_date"),
        ),
        Col(
            "district",
            "选区",
            lambda x: str(x.district),
            "district__number,voter__stroke_key",
            find=Among("district", District.objects.kept),
        ),
        Col(
            "group",
            "选民小组",
            lambda x: str(x.group or ""),
            "district__number,group__number,voter__stroke_key",
            find=Among("group", VoterGroup.objects.kept),
        ),
        Col("village", "村（社区）", lambda x: x.voter.village, "voter__village", find="voter__village"),
        Col("door", "户号", lambda x: x.voter.household_no, by_number(_DOOR), find=_DOOR),
        Col("ground", "登记事由", lambda x: x.get_ground_display(), "ground", find="ground"),
        Col("way", "登记方式", lambda x: x.get_way_display(), "way", screen=False, find="way"),
        Col("situation", "特殊情形", lambda x: x.get_situation_display(), "situation", screen=False, find="situation"),
        Col("confirmed", "核对日期", lambda x: x.confirmed_on or "", "confirmed_on", screen=False, find="confirmed_on"),
    ],
    default="name",
    search_hint="姓名、拼音、首字母、村、户号、选区",
    filters=[
        by_field("ground", "登记事由", Registration.Ground.choices),
        by_field("way", "登记方式", Registration.Way.choices),
        by_field("gender", "性别", Voter.Gender.choices, "voter__gender"),
        by_field("situation", "特殊情形", list(SITUATIONS.items())),
        Filter("confirmed", "核对", lambda: [("yes", "已核对"), ("no", "未核对")], _confirmed),
    ],
    empty=("选民册还没有选民", "可以导入名册、结转上次登记，也可以逐个登记。"),
    empty_icon="people",
)


def roll_of(election: Election) -> Listing:
    """The roll of one election, which is narrowed by its own districts and groups as well."""
    own = [
        by_field("district", "选区", lambda: _districts(election)),
        by_field("group", "选民小组", lambda: _groups(election)),
    ]
    return replace(ROLL, filters=[*own, *ROLL.filters])


VOTERS = Listing(
    title="全部选民",
    name="voters",
    columns=[
        Col(
            "name", "姓名", lambda x: x.name, "stroke_key", lambda x, town: url_of(x, town), width=12, find=Name("name")
        ),
        Col("gender", "性别", lambda x: x.get_gender_display(), "gender,stroke_key", width=6, find="gender"),
        Col("birth", "出生年月", lambda x: f"{x.birth_date:%Y-%m}", "birth_date", find=_born_in(Voter, "birth_date")),
        Col("village", "村（社区）", lambda x: x.village, "village,stroke_key", find="village"),
        Col("door", "户号", lambda x: x.household_no, by_number("household_no"), find="household_no"),
    ],
    default="name",
    search_hint="姓名、拼音、首字母、村、户号",
    filters=[by_field("gender", "性别", Voter.Gender.choices)],
    empty=("还没有选民", "导入选民册或者登记以后，历次登记过的选民都在这里。"),
    empty_icon="people",
)

CHANGES = Listing(
    title="选民册变动",
    name="roll-changes",
    columns=[
        Col(
            "name",
            "姓名",
            lambda x: x.registration.voter.name,
            "registration__voter__stroke_key",
            lambda x, town: of_voter(x.registration, town),
            find=Name("registration__voter__name"),
        ),
        Col("kind", "变动", lambda x: x.get_kind_display(), "kind", find="kind"),
        Col("happened_on", "发生日期", lambda x: x.happened_on, "happened_on", find="happened_on"),
        Col(
            "district",
            "选区",
            lambda x: str(x.registration.district),
            "registration__district__number",
            find=Among("registration__district", District.objects.kept),
        ),
        Col("paper", "依据材料", lambda x: x.paper, "paper", find="paper"),
        Col("reason", "说明", lambda x: x.reason, "reason", screen=False, find="reason"),
        Col("supplement", "补正", lambda x: str(x.supplement or ""), "supplement__number", find=_supplement),
    ],
    default="-happened_on",
    days="happened_on",
    search_hint="姓名、变动、材料、日期",
    filters=[
        by_field("kind", "变动", RollChange.Kind.choices),
        Filter(
            "when",
            "时间",
            lambda: [("no", "名单定稿前"), ("yes", "名单定稿后")],
            lambda rows, value: rows.filter(after_freeze=value == "yes"),
        ),
    ],
    empty=("还没有变动", "在选民页面登记迁出、死亡等变动，每项都有依据的材料。"),
    empty_icon="people",
)

EXCLUSIONS = Listing(
    title="不列入名单",
    name="exclusions",
    columns=[
        Col(
            "name",
            "姓名",
            lambda x: x.voter.name,
            "voter__stroke_key",
            lambda x, town: url_of(x, town),
            find=Name("voter__name"),
        ),
        Col("ground", "事由", lambda x: x.get_ground_display(), "ground", find="ground"),
        Col("body", "决定机关", lambda x: x.get_body_display(), "body", find="body"),
        Col("paper", "决定文书", lambda x: x.paper, "paper", find="paper"),
        Col("since", "开始日期", lambda x: x.since, "since", find="since"),
        Col("until", "期满日期", lambda x: x.until or "", "until", find="until"),
        Col("intermittent", "间歇性", lambda x: "间歇性" if x.intermittent else "", "intermittent", find=INTERMITTENT),
    ],
    default="-since",
    search_hint="姓名、事由、文书、日期",
    filters=[by_field("ground", "事由", Exclusion._meta.get_field("ground").choices)],
    empty=("没有不列入名单的选民", "只有依法被剥夺、停止行使和经确认不能行使选举权利的，才不列入名单。"),
    empty_icon="people",
)

_POOL_TONES = {"waiting": "warning", "found": "good", "unfound": "neutral"}
POOL = Listing(
    title="未取得联系的选民",
    name="pool",
    columns=[
        Col("name", "姓名", lambda x: x.name, "name", lambda x, town: url_of(x, town), find="name"),
        Col("village", "村（社区）", lambda x: x.village, "village", find="village"),
        Col("owner", "责任人", lambda x: x.owner, "owner", find="owner"),
        Col("due_on", "办结日期", lambda x: x.due_on, "due_on", find="due_on"),
        Col("state", "状态", lambda x: Badge(x.get_state_display(), _POOL_TONES[x.state]), "state", find="state"),
        Col("outcome", "结果", lambda x: x.get_outcome_display(), "outcome", find="outcome"),
    ],
    default="due_on",
    search_hint="姓名、村、责任人、日期",
    filters=[
        by_field("state", "状态", PoolEntry.State.choices),
        by_field("outcome", "结果", PoolEntry.Outcome.choices),
    ],
    empty=("没有未取得联系的选民", "登记期间找不到的人放在这里，写明责任人和日期，不因为没有消息就除名。"),
    empty_icon="people",
)

_TRANSFER_TONES = {"asked": "warning", "accepted": "good", "refused": "neutral", "taken_back": "neutral"}
TRANSFERS = Listing(
    title="选民转移",
    name="transfers",
    columns=[
        Col("name", "姓名", lambda x: x.name, "name", lambda x, town: url_of(x, town), find="name"),
        Col("direction", "方向", lambda x: x.get_direction_display(), "direction,number", find="direction"),
        Col("number", "编号", lambda x: x.number, "number", numeric=True, find="number"),
        Col("reach", "范围", lambda x: x.get_reach_display(), "reach", find="reach"),
        Col(
            "other",
            "对方",
            lambda x: str(x.other_township or x.other_place),
            "other_township__code,other_place",
            find=("other_township__name", "other_place"),
        ),
        Col("cause", "原因", lambda x: x.get_cause_display(), "cause", find="cause"),
        Col("sent_on", "提出日期", lambda x: x.sent_on, "sent_on", find="sent_on"),
        Col("state", "状态", lambda x: Badge(x.get_state_display(), _TRANSFER_TONES[x.state]), "state", find="state"),
        Col("papers", "缺少材料", missing_papers, "certificate,permit", find=MISSING),
    ],
    default="-sent_on",
    days="sent_on",
    search_hint="姓名、对方、原因、日期",
    filters=[
        by_field("direction", "方向", Transfer.Direction.choices),
        by_field("state", "状态", Transfer.State.choices),
        by_field("reach", "范围", Transfer.Reach.choices),
    ],
    empty=("还没有选民转移", "在选民页面提出转出；外来人员持选民资格证明来登记的，在这里登记转入。"),
    empty_icon="people",
)
