"""Questions to the register of proxies: what stands against one, who holds how many, their share of each district."""

from dataclasses import replace
from datetime import date

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import NullIf

from congress.law import polling
from congress.law import proxies as law
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.together import number_of
from congress.wording import chinese_date
from deputies.models import District
from elections.models import (
    BallotIssue,
    CommitteeDecision,
    DetainedVoting,
    Election,
    MobileVoter,
    ProxyNote,
    ProxyVote,
    Registration,
    Voter,
)
from elections.models.proxies import LIVE, MOST
from elections.queries.days import vote_day, vote_of

State = ProxyVote.State
OFF_ROLL = Q(principal__on_roll=False) | Q(agent__on_roll=False)  # somebody of a proxy has left the list
READS = (
    "township__county",
    "election__campaign",
    "election__term",
    "principal__voter",
    "principal__district",
    "principal__group",
    "agent__voter",
    "agent__district",
    "deed",
)
# What the law calls the form by which an authority came: a letter is written, a telefax is one of the verifiable ways.
_FORMS: dict[str, polling.ProxyForm] = {
    "written": "written",
    "letter": "written",
    "fax": "verifiable",
    "verifiable": "verifiable",
    "other": "other",
}


def proxies() -> QuerySet:
    """Every proxy that was entered and not taken back, with what its page and the lists show."""
    return ProxyVote.objects.kept().select_related(*READS)


def proxies_of(voter: Voter) -> QuerySet:
    """Those a voter gave and those they hold, the newest first."""
    return proxies().filter(Q(principal__voter=voter) | Q(agent__voter=voter)).order_by("-came_on", "-created_at")


def open_proxies() -> QuerySet:
    """Those of election works that are not over."""
    return ProxyVote.objects.kept().filter(election__campaign__closed_on=None)


def in_force(election: Election, day: date) -> QuerySet:
    """Those agreed to whose principals are away on a day, as far as days are written (`law.proxies.check_away`)."""
    away = (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gte=day))
    return ProxyVote.objects.kept().filter(away, election=election, state=State.AGREED)


def of_agent(row: ProxyVote) -> QuerySet:
    """The live proxies of a row's agent, the row's own among them: of a voter by the registration, of somebody who is on no
    list here by name and place."""
    rows = ProxyVote.objects.kept().filter(election=row.election_id, state__in=LIVE)
    if row.agent_id:
        return rows.filter(agent=row.agent_id)
    return rows.filter(agent=None, agent_name=row.agent_name, agent_place=row.agent_place)


def free_place(row: ProxyVote) -> int | None:
    """The lowest of the three that nobody has on this agent; None when all are taken."""
    taken = set(of_agent(row).exclude(pk=row.pk).values_list("place", flat=True))
    return next((number for number in range(1, MOST + 1) if number not in taken), None)


def deed_of(election: Election, on: date) -> CommitteeDecision | None:
    """The deed by which the committee lets district groups consent, made by that day; the last of several."""
    rows = CommitteeDecision.objects.kept().filter(
        committee__election=election, subject=CommitteeDecision.Subject.PROXIES, decided_on__lte=on
    )
    found: CommitteeDecision | None = rows.order_by("-decided_on", "-created_at").first()
    return found


def issued_to(row: ProxyVote) -> BallotIssue | None:
    """The ballot that was issued in the principal's name for the latest vote of the district, to whomever."""
    vote = vote_of(row.election, row.principal.district_id)
    rows = BallotIssue.objects.kept().filter(registration_key=row.principal_id, round=vote)
    found: BallotIssue | None = rows.first() if vote else None
    return found


def handed_on(row: ProxyVote) -> date | None:
    """When the agent got the ballot of the latest vote of the district; a further vote is another one (选举法四十五)."""
    vote = vote_of(row.election, row.principal.district_id)
    if row.ballot_on is not None and (vote is None or vote.held_on <= row.ballot_on):
        return row.ballot_on
    issued = issued_to(row) if row.state in LIVE else None
    return issued.issued_on if issued and issued.way == BallotIssue.Way.PROXY else None


def findings(row: ProxyVote) -> list[Finding]:
    """What stands against a proxy and what is to be said of it: the reason, the paper's form, the agent, the three at most,
    one proxy a voter, nothing passed on (选举法四十二). Reads a constant number of rows."""
    election, pack = row.election, row.township.pack
    day = vote_day(election, row.principal.district_id)
    agent = polling.Proxy(
        held=_held(row),
        voter=row.agent_id is not None,
        relative_with_vote=row.agent_is == ProxyVote.AgentIs.RELATIVE and bool(row.agent_place),
        same_district=row.agent_id is not None and row.agent.district_id == row.principal.district_id,
    )
    found = [
        *law.check_reason(row.reason, day, pack),
        *(_named(row, one) for one in _of_agent(row, agent, day)),
        *_of_facts(row, day),
        *_of_others(row, day),
    ]
    if row.agent_is == ProxyVote.AgentIs.RELATIVE and not row.agent_place:
        message = "亲属不在本次名单上的，请写明在哪里登记为选民（有选举权的亲属）"
        found.append(Finding("proxy.relative_place", message, cite("direct_election_rules", "proxy_relatives", day)))
    return found


def _of_agent(row: ProxyVote, agent: polling.Proxy, day: date) -> tuple[Finding, ...]:
    detained = row.reason == ProxyVote.Reason.DETAINED
    pack = row.township.pack
    return polling.check_proxies((agent,), None, day, form=_FORMS[row.form], detained=detained, pack=pack)


def _named(row: ProxyVote, finding: Finding) -> Finding:
    """A fourth authority by the name of its agent; the rule speaks of how many agents have too many."""
    if finding.code != "proxy.too_many":
        return finding
    return replace(finding, message=f"{row.agent_called}已接受{MOST}份委托，每一选民接受的委托不得超过三人")


def _held(row: ProxyVote) -> int:
    """How many the agent would have with this one: its own place, or one more than all that are taken."""
    if row.place:
        return row.place
    place = free_place(row)
    return MOST + 1 if place is None else place


def _of_facts(row: ProxyVote, day: date) -> list[Finding]:
    """Who has left the roll, and a paper that came when the vote was over."""
    found = []
    gone = [one.voter.name for one in (row.principal, row.agent) if one is not None and not one.on_roll]
    if gone:
        message = f"{'、'.join(gone)}已不在选民名单上"
        found.append(Finding("proxy.off_roll", message, cite("election_law", "proxy", day)))
    if row.came_on > day:
        message = f"收到日期{chinese_date(row.came_on)}在投票日{chinese_date(day)}之后"
        found.append(Finding("proxy.came_late", message, cite("election_law", "proxy", day)))
    return [*found, *law.check_away(row.since, row.until, day)]


def _of_others(row: ProxyVote, day: date) -> list[Finding]:
    """What other rows say: the same voter's other proxy, votes that would be passed on, what was agreed of the detained."""
    here = ProxyVote.objects.kept().filter(election=row.election_id).exclude(pk=row.pk)
    found = []
    for other in here.filter(principal=row.principal_id, state__in=LIVE).select_related("agent__voter"):
        agreed = other.state == State.AGREED
        message = f"{row.principal.voter.name}已委托{other.agent_called}（{other}，{other.get_state_display()}）"
        message += (
            "，一名选民只能委托一人；另行委托的，先取消原来的"
            if agreed
            else "，一名选民只能委托一人，请核对以哪一份为准"
        )
        found.append(Finding("proxy.once", message, cite("election_law", "one_vote", day), blocking=agreed))
    agreed_here = here.filter(state=State.AGREED)
    found += law.check_onward(
        row.principal.voter.name,
        agreed_here.filter(agent=row.principal_id).count(),
        row.agent_called,
        row.agent_id is not None and agreed_here.filter(principal=row.agent_id).exists(),
        day,
    )
    mobile = MobileVoter.objects.kept().filter(
        registration__voter=row.principal.voter_id, box__campaign=row.election.campaign_id
    )
    mobile = mobile.select_related("box__district").first()
    if mobile is not None:
        message = f"{row.principal.voter.name}已安排在{mobile.box}投票，只能用一种方式，请核对"
        found.append(Finding("proxy.mobile", message, cite("election_law", "one_vote", day), blocking=False))
    if row.reason == ProxyVote.Reason.DETAINED:
        decided = DetainedVoting.objects.kept().filter(
            registration=row.principal_id, way="proxy", agreed_on__isnull=False
        )
        if not decided.exists():
            message = "请先登记选举委员会和执行机关共同决定的投票方式（委托投票）"
            citation = cite("direct_election_rules", "may_vote_ways", day)
            found.append(Finding("proxy.custody", message, citation))
    return found


# -- the share of each district


def districts(election: Election) -> QuerySet:
    """The districts of a level, in the order of their numbers."""
    return District.objects.kept().filter(term=election.term_id).order_by("number")


def shares(election: Election) -> QuerySet:
    """The districts of a level with their voters, proxies asked for and agreed to, and whether a note is there."""
    on_roll = Registration.objects.kept().filter(election=election, on_roll=True)
    given = ProxyVote.objects.kept().filter(election=election)
    note = ProxyNote.objects.kept().filter(election=election, district=OuterRef("pk"))
    return (
        District.objects.kept()
        .filter(term=election.term_id)
        .select_related("township", "term")
        .annotate(
            voters=number_of(on_roll, "district"),
            asked=number_of(given.filter(state=State.ASKED), "principal__district"),
            agreed=number_of(given.filter(state=State.AGREED), "principal__district"),
            asked_on=Value(election.election_day, output_field=DateField()),
            noted=Exists(note),
            note_id=Subquery(note.values("pk")[:1]),
        )
        .annotate(share=F("agreed") * 1000 / NullIf(F("voters"), 0))  # per mille
    )


def share_findings(district, on: date) -> tuple[Finding, ...]:
    """What is to be said of the share of one of these districts."""
    return law.check_share(district.agreed, district.voters, district.noted, on)


# -- whom a paper names


def named(election: Election, name: str, district: str = "", group: str = "") -> QuerySet:
    """Who of that name stands on the list; `district` and `group` narrow it, by their number or words of their name."""
    rows = Registration.objects.kept().filter(election=election, on_roll=True, voter__name=name.strip())
    rows = rows.filter(_place("district", district)) if district else rows
    rows = rows.filter(_place("group", group)) if group else rows
    return rows.select_related("voter", "district", "group")


def _place(relation: str, text: str) -> Q:
    digits = "".join(one for one in text if one.isdecimal())
    said = Q(**{f"{relation}__name__icontains": text.strip()})
    return said | Q(**{f"{relation}__number": int(digits)}) if digits and len(digits) <= 4 else said
