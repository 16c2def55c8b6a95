"""Who sees and who keeps the records of elections."""

from congress.models import Role
from congress.permissions import permission

VIEW = permission("elections.view", "查看选举", [Role.CHAIR, Role.CLERK, Role.COUNTY])
EDIT = permission("elections.edit", "登记选举", [Role.CHAIR, Role.CLERK])
ISSUE = permission("elections.issue", "印发选举公告和文书", [Role.CHAIR, Role.CLERK])
BREACHES = permission("elections.breaches", "查看和办理破坏选举的反映", [Role.CHAIR, Role.CLERK])
VOTERS = permission("elections.voters", "查看选民册", [Role.CHAIR, Role.CLERK])
VOTERS_EDIT = permission("elections.voters_edit", "办理选民登记", [Role.CHAIR, Role.CLERK])
POLLING = permission("elections.polling", "查看投票日安排", [Role.CHAIR, Role.CLERK, Role.COUNTY, Role.POLL])
RECORD = permission("elections.record", "登记投票场所检查和票箱交接", [Role.CHAIR, Role.CLERK, Role.POLL])
# Of the election staff those alone who issue ballots at a place or go with a box (`queries.issue.own_registers`).
ISSUE_BALLOTS = permission("elections.issue_ballots", "登记领票", [Role.CHAIR, Role.CLERK, Role.POLL])
TURNOUT = permission("elections.turnout", "查看领票进度", [Role.CHAIR, Role.CLERK])
# Of the election staff those alone whose task it is (`queries.workers.counts`).
COUNT = permission("elections.count", "录入计票", [Role.CHAIR, Role.CLERK, Role.POLL])
OWN_WORK = permission("elections.own_work", "查看本人的选举工作", [Role.POLL])
COUNTY = permission("elections.county", "查看各乡镇选举工作", [Role.COUNTY])
