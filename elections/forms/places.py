"""The form of a place of polling day."""

from congress.web.forms import RecordForm
from deputies.models import Level
from elections.models import Election, PollingPlace
from elections.queries.places import electing


def choose_districts(form: RecordForm) -> None:
    """Let a form choose one of the districts that vote, and beside it the county's where both levels elect."""
    campaign = form.instance.campaign
    levels = set(Election.objects.kept().filter(campaign=campaign).values_list("term__level", flat=True))
    rows, both = electing(campaign), len(levels) > 1
    field, beside = form.fields["district"], form.fields["county_district"]
    field.queryset = rows.filter(term__level=Level.TOWNSHIP) if both else rows
    field.label_from_instance = beside.label_from_instance = lambda one: f"{one.term.get_level_display()}{one}"
    if both:
        beside.queryset = rows.filter(term__level=Level.COUNTY)
        beside.help_text = "两级同时选举的，填同一批选民所在的县级选区。"
    else:
        form.leave_out("county_district")


class PlaceForm(RecordForm):
    """A polling place or an election meeting."""

    class Meta:
        model = PollingPlace
        fields = (
            "district",
            "county_district",
            "kind",
            "name",
            "spot",
            "opens_at",
            "closes_at",
            "closes_on",
            "area",
            "voters",
            "counted_at",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose_districts(self)
