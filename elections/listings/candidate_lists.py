"""The lists of candidates of all districts, where several are closed or published at once."""

from django.db.models import Q

from congress.web.records import url_of
from congress.web.search import Among, Said
from congress.web.table import Badge, Col, Listing, by_field
from deputies.models import District, Level
from elections.models import CandidateList, Election

LEVELS = {Level.TOWNSHIP: "乡镇级", Level.COUNTY: "县级"}
STATES = {
    "拟定": Q(locked_at=None, published_on=None),
    "已公布，没有依法定稿": Q(locked_at=None, published_on__isnull=False),
    "已定稿，待公布": Q(locked_at__isnull=False, published_on=None),
    "已公布": Q(locked_at__isnull=False, published_on__isnull=False),
}


def state_of(row: CandidateList) -> tuple[str, str]:
    """Where a list stands, as a word and its tone."""
    if row.locked_at is None:
        return ("已公布，没有依法定稿", "bad") if row.published_on else ("拟定", "warning")
    return ("已公布", "good") if row.published_on else ("已定稿，待公布", "info")


LISTS = Listing(
    title="候选人名单",
    name="candidate-lists",
    columns=[
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "election__term__level,district__number,kind",
            lambda row, place: url_of(row, place),
            find=Among("district", lambda: District.objects.kept()),
        ),
        Col("kind", "名单", lambda row: row.get_kind_display(), "kind,district__number", find="kind"),
        Col(
            "election",
            "选举",
            lambda row: str(row.election),
            "election__election_day,election__term__level,district__number",
            find=Among("election", lambda: Election.objects.kept().select_related("term")),
        ),
        Col("standing", "候选人", lambda row: row.standing, "standing,district__number", numeric=True),
        Col("state", "状态", lambda row: Badge(*state_of(row)), "published_on,locked_at", find=Said(STATES)),
        Col("published_on", "公布日期", lambda row: row.published_on, "published_on", find="published_on"),
        Col("places", "张贴地点", lambda row: row.places, "places", find="places"),
    ],
    default="district",
    days="published_on",
    filters=[
        by_field("kind", "名单", CandidateList.Kind.choices),
        by_field("level", "级别", list(LEVELS.items()), "election__term__level"),
    ],
    search_hint="选区、名单、选举、地点",
    empty=("还没有拟定候选人名单", "在一级选举的“候选人和选票”里，一次为全部选区拟定。"),
    empty_icon="list-ol",
)
