"""Who may do what with the roster."""

from congress.models import Role
from congress.permissions import permission

STAFF = (Role.CHAIR, Role.CLERK)
READ = permission("deputies.read", "查看代表花名册", [*STAFF, Role.COUNTY, Role.DEPUTY])
DETAIL = permission("deputies.detail", "查看代表详细信息", [*STAFF, Role.COUNTY])
EDIT = permission("deputies.edit", "维护代表花名册", [Role.CLERK, Role.CHAIR])
APPROVE = permission("deputies.approve", "审核代表信息", [Role.CHAIR])
ISSUE = permission("deputies.issue", "印发代表花名册", STAFF)
OWN = permission("deputies.own", "查看和更正本人信息", [Role.DEPUTY])
STATIONS = permission("deputies.stations", "查看代表联络站", [*STAFF, Role.COUNTY, Role.DEPUTY])
STRUCTURE = permission("deputies.structure", "维护届次、选区、小组和联络站", STAFF)
ACTIVITIES = permission("deputies.activities", "查看履职活动", [*STAFF, Role.COUNTY, Role.DEPUTY])
OWN_ACTIVITIES = permission("deputies.own_activities", "查看代表自报的活动", [*STAFF, Role.DEPUTY])
RECORD_ACTIVITY = permission("deputies.record_activity", "登记履职活动", STAFF)
