"""The form of the item numbers of the official statistics, and of the numbers no record says."""

from collections.abc import Iterable

from django import forms

from congress.web.forms import VersionForm, plain_helper
from elections.queries.statistics import TYPED, Indicator


class NotesForm(VersionForm):
    """One row an indicator: its official number; for what is typed, the value and where it comes from."""

    def __init__(self, *args, indicators: Iterable[Indicator], notes: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in indicators]
        for one in indicators:
            name = one.key.replace(".", "-")
            if one.key in TYPED:
                note = notes.get(one.key)
                self.fields[f"value-{name}"] = forms.IntegerField(
                    label=f"{one.label}（{one.unit}）",
                    min_value=0,
                    max_value=99_999_999,
                    required=False,
                    initial=note["value"] if note else None,
                )
                self.fields[f"source-{name}"] = forms.CharField(
                    label=f"{one.label}的来源",
                    max_length=100,
                    required=False,
                    initial=note["source"] if note else "",
                    help_text="如派出所提供、年度统计报表",
                )
            self.fields[f"number-{name}"] = forms.CharField(
                label=f"“{one.label}”的官方项号", max_length=20, required=False, initial=one.official_no
            )
        self.helper = plain_helper(self)

    def clean(self):
        """A typed number says where it comes from."""
        values = super().clean() or self.cleaned_data
        for name in [key.replace(".", "-") for key in self.keys if key in TYPED]:
            if values.get(f"value-{name}") is not None and not values.get(f"source-{name}"):
                self.add_error(f"source-{name}", "请写明数字的来源。")
        return values

    def entries(self) -> dict[str, dict]:
        """What was written, by indicator."""
        found = {}
        for key in self.keys:
            name = key.replace(".", "-")
            found[key] = {"official_no": self.cleaned_data[f"number-{name}"].strip()}
            if key in TYPED:
                found[key] |= {
                    "value": self.cleaned_data[f"value-{name}"],
                    "source": self.cleaned_data[f"source-{name}"].strip(),
                }
        return found
