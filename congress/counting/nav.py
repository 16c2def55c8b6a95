"""Entry of the side navigation."""

from congress.counting.permissions import VIEW
from congress.web.nav import entry

entry("计票", "clipboard-data", "counting-counts", VIEW, 54, section="会议与选举")
entry("会场表决", "phone", "counting-halls", VIEW, 55, section="会议与选举")
