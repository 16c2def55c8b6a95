"""How others have something counted. A count is prepared with all it needs, its units come from the ledger, two people open
it; what the room does is taken by the steps of `congress.counting.life`; the result is asked once two people closed it:

    count = open_count(actor, town, title="…", kind="election", measure="direct", held_on=day, seats=2,
                       names=[(nominee.pk, "丁一"), …], registered=1131, rules=rules, write_ins=True, subject=district)
    units_from(actor, count, [Given("一号票箱", issued=402, took_part=400, source_id=box.pk), …])
    name_tellers(actor, count, [accounts of the staff who count])
    …
    found = result(count)          # Refused while it is not closed
    found.elected, found.outcome.tally.citation, found.fingerprint
"""

from congress.counting.actions.counts import Given, name_tellers, open_count, units_from
from congress.counting.actions.results import Result, result, results

__all__ = ["Given", "Result", "name_tellers", "open_count", "result", "results", "units_from"]
