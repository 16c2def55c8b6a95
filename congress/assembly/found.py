"""Which sessions and meetings the search over all finds."""

from congress.assembly import queries
from congress.assembly.permissions import VIEW
from congress.assembly.views.meetings import MEETINGS
from congress.assembly.views.sessions import SESSIONS
from congress.web.overall import Kind, register
from congress.web.search import Among

NAMED = next(find for column in SESSIONS.columns for find in column.finds if isinstance(find, Among))

register(
    Kind(
        "人代会会议",
        "assembly-sessions",
        VIEW,
        lambda standing: queries.sessions(),
        lambda standing: SESSIONS,
        day="opened_on",
        titles=NAMED,
        rank=48,
    )
)
register(
    Kind(
        "主席团会议",
        "assembly-meetings",
        VIEW,
        lambda standing: queries.meetings(),
        lambda standing: MEETINGS,
        subject="topics",
        day="held_on",
        rank=49,
    )
)
