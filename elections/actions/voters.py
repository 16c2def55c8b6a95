"""Voters entered by hand: one entry registers for both levels, by the districts of the voters' group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import InTheWay, refuse, refuse_blocking
from congress.keeping import differences
from congress.law import elections as law
from congress.law import roll as grounds
from congress.law.finding import Finding
from congress.names.keys import set_keys
from congress.people.entries import fill_from_number, identity_findings
from congress.people.keys import is_destroyed
from congress.wording import chinese_date
from deputies.models import Level
from elections.actions.roll import Basis, added, change, districts_of, hold, is_frozen
from elections.models import Campaign, Election, Likeness, Registration, RollChange, Voter, VoterGroup
from elections.queries.days import day_of, own_days
from elections.queries.lists import holding

REGISTER = verb("elections.register_voter", "登记了选民")
SAVE = verb("elections.save_voter", "修改了选民信息")
CONFIRM = verb("elections.confirm_voters", "核对了选民登记")
TELL_APART = verb("elections.tell_apart", "核对了同名同日的选民")

ENTERED = [column.name for column in Voter._meta.concrete_fields if column.editable]
FORBIDDEN = "roll.excluded"


@dataclass(frozen=True)
class Entry:
    """What a registration says beside the person. `apart` says by what a voter of the same name and birth date was told
    apart, `paper` what a ground rests on, `certificate` and `permit` what an outsider brought."""

    group: VoterGroup
    ground: str
    way: str
    registered_on: date
    situation: str = ""
    both_levels: bool = True  # where staff of higher units may choose (若干规定七)
    card_no: int | None = None
    certificate: str = ""
    permit: bool = False
    paper: str = ""
    apart: str = ""

    @property
    def shown(self) -> str:
        """The papers, in words."""
        permit = "居住证" if self.permit else ""
        return "；".join(filter(None, [self.certificate and f"选民资格证明（{self.certificate}）", permit, self.paper]))


def _refuse_erased(voter: Voter) -> None:
    if voter.data_key_id is not None and is_destroyed(voter.data_key):
        refuse("该选民的个人信息已按规定销毁，不能再填写；再来登记的，作为新的选民登记。")


def alike(voter: Voter) -> QuerySet:
    """Other voters with the same name and birth date who may be the same person: not both have a number to tell by. Those
    told apart before are left out. Nobody is merged by name (同名同姓)."""
    same = Voter.objects.kept().filter(name=voter.name, birth_date=voter.birth_date).exclude(pk=voter.pk)
    if voter.id_index is not None:
        same = same.filter(id_index=None)
    told = Likeness.objects.kept().filter(Q(one=voter.pk) | Q(other=voter.pk))
    return same.exclude(pk__in=told.values("one")).exclude(pk__in=told.values("other"))


def elections_for(campaign: Campaign, entry: Entry, on: date, pack: str) -> list[tuple[Election, object]]:
    """The elections of the work in which an entry is registered, each with its district; staff of higher units for the
    county's alone, where the province has it so or the entry says so. Raises Refused where the group lacks a district."""
    terms = {district.term_id: district for district in districts_of(entry.group)}
    wanted = list(Election.objects.kept().filter(campaign=campaign).select_related("term").order_by("term__level"))
    if entry.situation == "outside_unit":
        place = grounds.place_of("outside_unit", on, pack)
        if place.levels == "county" or not entry.both_levels:
            wanted = [one for one in wanted if one.term.level == Level.COUNTY]
            if not wanted:
                refuse(f"{place.words}，这次选举工作没有县级选举。", "situation", citation=place.citation)
    found = [(one, terms[one.term_id]) for one in wanted if one.term_id in terms]
    if not found:
        refuse("所选小组的选区不属于这次选举工作。", "group")
    if len(found) < len(wanted):
        refuse(f"{entry.group}还没有填写县级选区，请先在选民小组中填写。", "group")
    return found


def register(actor, voter: Voter, campaign: Campaign, entry: Entry) -> Voter:
    """Enter a voter in the roll of an election work, at both levels with one entry; `voter` is new or kept from before.

    Raises Refused with everything that stands against it: name, number, birth date and sex that do not agree, under age on
    election day (with the day of coming of age), an exclusion that holds on it, another entry of the same person, a voter
    of the same name and birth date who was not told apart, papers an outsider lacks. One event, without a name.
    """
    new = voter._state.adding
    _refuse_erased(voter)
    set_keys(voter)
    fill_from_number(voter, clock.today())
    refuse_blocking(entry_findings(voter, campaign, entry))
    with action(REGISTER, actor=actor, subject=voter, detail={"新建": new}) as act:
        hold(campaign)
        places = elections_for(campaign, entry, campaign.election_day, voter.township.pack)
        _refuse_standing(voter, [election for election, _ in places])
        if new:
            voter.save(force_insert=True)
        for other in alike(voter):
            Likeness.objects.create(township=voter.township, one=other, other=voter, same=False, told_by=entry.apart)
        made = [_registration(voter, election, district, entry) for election, district in places]
        for one in made:
            added(one, entry.registered_on, entry.paper or entry.certificate)
        act.detail |= {"登记": len(made), "事由": str(Registration.Ground(entry.ground).label)}
    return voter


def _registration(voter: Voter, election: Election, district, entry: Entry) -> Registration:
    return Registration.objects.create(
        township=voter.township,
        voter=voter,
        election=election,
        district=district,
        group=entry.group,
        ground=entry.ground,
        way=entry.way,
        registered_on=entry.registered_on,
        situation=entry.situation,
        paper=entry.shown,
        card_no=entry.card_no if election.term.level == Level.TOWNSHIP else None,
        after_freeze=is_frozen(election),
    )


def _refuse_standing(voter: Voter, elections: Iterable[Election]) -> None:
    """One voter, one district a level (选举法五)."""
    stands = Registration.objects.kept().filter(voter=voter.pk, on_roll=True, election__in=elections)
    found = stands.select_related("district").order_by("-election__term__level").first()
    if found is not None:
        citation = grounds.ground_citation("duplicate", found.election.election_day)
        refuse(f"该选民已在{found.district}登记；到其他选区参加的，请办理转移。", "id_number", citation=citation)


def entry_findings(voter: Voter, campaign: Campaign, entry: Entry) -> list[Finding]:
    """Everything that stands against entering a voter, each at its field; warnings beside. Changes nothing."""
    found = identity_findings(voter, clock.today())
    if voter.birth_date is None or not voter.gender:
        return [*found, *missing(voter)]
    day = _last_day(campaign, entry)
    found += age_findings(voter.birth_date, day)
    found += excluded_findings(voter, day)
    found += ground_findings(voter, campaign, entry)
    known = Voter.objects.kept().filter(id_index=voter.id_index).exclude(pk=voter.pk) if voter.id_index else None
    if known is not None and not found and (twin := known.first()):
        found.append(
            InTheWay(
                "registered",
                f"选民册中已有同一身份证号的选民（{_where(twin)}），请核对。",
                field="id_number",
                about=twin,
            )
        )
    if not found and not entry.apart and (twins := list(alike(voter)[:3])):
        places = "、".join(_where(one) for one in twins)
        message = f"选民册中已有姓名、出生日期相同的选民（{places}）。是同一人的不要重复登记；不是同一人的，请选择核对的依据。"
        found.append(InTheWay("alike", message, field="apart", about=twins[0]))
    return found


def _last_day(campaign: Campaign, entry: Entry) -> date:
    """When the districts of an entry vote; of two days the later one: who is of age then is of age at one level, and the list
    of the other is not frozen with them."""
    days = own_days(campaign)
    return max(days.get(one.pk, campaign.election_day) for one in districts_of(entry.group))


def missing(voter: Voter) -> list[Finding]:
    """Birth date and sex that neither were typed nor follow from the number."""
    words = (("birth_date", "出生日期", voter.birth_date), ("gender", "性别", voter.gender))
    return [
        Finding("missing", f"没有身份证号的，请填写{word}。", field=name) for name, word, value in words if not value
    ]


def _where(voter: Voter) -> str:
    rows = voter.registrations.kept().select_related("district")
    last = rows.order_by(
        "-on_roll", "-election__term__level", "-registered_on"
    ).first()  # the township's before the county's
    door = f"户号{voter.household_no}" if voter.household_no else ""
    return "，".join(
        filter(
            None,
            [voter.village, door, str(last.district) if last else "", "在册" if last and last.on_roll else "不在册"],
        )
    )


def age_findings(born: date, election_day: date) -> list[Finding]:
    """Under age on election day refuses, with the day of coming of age; 29 February is left to a human and warned of."""
    age = law.voting_age(born, election_day)
    if not age.eligible:
        message = f"选举日{chinese_date(election_day)}未满十八周岁（{chinese_date(age.turns_18_on)}满），不予登记"
        return [Finding("under_age", message, age.citation, field="birth_date")]
    return [Finding("leap_day", age.note, age.citation, blocking=False, field="birth_date")] if age.needs_human else []


def excluded_findings(voter: Voter, election_day: date) -> list[Finding]:
    """Whether the law keeps the voter off on election day, and that a death ends it all."""
    if voter._state.adding:
        return []
    one = holding(election_day).filter(voter=voter).first()
    if one is not None:
        until = f"，{chinese_date(one.until)}期满" if one.until else ""
        citation = grounds.ground_citation(one.ground, election_day)
        return [Finding(FORBIDDEN, f"该选民{one}（{one.paper}{until}），选举日不列入名单", citation)]
    if RollChange.objects.kept().filter(registration__voter=voter, kind=RollChange.Kind.DIED).exists():
        return [Finding("died", "该选民已登记死亡；有误的请先撤销那项变动。")]
    return []


def ground_findings(voter: Voter, campaign: Campaign, entry: Entry) -> list[Finding]:
    """What a ground of entering asks: coming of age since the last election day, the papers of outsiders."""
    on, ground = _last_day(campaign, entry), entry.ground
    if ground == Registration.Ground.NEWLY_18:
        age = grounds.newly_18(voter.birth_date, on, campaign.last_day)
        if not age.newly_18:
            day = f"上届选举日{chinese_date(campaign.last_day)}" if campaign.last_day else "上届选举日"
            return [Finding("not_new", f"{day}已满十八周岁，请选择其他登记事由", age.citation, field="ground")]
    if ground == Registration.Ground.OUTSIDE:
        return list(grounds.check_outsider(bool(entry.certificate.strip()), entry.permit, on, voter.township.pack))
    return []


def save_voter(actor, voter: Voter, version=None) -> Voter:
    """Change a voter's entry. Where a list was frozen, a name or sex that changes is a correction of that list, told by
    its next supplement. Raises Refused as `register` does of the person, Conflict when somebody else was quicker."""
    _refuse_erased(voter)
    set_keys(voter)
    fill_from_number(voter, clock.today())
    found = [*identity_findings(voter, clock.today()), *missing(voter)]
    same = Voter.objects.kept().filter(id_index=voter.id_index).exclude(pk=voter.pk) if voter.id_index else None
    if same is not None and not found and (twin := same.first()):
        said = "选民册中已有同一身份证号的选民，请核对。"
        found.append(InTheWay("registered", said, field="id_number", about=twin))
    stands = list(
        Registration.objects.kept().filter(voter=voter, on_roll=True).select_related("election__campaign", "township")
    )
    if not found:
        found = [one for entry in stands for one in age_findings(voter.birth_date, _day_of(entry))]
    refuse_blocking(found[:1] if found and found[0].code == "under_age" else found)
    with action(SAVE, actor=actor, subject=voter) as act:
        before = lock(voter, version)
        act.detail = {"项目": differences(before, {name: getattr(voter, name) for name in ENTERED})}
        voter.save()
        if (before.name, before.gender) != (voter.name, voter.gender):
            for entry in stands:
                _corrected(entry, before)
    return voter


def _day_of(entry: Registration) -> date:
    return day_of(entry.election, entry.district_id)


def _corrected(entry: Registration, before: Voter) -> None:
    if not is_frozen(entry.election):
        return
    RollChange.objects.create(
        township=entry.township,
        registration=entry,
        election=entry.election,
        kind=RollChange.Kind.CORRECTED,
        happened_on=clock.today(),
        was_name=before.name,
        was_gender=before.gender,
        after_freeze=True,
    )


def confirm(actor, campaign: Campaign, voters: Iterable[Voter], on: date, by: str) -> int:
    """Note that entries were looked at and signed for, as a household does at once; returns how many voters. One event."""
    rows = Registration.objects.kept().filter(election__campaign=campaign, on_roll=True, voter__in=list(voters))
    with action(CONFIRM, actor=actor, subject=campaign) as act:
        found = list(rows.select_for_update(of=("self",)))
        if not found:
            refuse("勾选的选民已不在选民册上，不用核对。", "voters")
        for row in found:
            row.confirmed_on, row.confirmed_by = on, by
            row.save(update_fields=["confirmed_on", "confirmed_by"])
        number = len({row.voter_id for row in found})
        act.detail = {"人数": number}
    return number


def decide(actor, one: Voter, other: Voter, *, same: bool, told_by: str) -> Likeness:
    """Write down whether two entries of one name and birth date are one person. Nothing is merged: where they are one, the
    entries of `other` are taken off as double, and those of `one` stay. Raises Refused for a pair that was decided."""
    pairs = Q(one=one, other=other) | Q(one=other, other=one)
    with action(TELL_APART, actor=actor, subject=one, detail={"同一人": same}):
        if one.pk == other.pk or Likeness.objects.kept().filter(pairs).exists():
            refuse("这两条已经核对过。")
        stands = Registration.objects.kept().filter(on_roll=True, election__campaign__closed_on=None)
        for entry in stands.filter(voter=other) if same else ():
            kept = stands.filter(voter=one, election=entry.election_id).first()
            basis = Basis(paper=str(Likeness.Told(told_by).label))
            change(actor, entry, RollChange.Kind.DUPLICATE, clock.today(), basis, instead=kept)
        return Likeness.objects.create(township=one.township, one=one, other=other, same=same, told_by=told_by)
