"""Who stands on the roll and not in the table, and who of the table stands on another township's: shown, never removed or
left out by silence."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count

from congress.spreadsheets.preview import PreviewRow, Status
from elections.actions import duplicates
from elections.models import Registration

if TYPE_CHECKING:
    from elections.imports.roll import Roll

AT_ONCE, SHOWN = 1000, 30
WHOLE = 2  # a table that names less than one in so many of a district's voters is no list of that district


def rows(roll: "Roll") -> Iterator[list[PreviewRow]]:
    """The voters of the districts the table lists whom it does not name, district by district. A district of which it names
    but a few — moved there, or one group of many — is told as such."""
    roll.missed, roll.few = Counter(), []
    named = {roll.places.by_label[label].pk: number for label, number in roll.covered.items()}
    labels = {row.pk: label for label, row in roll.places.by_label.items()}
    standing = Registration.objects.kept().filter(election=roll.election, on_roll=True, district__in=named)
    for district, number in standing.order_by().values_list("district").annotate(number=Count("pk")):
        if named[district] * WHOLE < number:
            roll.few.append((labels[district], named.pop(district), number))
    standing = standing.filter(district__in=named)
    fields = ("voter_id", "district_id", "voter__name", "voter__birth_date")
    found: list[PreviewRow] = []
    for voter, district, name, born in standing.order_by("district", "group", "id").values_list(*fields).iterator():
        if str(voter) in roll.seen:
            continue
        roll.missed[labels[district]] += 1
        values = {"district": labels[district], "name": name, "birth_date": born.isoformat()}
        found.append(PreviewRow(0, Status.ABSENT, values, existing=str(voter)))
        if len(found) == AT_ONCE:
            yield found
            found = []
    if found:
        yield found


def warnings(roll: "Roll") -> list[str]:
    """How many they are, in words, in the order of the districts' numbers."""
    place = {label: row.number for label, row in roll.places.by_label.items()}
    few = "、".join(
        f"{label}表里{said}人、选民册上{number}人"
        for label, said, number in sorted(roll.few, key=lambda one: place[one[0]])
    )
    told = [f"表里只有个别人的选区，没有核对缺了谁：{few}"] if few else []
    if not roll.missed:
        return told
    each = "、".join(f"{label}{count}人" for label, count in sorted(roll.missed.items(), key=lambda one: place[one[0]]))
    return [
        f"选民册上有、表里没有的{roll.missed.total()}人（{each}），不会因此除名；确已死亡、迁出等的，请逐人除名并附依据",
        *told,
    ]


def elsewhere(roll: "Roll") -> list[str]:
    """Who of the table is registered in another township of the county as well, by the one audited function: row and place.
    The row goes in all the same; a person in two places keeps the list from being frozen until one is settled."""
    if not roll.numbered:
        return []
    found = duplicates.elsewhere(roll.actor, roll.election.campaign, indexes=roll.numbered)
    said = [f"第{roll.numbered[bytes(one.voter)]}行在{one.township}{one.district}" for one in found]
    more = f"等{len(said)}人" if len(said) > SHOWN else ""
    return (
        [f"{'、'.join(said[:SHOWN])}{more}也有登记，请核对并办理转移（一人只能在一个选区登记，选举法二十七）"]
        if said
        else []
    )
