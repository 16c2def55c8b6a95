"""How long the role of election staff lasts."""

from congress.models import Role
from congress.permissions import tenure
from elections.queries.workers import lasts

tenure(Role.POLL, lasts)
