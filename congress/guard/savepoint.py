"""A part of a transaction that is undone when it fails while the rest goes on."""

import contextlib
import traceback
from collections.abc import Iterator

from django.db import transaction


@contextlib.contextmanager
def savepoint() -> Iterator[None]:
    """As `transaction.atomic()`. What failed lets go of what it was reading before it is undone: a cursor that was read
    halfway, and that the traceback still held, is gone with the savepoint, and closing it afterwards would break off the
    whole transaction, so that the page which says why something was refused ended in an error."""
    with transaction.atomic():
        try:
            yield
        except BaseException as error:
            while error is not None:
                traceback.clear_frames(error.__traceback__)
                error = error.__context__
            raise
