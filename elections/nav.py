"""Entries of the side navigation."""

from congress.web.nav import entry
from elections.permissions import COUNTY, EDIT, OWN_WORK, VIEW, VOTERS

entry("历次选举", "check-circle", "elections-list", VIEW, 52, section="会议与选举")
entry("选举工作", "calendar-event", "elections-campaigns", VIEW, 51, section="会议与选举")
entry("我的选举工作", "clipboard-check", "elections-own-work", OWN_WORK, 50, section="会议与选举", daily="选举")
entry("网上登记申请", "phone", "elections-requests", EDIT, 53, section="会议与选举")
entry("罢免代表", "person", "elections-recalls", VIEW, 54, section="会议与选举")
entry("选民登记", "people", "elections-voters", VOTERS, 53, section="会议与选举")
entry("各乡镇选举工作", "calendar-event", "elections-county", COUNTY, 30, place="county")
