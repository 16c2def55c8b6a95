"""Mobile boxes and those who vote there as lists."""

from django.db.models import Q

from congress.web.records import url_of
from congress.web.search import Among, Name, Said
from congress.web.table import Badge, Col, Listing, by_field
from deputies.models import District
from elections.models import MobileBox, MobileVoter, VoterGroup
from elections.models.places import clock_words


def named_boxes():
    """Mobile boxes with what their names say."""
    return MobileBox.objects.kept().select_related("district")


BOXES = Listing(
    title="流动票箱",
    name="mobile-boxes",
    columns=[
        Col("number", "流动票箱", str, "district__number,number", url_of, find=("number", Among("id", named_boxes))),
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "district__number,number",
            find=Among("district", District.objects.kept),
        ),
        Col("route", "路线", lambda row: row.route, "route", find="route", width=28),
        Col("box_no", "箱号", lambda row: row.number, "number", numeric=True, find="number", screen=False),
        Col("leaves_at", "出发时间", lambda row: clock_words(row.leaves_at), "leaves_at"),
        Col("returns_at", "返回时间", lambda row: clock_words(row.returns_at), "returns_at"),
        Col("listed", "选民", lambda row: row.listed, "listed", numeric=True),
        Col("escorts", "同行人员", lambda row: row.escorts, "escorts", numeric=True),
        Col("monitors", "其中监票人", lambda row: row.monitors, "monitors", numeric=True),
        Col(
            "mixed",
            "与哪处的票箱混合计票",
            lambda row: str(row.mixed_with or ""),
            "mixed_with__name",
            find="mixed_with__name",
        ),
        Col(
            "signed",
            "登记册",
            lambda row: "已签名" if row.signed else "",
            "signed",
            find=Said({"已签名": Q(signed=True)}),
            screen=False,
        ),
        Col("why_many", "选民较多的原因", lambda row: row.why_many, "why_many", find="why_many", screen=False),
    ],
    default="number",
    search_hint="选区、路线",
    empty=("还没有流动票箱", "只为因患病等行动不便、居住分散并且交通不便的选民设。"),
)


def _reason(row: MobileVoter) -> Badge:
    outside = row.reason == MobileVoter.Reason.OTHER
    return Badge(row.said, "warning") if outside else Badge(row.get_reason_display())


VOTERS = Listing(
    title="流动票箱选民",
    name="mobile-voters",
    columns=[
        Col(
            "name",
            "姓名",
            lambda row: row.registration.voter.name,
            "registration__voter__stroke_key",
            url_of,
            find=Name("registration__voter__name"),
        ),
        Col(
            "box",
            "票箱",
            lambda row: str(row.box),
            "box__district__number,box__number,registration__voter__stroke_key",
            find=("box__number", Among("box", named_boxes)),
        ),
        Col(
            "group",
            "选民小组",
            lambda row: str(row.registration.group or ""),
            "registration__group__number,registration__voter__stroke_key",
            find=Among("registration__group", VoterGroup.objects.kept),
        ),
        Col(
            "district",
            "选区",
            lambda row: str(row.box.district),
            "box__district__number,registration__voter__stroke_key",
            find=Among("box__district", District.objects.kept),
            screen=False,
        ),
        Col("box_no", "箱号", lambda row: row.box.number, "box__number", numeric=True, screen=False),
        Col(
            "group_no",
            "小组号",
            lambda row: row.registration.group.number if row.registration.group else "",
            "registration__group__number",
            numeric=True,
            screen=False,
        ),
        Col("reason", "原因", _reason, "reason,said", find=("reason", "said")),
    ],
    default="box",
    search=("registration__voter__search_text",),
    filters=[by_field("reason", "原因", MobileVoter.Reason.choices)],
    search_hint="姓名、拼音、箱号、原因",
    empty=("还没有安排选民在流动票箱投票", "按选民小组报上来的名单导入，或者逐人登记，每人写明原因。"),
    empty_icon="people",
)
