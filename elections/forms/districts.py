"""Forms of the districts of a campaign."""

from congress.web.forms import RecordForm
from deputies.models import District
from elections.models import DistrictDay, DistrictOrigin, Vacancy


class VacancyForm(RecordForm):
    """A district with seats to fill."""

    class Meta:
        model = Vacancy
        fields = ("district", "seats", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = District.objects.kept().filter(term=self.instance.election.term_id)
        self.fields["district"].queryset = rows.order_by("number")


class DistrictDayForm(RecordForm):
    """A district that votes on another day."""

    class Meta:
        model = DistrictDay
        fields = ("district", "day", "reason", "consented_on", "paper")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = District.objects.kept().filter(term=self.instance.election.term_id)
        self.fields["district"].queryset = rows.order_by("number")


class OriginForm(RecordForm):
    """Where a district comes from."""

    class Meta:
        model = DistrictOrigin
        fields = ("district", "former", "redrawn", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        term = self.instance.election.term
        rows = District.objects.kept().select_related("term").filter(term__level=term.level)
        self.fields["district"].queryset = rows.filter(term=term).order_by("number")
        self.fields["former"].queryset = rows.exclude(term=term).order_by("-term__number", "number")
        self.fields["former"].label_from_instance = lambda one: f"{one.term}{one}"
        self.fields["former"].empty_label = "没有（新设）"
