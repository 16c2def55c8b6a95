"""Numbers given out without gaps or doubles, one series a township and year."""

from congress.guard import scope
from congress.models import NumberSequence, Township


def next_number(township: Township, series: str, year: int) -> int:
    """The next number of the series, from 1. Locks the series until the transaction ends; call inside an action."""
    if scope.current() is None:
        raise scope.ScopeMissing("numbers are given out inside a township's scope")
    sequence, _ = NumberSequence.objects.get_or_create(township=township, series=series, year=year)
    sequence = NumberSequence.objects.select_for_update(of=("self",)).get(pk=sequence.pk)
    sequence.last += 1
    sequence.save()
    return sequence.last
