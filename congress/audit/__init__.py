"""Checking the trail and sealing it: chains of events, anchors over their heads, a copy of the anchors outside the database."""

from congress.audit.faults import Fault
from congress.audit.paper import mail
from congress.audit.sealing import anchor
from congress.audit.verify import verify

__all__ = ["Fault", "anchor", "mail", "verify"]
