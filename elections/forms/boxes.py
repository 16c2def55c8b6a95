"""Forms of boxes, rooms and forms handed out."""

from django import forms

from congress.people.forms import NameField
from congress.web.forms import RecordForm, plain_helper
from elections.forms.work import choose_district
from elections.models import BallotBox, HandedForm, MobileBox, PollingPlace, RoomCheck


class BallotBoxForm(RecordForm):
    """A box with its seals, and its way from the place to where it is counted."""

    class Meta:
        model = BallotBox
        fields = (
            "number",
            "place",
            "mobile",
            "seals",
            "shown_at",
            "shown_by",
            "carriers",
            "handed_at",
            "received_by",
            "seals_found",
            "trouble",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "place" not in self.fields:
            return
        of = {"campaign": self.instance.campaign}
        self.fields["place"].queryset = PollingPlace.objects.kept().filter(**of).order_by("district__number", "name")
        boxes = MobileBox.objects.kept().filter(**of).select_related("district")
        self.fields["mobile"].queryset = boxes.order_by("district__number", "number")
        for name in ("place", "mobile"):
            self.fields[name].empty_label = "不是"


class HandoverForm(BallotBoxForm):
    """What those who bring a box enter of it: who saw it empty, who carries and receives it, its seal on arrival."""

    class Meta(BallotBoxForm.Meta):
        fields = ("shown_at", "shown_by", "carriers", "handed_at", "received_by", "seals_found", "trouble")


class RoomForm(RecordForm):
    """What stands ready at a place: a new check for several places at once, where it is the same."""

    places = forms.ModelMultipleChoiceField(
        PollingPlace.objects.none(),
        label="投票站（选举大会）",
        widget=forms.CheckboxSelectMultiple,
        help_text="情况相同的可以勾选几处，每处各登记一条；已经检查过的到原记录上修改",
    )

    class Meta:
        model = RoomCheck
        fields = ("place", "checked_on", "checked_by", *RoomCheck.ITEMS, "note")
        field_classes = {"checked_by": NameField}

    def __init__(self, *args, campaign, places=None, **kwargs):
        """`places` are those of who checks them, where it is not every place."""
        super().__init__(*args, **kwargs)
        new = self.instance._state.adding
        rows = PollingPlace.objects.kept() if places is None else places
        rows = rows.filter(campaign=campaign).order_by("district__number", "name")
        del self.fields["place" if new else "places"]
        if new:
            self.fields["places"].queryset = rows.exclude(pk__in=RoomCheck.objects.kept().values("place"))
            self.order_fields(("places",))
        else:
            self.fields["place"].queryset = rows
        self.helper = plain_helper(self)

    def clean(self):
        """The first place is that of the row itself, the others get rows beside it."""
        values = super().clean()
        self.others = []
        if "places" in self.fields and values.get("places"):
            self.instance.place, *self.others = values["places"]
        return values


class HandedFormForm(RecordForm):
    """A form handed out, and what came back."""

    class Meta:
        model = HandedForm
        fields = (
            "what",
            "district",
            "copies",
            "handed_to",
            "handed_on",
            "due_on",
            "received",
            "received_on",
            "note",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose_district(self, "全部选区")
