"""Elections as the annual report tells them, and the work of the election that is under way: roll, list, changes."""

from elections.models.appeals import Appeal
from elections.models.archive import ArchiveItem
from elections.models.boxes import BallotBox, HandedForm, RoomCheck
from elections.models.breaches import Annulment, Breach
from elections.models.campaign import Campaign
from elections.models.candidate_lists import BallotPrint, CandidateEntry, CandidateList, CandidateNotice, VotingRules
from elections.models.candidates import (
    NominatingBody,
    Nomination,
    NominationBody,
    NominationSigner,
    Nominee,
    Vetting,
    VettingUnit,
)
from elections.models.cards import VoterCard
from elections.models.committees import Committee, CommitteeDecision, CommitteeMember, WorkTeam
from elections.models.consultations import CandidateMeeting, Consultation, PreliminaryVote
from elections.models.county import RollFigures
from elections.models.credentials import CredentialsReview, ReviewedWinner
from elections.models.districts import DistrictDay, DistrictOrigin, Vacancy
from elections.models.election import Election
from elections.models.exclusions import Exclusion, Likeness
from elections.models.issue import BallotIssue, IssueHour, IssueRegister
from elections.models.lists import Supplement, VoterList
from elections.models.mobile import MobileBox, MobileVoter
from elections.models.places import PollingPlace
from elections.models.pool import PoolEntry
from elections.models.proxies import DetainedVoting, ProxyNote, ProxyVote
from elections.models.published import PublishedPage, RegistrationRequest
from elections.models.recalls import Recall, RecallSigner
from elections.models.roll import Registration, RollChange
from elections.models.rounds import DeclaredAbove, LedgerLine, Round, RoundName, Winner
from elections.models.staff import PollStaff
from elections.models.statistics import StatisticsNote
from elections.models.tablets import IssueConflict, Tablet
from elections.models.transfers import Transfer
from elections.models.turnout import DistrictTurnout
from elections.models.voters import Voter, VoterGroup
from elections.models.work import CampaignTask, Coverage, Inspection, ProgressReport, Submission

__all__ = [
    "Annulment",
    "Appeal",
    "ArchiveItem",
    "BallotBox",
    "BallotIssue",
    "BallotPrint",
    "Breach",
    "Campaign",
    "CampaignTask",
    "CandidateEntry",
    "CandidateList",
    "CandidateMeeting",
    "CandidateNotice",
    "Committee",
    "CommitteeDecision",
    "CommitteeMember",
    "Consultation",
    "Coverage",
    "CredentialsReview",
    "DeclaredAbove",
    "DetainedVoting",
    "DistrictDay",
    "DistrictOrigin",
    "DistrictTurnout",
    "Election",
    "Exclusion",
    "HandedForm",
    "Inspection",
    "IssueConflict",
    "IssueHour",
    "IssueRegister",
    "LedgerLine",
    "Likeness",
    "MobileBox",
    "MobileVoter",
    "NominatingBody",
    "Nomination",
    "NominationBody",
    "NominationSigner",
    "Nominee",
    "PollStaff",
    "PollingPlace",
    "PoolEntry",
    "PreliminaryVote",
    "ProgressReport",
    "ProxyNote",
    "ProxyVote",
    "PublishedPage",
    "Recall",
    "RecallSigner",
    "Registration",
    "RegistrationRequest",
    "ReviewedWinner",
    "RollChange",
    "RollFigures",
    "RoomCheck",
    "Round",
    "RoundName",
    "StatisticsNote",
    "Submission",
    "Supplement",
    "Tablet",
    "Transfer",
    "Vacancy",
    "Vetting",
    "VettingUnit",
    "Voter",
    "VoterCard",
    "VoterGroup",
    "VoterList",
    "VotingRules",
    "Winner",
    "WorkTeam",
]
