"""What a tablet takes along of a register, which are out, and what of theirs could not be merged."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from congress import clock
from congress.guard import scope
from congress.permissions import Standing
from elections.models import IssueConflict, IssueRegister, ProxyVote, Registration, Tablet
from elections.queries.issue import Desk, Paper, Person, own_registers, registers

UNTIL = time(12)  # of the day after the last on which ballots are issued: the list is of no use any longer
READS = ("register__place", "register__mobile__district", "register__campaign", "township__county", "taken_by")


def tablets(reader: Standing) -> QuerySet:
    """Those taken along from the registers at which somebody works."""
    return with_register(Tablet.objects.kept().filter(register__in=own_registers(reader, registers())))


def with_register(rows: QuerySet) -> QuerySet:
    """Tablets with the place they were taken along from."""
    return rows.select_related(*READS)


def out(register: IssueRegister) -> QuerySet:
    """Those of a register that were neither handed back nor declared lost."""
    return Tablet.objects.kept().filter(register=register, back_on=None, lost_on=None)


def conflicts(reader: Standing) -> QuerySet:
    """What could not be merged at the registers at which somebody works."""
    rows = IssueConflict.objects.kept().filter(tablet__register__in=own_registers(reader, registers()))
    return with_tablet(rows)


def with_tablet(rows: QuerySet) -> QuerySet:
    """Conflicts with the tablet they come from and the vote whose ballot it is."""
    return rows.select_related(*(f"tablet__{one}" for one in READS), "round__election__term", "township__county")


def undecided() -> QuerySet:
    """The conflicts about which nobody has decided."""
    return IssueConflict.objects.kept().filter(decided_on=None)


def called(rows: Iterable[IssueConflict]) -> dict[UUID, str]:
    """By the line of the roll, the number and name of the voters whom conflicts concern."""
    keys = {row.registration_key for row in rows}
    lines = Registration.objects.filter(pk__in=keys).select_related("voter")
    return {one.pk: f"{one.card_no}号{one.voter.name}" if one.card_no else str(one.voter.name) for one in lines}


def until_of(register: IssueRegister) -> datetime:
    """When a list that was taken along goes from the device by itself."""
    return datetime.combine(register.last_day + timedelta(days=1), UNTIL, clock.SHANGHAI)


def content(desk: Desk) -> dict:
    """What a tablet takes along: of everybody who may get a ballot here number, name and keys, who fetches for whom, and who has
    got one already; nothing else of anybody."""
    people, marked = _people(desk), "演练：" if scope.in_rehearsal() else ""
    return {
        "place": f"{marked}{desk.register.whose}",
        "days": [desk.register.held_on.isoformat(), desk.register.last_day.isoformat()],
        "votes": [{"id": str(one.pk), "level": one.election.term.get_level_display()} for one in desk.rounds],
        "people": [_told(one) for one in people],
    }


def _people(desk: Desk) -> list[Person]:
    """Who may get a ballot here: on the roll of a district that votes here; at a mobile box those of its list, and whoever
    entrusted one of them."""
    rows = Registration.objects.kept().filter(desk.here(), on_roll=True)
    everybody = desk.people(dict.fromkeys(rows.order_by("voter__stroke_key", "pk").values_list("voter", flat=True)))
    if (box := desk.register.mobile) is None:
        return everybody
    listed = [one for one in everybody if one.box == box]
    entrusting = {principal.voter.pk for one in listed for principal in one.principals}
    return [one for one in everybody if one.box == box or one.voter.pk in entrusting]


def _told(person: Person) -> dict:
    """A voter as the tablet knows them: `v` by vote the key of the line of the roll, and `i`, `p`, `a` of which votes a ballot was
    issued, may be issued in person, may be issued to the agent; `f` whose ballots the voter fetches; `x` who fetches theirs."""
    papers = [one for one in person.papers if one.registration is not None and (one.issued or not one.against)]
    told = {
        "id": str(person.voter.pk),
        "n": person.number,
        "a": str(person.voter.name),
        "v": {str(one.round.pk): str(one.registration.pk) for one in papers if one.registration is not None},
        "i": _votes(person.issued),
        "p": _votes(person.open),
        "t": _votes(person.to_agent),
        "f": [str(one.voter.pk) for one in person.principals],
        "x": next((_agent(one) for one in person.proxies if person.to_agent), ""),
        "b": str(person.box) if person.box else "",
    }
    return {name: value for name, value in told.items() if value not in ([], "", None)}


def _agent(proxy: ProxyVote) -> str:
    """The agent's name, and nothing of where they live."""
    return str(proxy.agent.voter.name if proxy.agent is not None else proxy.agent_name)


def _votes(papers: Iterable[Paper]) -> list[str]:
    return [str(one.round.pk) for one in papers]
