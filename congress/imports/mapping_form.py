"""Naming the columns of a table whose headings were not recognised."""

from collections.abc import Sequence

from django import forms

from congress.people.scrub import scrubbed
from congress.spreadsheets.columns import Column, plain
from congress.web.forms import PlainForm


class MappingForm(PlainForm):
    """One choice for every heading of the file."""

    def __init__(
        self,
        *args,
        found: Sequence[tuple[str, list[str]]],
        columns: Sequence[Column],
        known: dict[str, str],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.columns = columns
        self.labels: dict[str, str] = {}
        headings = {heading: column.key for column in reversed(columns) for heading in column.headings}
        choices = [("", "不导入"), *((c.key, f"{c.label}{'（必填）' if c.required else ''}") for c in columns)]
        for number, (label, below) in enumerate(found):
            if label in self.labels.values():
                continue
            name = f"column{number}"
            self.labels[name] = label
            example = "、".join(scrubbed(text)[:20] for text in below)
            self.fields[name] = forms.ChoiceField(
                label=f"文件中的“{label[:30]}”",
                choices=choices,
                required=False,
                initial=known.get(label, headings.get(plain(label), "")),
                help_text=f"内容如：{example}" if example else "",
            )

    def clean(self):
        values = super().clean()
        chosen = [key for key in values.values() if key]
        labels = {column.key: column.label for column in self.columns}
        for key in dict.fromkeys(key for key in chosen if chosen.count(key) > 1):
            self.add_error(None, f"“{labels[key]}”对应了两列，请只保留一列。")
        missing = [column.label for column in self.columns if column.required and column.key not in chosen]
        if missing:
            self.add_error(None, f"还缺少必填的列：{'、'.join(missing)}。")
        return values

    def chosen(self) -> dict[str, str]:
        """Heading → column key; "" leaves a column out."""
        return {self.labels[name]: self.cleaned_data[name] for name in self.labels}
