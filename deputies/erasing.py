"""When a deputy may not be erased: as long as a mandate runs, the law asks for the roster."""

from congress import clock
from congress.guard.refusal import refuse
from congress.people.erase import Erasing, elsewhere
from deputies.models import Deputy
from deputies.queries import elected_only, in_office


@elsewhere
def mandates(erasing: Erasing) -> None:
    """Refuses for a deputy who is in office, or elected and not in office yet."""
    if isinstance(erasing.person, Deputy):
        found, today = Deputy.objects.filter(pk=erasing.person.pk), clock.today()
        if in_office(found, today).exists() or elected_only(found, today).exists():
            refuse("该代表的资格尚未终止，名册依法必须保存，不能销毁。")
