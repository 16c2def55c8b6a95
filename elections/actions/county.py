"""How many voters a roll holds is told anew for the county: by the clock, and when somebody looks, where records have changed."""

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.kept_figures import last_event
from congress.models import Township
from elections.models import RollFigures
from elections.queries import on_roll
from elections.queries.county import under_way

TAKE = verb("elections.take_roll_figures", "汇总了供县级查看的选民数")


def refresh(township: Township) -> int:
    """Count anew the rolls under way that would count otherwise by now; returns how many. Safe to repeat."""
    with scope.township(township):
        fresh = {row.election_id for row in RollFigures.objects.with_behind() if not row.behind}
        behind = [one for one in under_way() if one.pk not in fresh]
        if not behind:
            return 0
        with action(TAKE, actor=None, detail={"选举": len(behind)}):
            seq, at = last_event(township), clock.now()
            for election in behind:
                values = {"voters": on_roll(election).count(), "taken_at": at, "seq": seq}
                RollFigures.objects.update_or_create(township=township, election=election, defaults=values)
    return len(behind)
