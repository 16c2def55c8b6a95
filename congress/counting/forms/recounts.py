"""Forms of a recount by lot."""

from django import forms

from congress import clock
from congress.counting.tally.draw import SEED_DIGITS
from congress.web.forms import VersionForm


class SeedField(forms.CharField):
    """The digits that were rolled and read aloud; spaces between them do not count."""

    def __init__(self, **kwargs):
        given = {"label": "种子数字", "max_length": 60, "widget": forms.TextInput(attrs={"inputmode": "numeric"})}
        super().__init__(**given | kwargs)

    def clean(self, value):
        """Digits alone. Raises ValidationError for anything else, and for too few."""
        digits = "".join((super().clean(value) or "").split())
        if not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError("种子数字只写当众掷出的数字。")
        if len(digits) < SEED_DIGITS:
            raise forms.ValidationError(f"现在是{len(digits)}位，至少{SEED_DIGITS}位：少了可能有人事先算好。")
        return digits


class DrawForm(VersionForm):
    """The seed as it was read aloud, and how many units are drawn."""

    on = forms.DateField(label="抽取日期", initial=clock.today)
    size = forms.IntegerField(label="抽取的单元数", min_value=1, max_value=1000, initial=1)
    seed = SeedField(help_text=f"当众掷骰子，唱一个录一个，至少{SEED_DIGITS}位；不要用谁想好的数字")


class SeedForm(VersionForm):
    """The same seed, entered by a second person."""

    seed = SeedField(help_text="照当众唱出的再录一遍；第一人录的不显示")
