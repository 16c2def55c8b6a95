"""The facts the four gates of an election are judged by."""

from congress.models import Township
from deputies.models import Level, Mandate
from elections.models import (
    Appeal,
    Campaign,
    CandidateMeeting,
    Committee,
    CommitteeDecision,
    CommitteeMember,
    Coverage,
    Election,
    PoolEntry,
    ProxyVote,
    Registration,
    VoterGroup,
    VotingRules,
    WorkTeam,
)
from elections.queries import candidate_lists, places, work
from elections.queries.committees import committee_findings, committees, led_by, members
from elections.queries.days import days_of
from elections.queries.districts import spans, whole_of
from elections.queries.proxies import open_proxies
from elections.stages.gates import Facts

Subject = CommitteeDecision.Subject


def gate_facts(election: Election, campaign: Campaign, township: Township) -> Facts:
    """What is known of one level, which was read with its campaign (`campaigns.with_levels`)."""
    committee = committees().filter(election=election).first()
    found = list(members(committee)) if committee else []
    decided = CommitteeDecision.objects.kept().filter(committee=committee) if committee else ()
    subjects = {one.subject for one in decided}
    at_home = {Committee.Kind.OWN, *({Committee.Kind.BY_LAW} if election.term.level == Level.TOWNSHIP else ())}
    own = committee is None or committee.kind in at_home
    whole, groups = whole_of(election), VoterGroup.objects.kept().filter(district__term=election.term_id)
    districts = [one for one in work.districts_of(campaign) if one.term_id == election.term_id]
    return Facts(
        election_day=campaign.election_day,
        own_days=tuple(days_of(election).own.values()),
        **_candidates(election),
        pack=township.pack,
        by_election=campaign.how != Mandate.How.GENERAL,
        own=own,
        led_by=led_by(election),
        appointed=committee is not None,
        appointment_paper=bool(committee and committee.paper),
        chair=any(one.left_on is None and one.post == CommitteeMember.Post.CHAIR for one in found),
        committee_findings=tuple(committee_findings(committee, found)) if committee else (),
        office=WorkTeam.objects.kept().filter(campaign=campaign, kind=WorkTeam.Kind.OFFICE).exists(),
        day_decided=campaign.day_decided_on is not None or Subject.DAY in subjects,
        districts=whole.districts,
        seats=whole.seats,
        seats_decided=election.term.seats if own else 0,
        groups=groups.count(),
        led_groups=groups.exclude(leader="").count(),
        registered=Registration.objects.kept().filter(election=election, on_roll=True).count(),
        proxies_waiting=open_proxies().filter(election=election, state=ProxyVote.State.ASKED).count(),
        waiting=PoolEntry.objects.kept().filter(campaign=campaign, state=PoolEntry.State.WAITING).count(),
        open_appeals=Appeal.objects.kept().filter(voter_list__election=election, decided_on__isnull=True).count(),
        untold=_names(campaign, Coverage.Kind.PUBLICITY, districts),
        untrained=_names(campaign, Coverage.Kind.TRAINING, districts),
        listed_on=election.listed_on,
        nominated_on=election.nominated_on,
        final_on=election.final_on,
        poll_decided=Subject.POLL in subjects,
        unplaced=spans(places.of_term(places.without_place(campaign), election)),
        result_decided=Subject.RESULT in subjects,
    )


def _candidates(election: Election) -> dict:
    """What the lists of the districts, the rules for ballots and the meetings with voters show."""
    found = list(candidate_lists.facts_of(election).values())
    kept = [one for one in found if one.lists]
    held = list(CandidateMeeting.objects.kept().filter(election=election).values_list("district", "held_on"))
    late = [one.district for one in found if any(there == one.district.pk and day >= one.day for there, day in held)]
    first = min((one.day for one in found), default=election.election_day)
    return {
        "candidate_lists": bool(kept),
        "unsettled": spans([one.district for one in found if not one.settled]) if kept else "",
        "untold_changes": spans([one.district for one in kept if one.changed]),
        "short": spans([one.district for one in kept if one.settled and one.short]),
        "rules_fixed": VotingRules.objects.kept().filter(election=election, fixed_on__lt=first).exists(),
        "late_meetings": spans(late),
    }


def _names(campaign: Campaign, kind: str, districts: list) -> str:
    return spans(work.uncovered(campaign, kind, districts))
