"""Where sessions are kept: in the database, as Django keeps them. Every request reads one."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from congress.prepared import Prepared, given


class SessionStore(db.SessionStore):
    """Django's, read by a statement that is put together once."""

    def _get_session_from_db(self):
        found = _STANDING(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None  # what somebody else has named is never taken
        return found[0] if found else None


_STANDING = Prepared(
    lambda: SessionStore.get_model_class().objects.filter(session_key=given("key"), expire_date__gt=given("now"))
)
