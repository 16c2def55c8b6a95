"""Forms over records with encrypted fields: what is stored is not shown again."""

from django import forms

from congress.people.fields import encrypted_fields, masked
from congress.web.forms import plain_helper


class KeepsSealed:
    """Mixed in before the base of a record's form: what is stored encrypted is shown masked beside its field; left blank it
    stays, and `clear` empties it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._sealed = [one.name for one in encrypted_fields(type(self.instance)) if one.name in self.fields]
        stored = [name for name in self._sealed if getattr(self.instance, name)]
        for name in stored:
            self.initial[name] = ""
            self.fields[name].help_text = f"已登记 {masked(self.instance, name)}，不修改请留空"
        if stored:
            self.fields["clear"] = forms.MultipleChoiceField(
                label="清除已登记的",
                choices=[(name, self.fields[name].label) for name in stored],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="仅在原来登记有误时使用",
            )
            self.helper = plain_helper(self)  # the one made before does not name the field

    def clean(self):
        """What was left blank keeps what is stored, unless it is to be cleared."""
        values = super().clean()
        cleared = values.get("clear", [])
        for name in self._sealed:
            if name in values and not values[name] and name not in cleared:
                values[name] = getattr(self.instance, name)
        return values
