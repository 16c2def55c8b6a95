"""Those who work on polling day as a list."""

from django.db.models import Q

from congress.people.fields import masked
from congress.web.records import url_of
from congress.web.search import Name, Said
from congress.web.table import Badge, Col, Listing, by_field
from elections.models import PollStaff
from elections.queries.staff import ROLE_RANK, Relation


def place_of(row: PollStaff) -> str:
    """Where somebody works."""
    return str(row.mobile or row.place or "全乡镇")


def _relation(row: PollStaff) -> Badge:
    if not row.relation:
        return Badge("没有声明", "warning")
    if row.relation == Relation.NONE:
        return Badge("不是近亲属", "good")
    return Badge(row.get_relation_display(), "info")


DECLARED = {"没有声明": Q(relation=""), "不是近亲属": Q(relation=Relation.NONE)}
STAFF = Listing(
    title="选举工作人员",
    name="poll-staff",
    columns=[
        Col("name", "姓名", lambda row: row.name, "name", url_of, find=Name("name")),
        Col("card_no", "工作证号", lambda row: row.card_no, "card_no", numeric=True, find="card_no"),
        Col("role", "岗位", lambda row: row.get_role_display(), ROLE_RANK.asc(), find="role"),
        Col(
            "place",
            "投票站（选举大会）",
            place_of,
            "place__district__number,place__name,created_at",
            find="place__name",
        ),
        Col("employer_post", "单位和职务", lambda row: row.employer_post, "employer_post", find="employer_post"),
        Col("chosen", "产生方式", lambda row: row.get_chosen_display(), "chosen,chosen_on", find="chosen"),
        Col("chosen_on", "委派（推选）日期", lambda row: row.chosen_on, "chosen_on", find="chosen_on", screen=False),
        Col("chosen_how", "推选的方式", lambda row: row.chosen_how, "chosen_how", find="chosen_how", screen=False),
        Col("relation", "与候选人的关系", _relation, "relation", find=("relation", Said(DECLARED))),
        Col("nominee", "哪位候选人", lambda row: str(row.nominee or ""), "nominee__stroke_key", find="nominee__name"),
        Col("phone", "手机", lambda row: masked(row, "phone"), sortable=False),
    ],
    default="place",
    filters=[
        by_field("role", "岗位", PollStaff.Role.choices),
        by_field("chosen", "产生方式", PollStaff.Chosen.choices),
        by_field("relation", "与候选人的关系", PollStaff.Relation.choices),
    ],
    search_hint="姓名、工作证号、岗位、投票站、单位",
    empty=("还没有选举工作人员", "各投票站的安排表可以一次导入；监票、计票人员由选民推选以后登记。"),
    empty_icon="people",
)
