"""Erasing somebody in a test, with a reason that may be kept."""

from congress.guard.action import action
from congress.people import erase
from deputies.models import Deputy
from tests.cast import SET_UP
from tests.cast import make_deputy as make_cast_deputy
from tests.people.conftest import ID_NUMBER, PHONE

WHY = "届满五年，依法销毁"


def erased(person, **kwargs):
    return erase.erase(person, **({"actor": None, "reason": WHY} | kwargs))


def ended(world, **values) -> Deputy:
    """A deputy of the cast's township whose mandate is over, changed once so that there is a before-image."""
    with world.in_township(), action(SET_UP, actor=None):
        deputy = make_cast_deputy(world.township, "欧阳测", phone=PHONE, id_number=ID_NUMBER, **values)
        deputy.employer_post = "欧阳测的单位"
        deputy.save()
    return deputy
