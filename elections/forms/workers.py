"""Forms by which election staff get accounts."""

from crispy_forms.layout import Field
from django import forms

from congress.models import Job, User
from congress.web.forms import KeyedForm, PlainForm, plain_helper
from elections.models import PollStaff

ANOTHER = "another"


class StaffField(forms.ModelMultipleChoiceField):
    """Several of those who work on polling day."""

    def label_from_instance(self, obj):
        """Who, with which task where."""
        return f"{obj}{obj.mobile or obj.place or ''}"


class StaffAccountsForm(KeyedForm):
    """Staff for whom accounts are opened: those ticked, or everybody."""

    makes = Job

    everyone = forms.BooleanField(
        required=False, widget=forms.CheckboxInput(attrs={"data-tick-all": "staff"}), label="全选"
    )
    staff = StaffField(
        label="选举工作人员", queryset=PollStaff.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = staff
        self.helper["staff"].wrap(Field, wrapper_class="many-choices")

    def clean(self):
        """Everybody where that is ticked; somebody has to be."""
        values = super().clean()
        if values.get("everyone"):
            values["staff"] = self.fields["staff"].queryset
        if values.get("everyone") and not values["staff"].exists():
            self.add_error("everyone", "能开通账号的都已有账号。")
        elif not values.get("staff") and "staff" not in self.errors:
            self.add_error("staff", "请勾选要开通账号的工作人员，或者勾选“全选”。")
        return values


class StaffAccountForm(PlainForm):
    """Whose account it is where there are namesakes, and that somebody has made sure of it."""

    account = forms.ChoiceField(label="用哪个账号", widget=forms.RadioSelect, choices=())
    looked = forms.BooleanField(label="已经核对：不是这位代表候选人本人")

    def __init__(self, *args, called: list[User], candidate: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.called = {str(one.pk): one for one in called}
        if called:
            there = [(key, f"是同一人，用原有的账号 {one.username}") for key, one in self.called.items()]
            self.fields["account"].choices = [*there, (ANOTHER, "同名的另一个人，另开账号")]
        else:
            del self.fields["account"]
        if not candidate:
            del self.fields["looked"]
        self.helper = plain_helper(self)

    @property
    def account_chosen(self) -> User | None:
        """The account that was chosen; None for another one."""
        return self.called.get(self.cleaned_data.get("account", ""))
