"""When a voter may be erased, and what else tells of one: changes of the roll, exclusions, appeals, pages of lists.

The registration lasts (选举法二十七), and by it deputies are recalled and by-elections held (选举法五十、五十七): who stands on the
roll stays until the next general election is over. What stays for good are the rows, days, grounds and places.
"""

from django.db.models import Q, QuerySet

from congress.guard.refusal import refuse
from congress.law.sources import cite
from congress.people.erase import Erasing, elsewhere, forbids
from congress.people.requests import BulkErasure, register
from deputies.models import Deputy
from elections.actions import destroying
from elections.actions.destroying import refuse_early, refuse_lasting, refuse_open
from elections.actions.pages import clear_pages
from elections.models import (
    Appeal,
    Campaign,
    DetainedVoting,
    Exclusion,
    MobileVoter,
    Nomination,
    NominationSigner,
    Nominee,
    PollStaff,
    PoolEntry,
    ProxyVote,
    PublishedPage,
    RecallSigner,
    Registration,
    RegistrationRequest,
    ReviewedWinner,
    RollChange,
    Transfer,
    Vetting,
    Voter,
)
from elections.queries.campaigns import last_general

STRUCK_OFF = "死亡、迁出等除名的，登记保存到下一次换届选举结束，现在不能销毁。"


@forbids
def needed(person) -> None:
    """Refuses for a voter whom the roll still needs, for what belongs to an election under way, and for an appeal until its
    time is over."""
    if isinstance(person, Voter):
        check_voter(person)
        for appeal in appeals_of(person):
            check_appeal(appeal)
    elif isinstance(person, Transfer | PoolEntry | RegistrationRequest | PollStaff):
        refuse_open([person.campaign])
    elif isinstance(person, Appeal):
        check_appeal(person)
    elif isinstance(person, Nominee):
        refuse_early(person.election.campaign, "代表候选人的档案")


@elsewhere
def roll(erasing: Erasing) -> None:
    """Takes out of changes, exclusions and proxies what tells of a voter, and takes the appeals along that concern them.

    An appeal goes as a whole, with who appealed: its words and its decision tell of both, and its one purpose, to settle who
    stands on the list (选举法二十九), is over. It is erased when the years it is kept have passed (`check_appeal`), and then
    nothing of it may be kept of anybody (个人信息保护法十九; 四十七（一）、（二）). Days, kind and outcome stay.
    """
    if not isinstance(erasing.person, Voter):
        return
    voter = erasing.person
    entries = list(Registration.objects.filter(voter=voter))
    erasing.empty_all(Registration.objects.filter(voter=voter))
    erasing.empty_all(RollChange.objects.filter(registration__in=entries))
    erasing.empty_all(Exclusion.objects.filter(voter=voter))
    erasing.empty_all(NominationSigner.objects.filter(registration__in=entries))
    erasing.empty_all(RecallSigner.objects.filter(registration__in=entries))
    erasing.empty_all(ProxyVote.objects.filter(principal__in=entries))
    erasing.empty_all(DetainedVoting.objects.filter(registration__in=entries))
    erasing.empty_all(MobileVoter.objects.filter(registration__in=entries))
    erasing.take(appeals_of(voter))
    shown = PublishedPage.objects.filter(voter_list__election__in={one.election_id for one in entries})
    erasing.count(PublishedPage, clear_pages(shown.exclude(lines=[])))


@elsewhere
def candidacy(erasing: Erasing) -> None:
    """Takes out of the forms and opinions what tells of a nominee; who signed are voters of their own."""
    if isinstance(erasing.person, Nominee):
        erasing.empty_all(Nomination.objects.filter(nominee=erasing.person.pk))
        erasing.empty_all(Vetting.objects.filter(nominee=erasing.person.pk))


@elsewhere
def examined(erasing: Erasing) -> None:
    """Takes out of reviews of credentials what was found out about a deputy or a nominee; the opinion and its ground stay."""
    person, rows = erasing.person, ReviewedWinner.objects.all()
    if isinstance(person, Deputy):
        erasing.empty_all(rows.filter(deputy=person))
    elif isinstance(person, Nominee):
        erasing.empty_all(rows.filter(winner__nominee=person))


def appeals_of(voter: Voter) -> QuerySet:
    """The appeals that concern a voter: about an entry of theirs, or decided by a change of one."""
    named = Q(registration__voter=voter) | Q(change__registration__voter=voter)
    rows = Appeal.objects.filter(pk__in=Appeal.objects.filter(named).values("pk")).select_related("data_key")
    return rows.select_related("data_key", "voter_list__election__campaign")


def check_voter(voter: Voter) -> None:
    """Raises Refused while an election in which the voter is named is under way, and until a general election is over after
    the last one of which they stood on the roll, or were taken off it."""
    of_voter = Q(elections__registrations__voter=voter) | Q(transfers__voter=voter) | Q(pool__voter=voter)
    refuse_open(Campaign.objects.kept().filter(of_voter | Q(requests__voter=voter)).distinct())
    last = last_general()
    for entry in Registration.objects.kept().filter(voter=voter).select_related("election"):
        election_day = entry.election.election_day
        if entry.on_roll:
            refuse_lasting(election_day, "该选民还在册上，")
        struck = RollChange.objects.kept().filter(registration=entry).order_by("-happened_on").first()
        if not entry.on_roll and struck is not None and (last is None or last < struck.happened_on):
            refuse(STRUCK_OFF, citation=cite("election_law", "registration", election_day))


def check_appeal(appeal: Appeal) -> None:
    """Raises Refused until the work of the election has been over for five years."""
    refuse_early(appeal.voter_list.election.campaign, "选民名单申诉的档案")


register(
    BulkErasure(
        model=Campaign,
        what="选民册",
        check=destroying.check,
        preview=destroying.preview,
        destroy=destroying.destroy,
        consequences=(
            "只在这次和更早的选民册上的选民，姓名、号码、住址、生日和修改历史里的这些内容全部销毁，任何人都不能恢复。",
            "这次的选民转移、网上登记申请、未取得联系的选民、名单申诉和选民小组长电话一并销毁。",
            "以后的选民册上还有的选民，剥夺政治权利等期限未满的，留到以后。",
            "登记的选区、日期、事由和人数保留，选举统计不变；公布过的名单以后只能核对人数，这次选举工作不能再重新打开。",
            "已经印发的文件依法存档；此前的备份在过期以前仍有这些信息。",
        ),
        job=destroying.JOB,
    )
)
