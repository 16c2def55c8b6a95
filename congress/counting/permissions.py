"""Who counts: who types, who decides where two readings differ, who opens and closes, who signs. Of the election staff only
those who are named for a count."""

from congress.models import Role
from congress.permissions import permission

VIEW = permission("counting.view", "查看计票", [Role.CHAIR, Role.CLERK, Role.LIAISON, Role.COUNTY, Role.POLL])
ENTER = permission("counting.enter", "录入计票单", [Role.CHAIR, Role.CLERK, Role.LIAISON, Role.POLL])
DECIDE = permission("counting.decide", "确定不一致的计票单", [Role.CHAIR, Role.CLERK])
ORGANISE = permission("counting.organise", "开启、结束和安排计票", [Role.CHAIR, Role.CLERK])
SIGN = permission("counting.sign", "签认计票结果", [Role.CHAIR, Role.CLERK, Role.LIAISON, Role.POLL])
