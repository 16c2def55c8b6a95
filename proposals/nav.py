"""Entries of the side navigation."""

from congress.web.nav import entry, shortcut
from proposals.permissions import HANDLING, LOG, MATTERS, MINE, PERIODS, RECEPTIONS, SUBMIT, SUGGESTIONS

SECTION = "代表建议"

entry("我的承办", "clipboard-check", "proposals-handling", HANDLING, 40, section=SECTION)
entry("我的建议", "chat-left-text", "proposals-mine", MINE, 41, section=SECTION)
entry("接待选民", "people", "proposals-receptions", RECEPTIONS, 42, section=SECTION)
entry("反映事项", "list-check", "proposals-matters", MATTERS, 43, section=SECTION)
entry("代表建议", "journal-text", "proposals-suggestions", SUGGESTIONS, 44, section=SECTION)
entry("内部时限", "clock-history", "proposals-periods", PERIODS, 82, section="设置")

shortcut("登记接待", "plus-lg", "proposals-reception-new", LOG, 10)
shortcut("提出建议", "chat-left-text", "proposals-suggestion-new", SUBMIT, 20)
