"""Forms of places: what a township says of itself, a township and a county as the administrator enters them."""

from django import forms

from congress.law.provinces import APART, PACKS
from congress.models import County, Township
from congress.web.forms import RecordForm
from congress.wording import chinese_date

# Kinds of township with the title of their head (组织法七十); 苏木 and what else there is are typed with theirs.
HEADS = {"镇": "镇长", "乡": "乡长", "民族乡": "乡长"}


def _kind_of(name: str) -> str:
    """The kind a township's name tells by its end; empty where it tells none."""
    if name.endswith("族乡"):
        return "民族乡"
    return next((kind for kind in ("镇", "乡") if name.endswith(kind)), "")


class TownshipWordsForm(RecordForm):
    """What a township says of itself in its documents."""

    class Meta:
        model = Township
        fields = ("head_title", "document_word", "motto", "population", "clerk_hands_over", "second_factor")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["head_title"].required = False
        self.fields["head_title"].help_text = "不填按类别：镇长、乡长"

    def clean(self):
        """The head's title is that of the kind; what has none here is asked for."""
        values = super().clean()
        kind = values.get("kind", self.instance.kind)
        head, title = values.get("head_title"), HEADS.get(kind)
        if not head:
            values["head_title"] = title or ""
            if kind and not title:
                self.add_error("head_title", "请填写。")
        elif title and head != title:
            self.add_error("head_title", f"{kind}的政府首长是{title}。")
        return values


class TownshipForm(TownshipWordsForm):
    """A township as the system administrator enters it."""

    class Meta:
        model = Township
        fields = ("county", "code", "name", "kind", "head_title", "document_word", "motto", "population")
        help_texts = {"code": "12位数字，如 990123101000"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False
        self.fields["kind"].help_text = "乡、民族乡、镇；不填按名称"
        if self.instance._state.adding:
            self.initial |= {"kind": "", "head_title": ""}

    def clean_kind(self):
        """What the name says, where nothing else was entered; a name is not contradicted: of the kind hang the words of every
        paper, the seats (选举法十二) and the languages a 民族乡 works in."""
        kind, told = self.cleaned_data["kind"], _kind_of(self.cleaned_data.get("name", ""))
        if kind and told and kind[-1] != told[-1]:
            raise forms.ValidationError(f"名称是“{self.cleaned_data['name']}”，类别不是“{kind}”。", code="kind")
        if not kind and not told and "name" in self.cleaned_data:
            raise forms.ValidationError("请填写。", code="required")
        return kind or told


class CountyForm(RecordForm):
    """A county with its words and its pack of rules."""

    province = forms.ChoiceField(
        label="适用的规则",
        choices=[(one.name, one.label) for one in PACKS.values()],
        help_text="本地有地方性法规收录的选本地，没有的选“全国”",
    )
    changed_on = forms.DateField(
        label="改用新规则的日期",
        required=False,
        help_text="换了规则的填写从哪一天起改用，此前的期限和程序仍按原来的规则；原来选错了、从头就该用新选的，不填",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._rules = (self.instance.province, self.instance.former_rules)
        if since := self._since:
            self.fields["changed_on"].help_text += f"。现在的规则从{chinese_date(since)}起适用，新的日期应当在它以后"
        if self.instance._state.adding:
            self.leave_out("changed_on")

    @property
    def _since(self) -> str:
        """From which day the rules of now apply; empty where there were never others."""
        return self._rules[1].partition(APART)[0]

    def clean(self):
        """A day is entered with a change of rules alone, and after the last one."""
        data = super().clean()
        day = data.get("changed_on")
        if day and data.get("province") == self._rules[0]:
            self.add_error("changed_on", "规则没有改变，不用填写日期。")
        elif day and day.isoformat() <= self._since:
            self.add_error("changed_on", f"应当晚于上一次改用规则的日期（{chinese_date(self._since)}）。")
        return data

    @property
    def values(self) -> dict:
        """What was entered; with a day the rules of before are kept for the days before it."""
        day, (before, former) = self.cleaned_data.get("changed_on"), self._rules
        if not day:
            return super().values
        return {**super().values, "former_rules": APART.join(filter(None, (day.isoformat(), before, former)))}

    class Meta:
        model = County
        fields = ("code", "name", "kind", "province", "congress_name", "second_factor")
        help_texts = {"code": "12位数字，如 990123000000"}
