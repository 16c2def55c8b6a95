"""Entries of the side navigation."""

from congress.web.nav import entry
from reports.permissions import COUNTY, QUESTIONS, RULES, VIEW

entry("工作报告", "journal-text", "reports-list", VIEW, 59, section="文件与数据")
entry("各乡镇情况", "bar-chart", "reports-county", COUNTY, 10, place="county", section="各乡镇数据", daily="各乡镇")
entry("逾期未复", "hourglass-split", "reports-county-overdue", COUNTY, 20, place="county", section="督促", daily="逾期")
entry("各年", "calendar3", "reports-county-years", COUNTY, 15, place="county", section="各乡镇数据")
entry("询问和答复", "question-circle", "reports-county-questions", COUNTY, 40, place="county", section="督促")
entry("上级询问", "question-circle", "reports-questions", QUESTIONS, 58, section="文件与数据")
entry("示意图", "geo-alt", "reports-county-tiles", COUNTY, 16, place="county", section="各乡镇数据")
entry("预警规则", "bell", "reports-county-rules", RULES, 50, place="county", section="督促")
entry("重要提法", "flag", "reports-county-guidings", RULES, 55, place="county", section="督促")
entry("大屏", "eye", "reports-county-screen", COUNTY, 60, place="county", section="各乡镇数据")
entry("承办单位在办", "building", "reports-county-units", COUNTY, 25, place="county", section="督促")
