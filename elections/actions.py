"""What may be written about elections: the certified totals of one level's election in the township."""

from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse_where
from deputies.models import Mandate
from elections.models import Election

RECORD = verb("elections.record", "登记了选举")
CHANGE = verb("elections.change", "修改了选举")
WITHDRAW = verb("elections.withdraw", "撤回了选举")


def _check(election: Election) -> None:
    general = Election.objects.kept().filter(term=election.term, how=Mandate.How.GENERAL)
    taken = general.exclude(pk=election.pk)
    refuse_where(
        [
            (
                election.how == Mandate.How.GENERAL and taken.exists(),
                f"{election.term}的换届选举已经登记，请在原记录上修改。",
                "term",
            ),
            (election.begun_on > election.election_day, "工作开始日期不能晚于选举日。", "begun_on"),
            (election.took_part > election.registered, "参加投票人数不能多于登记选民。", "took_part"),
        ]
    )


def record_election(
    actor,
    township,
    *,
    term,
    begun_on: date,
    election_day: date,
    districts: int = 0,
    seats: int = 0,
    registered: int = 0,
    took_part: int = 0,
    meetings: int = 0,
    rules: int = 0,
    how: str = Mandate.How.GENERAL,
) -> Election:
    """Record an election that has been held, by its certified totals. Raises Refused for what cannot be."""
    election = Election(
        township=township,
        term=term,
        how=how,
        begun_on=begun_on,
        election_day=election_day,
        districts=districts,
        seats=seats,
        registered=registered,
        took_part=took_part,
        meetings=meetings,
        rules=rules,
    )
    _check(election)
    with action(RECORD, actor=actor, subject=election):
        election.save()
    return election


def change_election(actor, election: Election, *, version=None, **values) -> Election:
    """Correct the totals. Raises Refused like `record_election`, Conflict when somebody else changed them first."""
    with action(CHANGE, actor=actor, subject=election, detail={"项目": sorted(values)}):
        current = lock(election, version)
        for name, value in values.items():
            setattr(current, name, value)
        _check(current)
        current.save()
    return current


def withdraw_election(actor, election: Election, *, reason: str) -> Election:
    """Take back an election recorded by mistake; the row stays, with its reason."""
    refuse_where([(not reason.strip(), "请写明撤回的原因。", "reason")])
    with action(WITHDRAW, actor=actor, subject=election):
        current = lock(election)
        current.withdrawn_at, current.withdrawn_reason = clock.now(), reason.strip()[:200]
        current.save()
    return current
