"""The one way in which the roll of an election changes: by a ground of the closed list, with what the law asks of it.

Pages, transfers and appeals all come through `change`; what is entered after the list was frozen says so, and is told to
the public by a supplement.
"""

from dataclasses import dataclass
from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking, refuse_where
from congress.law import elections as law
from congress.law import roll as grounds
from congress.law.finding import Finding
from congress.wording import chinese_date
from deputies.models import District
from elections.models import Campaign, Election, Exclusion, Registration, RollChange, Voter, VoterGroup, VoterList
from elections.queries.days import own_days

CHANGE = verb("elections.change_roll", "变更了选民册")
UNDO = verb("elections.undo_roll_change", "撤销了选民册的变更")
EXCLUDE = verb("elections.exclude", "登记了不列入名单的选民")
END_EXCLUSION = verb("elections.end_exclusion", "登记了不列入名单的期满")

Kind = RollChange.Kind


@dataclass(frozen=True)
class Basis:
    """What a change rests on, and from when until when it holds where it is an exclusion."""

    paper: str = ""
    body: str = ""
    reason: str = ""  # in words, beside the ground; never in its place
    until: date | None = None
    confirmed_on: date | None = None
    proof: bool = False
    intermittent: bool = False


def hold(campaign: Campaign) -> None:
    """Wait for whoever freezes a list of this work, and let them wait: every change of its rolls begins here, so that it is
    before the freeze or after it. Call inside an action."""
    list(Election.objects.select_for_update(of=("self",), no_key=True).filter(campaign=campaign).order_by("pk"))


def is_frozen(election: Election) -> bool:
    """Whether the list of an election was frozen, so that what changes from now on is told by a supplement.

    Holds the election's row, as the freeze does: a change is before it or after it, and never beside it.
    """
    lock(election)
    return VoterList.objects.kept().filter(election=election, frozen_at__isnull=False).exists()


def removal_findings(voter: Voter, on: date, kind: str, happened_on: date, basis: Basis, pack: str) -> list[Finding]:
    """What the law says against taking a voter off: ground, body, paper, confirmation, and the days, judged on election
    day (`on`)."""
    found = list(
        grounds.check_removal(
            kind, on, basis.body, basis.paper, basis.confirmed_on, basis.proof, basis.intermittent, pack
        )
    )
    if grounds.GROUNDS[kind].excludes:
        standing = law.voter_standing(
            on,
            deprived_of_political_rights=kind == Kind.DEPRIVED,
            suspended_by_procuratorate_or_court=kind == Kind.SUSPENDED,
            mentally_unable=kind == Kind.UNABLE,
            committee_confirmed=basis.confirmed_on is not None,
        )
        if standing.on_roll and not found:
            found.append(Finding(standing.code, standing.message, standing.citation))
        again = grounds.due_again(basis.until, on)
        if again.due:
            found.append(Finding("removal.over", f"{again.message}，不除名", again.citation, field="until"))
        if basis.until and basis.until < happened_on:
            found.append(Finding("removal.days", "期满日期不能早于开始日期。", field="until"))
    if kind == Kind.UNDERAGE:
        age = law.voting_age(voter.birth_date, on)
        if age.eligible:
            message = f"选举日{chinese_date(on)}已满十八周岁，应列入名单"
            found.append(Finding("removal.of_age", message, age.citation))
    return found


def change(
    actor,
    registration: Registration,
    kind: str,
    happened_on: date,
    basis: Basis | None = None,
    *,
    instead: Registration | None = None,
) -> list[RollChange]:
    """Take a voter off the roll on a ground of the closed list; returns the changes, one for each entry that ended.

    Grounds of the person end every entry of the voter in the same election work. `instead` is the entry that is kept of
    two, or that the voter was transferred to. A ground that excludes leaves an `Exclusion` as well. Raises Refused with
    every finding of the law, and for an entry that stands no longer. One event, without a name.
    """
    basis = basis or Basis()
    with action(CHANGE, actor=actor, subject=registration) as act:
        hold(registration.election.campaign)
        entry = lock(registration)
        _refuse_ended(entry)
        if kind in (Kind.ADDED, Kind.CORRECTED) or kind not in grounds.GROUNDS:
            refuse("请选择除名的事由。", "kind")
        if kind == Kind.DUPLICATE:
            _refuse_unkept(entry, instead)
        pack = entry.township.pack
        days = own_days(entry.election.campaign)
        day = days.get(entry.district_id, entry.election.election_day)
        refuse_blocking(removal_findings(entry.voter, day, kind, happened_on, basis, pack))
        entries = _together(entry) if grounds.GROUNDS[kind].of_person else [entry]
        if kind == Kind.UNDERAGE:  # who is of age on the later of two days stands where one votes then
            born, later = entry.voter.birth_date, entry.election.election_day
            entries = [one for one in entries if not law.voting_age(born, days.get(one.district_id, later)).eligible]
        made = [_end(one, kind, happened_on, basis, instead) for one in entries]
        if grounds.GROUNDS[kind].excludes:
            exclude_voter(entry.voter, kind, happened_on, basis)
        act.detail = {"变动": str(Kind(kind).label), "登记": len(made)}
    return made


def exclude_voter(voter: Voter, ground: str, since: date, basis: Basis) -> Exclusion:
    """Write down who is kept off, from when until when. The caller has asked the law; call inside an action."""
    return Exclusion.objects.create(
        township=voter.township,
        voter=voter,
        ground=ground,
        body=basis.body,
        paper=basis.paper,
        since=since,
        until=basis.until,
        confirmed_on=basis.confirmed_on,
        proof=basis.proof,
        intermittent=basis.intermittent,
    )


def exclude(actor, voter: Voter, campaign: Campaign, ground: str, since: date, basis: Basis) -> Exclusion:
    """Keep a voter off the roll who need not stand on it: what stands in the election work ends with it. Who is ill at
    times only stays on it, and the committee's confirmation is kept. Returns the exclusion; raises Refused as `change`."""
    stands = Registration.objects.kept().filter(voter=voter, election__campaign=campaign, on_roll=True).first()
    if stands is not None and not basis.intermittent:
        change(actor, stands, ground, since, basis)
        return voter.exclusions.kept().filter(ground=ground, since=since).latest("created_at")
    with action(EXCLUDE, actor=actor, subject=voter, detail={"事由": grounds.GROUNDS[ground].label}):
        found = removal_findings(voter, campaign.election_day, ground, since, basis, voter.township.pack)
        stays = ground == Kind.UNABLE and basis.intermittent  # ill at times only: stays, and does not vote while ill
        refuse_blocking(one for one in found if not (stays and one.code == "removal.intermittent"))
        return exclude_voter(voter, ground, since, basis)


def _refuse_ended(entry: Registration) -> None:
    if entry.withdrawn_at is not None:
        refuse("这条登记已经撤回。")
    if not entry.on_roll:
        last = entry.changes.kept().exclude(kind__in=[Kind.ADDED, Kind.CORRECTED]).first()
        refuse(f"该选民已{last or '经'}，不在选民册上。")


def _refuse_unkept(entry: Registration, instead: Registration | None) -> None:
    """Of two entries one is kept: the other may have ended since by a ground of the person, never as the double itself."""
    if instead is None or instead.pk == entry.pk:
        refuse("请指明保留哪一条登记。", "instead")
    ended = (Kind.DUPLICATE, Kind.MISTAKEN)
    if instead.changes.kept().filter(kind__in=ended).exists() and not lock(instead).on_roll:
        refuse("要保留的登记已经作为重复的除名，不能两条都除名。", "instead")


def _together(entry: Registration) -> list[Registration]:
    """Every entry of the voter that stands in the same election work, this one first, locked."""
    rows = Registration.objects.kept().filter(voter=entry.voter, on_roll=True, election__campaign__isnull=False)
    rows = rows.filter(election__campaign=entry.election.campaign_id).select_related("election", "voter", "township")
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    return sorted(found, key=lambda one: one.pk != entry.pk) or [entry]


def _end(
    entry: Registration, kind: str, happened_on: date, basis: Basis, instead: Registration | None = None
) -> RollChange:
    entry.on_roll = False
    entry.save(update_fields=["on_roll"])
    return RollChange.objects.create(
        township=entry.township,
        registration=entry,
        election=entry.election,
        kind=kind,
        happened_on=happened_on,
        reason=basis.reason,
        body=basis.body,
        paper=basis.paper,
        instead=instead,
        after_freeze=is_frozen(entry.election),
    )


def added(entry: Registration, happened_on: date, paper: str = "") -> RollChange | None:
    """The change that brings an entry made after the list was frozen; None before. Call inside an action."""
    if not entry.after_freeze:
        return None
    return RollChange.objects.create(
        township=entry.township,
        registration=entry,
        election=entry.election,
        kind=Kind.ADDED,
        happened_on=happened_on,
        paper=paper,
        after_freeze=True,
    )


def districts_of(group: VoterGroup) -> list[District]:
    """The districts whose elections the group's voters vote in: the township's, and the county's where it is said."""
    return [one for one in (group.district, group.county_district) if one is not None]


def move(actor, registration: Registration, group: VoterGroup, happened_on: date, paper: str) -> list[Registration]:
    """Move a voter to another group of the township: where the district differs the entry ends there and one begins here,
    on the ground it had; else the entry goes to the other group. Returns the entries that stand now.

    Raises Refused for an entry that stands no longer, without a paper for another district, and for the same group.
    """
    with action(CHANGE, actor=actor, subject=registration) as act:
        hold(registration.election.campaign)
        entry = lock(registration)
        _refuse_ended(entry)
        entries = _together(entry)
        if all(one.group_id == group.pk for one in entries):
            refuse("该选民已在这个小组。", "group")
        by_term = {district.term_id: district for district in districts_of(group)}
        if lacking := [one.election.term for one in entries if one.election.term_id not in by_term]:
            refuse(f"{group}还没有填写{lacking[0].get_level_display()}选区，请先在选民小组中填写。", "group")
        now = [_moved(one, by_term[one.election.term_id], group, happened_on, paper) for one in entries]
        act.detail = {"变动": "转到其他选区、小组", "登记": len(now)}
    return now


def _moved(entry: Registration, district: District, group: VoterGroup, happened_on: date, paper: str) -> Registration:
    if district.pk == entry.district_id:
        entry.group = group
        entry.save(update_fields=["group"])
        return entry
    findings = grounds.check_removal("transferred", entry.election.election_day, paper=paper)
    refuse_blocking(findings)
    change_row = _end(entry, Kind.TRANSFERRED, happened_on, Basis(paper=paper))
    begun = Registration.objects.create(
        township=entry.township,
        voter=entry.voter,
        election=entry.election,
        district=district,
        group=group,
        ground=entry.ground,
        way=entry.way,
        situation=entry.situation,
        registered_on=happened_on,
        after_freeze=is_frozen(entry.election),
    )
    change_row.instead = begun
    change_row.save(update_fields=["instead"])
    added(begun, happened_on, paper)
    return begun


def hand_over(voter: Voter, campaign: Campaign, happened_on: date, paper: str) -> int:
    """End every entry of a voter whom another place has taken over; returns how many. Call inside an action.

    Raises Refused for one who stands no longer: the other side then has nobody to take over.
    """
    hold(campaign)
    rows = Registration.objects.kept().filter(voter=voter, on_roll=True, election__campaign=campaign)
    stands = list(rows.select_related("election", "township").select_for_update(of=("self",)).order_by("pk"))
    if not stands:
        refuse("该选民已不在转出方的选民册上，请对方核对后撤回这件转移。")
    for one in stands:
        _end(one, Kind.TRANSFERRED, happened_on, Basis(paper=paper))
    return len(stands)


def undo(actor, row: RollChange, reason: str, version) -> None:
    """Take back a change entered by mistake: the entry stands again, the exclusion it left is withdrawn with it.

    Raises Refused where a supplement told it, where the voter stands elsewhere by now, or was transferred by it.
    """
    with action(UNDO, actor=actor, subject=row) as act:
        current = lock(row, version)
        entry = lock(current.registration)
        stands = Registration.objects.kept().filter(voter=entry.voter, election=entry.election, on_roll=True)
        refuse_where(
            [
                (current.withdrawn_at is not None, "这项变动已经撤销。", ""),
                (current.supplement_id is not None, "这项变动已经公告，不能撤销；有误的请另作变动。", ""),
                (current.kind in (Kind.ADDED, Kind.CORRECTED), "这项变动不能撤销，请另作变动。", ""),
                (stands.exists(), "该选民在这次选举中已有其他登记，请先处理。", ""),
                (not reason.strip(), "请写明撤销的原因。", "reason"),
            ]
        )
        _withdraw(current, reason)
        entry.on_roll = True
        entry.save(update_fields=["on_roll"])
        for exclusion in entry.voter.exclusions.kept().filter(ground=current.kind, since=current.happened_on):
            _withdraw(exclusion, reason)
        act.detail = {"变动": current.get_kind_display()}


def _withdraw(row, reason: str) -> None:
    row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()[:200]
    row.save()


def end_exclusion(actor, exclusion: Exclusion, until: date, paper: str, version=None) -> Exclusion:
    """Say on which day an exclusion ends, with the paper that says so; what is due then follows by itself.

    Raises Refused without a paper, and for a day before it began. One event.
    """
    with action(END_EXCLUSION, actor=actor, subject=exclusion):
        current = lock(exclusion, version)
        refuse_where(
            [
                (current.withdrawn_at is not None, "这条记录已经撤回。", ""),
                (not paper.strip(), "请填写恢复的依据：文书名称和文号。", "paper"),
                (until < current.since, f"不能早于开始日期{chinese_date(current.since)}。", "until"),
            ]
        )
        current.until, current.ended_paper = until, paper.strip()
        current.save()
    return current
