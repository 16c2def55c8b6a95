"""Forms of the reports."""

from django import forms

from congress import clock, figures
from congress.models import Document, Township
from congress.web.attachments import WordField
from congress.web.forms import KeyedForm, PlainForm, ReasonForm, VersionForm, number_field
from congress.web.keyed import Keyed, KeyField
from reports import placeholders
from reports.kinds import ReportKind
from reports.models import AnnualReport, Section, SectionComment
from reports.queries import annual, telling

LEVELS = ((0, "正文段落（没有标题）"), (1, "一、一级标题"), (2, "（一）二级标题"), (3, "1.三级标题"))
SINCE = "不填为本年1月1日（简报为本月1日）；报告一届五年或者上次会议以来工作的，填起始的那一天"


class StartForm(KeyedForm):
    """Which period, and up to which day its figures count. What a kind of report has none of is not asked."""

    makes = AnnualReport

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    month = forms.TypedChoiceField(label="月份", choices=[(n, f"{n}月") for n in range(1, 13)], coerce=int)
    topic = forms.CharField(
        label="专题",
        max_length=40,
        required=False,
        help_text="标题写作“关于某年……情况的报告”，这里填中间的字，如“代表联络站工作”；不填用所选结构的专题",
    )
    cut_off = forms.DateField(
        label="数据截止日",
        required=False,
        help_text="不填按报告期最后一天计（还没到的按今天）；只计截止日及以前的记录，定稿前可以改。",
    )
    since = forms.DateField(label="报告期起始日", required=False, help_text=SINCE)
    structure = forms.ChoiceField(
        label="结构",
        required=False,
        widget=forms.RadioSelect,
        help_text="章节和句子按所选的结构拟出，拟出后都可以改。不选的，同上一份同类报告。",
    )

    def __init__(self, *args, township: Township, kind: ReportKind, **kwargs):
        super().__init__(*args, **kwargs)
        self.of = kind
        self.fields["structure"].choices = telling.structures_of(township, kind)
        self.fields["structure"].initial = telling.last_structure(township, kind)
        self.fields["year"].initial, self.fields["month"].initial = kind.proposed(clock.today())
        self.leave_out(*(name for name, asked in (("month", kind.monthly), ("topic", kind.topical)) if not asked))

    def clean(self):
        values = super().clean()
        whole = "year" in values and ("month" in values or not self.of.monthly)
        if whole and "cut_off" not in self.errors and not values.get("cut_off"):
            first, last = self.of.days(values["year"], values.get("month", 0))
            if first > clock.today():  # at what was typed, not at the day that was left open
                self.add_error("month" if self.of.monthly else "year", "这一时期还没有开始，没有记录可以写。")
            values["cut_off"] = min(clock.today(), last)
        return values


class PeriodForm(VersionForm):
    """Other days to tell of."""

    since = forms.DateField(label="报告期起始日", required=False, help_text=SINCE)
    cut_off = forms.DateField(label="数据截止日", help_text="改后全部数据按新的期间重新计算，并列出变化。")


class HeadingForm(VersionForm):
    """What stands above the text."""

    title = forms.CharField(
        label="标题",
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一行按印出的样子分行",
        error_messages={"required": "请填写标题。"},
    )
    subtitle = forms.CharField(
        label="副题",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="日期、会议、报告人各一行，如“——2026年1月8日在某某镇第十七届人民代表大会第六次会议上”；没有的不填",
    )
    salutation = forms.CharField(
        label="称呼或者主送机关",
        max_length=40,
        required=False,
        help_text="在会议上报告的，如“各位代表：”；上报、印发的写主送机关，如“云溪县人民代表大会常务委员会：”；没有的不填",
    )
    way = forms.ChoiceField(
        label="印发方式",
        choices=AnnualReport.Way.choices,
        required=False,
        help_text="有版头的，版头用主席团全称加“文件”，发文字号在版头里，文后有署名、用印位置和版记",
    )
    signers = forms.CharField(
        label="签发人", max_length=60, required=False, help_text="上报的写，多人用顿号分开；其他的不印"
    )
    copies = forms.CharField(
        label="抄送机关", max_length=200, required=False, help_text="印在版记里，如“云溪县人民代表大会常务委员会办公室”"
    )
    printed_by = forms.CharField(label="印发机关", max_length=60, required=False, help_text="印在版记里；不填为主席团")

    def __init__(self, *args, report: AnnualReport | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if report is not None:
            self.fields["way"].choices = [(way.value, way.label) for way in report.of.ways]


def _keys(form) -> str:
    """The text as it is kept: its figures by their keys, however they were named where it was typed."""
    return placeholders.in_keys(form.cleaned_data["text"], figures.names())


class SectionForm(PlainForm):
    """The text of one section, with the version that was shown."""

    heading = forms.CharField(label="标题", max_length=120, required=False)
    text = forms.CharField(label="正文", required=False, strip=False, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput)
    clean_text = _keys


class SectionField(forms.ModelChoiceField):
    """One of a report's sections."""

    def label_from_instance(self, section) -> str:
        """Its heading, or the first words of what has none."""
        return section.heading or f"{section}“{section.text[:12]}…”"


class OfReport(VersionForm):
    """A form about one of the sections of a report."""

    def __init__(self, *args, report: AnnualReport | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, SectionField) and report:
                field.queryset = report.sections.kept()
            if isinstance(field, CommentField) and report:
                field.queryset = SectionComment.objects.filter(section__report=report).select_related("section")


class NewSectionForm(Keyed, OfReport):
    """A section to add."""

    makes = Section

    key = KeyField()
    level = forms.TypedChoiceField(label="类型", choices=LEVELS, coerce=int, initial=0)
    heading = forms.CharField(
        label="标题", max_length=120, required=False, help_text="不用写序号，序号按次序自动编排。"
    )
    text = forms.CharField(label="正文", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    after = SectionField(Section.objects.none(), label="加在哪一段之后", required=False, empty_label="加在最前面")
    clean_text = _keys


class SectionStepForm(OfReport):
    """The section that is moved or taken out."""

    section = SectionField(Section.objects.none(), label="段落")


class CommentForm(Keyed, OfReport):
    """What is said about a section."""

    makes = SectionComment

    key = KeyField()
    section = SectionField(Section.objects.none(), label="段落")
    text = forms.CharField(
        label="意见",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明意见。"},
    )


class CommentField(forms.ModelChoiceField):
    """One of the things said about a report."""

    def label_from_instance(self, comment) -> str:
        """The section and the words."""
        return f"{comment.section}：{comment.text[:40]}"


class SettleCommentForm(OfReport):
    """What came of something that was said."""

    comment = CommentField(SectionComment.objects.none(), label="意见")
    answer = forms.CharField(
        label="怎样处理", max_length=200, required=False, help_text="如“已按意见修改”“未采纳，理由是……”"
    )


class SettleForm(PlainForm):
    """The merged text of two."""

    text = forms.CharField(label="合并后的正文", required=False, widget=forms.Textarea(attrs={"rows": 12}))
    version = forms.IntegerField(widget=forms.HiddenInput)
    clean_text = _keys
    how = forms.CharField(widget=forms.HiddenInput, initial="merged")


class EditionForm(Keyed, VersionForm):
    """What an edition for everybody does not say."""

    makes = Document

    key = KeyField()
    figures = forms.MultipleChoiceField(
        label="隐去的数据",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选的数字在公开稿里写作“X”，人名一类的写作“某某”；人数很少的已先勾上",
    )
    words = forms.CharField(
        label="隐去的文字",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一处：原文＝改成的字，如“张三＝某某”；正文写到的本地人员已列出。标题、版头、版记里的同样改",
    )

    def __init__(self, *args, uses=(), **kwargs):
        super().__init__(*args, **kwargs)
        known = figures.names()
        self.fields["figures"].choices = [
            (use.key, f"{known.get(use.key, use.key)}：{annual.spoken(use)}") for use in uses
        ]


class ReturnedForm(PlainForm):
    """A Word file that was edited outside."""

    file = WordField(label="改过的编辑稿")


class RecomputeForm(VersionForm):
    """Nothing to enter."""


class CorrectForm(Keyed, ReasonForm):
    """Why an issued report is corrected."""

    makes = AnnualReport

    key = KeyField()


class IssueForm(Keyed, VersionForm):
    """The day of issue."""

    makes = Document

    key = KeyField()
    issued_on = forms.DateField(label="印发日期", initial=clock.today)
    number = number_field()
