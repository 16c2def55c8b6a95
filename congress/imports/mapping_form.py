"""Naming the columns of a table whose headings were not recognised."""

from collections.abc import Sequence

from django import forms

from congress.people.scrub import scrubbed
from congress.spreadsheets.columns import Column, plain
from congress.web.forms import PlainForm, plain_helper


class MappingForm(PlainForm):
    """One choice for every heading of the file."""

    def __init__(
        self,
        *args,
        found: Sequence[tuple[str, list[str]]],
        columns: Sequence[Column],
        known: dict[str, str],
        sheets: Sequence[str] = (),
        chosen_sheets: Sequence[str] = (),
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
        if len(sheets) > 1:
            self.fields["sheets"] = forms.MultipleChoiceField(
                label="读取的工作表",
                choices=[(name, name) for name in sheets],
                initial=list(chosen_sheets or sheets),
                widget=forms.CheckboxSelectMultiple,
                help_text="没有选中的工作表不读取",
            )
        self.helper = plain_helper(self)

    def clean(self):
        values = super().clean()
        chosen = [values[name] for name in self.labels if values.get(name)]
        columns = {column.key: column for column in self.columns}
        given = {name: values.get(name) for name in self.labels}  # a field that is told leaves the values
        for name, key in given.items():
            mine = [plain(label) for other, label in self.labels.items() if key and given[other] == key]
            if key and columns[key].either:
                continue
            if key and not columns[key].parts and all(map(columns[key].is_part, mine)):
                continue  # 男 | 女, 年 | 月
            if key and len(mine) > (most := max(1, len(columns[key].parts))):
                self.add_error(name, f"“{columns[key].label}”对应了{len(mine)}列，请只保留{most}列。")
        missing = [column.label for column in self.columns if column.required and column.key not in chosen]
        if missing:
            self.add_error(None, f"还缺少必填的列：{'、'.join(missing)}。")
        return values

    def chosen(self) -> dict[str, str]:
        """Heading → column key; "" leaves a column out."""
        return {self.labels[name]: self.cleaned_data[name] for name in self.labels}

    def chosen_sheets(self) -> list[str] | None:
        """The sheets to read; None when there is only one."""
        return self.cleaned_data.get("sheets")
