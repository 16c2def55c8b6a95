"""The list of what was sent in from the public pages."""

from congress.web.records import url_of
from congress.web.search import Name
from congress.web.table import Badge, Col, Listing, by_field
from elections.models import RegistrationRequest

TONES = {"waiting": "warning", "accepted": "good", "refused": "neutral"}

REQUESTS = Listing(
    title="网上登记申请",
    name="registration-requests",
    columns=[
        Col("receipt", "受理号", lambda r: r.receipt, "receipt", lambda r, t: url_of(r, t), width=12, find="receipt"),
        Col("name", "姓名", lambda r: r.name, "name", find=Name("name")),
        Col("village", "现住村（社区）", lambda r: r.village, "village", width=20, find="village"),
        Col("household", "户籍", lambda r: r.get_household_display(), "household", find="household"),
        Col("sent", "提交时间", lambda r: r.created_at, "created_at", width=18, find="created_at"),
        Col("state", "状态", lambda r: Badge(r.get_state_display(), TONES[r.state]), "state", find="state"),
    ],
    default="-sent",
    days="sent",
    search_hint="受理号、姓名、村",
    filters=[by_field("state", "状态", RegistrationRequest.State.choices)],
    empty=("没有网上登记申请", "开放网上登记以后，选民在公开页面提交的申请会列在这里，逐个核对。"),
    empty_icon="phone",
)
