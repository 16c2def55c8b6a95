"""Forms of reviews of credentials: opening one, an opinion, who somebody is, the report, the confirmation, the publication."""

from django import forms

from congress import clock
from congress.web.forms import KeyedForm, VersionForm, plain_helper
from deputies.forms import DeputyField
from deputies.models import Deputy
from elections.models import CredentialsReview, ReviewedWinner
from elections.models.voters import Voter


class OpenForm(KeyedForm):
    """Since when those elected are examined."""

    makes = CredentialsReview

    opened_on = forms.DateField(label="开始审查日期", initial=clock.today)


class OpinionForm(VersionForm):
    """What the committee says of one who was elected."""

    on = forms.DateField(label="审查日期", initial=clock.today)
    opinion = forms.ChoiceField(label="审查意见", choices=ReviewedWinner.Opinion.choices)
    ground = forms.ChoiceField(
        label="当选无效的情形", choices=[("", "—"), *ReviewedWinner.Ground.choices], required=False
    )
    words = forms.CharField(
        label="查明的情况",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-personal": ""}),
        help_text="当选无效的写明事实和依据的材料；本人不接受当选的写明书面声明的日期和内容",
    )


class WhoForm(VersionForm):
    """Who somebody is in the roster; of whom voters wrote in, the particulars."""

    on = forms.DateField(label="登记日期", initial=clock.today)
    deputy = DeputyField(label="花名册上的代表", queryset=Deputy.objects.none(), required=False)
    newcomer = forms.BooleanField(label="是另一人，花名册上还没有", required=False)
    gender = forms.ChoiceField(label="性别", choices=[("", "—"), *Voter.Gender.choices], required=False)
    birth_date = forms.DateField(label="出生日期", required=False)
    ethnicity = forms.CharField(label="民族", max_length=20, initial="汉族", required=False)
    party = forms.ChoiceField(label="政治面貌", choices=[("", "—"), *Deputy.Party.choices], required=False)
    education = forms.ChoiceField(label="文化程度", choices=[("", "—"), *Deputy.Education.choices], required=False)
    employer_post = forms.CharField(label="单位和职务（职业）", max_length=80, required=False)

    def __init__(self, *args, name="", written_in=True, **kwargs):
        super().__init__(*args, **kwargs)
        same = Deputy.objects.kept().filter(name=name).order_by("stroke_key", "id")
        self.fields["deputy"].queryset = same
        self.fields["deputy"].help_text = (
            "只列同名的；再次当选的请选择，以免重复登记" if same else "花名册上没有同名的代表"
        )
        if not written_in:
            for one in ("gender", "birth_date", "ethnicity", "party", "education", "employer_post"):
                del self.fields[one]
            self.helper = plain_helper(self)


class ReportForm(VersionForm):
    """When and with how many the committee decided what it reports."""

    on = forms.DateField(label="审查报告日期", initial=clock.today)
    present = forms.IntegerField(label="到会成员", min_value=1, max_value=99)
    report_paper = forms.CharField(
        label="审查报告", max_length=100, required=False, help_text="报告的名称；在“印发”里可以排出审查报告"
    )


class DecideForm(VersionForm):
    """Which body confirmed, when and by which paper."""

    on = forms.DateField(label="确认日期", initial=clock.today)
    decided_by = forms.CharField(label="确认的机关", max_length=60)
    paper = forms.CharField(
        label="确认的文件", max_length=100, help_text="主席团会议纪要、决定，或者县级人大常委会公告的名称和文号"
    )


class PublicationForm(VersionForm):
    """When and how the list of deputies was made public."""

    on = forms.DateField(label="公布代表名单日期", initial=clock.today)
    publication = forms.CharField(label="公布的文件", max_length=100, help_text="公告的名称和文号，或者在哪里张贴")
