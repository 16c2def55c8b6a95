"""Election staff who log in: until when, what of polling day each of them sees, and where each may record.

Nothing of it is kept: it follows from the list of staff and the days of the campaign, so that whoever moves the day, takes
somebody off the list or closes the work need not think of accounts.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from congress import clock
from congress.guard.record import kept
from congress.law.finding import Finding
from congress.models import Membership, Role, User
from congress.permissions import Standing
from congress.prepared import Prepared, given
from deputies.models import Deputy
from elections.models import Campaign, DistrictDay, PollingPlace, PollStaff, Round
from elections.permissions import COUNT, VIEW
from elections.queries.staff import COUNTING, Relation, relation_findings, standing

AFTER = timedelta(days=15)  # the office's own: to report the count, to check it and to hand papers over
# Near to a candidate who stands, or is not on record yet.
NEAR = ~Q(relation__in=("", Relation.NONE)) & Q(nominee__left_on__isnull=True)


def with_last_day(rows: QuerySet) -> QuerySet:
    """Staff with the last day (`last`) on which their accounts are good: the last vote of their campaign, wherever it is
    cast, and the days after it."""
    days = DistrictDay.objects.kept().filter(kept("election"), election__campaign=OuterRef("campaign"))
    closing = PollingPlace.objects.kept().filter(campaign=OuterRef("campaign"))
    votes = Round.objects.kept().filter(kept("election"), election__campaign=OuterRef("campaign"))
    return rows.annotate(
        voted=Greatest(
            F("campaign__election_day"),
            Subquery(_latest(days, "day")),
            Subquery(_latest(closing, "closes_on")),
            Subquery(_latest(votes, "held_on")),
        )
    )


def _latest(rows: QuerySet, name: str) -> QuerySet:
    return (
        rows.order_by()
        .values("campaign" if name == "closes_on" else "election__campaign")
        .annotate(last=Max(name))
        .values("last")
    )


def at_work(on: date | None = None) -> QuerySet:
    """Those on the lists of campaigns under way whose accounts are good on a day: near to no candidate, and in time."""
    return _in_time(since(on))


def since(on: date | None = None) -> date:
    """Who voted on this day or later is in time on another."""
    return (on or clock.today()) - AFTER


def _in_time(since) -> QuerySet:
    near = PollStaff.objects.kept().filter(NEAR, campaign=OuterRef("campaign"), account=OuterRef("account"))
    rows = PollStaff.objects.kept().filter(kept("campaign"), campaign__closed_on=None, account__isnull=False)
    return with_last_day(rows.exclude(Exists(near))).filter(voted__gte=since)


# Whatever the staff ask, this is asked first (congress.prepared).
_LINES = Prepared(
    lambda: (
        _in_time(given("since"))
        .filter(township=given("township"), account=given("account"))
        .only("role", "campaign", "place", "mobile")
    )
)


def own_lines(township: int, account: int) -> list[PollStaff]:
    """The lines of the lists of a township by which an account may log in today."""
    return _LINES(township=township, account=account, since=since())


def lasts(membership: Membership) -> bool:
    """Whether the role of a member of the election staff holds today."""
    return bool(own_lines(membership.township_id, membership.user_id))


def last_day_of(row: PollStaff) -> date:
    """The last day on which an account of somebody on the list is good."""
    found = with_last_day(PollStaff.objects.filter(pk=row.pk)).values_list("voted", flat=True)
    day: date = found[0] + AFTER
    return day


# -- whose accounts


def with_role(rows: QuerySet) -> QuerySet:
    """Staff with whether their account has the role now (`open`)."""
    held = Membership.objects.filter(user=OuterRef("account"), township=OuterRef("township"), role=Role.POLL)
    return rows.annotate(open=Exists(held.filter(ended_at=None)))


def same_person(one: PollStaff, other: PollStaff) -> bool | None:
    """Whether two rows of a list are the same person: by name and telephone, without one by name and employer. None where
    they do not tell."""
    if one.name != other.name:
        return False
    if one.phone and other.phone:
        return bool(one.phone == other.phone)
    return True if one.employer_post and one.employer_post == other.employer_post else None


def beside(row: PollStaff, rows: Iterable[PollStaff]) -> tuple[list[PollStaff], list[PollStaff]]:
    """Of rows with the same name: those that are the same person, and those that may be."""
    told = {True: [], None: [], False: []}
    for one in rows:
        if one.pk != row.pk:
            told[same_person(row, one)].append(one)
    return told[True], told[None]


def namesakes_of(row: PollStaff) -> QuerySet:
    """Rows of the same list with the same name."""
    rows = PollStaff.objects.kept().filter(campaign=row.campaign_id, name=row.name).exclude(pk=row.pk)
    return rows.select_related("data_key", "account")


def accounts_called(township, names: Iterable[str]) -> dict[str, list[User]]:
    """The accounts with a role in a township by the names of those they belong to."""
    held = Membership.objects.filter(township=township, ended_at=None, user__display_name__in=set(names))
    found = defaultdict(dict)
    for one in held.select_related("user").order_by("user__username"):
        found[one.user.display_name][one.user_id] = one.user
    return {name: list(users.values()) for name, users in found.items()}


def others_called(row: PollStaff, lines: Iterable[PollStaff], called: Iterable[User]) -> list[User]:
    """Accounts of a name that may be somebody's: not those of who is known from the list to be another person."""
    not_theirs = {one.account_id for one in lines if one.pk != row.pk and same_person(row, one) is False}
    return [user for user in called if user.pk not in not_theirs]


def namesakes_with_account(row: PollStaff) -> list[User]:
    """The accounts in the township that may be somebody's by their name."""
    called = accounts_called(row.township, [row.name]).get(row.name, [])
    return others_called(row, namesakes_of(row), called)


def known_account(row: PollStaff, same: Iterable[PollStaff] = ()) -> User | None:
    """The account that is known to be somebody's: from another line of the list, an earlier election, or the roster with the
    same telephone."""
    for one in (row, *same):
        if one.account is not None:
            return one.account
    earlier = PollStaff.objects.kept().filter(township=row.township_id, name=row.name, account__isnull=False)
    for one in earlier.exclude(campaign=row.campaign_id).select_related("account", "data_key").order_by("-created_at"):
        if same_person(row, one):
            return one.account
    deputies = Deputy.objects.kept().filter(township=row.township_id, name=row.name, account__isnull=False)
    for deputy in deputies.select_related("account", "data_key"):
        if row.phone and deputy.phone == row.phone:
            return deputy.account
    return None


def against(row: PollStaff) -> list[Finding]:
    """What keeps somebody from an account: the list, the campaign, the law, a candidate they are or are near to."""
    if row.withdrawn_at is not None:
        return [Finding("account.off", "已不在工作人员名单上。")]
    if row.campaign.closed_on is not None:
        return [Finding("account.closed", "这次选举工作已经结束。")]
    if last_day_of(row) < clock.today():
        return [Finding("account.over", f"投票已经过去{AFTER.days}天以上。")]
    if not row.relation:
        return [Finding("account.undeclared", "还没有声明与候选人的关系，请先登记本人的声明。")]
    barred = [one for one in relation_findings(row) if one.blocking]
    near = row.relation != Relation.NONE and (row.nominee is None or row.nominee.left_on is None)
    if near and not barred:
        word = row.get_relation_display()
        return [Finding("account.near", f"{word}不开通账号，以免接触票箱、计票的记录。")]
    return barred


def unsure_of(unsure: Iterable[PollStaff]) -> list[Finding]:
    """That another line of the list may be the same person or not: two accounts for one, or one for two, would follow."""
    message = "名单上有同名的另一行，看不出是不是同一人，请补填手机。"
    return [Finding("account.unsure", message)] if list(unsure) else []


def doubts(row: PollStaff, called: Iterable[User], candidates: Iterable) -> list[Finding]:
    """What somebody has to look at before an account is opened: accounts of the same name, a candidate's name."""
    found = []
    if any(one.name == row.name for one in candidates):
        message = "与代表候选人同名，请核对不是本人"
        found.append(Finding("account.candidate", message, None, False))
    if names := "、".join(f"{one.display_name}（{one.username}）" for one in called):
        message = f"本乡镇已有同名的账号：{names}，请核对是不是同一人"
        found.append(Finding("account.called", message, None, False))
    return found


def without_account(campaign: Campaign) -> list[tuple[PollStaff, list[Finding]]]:
    """Everybody of a list who cannot log in, once, with what is against an account or has to be looked at first."""
    rows = PollStaff.objects.kept().filter(campaign=campaign)
    rows = with_role(
        rows.select_related(
            "campaign", "place", "mobile__district", "nominee__district", "data_key", "account", "township__county"
        )
    )
    named = defaultdict(list)
    for row in rows.order_by("name", "created_at"):
        named[row.name].append(row)
    called = accounts_called(campaign.township, named)
    candidates = list(standing(campaign))
    found, settled = [], set()
    for row in (one for several in named.values() for one in several):
        same, unsure = beside(row, named[row.name])
        settled_by = row.open and not any(one.account_id != row.account_id for one in same)
        if settled_by or row.pk in settled:
            continue
        settled |= {one.pk for one in same}
        told = against(row) or unsure_of(unsure)
        if not told and known_account(row, same) is None:
            told = doubts(row, others_called(row, named[row.name], called.get(row.name, ())), candidates)
        found.append((row, told))
    return found


# -- what they see


def is_worker(reader: Standing) -> bool:
    """Whether somebody sees of elections only what the staff of polling day do."""
    return reader.has_role(Role.POLL) and not reader.allows(VIEW)


def own_rows(reader: Standing) -> QuerySet:
    """The lines of the lists by which a member of the staff may log in."""
    return at_work().filter(township=reader.township, account=reader.user)


def of_own_campaign(reader: Standing, rows: QuerySet, path: str = "campaign") -> QuerySet:
    """Of these rows what somebody on the staff sees: those of their own campaigns; everybody else sees all."""
    return rows.filter(**{f"{path}__in": own_rows(reader).values("campaign")}) if is_worker(reader) else rows


def of_own_place(reader: Standing, rows: QuerySet, place: str = "place", mobile: str = "mobile") -> QuerySet:
    """Of these rows those of the place or mobile box where somebody on the staff works; who works for the whole township
    has the rows of all places."""
    own = own_rows(reader)
    everywhere = own.filter(place=None, mobile=None)
    there = Q(**{f"{place}__in": own.filter(place__isnull=False).values("place")})
    if mobile:
        there |= Q(**{f"{mobile}__in": own.filter(mobile__isnull=False).values("mobile")})
    of_campaign = "campaign__in" if mobile else f"{place}__campaign__in"
    return rows.filter(there | Q(**{of_campaign: everywhere.values("campaign")}))


def own_places(reader: Standing) -> QuerySet:
    """The polling places at which somebody on the staff works."""
    own = own_rows(reader)
    everywhere = own.filter(place=None, mobile=None)
    return PollingPlace.objects.kept().filter(
        Q(pk__in=own.filter(place__isnull=False).values("place")) | Q(campaign__in=everywhere.values("campaign"))
    )


def counts(reader: Standing, campaign: Campaign) -> bool:
    """Whether somebody may enter what was counted in a campaign: of the staff only who watches or counts."""
    if not reader.allows(COUNT):
        return False
    tasks = own_rows(reader).filter(campaign=campaign, role__in=COUNTING)
    return not is_worker(reader) or tasks.exists()
