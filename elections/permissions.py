"""Who sees and who keeps the records of elections."""

from congress.models import Role
from congress.permissions import permission

VIEW = permission("elections.view", "查看选举", [Role.CHAIR, Role.CLERK, Role.COUNTY])
EDIT = permission("elections.edit", "登记选举", [Role.CHAIR, Role.CLERK])
