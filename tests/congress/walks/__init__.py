"""How each life is walked, by real steps, through all its states; and what is entered at each step."""

from deputies.life import CORRECTION, MANDATE, OWN_ACTIVITY
from proposals.life import MATTER, RECEPTION, SUGGESTION
from reports.life import ANNUAL
from tests.congress.walks.mandates import CORRECTIONS, MANDATES, OWN_ACTIVITIES
from tests.congress.walks.matters import MATTERS, RECEPTIONS
from tests.congress.walks.reports import REPORTS
from tests.congress.walks.suggestions import SUGGESTIONS
from tests.congress.walks.walking import ON, Walk, entered, people, sent

__all__ = ["MATTERS", "ON", "SUGGESTIONS", "WALKS", "Walk", "entered", "people", "sent"]

WALKS = {
    SUGGESTION.name: SUGGESTIONS,
    MATTER.name: MATTERS,
    RECEPTION.name: RECEPTIONS,
    MANDATE.name: MANDATES,
    CORRECTION.name: CORRECTIONS,
    OWN_ACTIVITY.name: OWN_ACTIVITIES,
    ANNUAL.name: REPORTS,
}
