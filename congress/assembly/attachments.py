"""The papers of a session or a meeting: notice, agenda, register of those present, minutes, what was passed."""

from congress.assembly import permissions as may
from congress.assembly.models import PresidiumMeeting, Session
from congress.permissions import Standing
from congress.web.attachments import Holder, register
from congress.web.records import url_of


def _sees(standing: Standing, row) -> bool:
    return standing.allows(may.VIEW) and row.township_id == standing.township.pk


def _adds(standing: Standing, row) -> bool:
    return standing.allows(may.EDIT) and row.withdrawn_at is None


PAPERS = {
    Session: "会议通知、议程、签到册、选举和表决的票数单、决议、纪要等",
    PresidiumMeeting: "会议通知、签到册、会议材料、纪要等",
}
for model, what in PAPERS.items():
    register(model._meta.label_lower, Holder(see=_sees, add=_adds, page=url_of, what=what))
