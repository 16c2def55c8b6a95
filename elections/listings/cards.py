"""The register of voters' cards as a list."""

from django.db.models import Q

from congress.web.records import url_of
from congress.web.search import Among, Name, Said
from congress.web.table import Badge, Col, Filter, Listing, by_field
from deputies.models import District
from elections.models import VoterCard, VoterGroup

_VOID, _VALID = Q(voided_on__isnull=False), Q(voided_on__isnull=True)
_GONE = _VALID & Q(registration__on_roll=False)
STATES = {"有效": _VALID & Q(registration__on_roll=True), "已作废": _VOID, "已除名": _GONE}
_TONES = {"有效": "good", "已作废": "neutral", "已除名": "warning"}
_BY_NUMBER = "district__number,number"


def state_of(row: VoterCard) -> str:
    """Whether the card still holds: void where another was given in its place, or its voter has left the roll."""
    return "已作废" if row.voided_on else "有效" if row.registration.on_roll else "已除名"


def _badge(row: VoterCard) -> Badge:
    return Badge(state_of(row), _TONES[state_of(row)])


CARDS = Listing(
    title="选民证登记册",
    name="voter-cards",
    columns=[
        Col(
            "name",
            "姓名",
            lambda x: x.registration.voter.name,
            "registration__voter__stroke_key",
            url_of,
            find=Name("registration__voter__name"),
        ),
        Col("number", "选民证号", lambda x: x.number, _BY_NUMBER, numeric=True, find="number"),
        Col("district", "选区", lambda x: str(x.district), _BY_NUMBER, find=Among("district", District.objects.kept)),
        Col(
            "group",
            "选民小组",
            lambda x: str(x.registration.group or ""),
            "district__number,registration__group__number,number",
            find=Among("registration__group", VoterGroup.objects.kept),
        ),
        Col("issued_on", "制发日期", lambda x: x.issued_on, "issued_on", find="issued_on"),
        Col(
            "state",
            "状态",
            _badge,
            "voided_on,registration__on_roll,number",
            find=Said(STATES),
        ),
        Col("voided_on", "作废日期", lambda x: x.voided_on, "voided_on", find="voided_on"),
        Col(
            "replaces",
            "原证号",
            lambda x: x.replaces.number if x.replaces else "",
            "replaces__number",
            numeric=True,
            find="replaces__number",
        ),
        Col("reason", "补发原因", lambda x: x.get_reason_display(), "reason", find="reason"),
        Col("taken_by", "补发领取人", lambda x: x.get_taken_by_display(), "taken_by", find="taken_by", screen=False),
    ],
    default="number",
    search=("registration__voter__search_text",),
    search_hint="姓名、拼音、证号、选区",
    filters=[
        Filter(
            "state", "状态", lambda: [(word, word) for word in STATES], lambda rows, word: rows.filter(STATES[word])
        ),
        by_field("reason", "补发原因", VoterCard.Reason.choices),
    ],
    empty=("还没有编选民证号", "名单公布以后，在“公告和文书”里印发选民证时自动编号。"),
    empty_icon="people",
)
