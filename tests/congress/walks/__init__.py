"""How each life is walked, by real steps, through all its states; and what is entered at each step."""

from congress.counting.life import COUNT, ENTRY, HALL, UNIT
from deputies.life import CORRECTION, MANDATE, OWN_ACTIVITY
from elections.life import (
    ANNULMENT,
    APPEAL,
    ARCHIVE,
    BREACH,
    CAMPAIGN,
    CANDIDATE_LIST,
    CONFLICT,
    NOMINATION,
    NOMINEE,
    POOL_ENTRY,
    PROXY,
    RECALL,
    REGISTER,
    REQUEST,
    REVIEW,
    ROUND,
    TABLET,
    TRANSFER,
    VOTER_LIST,
)
from elections.life import ENTRY as REVIEWED
from proposals.life import MATTER, RECEPTION, SUGGESTION
from reports.life import ANNUAL
from tests.congress.walks.archive import ARCHIVES
from tests.congress.walks.breaches import ANNULMENTS, BREACHES
from tests.congress.walks.campaigns import CAMPAIGNS
from tests.congress.walks.candidate_lists import CANDIDATE_LISTS
from tests.congress.walks.candidates import NOMINATIONS, NOMINEES
from tests.congress.walks.counting import COUNTS, ENTRIES, HALLS, UNITS
from tests.congress.walks.credentials import REVIEWED_ONES, REVIEWS
from tests.congress.walks.elections import APPEALS, VOTER_LISTS
from tests.congress.walks.mandates import CORRECTIONS, MANDATES, OWN_ACTIVITIES
from tests.congress.walks.matters import MATTERS, RECEPTIONS
from tests.congress.walks.proxies import PROXIES
from tests.congress.walks.recalls import RECALLS
from tests.congress.walks.reports import REPORTS
from tests.congress.walks.requests import REQUESTS
from tests.congress.walks.rounds import REGISTERS, ROUNDS
from tests.congress.walks.suggestions import SUGGESTIONS
from tests.congress.walks.tablets import CONFLICTS, TABLETS
from tests.congress.walks.voters import POOL_ENTRIES, TRANSFERS
from tests.congress.walks.walking import ON, Walk, entered, people, sent

__all__ = ["MATTERS", "ON", "SUGGESTIONS", "WALKS", "Walk", "entered", "people", "sent"]

WALKS = {
    COUNT.name: COUNTS,
    UNIT.name: UNITS,
    ENTRY.name: ENTRIES,
    HALL.name: HALLS,
    TRANSFER.name: TRANSFERS,
    POOL_ENTRY.name: POOL_ENTRIES,
    SUGGESTION.name: SUGGESTIONS,
    MATTER.name: MATTERS,
    RECEPTION.name: RECEPTIONS,
    MANDATE.name: MANDATES,
    CORRECTION.name: CORRECTIONS,
    OWN_ACTIVITY.name: OWN_ACTIVITIES,
    ANNUAL.name: REPORTS,
    VOTER_LIST.name: VOTER_LISTS,
    CANDIDATE_LIST.name: CANDIDATE_LISTS,
    APPEAL.name: APPEALS,
    CAMPAIGN.name: CAMPAIGNS,
    REQUEST.name: REQUESTS,
    NOMINEE.name: NOMINEES,
    NOMINATION.name: NOMINATIONS,
    PROXY.name: PROXIES,
    ARCHIVE.name: ARCHIVES,
    ROUND.name: ROUNDS,
    REVIEW.name: REVIEWS,
    REVIEWED.name: REVIEWED_ONES,
    REGISTER.name: REGISTERS,
    TABLET.name: TABLETS,
    CONFLICT.name: CONFLICTS,
    RECALL.name: RECALLS,
    BREACH.name: BREACHES,
    ANNULMENT.name: ANNULMENTS,
}
