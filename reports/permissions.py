"""Who reads, prepares, signs and issues the reports, and who looks at the county's townships side by side."""

from congress.models import Role
from congress.permissions import permission

VIEW = permission("reports.view", "查看工作报告", [Role.CHAIR, Role.CLERK, Role.COUNTY])
EDIT = permission("reports.edit", "起草工作报告", [Role.CHAIR, Role.CLERK])
SIGN = permission("reports.sign", "签发工作报告", [Role.CHAIR])
ISSUE = permission("reports.issue", "印发工作报告", [Role.CHAIR, Role.CLERK])
COUNTY = permission("reports.county", "查看各乡镇情况", [Role.COUNTY])
ASK = permission("reports.ask", "向乡镇询问", [Role.COUNTY])
QUESTIONS = permission("reports.questions", "查看上级询问", [Role.CHAIR, Role.CLERK, Role.COUNTY])
ANSWER = permission("reports.answer", "答复上级询问", [Role.CHAIR, Role.CLERK])
RULES = permission("reports.rules", "设置预警规则和乡镇示意图", [Role.COUNTY])
