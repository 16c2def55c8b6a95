"""What is undone lets go of what it was reading: the transaction goes on."""

import gc

import pytest
from django.db import IntegrityError

from congress.guard.action import Refused, action
from congress.guard.refusal import refuse
from congress.guard.savepoint import savepoint
from congress.models import Township
from tests.cast import SET_UP


def _read_halfway_and_refused() -> None:
    rows = Township.objects.order_by("code").iterator(chunk_size=1)
    next(rows)
    refuse("不能办理。")


def _refused_for_what_was_read_halfway() -> None:
    try:
        _read_halfway_and_refused()
    except Refused:
        raise IntegrityError from None


@pytest.mark.parametrize(
    ("act", "kind"), [(_read_halfway_and_refused, Refused), (_refused_for_what_was_read_halfway, IntegrityError)]
)
def test_a_cursor_that_was_read_halfway_breaks_off_nothing_afterwards(world, act, kind):
    with pytest.raises(kind) as raised, savepoint():
        act()
    del raised  # until here the traceback held the frames, as a page does while it says why
    gc.collect()
    assert Township.objects.count() == 2


def _renamed(motto: str) -> None:
    with action(SET_UP, actor=None):
        Township.objects.update(motto=motto)


def _renamed_and_refused() -> None:
    _renamed("甲")
    refuse("不能办理。")


def test_what_failed_is_undone_and_what_went_well_stays(world):
    with pytest.raises(Refused), savepoint():
        _renamed_and_refused()
    with savepoint():
        _renamed("乙")
    assert set(Township.objects.values_list("motto", flat=True)) == {"乙"}
