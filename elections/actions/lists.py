"""The list of voters: frozen, published, supplemented; and what stands against each."""

from collections import Counter
from datetime import date

from congress import clock, together
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking
from congress.law import elections as law
from congress.law.campaigns import check_step
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.steps import Attempt, change
from congress.wording import chinese_date
from deputies.models import Mandate
from elections import queries
from elections.actions import pages
from elections.actions.duplicates import elsewhere
from elections.models import Election, PoolEntry, Registration, RollChange, Supplement, Transfer, VoterList
from elections.queries import roll as rolls
from elections.queries.days import days_of

ASK = verb("elections.ask_freeze", "提出选民名单定稿")

Kind = RollChange.Kind
# The groups of a supplement, as its notice has them: entered, moved out, died, without the right to vote, others.
GROUPS: dict[str, tuple[str, ...]] = {
    "增加": (Kind.ADDED,),
    "迁出": (Kind.MOVED_OUT, Kind.TRANSFERRED),
    "死亡": (Kind.DIED,),
    "停止行使、被剥夺或者不能行使": (Kind.DEPRIVED, Kind.SUSPENDED, Kind.UNABLE),
    "其他减少": (Kind.UNDERAGE, Kind.DUPLICATE, Kind.MISTAKEN),
    "更正": (Kind.CORRECTED,),
}


def against_freezing(election: Election) -> list[Finding]:
    """What has to be mended before the list is frozen, and what should be looked at."""
    found: list[Finding] = []
    rows = queries.on_roll(election)
    if not rows.filter(township=election.township_id).exists():  # said for the index: the first of many is looked for
        found.append(Finding("list.empty", "选民册还没有选民，不能形成名单。"))
    found += standing_wrongly(election)
    if pairs := rolls.undecided(election.campaign):
        message = f"有{len(pairs)}对姓名、出生日期相同的选民还没有核对是不是同一人，请先在“重复登记的核对”中核对"
        found.append(Finding("list.undecided", message, cite("election_law", "one_vote", election.election_day)))
    return [*found, *_unfinished(election)]


def standing_wrongly(election: Election) -> list[Finding]:
    """Who stands on the roll and may not by the law: too young, or kept off, on the day of the own district. That day may be moved
    when the list is frozen and public; then they are taken off by its next supplement."""
    found, day = [], election.election_day
    if young := queries.under_age(election).count():
        days = days_of(election)
        born = days.said(lambda on: f"{chinese_date(on)}（{chinese_date(law.born_by(on))}以后出生）")
        message = f"有{young}名选民在选举日不满十八周岁，请先除名：选举日{born}"
        found.append(Finding("list.under_age", message, cite("election_law", "voting_age", day)))
    if barred := queries.barred(election).count():
        message = f"有{barred}名选民登记了不列入名单的事由，选举日仍在期内，请先除名"
        found.append(Finding("list.barred", message, cite("election_law", "deprived", day)))
    return found


def _unfinished(election: Election) -> list[Finding]:
    """What the roll still waits for: told, and no reason not to publish in time."""
    campaign, day = election.campaign_id, election.election_day
    asked = together.numbers(
        {
            "有{}名选民没有编入选民小组，名单上列在选区之下": queries.on_roll(election).filter(group__isnull=True),
            "还有{}人没有取得联系，请办结或者写明结果": PoolEntry.objects.kept().filter(
                campaign=campaign, state=PoolEntry.State.WAITING
            ),
            "有{}件转移还在等待答复，答复以前选民列在转出方的名单上": Transfer.objects.kept().filter(
                campaign=campaign, state=Transfer.State.ASKED
            ),
            "有{}名选民在县级选民册上、不在乡级选民册上，也没有登记为只参加县级选举的上级单位职工": (
                rolls.missing_in_township(election.campaign)
            ),
            "有{}人不列入名单的期限在选举日以前届满，应补登": queries.free_again(election),
        }
    )
    citation = cite("election_law", "registration", day)
    return [
        Finding("list.unfinished", words.format(number), citation, blocking=False)
        for words, number in asked.items()
        if number
    ]


def ask(actor, election: Election) -> VoterList:
    """The first of two: ask that the list of an election be frozen as the roll stands now, told by its fingerprint.

    Raises Refused where the list is frozen already or somebody asked before, where it is empty or names somebody under age.
    Nothing is frozen yet. Side effect: one event with the number of voters and the fingerprint.
    """
    with action(ASK, actor=actor, subject=election) as act:
        held = lock(election)  # whoever changes the roll takes the same lock
        if there := queries.list_of(held):
            refuse("这次选举的选民名单已经定稿。" if there.frozen_at else "已经有人提出定稿，请另一人确认。")
        voters, print_ = _as_it_stands(actor, held)
        found = VoterList(township=held.township, election=held, asked_by=actor, voters=voters, fingerprint=print_)
        found.save(force_insert=True)
        act.subject, act.detail = found, {"选民数": voters, "名单指纹": print_}
    return found


def freeze(attempt: Attempt) -> dict:
    """The second of two: who is on the roll stands on the list, and from here on the roll changes with a notice alone.

    Raises Refused where anything stands against it by now, or the roll reads otherwise than when it was asked for.
    """
    found: VoterList = attempt.record
    voters, print_ = _as_it_stands(attempt.actor, lock(found.election))
    if (voters, print_) != (found.voters, found.fingerprint):
        told = f"提出时{found.voters}人，现在{voters}人"
        refuse(f"提出定稿以后选民册有变动（{told}），请撤销提出，核对后重新提出。")
    change(found, frozen_at=clock.now(), confirmed_by=attempt.actor)
    return {"选民数": voters, "名单指纹": print_, "提出人": found.asked_by.username}


def revoke(attempt: Attempt) -> dict:
    """Whoever asked, or the one who was to let it be so, says no."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {}


def _as_it_stands(actor, election: Election) -> tuple[int, str]:
    """How many voters the roll of an election has, and its fingerprint. Raises Refused where it may not be frozen so."""
    refuse_blocking(against_freezing(election))
    _refuse_doubles(actor, election)
    return queries.fingerprint(queries.lines(election, 0))


def _refuse_doubles(actor, election: Election) -> None:
    """Nobody is listed who stands on the roll of another township of the county as well (选举法五): one of the two hands the
    voter over first. The question leaves an event of its own."""
    places = Counter(str(one.township) for one in elsewhere(actor, election.campaign))
    if places:
        told = "、".join(f"{name}{number}人" for name, number in sorted(places.items()))
        message = f"有选民同时列在其他乡镇的选民册上（{told}），请在“重复登记的核对”中查看，先办理选民转移。"
        refuse(message, citation=cite("election_law", "one_vote", election.election_day))


def unfreeze(attempt: Attempt) -> dict:
    """The list as if it had not been frozen: nobody outside has seen it."""
    found = attempt.record
    lock(found.election)
    for model in (Registration, RollChange):
        model.objects.filter(election=found.election, after_freeze=True).update(after_freeze=False)
    change(found, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {}


def published_findings(voter_list: VoterList, on: date) -> list[Finding]:
    """What the law says of the day the list was published: in time, disputed, or too late by the days that hold here, which for
    a by-election are the province's. The paper hangs there all the same, so that nothing of it keeps the day from being
    entered; what is too late stands on the page and in the gate."""
    election = voter_list.election
    by_election = election.how != Mandate.How.GENERAL
    found = check_step("publish_roll", on, days_of(election).first, voter_list.township.pack, by_election)
    return [Finding(one.code, one.message, one.citation, blocking=False, field="on") for one in found]


def publish(attempt: Attempt) -> dict:
    """The list was published on a day, at these places."""
    data = attempt.data
    said = {name: data[name] for name in ("places", "appeal_place", "shows_gender", "online")}
    names = change(attempt.record, published_on=attempt.on, **said)
    pages.renew(attempt.record)
    return {"公布日期": attempt.on, "项目": names}


def sums(changes) -> dict[str, int]:
    """How many of these changes fall into each group of a supplement."""
    kinds = list(changes.values_list("kind", flat=True))
    return {label: sum(kind in group for kind in kinds) for label, group in GROUPS.items()}


def supplement(attempt: Attempt) -> dict:
    """All changes that no notice has told become one supplement; its total must be the list's.

    Raises Refused when they do not add up: that would be a fault of the program, and no notice may go out with it.
    """
    found = attempt.record
    lock(found.election)
    waiting = queries.untold(found.election)
    grouped = sums(waiting)
    before = latest_total(found)
    removed = sum(number for label, number in grouped.items() if label not in ("增加", "更正"))
    row = Supplement(
        township=found.township,
        voter_list=found,
        number=queries.last_number(found) + 1,
        published_on=attempt.on,
        before=before,
        added=grouped["增加"],
        removed=removed,
        after=before + grouped["增加"] - removed,
    )
    row.save(force_insert=True)
    waiting.update(supplement=row)
    voters, row.fingerprint = queries.fingerprint(queries.lines(found.election, row.number))
    if voters != row.after:
        refuse(f"补正后的名单有{voters}人，按增减计算应为{row.after}人，请先核对选民册变动。")
    row.save(update_fields=["fingerprint"])
    pages.renew(found)
    attempt.made = row
    return {"次序": row.number, "原登记": before, "增加": row.added, "减少": removed, "现登记": row.after}


def latest_total(voter_list: VoterList) -> int:
    """How many voters the public list names after its last supplement."""
    last = Supplement.objects.kept().filter(voter_list=voter_list).order_by("-number").first()
    return last.after if last else voter_list.voters
