"""Destroying the roll of an election work when it is kept no longer: persons go, numbers stay (选举法二十七、个人信息保护法四十七)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.imports.content import forget_before
from congress.law.archives import KEPT_YEARS
from congress.law.periods import add_months
from congress.law.sources import cite
from congress.models import ImportBatch
from congress.people.erase import ERASE
from congress.people.erase_many import erase_many
from congress.printing import PAPERS
from congress.steps import change
from congress.wording import chinese_date
from deputies.models import Mandate
from elections.actions.pages import clear_pages
from elections.models import (
    Appeal,
    Campaign,
    DetainedVoting,
    Exclusion,
    MobileVoter,
    NominationSigner,
    PoolEntry,
    ProxyVote,
    PublishedPage,
    Registration,
    RegistrationRequest,
    RollChange,
    Transfer,
    Voter,
    VoterGroup,
)
from elections.queries.campaigns import last_general

DESTROY = verb("elections.destroy_roll", "销毁了选民册的个人信息")
JOB = "elections.destroy_roll"
LASTING = "选民登记长期有效，罢免、补选都要依据选民册，下一次换届选举结束以前不能销毁。"
UNDER_WAY = "“{}”还没有结束，选举档案依法必须保存，不能销毁；办结后先登记工作结束。"


def refuse_open(campaigns: Iterable[Campaign]) -> None:
    """Raises Refused where one of these election works is not over: the law needs its records."""
    for campaign in campaigns:
        if campaign.closed_on is None:
            refuse(UNDER_WAY.format(campaign), citation=cite("election_law", "registration", campaign.election_day))


def refuse_lasting(election_day: date, whose: str = "") -> None:
    """Raises Refused until a general election after this day is over: the registration lasts (选举法二十七)."""
    last = last_general()
    if last is None or last <= election_day:
        refuse(whose + LASTING, citation=cite("election_law", "registration", election_day))


def refuse_early(campaign: Campaign, what: str) -> None:
    """Raises Refused until an election work has been over for the years its papers are kept."""
    refuse_open([campaign])
    until = add_months(campaign.closed_on, 12 * KEPT_YEARS)
    if clock.today() < until:
        refuse(f"{what}保存到选举工作结束后五年（{chinese_date(until)}），现在不能销毁。")


def check(campaign: Campaign) -> None:
    """Raises Refused until the work has been over for five years and a general election after it is over as well, and for a
    roll that was destroyed before."""
    if campaign.roll_destroyed_on is not None:
        refuse("这次选举工作的选民册此前已经销毁。")
    refuse_open([campaign])
    refuse_lasting(campaign.election_day)
    refuse_early(campaign, "选举档案")


def preview(campaign: Campaign) -> list[tuple[str, str]]:
    """How much would be destroyed, and how many voters stay because a later roll or the law needs them; after it, the day."""
    if campaign.roll_destroyed_on is not None:
        return [("选民册销毁日期", chinese_date(campaign.roll_destroyed_on))]
    going = voters_of(campaign)
    known = _unerased(Voter).filter(Exists(_entries_in([campaign]))).count()
    told = [("将销毁的选民", f"{going.count()} 人"), ("留到以后的选民", f"{known - going.count()} 人")]
    named = {VoterGroup: "选民小组长的姓名和电话"}
    beside = ((named.get(rows.model, rows.model._meta.verbose_name), rows.count()) for rows in _beside(campaign, going))
    return told + [(label, f"{number} 条") for label, number in beside]


def destroy(campaign: Campaign, *, actor, reason: str) -> dict[str, int]:
    """Erase everybody whom this roll and no later one knows, and the personal data in the papers of the election work; returns
    how many rows of each kind. Registrations, days, grounds and numbers stay. One event. Raises Refused as `check`."""
    with action(DESTROY, actor=actor, subject=campaign) as act:
        held = lock(campaign)
        check(held)
        act.detail = {"reason": reason}
        with action(ERASE, actor=actor, subject=held) as erasing:
            counts = _erase(held, reason)
            erasing.detail = {"reason": reason, "rows": {label: number for label, number in counts.items() if number}}
        change(held, roll_destroyed_on=clock.today())
    return counts


def _erase(campaign: Campaign, reason: str) -> dict[str, int]:
    going = voters_of(campaign)
    _forget_imports(campaign, {str(pk) for pk in going.values_list("pk", flat=True)})
    clear_pages(PublishedPage.objects.filter(voter_list__election__campaign=campaign).exclude(lines=[]))
    PAPERS.drop_all(PAPERS.lying())  # registration forms that lie finished name whom this forgets
    changes = RollChange.objects.filter(registration__voter__in=going.values("pk"))
    kept_off = Exclusion.objects.filter(voter__in=going.values("pk"))
    signed = NominationSigner.objects.filter(registration__voter__in=going.values("pk"))
    given = ProxyVote.objects.filter(principal__voter__in=going.values("pk"))
    shut_up = DetainedVoting.objects.filter(registration__voter__in=going.values("pk"))
    mobile = MobileVoter.objects.filter(registration__voter__in=going.values("pk"))
    # The voters last: what belongs to them is found by them.
    every = (*_beside(campaign, going), changes, kept_off, signed, given, shut_up, mobile, going)
    return {rows.model._meta.label_lower: erase_many(rows, reason) for rows in every}


def voters_of(campaign: Campaign) -> QuerySet:
    """Voters on the roll of an election work whom no later one names, and whom no exclusion keeps off that still holds: they
    are to be entered again when it ends."""
    later = Campaign.objects.kept().filter(Q(closed_on=None) | Q(election_day__gt=campaign.election_day))
    rows = _unerased(Voter).filter(Exists(_entries_in([campaign]))).exclude(Exists(_entries_in(later.values("pk"))))
    for model in (Transfer, PoolEntry, RegistrationRequest):
        rows = rows.exclude(Exists(model.objects.filter(voter=OuterRef("pk"), campaign__in=later.values("pk"))))
    holding = Exclusion.objects.kept().filter(Q(until=None) | Q(until__gte=clock.today()), voter=OuterRef("pk"))
    died = RollChange.objects.kept().filter(registration__voter=OuterRef("pk"), kind=RollChange.Kind.DIED)
    return rows.exclude(Exists(holding) & ~Exists(died))


def _unerased(model) -> QuerySet:
    return model.objects.filter(data_key__destroyed_at__isnull=True)


def _entries_in(campaigns) -> QuerySet:
    return Registration.objects.filter(voter=OuterRef("pk"), election__campaign__in=campaigns)


def _beside(campaign: Campaign, going: QuerySet) -> list[QuerySet]:
    """What else tells of persons: the papers of the election work, and those of voters who go."""
    whose = Q(voter__in=going.values("pk"))
    found = [
        _unerased(model).filter(whose | Q(campaign=campaign)) for model in (Transfer, PoolEntry, RegistrationRequest)
    ]
    entry = Registration.objects.filter(voter__in=going.values("pk")).values("pk")
    about = Q(registration__in=entry) | Q(change__in=RollChange.objects.filter(registration__in=entry).values("pk"))
    of_list = Q(voter_list__in=campaign.elections.values("voter_lists"))
    terms = campaign.elections.filter(how=Mandate.How.GENERAL).values("term")
    leaders = ~Q(leader="") | Q(leader_phone__isnull=False)
    groups = _unerased(VoterGroup).filter(leaders, district__term__in=terms)
    return [*found, _unerased(Appeal).filter(about | of_list), groups]


def _forget_imports(campaign: Campaign, voters: set[str]) -> None:
    """Drop what imports kept to restore of these voters. Raises Refused for a table of this work that waits."""
    rolls = {str(pk) for pk in campaign.elections.values_list("pk", flat=True)}
    for batch in ImportBatch.objects.select_for_update(of=("self",)).exclude(state=ImportBatch.State.DROPPED):
        if batch.state == ImportBatch.State.PREVIEW and batch.mapping.get("options", {}).get("election") in rolls:
            refuse(f"待确认的导入“{batch.file_name}”是这次选举的，请先放弃这份表格，再销毁。")
        if batch.state == ImportBatch.State.TAKEN:
            forget_before(batch, voters)
