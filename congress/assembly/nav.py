"""Entries of the side navigation."""

from congress.assembly.permissions import VIEW
from congress.web.nav import entry

entry("人代会会议", "building", "assembly-sessions", VIEW, 50, section="会议与选举")
entry("主席团会议", "list-check", "assembly-meetings", VIEW, 51, section="会议与选举")
