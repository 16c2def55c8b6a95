"""Who sees and who keeps the records of sessions and meetings."""

from congress.models import Role
from congress.permissions import permission

VIEW = permission("assembly.view", "查看会议", [Role.CHAIR, Role.CLERK, Role.DEPUTY, Role.COUNTY])
EDIT = permission("assembly.edit", "登记会议", [Role.CHAIR, Role.CLERK])
