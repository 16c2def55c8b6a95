"""What may be written about elections: the certified totals of one level's election, and the numbers of its districts."""

from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from deputies.models import Mandate
from elections.models import DistrictTurnout, Election


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


ELECTIONS = Keeping(Election, "elections", check=_check, route="elections")


def _check_turnout(row: DistrictTurnout) -> None:
    others = DistrictTurnout.objects.kept().filter(election=row.election, number=row.number).exclude(pk=row.pk)
    refuse_where(
        [
            (row.election.withdrawn_at is not None, "这次选举已经撤回。", ""),
            (row.number < 1, "选区号应为正整数。", "number"),
            (others.exists(), f"{row}的投票情况已经登记，请在原记录上修改。", "number"),
            (row.registered < 1, "登记选民应为正整数。", "registered"),
            (row.took_part > row.registered, "参加投票人数不能多于登记选民。", "took_part"),
        ]
    )


TURNOUTS = Keeping(DistrictTurnout, "elections.turnout", check=_check_turnout, route="elections-turnout")
