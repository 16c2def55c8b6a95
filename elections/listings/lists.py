"""The lists of what stands on a list of voters, and of the appeals against it."""

from congress.web.records import url_of
from congress.web.search import Among
from congress.web.table import Badge, Col, Listing, by_field
from deputies.models import District
from elections.models import Appeal, Voter, VoterGroup

_DISTRICT = Among("district", lambda: District.objects.kept())
_GROUP = Among("group", lambda: VoterGroup.objects.kept())
LISTED = Listing(
    title="名单所列选民",
    name="listed",
    columns=[
        Col("district", "选区", lambda x: str(x.district), "district__number,voter__stroke_key", find=_DISTRICT),
        Col("group", "选民小组", lambda x: str(x.group or ""), "group__number,voter__stroke_key", find=_GROUP),
        Col("name", "姓名", lambda x: x.voter.name, "voter__stroke_key", find="voter__name"),
        Col(
            "gender",
            "性别",
            lambda x: x.voter.get_gender_display(),
            "voter__gender,voter__stroke_key",
            find="voter__gender",
        ),
    ],
    default="district",
    search=("voter__search_text",),
    search_hint="姓名、拼音首字母",
    filters=[by_field("gender", "性别", Voter.Gender.choices, "voter__gender")],
    empty=("名单上没有选民", "这一份名单还没有列入选民。"),
    empty_icon="people",
)


def state_of(row: Appeal) -> tuple[str, str]:
    """Where an appeal stands, as a word and its tone."""
    if row.judged_on:
        return ("判决支持" if row.judged_for else "判决驳回"), "good" if row.judged_for else "neutral"
    if row.sued_on:
        return "诉讼中", "info"
    if row.decided_on is None:
        return "待决定", "warning"
    return ("申诉成立", "good") if row.upheld else ("申诉不成立", "neutral")


APPEALS = Listing(
    title="选民名单申诉",
    name="appeals",
    columns=[
        Col(
            "appellant",
            "申诉人",
            lambda x: x.appellant,
            "appellant,-received_on",
            lambda x, town: url_of(x, town),
            find="appellant",
        ),
        Col("subject", "被申诉人", lambda x: x.subject, "subject,-received_on", find="subject"),
        Col("kind", "申诉事项", lambda x: x.get_kind_display(), "kind,-received_on", find="kind"),
        Col("received_on", "提出日期", lambda x: x.received_on, "received_on", find="received_on"),
        Col("decided_on", "决定日期", lambda x: x.decided_on or "", "decided_on", find="decided_on"),
        Col("state", "状态", lambda x: Badge(*state_of(x)), "judged_on,sued_on,upheld,decided_on"),
    ],
    default="-received_on",
    days="received_on",
    search_hint="姓名、事项、日期",
    filters=[by_field("kind", "申诉事项", Appeal.Kind.choices)],
    empty=("还没有申诉", "名单公布之日起五日内，选民和其他公民都可以提出；收到后在这里登记。"),
    empty_icon="chat-left-text",
)
