"""Entries of the side navigation."""

from congress.web.nav import entry, shortcut
from proposals.permissions import HANDLING, LOG, MATTERS, MINE, PERIODS, RECEPTIONS, SUBMIT, SUGGESTIONS

SECTION = "代表建议"

entry("我的承办", "clipboard-check", "proposals-handling", HANDLING, 30, section=SECTION, daily="承办")
entry("我的建议", "chat-left-text", "proposals-mine", MINE, 31, section=SECTION, daily="我的")
entry("接待选民", "people", "proposals-receptions", RECEPTIONS, 32, section=SECTION)
entry("反映事项", "list-check", "proposals-matters", MATTERS, 33, section=SECTION)
entry("代表建议", "journal-text", "proposals-suggestions", SUGGESTIONS, 34, section=SECTION)
entry("承诺事项", "clipboard-check", "proposals-promises", SUGGESTIONS, 45, section=SECTION)
entry("内部时限", "clock-history", "proposals-periods", PERIODS, 82, section="设置")

shortcut("登记接待", "plus-lg", "proposals-reception-new", LOG, 10)
shortcut("提出建议", "chat-left-text", "proposals-suggestion-new", SUBMIT, 20)
