"""Forms of mobile boxes and of those who vote there."""

from django import forms

from congress.web.forms import RecordForm
from elections.forms.places import choose_districts
from elections.models import MobileBox, MobileVoter, PollingPlace
from elections.queries.mobile import named


class MobileBoxForm(RecordForm):
    """A mobile box: whose, where it goes and when, with which box it is mixed."""

    class Meta:
        model = MobileBox
        fields = (
            "district",
            "county_district",
            "number",
            "route",
            "leaves_at",
            "returns_at",
            "mixed_with",
            "why_many",
            "signed",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose_districts(self)
        places = PollingPlace.objects.kept().filter(campaign=self.instance.campaign)
        self.fields["mixed_with"].queryset = places.order_by("district__number", "name")


class MobileVoterForm(RecordForm):
    """Who votes at which mobile box, and why."""

    registration = forms.CharField(
        label="选民姓名",
        max_length=60,
        help_text="按选民册上的姓名；同名的写“姓名/小组号”或者“姓名/出生日期”",
        widget=forms.TextInput(attrs={"data-personal": ""}),
    )

    class Meta:
        model = MobileVoter
        fields = ("box", "registration", "reason", "said")

    def __init__(self, *args, campaign, **kwargs):
        super().__init__(*args, **kwargs)
        boxes = MobileBox.objects.kept().filter(campaign=campaign).select_related("district")
        self.fields["box"].queryset = boxes.order_by("district__number", "number")
        self.fields["said"].help_text += "；患病、偏远的选上面的原因"
        if not self.instance._state.adding:
            self.initial["registration"] = self.instance.registration.voter.name

    def clean(self):
        """The name becomes the voter of the roll; one that was not changed stays whoever it was."""
        values = super().clean()
        box, text = values.get("box"), values.pop("registration", None)
        if box is None or text is None:
            return values
        kept = None if self.instance._state.adding else self.instance.registration
        if kept is not None and text == kept.voter.name and "box" not in self.changed_data:
            found, wrong = kept, ""
        else:
            found, wrong = named(box, text)
        if wrong:
            self.add_error("registration", wrong)
        else:
            values["registration"] = found
        return values
