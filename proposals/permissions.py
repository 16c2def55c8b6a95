"""Rights of the app. What depends on the object (one's own assignment, one's own suggestion) is asked by the rows of `life`."""

from congress.models import Role
from congress.permissions import permission

STAFF = [Role.CHAIR, Role.CLERK]
EVERYBODY = [Role.CHAIR, Role.CLERK, Role.DEPUTY, Role.UNIT, Role.COUNTY]

RECEPTIONS = permission("proposals.receptions", "查看接待选民", [*STAFF, Role.LIAISON, Role.DEPUTY, Role.COUNTY])
LOG = permission("proposals.log", "登记接待选民", [*STAFF, Role.LIAISON, Role.DEPUTY])
MATTERS = permission("proposals.matters", "查看反映事项", [*EVERYBODY, Role.LIAISON])
CHANNEL = permission("proposals.channel", "分流反映事项", [*STAFF, Role.DEPUTY])
RESOLVE = permission("proposals.resolve", "记录事项办理结果", [*STAFF, Role.DEPUTY, Role.UNIT])
TELL = permission("proposals.tell", "向选民反馈", [*STAFF, Role.DEPUTY])
UNDO = permission("proposals.undo", "撤回误录的接待和事项", [Role.CLERK])
SUGGESTIONS = permission("proposals.suggestions", "查看代表建议", EVERYBODY)
SUBMIT = permission("proposals.submit", "提出代表建议", [Role.CLERK, Role.DEPUTY])
REGISTER = permission("proposals.register", "登记代表建议", [Role.CLERK])
DECLINE = permission("proposals.decline", "对代表建议不予受理", STAFF)
ASSIGN = permission("proposals.assign", "交办代表建议", [Role.CHAIR])
JOIN = permission("proposals.join", "并案办理、解除并案", STAFF)
HANDLE = permission("proposals.handle", "办理代表建议", [Role.UNIT, Role.CLERK])
DELIVER = permission("proposals.deliver", "打印交办单、登记送达", STAFF)
URGE = permission("proposals.urge", "催办、督办", STAFF)
EXTEND = permission("proposals.extend", "决定是否同意延期", [Role.CHAIR])
RATE = permission("proposals.rate", "评价建议办理", [Role.DEPUTY])
RATE_ON_PAPER = permission("proposals.rate_on_paper", "录入纸质征询意见表", [Role.CLERK])
WITHDRAW = permission("proposals.withdraw", "撤回代表建议", [Role.DEPUTY, Role.CLERK])
CLOSE = permission("proposals.close", "办结代表建议", STAFF)
CONFIRM = permission("proposals.confirm", "确认联名", [Role.DEPUTY, Role.CLERK])
MINE = permission("proposals.mine", "查看我的建议", [Role.DEPUTY])
HANDLING = permission("proposals.handling", "查看我的承办", [Role.UNIT])
PERIODS = permission("proposals.periods", "查看内部时限", [*STAFF, Role.COUNTY])
SET_PERIODS = permission("proposals.set_periods", "设定内部时限", STAFF)
VISITOR = permission("proposals.visitor", "查看反映人信息", [Role.CLERK, Role.DEPUTY])
