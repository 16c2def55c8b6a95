"""The four gates of an election: what is met, what is missing, by which article."""

from django.shortcuts import get_object_or_404

from congress import clock
from congress.web.pages import page, township_view
from congress.web.records import at, url_of
from elections.forms.campaigns import level_and_term
from elections.models import Campaign, Election, VotingRules
from elections.permissions import EDIT, VIEW, VOTERS
from elections.queries import campaigns as queries
from elections.queries import list_of
from elections.queries.committees import committees
from elections.queries.gates import gate_facts
from elections.stages import gates


@township_view(VIEW)
def gate_list(request, township, pk):
    """The four gates of each level."""
    campaign, today = get_object_or_404(queries.campaigns(), pk=pk), clock.today()
    levels = []
    for election in queries.levels(campaign):
        facts = gate_facts(election, campaign, township)
        checked = (
            ("选举组成人员关", gates.committee_gate(facts)),
            ("选民登记关", gates.roll_gate(facts)),
            ("代表候选人确定关", gates.candidates_gate(facts)),
            ("投票选举关", gates.poll_gate(facts, today)),
        )
        pages = _pages(request, township, campaign, election)
        told = [
            (title, gates.verdict(one), [(line, "" if line.met else pages.get(line.where, "")) for line in one])
            for title, one in checked
        ]
        levels.append((level_and_term(election), told))
    context = {
        "title": f"{campaign}：四个关口",
        "levels": levels,
        "breadcrumbs": [
            ("选举工作", at(township, "elections-campaigns")),
            (str(campaign), url_of(campaign, township)),
            ("四个关口", ""),
        ],
    }
    return page(request, "elections/gates.html", context)


def _pages(request, township, campaign: Campaign, election: Election) -> dict[str, str]:
    """Where what a line misses is entered; nothing for who may not go there."""
    committee, voter_list = committees().filter(election=election).first(), list_of(election)
    found = {
        "teams": at(township, "elections-team-list", campaign.pk),
        "coverage": at(township, "elections-coverage-list", campaign.pk),
        "calendar": at(township, "elections-calendar", campaign.pk),
        "districts": at(township, "elections-districts", election.pk),
        "places": at(township, "elections-place-list", campaign.pk),
        "groups": at(township, "elections-group-list", election.pk),
    }
    if request.allows(VOTERS):
        found["proxies"] = f"{at(township, 'elections-proxies')}?election={election.pk}&state=asked"
        found |= {"roll": at(township, "elections-roll", election.pk), "pool": at(township, "elections-pool")}
    found["candidates"] = at(township, "elections-candidate-board", election.pk)
    rules = VotingRules.objects.kept().filter(election=election).first()
    if rules:
        found["rules"] = url_of(rules, township)
    elif request.allows(EDIT):
        found["rules"] = at(township, "elections-voting-rules-new", election.pk)
    if committee:
        found["committee"] = url_of(committee, township)
    elif request.allows(EDIT):
        found["committee"] = at(township, "elections-committee-new", election.pk)
    if voter_list:
        found["list"] = url_of(voter_list, township)
    elif request.allows(EDIT):
        found["list"] = at(township, "elections-voter-list-new", election.pk)
    return found
