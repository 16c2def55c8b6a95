"""When a deputy may not be erased: as long as a mandate runs, the law asks for the roster."""

from congress import clock
from congress.guard.refusal import refuse
from congress.people.erase import Erasing, elsewhere, forbids
from deputies.models import Deputy, Suspension
from deputies.queries import elected_only, in_office


@forbids
def mandates(person) -> None:
    """Refuses for a deputy who is in office, or elected and not in office yet."""
    if isinstance(person, Deputy):
        found, today = Deputy.objects.filter(pk=person.pk), clock.today()
        if in_office(found, today).exists() or elected_only(found, today).exists():
            refuse("该代表的资格尚未终止，名册依法必须保存，不能销毁。")


@elsewhere
def suspensions(erasing: Erasing) -> None:
    """Takes out by which paper a mandate of the person rested; the days stay, as those of the mandate do."""
    if isinstance(erasing.person, Deputy):
        erasing.empty_all(Suspension.objects.filter(mandate__deputy=erasing.person.pk))
