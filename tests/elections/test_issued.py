"""Every paper of an election that is issued hands on what its document says, and is called by what it is about."""

from datetime import date

import pytest

from deputies.models import District
from elections.documents import above, candidates, cards, credentials, letters, notices, polling, proxies, rolls, rounds
from elections.documents.issue import PAPERS
from elections.models import (
    Appeal,
    CandidateList,
    CandidateNotice,
    CredentialsReview,
    PreliminaryVote,
    Supplement,
    VoterList,
)
from tests.elections.papers import PLAN

DAY = date(2026, 12, 1)
SAYS = {
    "committee": (notices, "committee_notice"),
    "districts": (notices, "districts_notice"),
    "registration": (notices, "registration_notice"),
    "places": (polling, "places_notice"),
    "absent": (proxies, "absent_letter"),
    "proxies": (proxies, "proxies_notice"),
    "supplement": (rolls, "supplement_notice"),
    "candidates": (candidates, "candidates_notice"),
    "formal": (candidates, "formal_notice"),
    "elected": (rounds, "elected_notice"),
    "upwards": (above, "upwards"),
    "credentials": (credentials, "report"),
    "deputies": (credentials, "deputies_notice"),
    "preliminary": (candidates, "preliminary_notice"),
    "changed": (candidates, "change_notice"),
    "decision": (letters, "decision_letter"),
}
AS_THEY_ARE = {"roll": rolls.gather_roll, "cards": cards.gather_cards}


@pytest.mark.parametrize("key", PAPERS)
def test_a_paper_hands_on_what_its_document_says_of_its_subject_and_day(monkeypatch, key):
    if key in AS_THEY_ARE:
        assert PAPERS[key].gather is AS_THEY_ARE[key]
        return
    module, name = SAYS[key]
    monkeypatch.setattr(module, name, lambda subject, *given, **more: {"subject": subject, "day": DAY in given})
    subject = object()
    assert PAPERS[key].gather(subject, DAY, {"plan": PLAN}) == {"subject": subject, "day": True}


@pytest.mark.parametrize(
    ("make", "behind"),
    [
        (lambda election, listed, of: election, ""),
        (lambda election, listed, of: VoterList(election=election), ""),
        (lambda election, listed, of: Supplement(voter_list=VoterList(election=election), number=2), "（第2次补正）"),
        (
            lambda election, listed, of: CandidateNotice(candidate_list=listed, number=1),
            "（第1选区（东山村）第1次变动）",
        ),
        (lambda election, listed, of: CredentialsReview(election=election, number=1), ""),
        (lambda election, listed, of: CredentialsReview(election=election, number=2), "（第2次审查）"),
        (lambda election, listed, of: PreliminaryVote(election=election, district=of), "（第1选区（东山村））"),
        (
            lambda election, listed, of: Appeal(voter_list=VoterList(election=election), kind=Appeal.Kind.values[0]),
            "（{}）",
        ),
    ],
    ids="election list supplement changed review second preliminary appeal".split(),
)
def test_a_document_is_called_by_what_it_is_about(election, make, behind):
    place = District.objects.get(term=election.term, number=1)
    subject = make(election, CandidateList(election=election, district=place), place)
    title = PAPERS["districts"].title(subject)
    kind = PAPERS["districts"].kind.title
    assert title == f"云溪镇第十八届人民代表大会代表选举{kind}{behind.format(Appeal.Kind.labels[0])}"
