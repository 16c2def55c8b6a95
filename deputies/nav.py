"""The roster's entries of the side navigation."""

from congress.web.nav import entry, shortcut
from deputies import permissions as may

entry("代表花名册", "people", "deputies-list", may.READ, 40, section="代表工作")
entry("本人信息", "person-circle", "deputies-me", may.OWN, 41, section="代表工作")
entry("代表联络站", "geo-alt", "deputies-stations", may.STATIONS, 42, section="代表工作")
entry("履职活动", "calendar-event", "deputies-activities", may.ACTIVITIES, 43, section="代表工作")
entry("自报活动", "calendar-event", "deputies-own-activities", may.OWN, 43, section="代表工作")
entry("更正申请", "pencil", "deputies-corrections", may.EDIT, 44, section="代表工作")
entry("届次与选区", "diagram-3", "deputies-terms", may.STRUCTURE, 45, section="代表工作")
entry("代表小组", "collection", "deputies-groups", may.STRUCTURE, 46, section="代表工作")

shortcut("登记我的活动", "calendar-event", "deputies-own-activity-new", may.OWN, 30)
