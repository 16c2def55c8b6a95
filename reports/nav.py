"""Entries of the side navigation."""

from congress.web.nav import entry
from reports.permissions import COUNTY, VIEW

entry("年度工作报告", "journal-text", "reports-list", VIEW, 59, section="文件与数据")
entry("各乡镇情况", "bar-chart", "reports-county", COUNTY, 10, place="county", daily="各乡镇")
entry("逾期未复", "hourglass-split", "reports-county-overdue", COUNTY, 20, place="county", daily="逾期")
entry("各年", "calendar3", "reports-county-years", COUNTY, 15, place="county")
