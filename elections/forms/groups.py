"""The form of a voters' group."""

from congress.people.fields import masked
from congress.people.forms import NameField, PhoneField
from congress.web.forms import RecordForm
from deputies.models import District, Level
from elections.models import Election, VoterGroup


class VoterGroupForm(RecordForm):
    """A group of a district, with its leader; where both levels elect, the county's district of the same voters."""

    class Meta:
        model = VoterGroup
        fields = ("district", "county_district", "number", "name", "leader", "leader_phone")
        field_classes = {"leader": NameField, "leader_phone": PhoneField}

    def __init__(self, *args, election: Election, **kwargs):
        super().__init__(*args, **kwargs)
        rows = District.objects.kept().select_related("term").order_by("number")
        self.fields["district"].queryset = rows.filter(term=election.term_id)
        beside = Election.objects.kept().filter(campaign=election.campaign_id, term__level=Level.COUNTY)
        self.fields["county_district"].queryset = rows.filter(term__in=beside.values("term")).exclude(
            term=election.term_id
        )
        self.fields["county_district"].help_text = "两级同时选举的，填同一批选民所在的县级选区。"
        if self.instance.leader_phone:
            self.initial["leader_phone"] = ""
            held = masked(self.instance, "leader_phone")
            self.fields["leader_phone"].help_text = f"已登记 {held}，不修改请留空"

    def clean(self):
        """What was left blank keeps what is stored."""
        values = super().clean()
        if not values.get("leader_phone"):
            values["leader_phone"] = self.instance.leader_phone
        return values
