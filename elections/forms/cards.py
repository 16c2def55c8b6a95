"""Forms of voters' cards."""

from django import forms

from congress import clock
from congress.web.forms import VersionForm
from elections.models import VoterCard


class ReissueForm(VersionForm):
    """Why, when and to whom another card is given."""

    reason = forms.ChoiceField(label="补发原因", choices=[("", "请选择"), *VoterCard.Reason.choices])
    on = forms.DateField(label="补发日期", initial=clock.today)
    taken_by = forms.ChoiceField(label="领取人", choices=VoterCard.Taker.choices)
