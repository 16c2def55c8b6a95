"""The tables of steps of elections' records."""

from elections.life.appeals import APPEAL
from elections.life.archive import ARCHIVE
from elections.life.breaches import ANNULMENT, BREACH
from elections.life.campaigns import CAMPAIGN
from elections.life.candidate_lists import CANDIDATE_LIST
from elections.life.candidates import NOMINATION, NOMINEE
from elections.life.credentials import ENTRY, REVIEW
from elections.life.issue import REGISTER
from elections.life.lists import VOTER_LIST
from elections.life.pool import POOL_ENTRY
from elections.life.proxies import PROXY
from elections.life.recalls import RECALL
from elections.life.requests import REQUEST
from elections.life.rounds import ROUND
from elections.life.tablets import CONFLICT, TABLET
from elections.life.transfers import TRANSFER

__all__ = [
    "ANNULMENT",
    "APPEAL",
    "ARCHIVE",
    "BREACH",
    "CAMPAIGN",
    "CANDIDATE_LIST",
    "CONFLICT",
    "ENTRY",
    "NOMINATION",
    "NOMINEE",
    "POOL_ENTRY",
    "PROXY",
    "RECALL",
    "REGISTER",
    "REQUEST",
    "REVIEW",
    "ROUND",
    "TABLET",
    "TRANSFER",
    "VOTER_LIST",
]
