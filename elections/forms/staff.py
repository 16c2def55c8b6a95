"""The form of somebody who works on polling day."""

from congress.people.forms import NameField, PhoneField
from congress.web.forms import RecordForm
from congress.web.forms_sealed import KeepsSealed
from elections.models import MobileBox, PollingPlace, PollStaff
from elections.queries.staff import standing


class StaffForm(KeepsSealed, RecordForm):
    """Who, with which task where, chosen how, and how near to a candidate."""

    class Meta:
        model = PollStaff
        fields = (
            "place",
            "mobile",
            "name",
            "role",
            "employer_post",
            "phone",
            "chosen",
            "chosen_on",
            "chosen_how",
            "relation",
            "nominee",
        )
        field_classes = {"name": NameField, "phone": PhoneField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        campaign = self.instance.campaign
        place, nominee = self.fields["place"], self.fields["nominee"]
        place.queryset = PollingPlace.objects.kept().filter(campaign=campaign).order_by("district__number", "name")
        place.empty_label = "全乡镇（不在某一处）"
        boxes = MobileBox.objects.kept().filter(campaign=campaign).select_related("district")
        self.fields["mobile"].queryset = boxes.order_by("district__number", "number")
        nominee.queryset = standing(campaign)
        nominee.label_from_instance = lambda one: f"{one}（{one.district.term.get_level_display()}{one.district}）"
        nominee.help_text = "候选人还没有登记的可以不选。"
