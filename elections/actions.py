"""What may be written about elections: the certified totals of one level's election in the township."""

from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from deputies.models import Mandate
from elections.models import Election


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
