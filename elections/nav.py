"""Entry of the side navigation."""

from congress.web.nav import entry
from elections.permissions import VIEW

entry("换届选举", "check-circle", "elections-list", VIEW, 52, section="会议与选举")
