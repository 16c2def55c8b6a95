"""What is said once for a whole roll: the election, where the table comes from, and when its people were registered."""

from django import forms

from congress import clock
from congress.imports import UploadForm
from deputies.models import District
from elections.models import Election

# 个人信息保护法 6, 13: what a roll is made from is said, with its ground; a register kept for another purpose is none.
SOURCES = {
    "last": "上一届选民名册（登记长期有效，选举法二十七）",
    "visit": "入户登记、登记站登记的选民登记表（选举法二十七）",
    "police": "公安机关提供的户籍人口底册（为选民登记提供）",
    "unit": "单位、学校提供的本单位人员名册（为选民登记提供）",
    "village": "村（居）民委员会、村民小组的户口名册",
}


class LevelChoice(forms.ModelChoiceField):
    """One of the elections under way, told apart by their level."""

    def label_from_instance(self, obj):
        return f"{obj.campaign}：{obj}（{obj.term.get_level_display()}）"


class DistrictChoice(forms.ModelChoiceField):
    """A district of the elections under way: both levels have a first one."""

    def label_from_instance(self, obj):
        return f"{obj.term.get_level_display()}{obj}"


def open_elections():
    """The elections of campaigns that are not over, by level."""
    under_way = Election.objects.kept().filter(campaign__isnull=False, campaign__closed_on__isnull=True)
    return under_way.select_related("campaign", "term").order_by("-election_day", "term__level")


class LevelForm(UploadForm):
    """Which of the elections under way a table belongs to."""

    election = LevelChoice(Election.objects.none(), label="哪一次选举")
    field_order = ("file", "text", "election")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        elections = open_elections().filter(township=self.township)
        self.fields["election"].queryset = elections
        self.fields["election"].initial = elections.first()


class RollForm(LevelForm):
    """The election, the source, the day, and what is registered with the table."""

    source = forms.ChoiceField(
        label="名册的来源和依据",
        choices=[("", "---------"), *SOURCES.items()],
        help_text="疫苗接种、体检等为其他目的收集的名册不能用作选民底册；健康类的列不读取（个人信息保护法第六条、第二十八条）",
    )
    registered_on = forms.DateField(label="登记日期")
    district = DistrictChoice(
        District.objects.none(),
        label="表里没有选区一列的，全部登记到",
        required=False,
        help_text="一个选区一份表时选择",
    )
    create = forms.BooleanField(
        label="表里有而还没有登记的选民小组，随导入一并登记",
        required=False,
        initial=True,
        help_text="新建的会在确认前列出，撤销导入时一并撤回",
    )

    field_order = ("file", "text", "election", "source", "registered_on", "district", "create")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["election"].label = "登记到哪一次选举"
        self.fields["registered_on"].initial = clock.today()
        terms = [election.term_id for election in self.fields["election"].queryset]
        self.fields["district"].queryset = District.objects.kept().filter(term__in=terms).select_related("term")

    def clean(self):
        values = super().clean()
        election, day, district = (values.get(name) for name in ("election", "registered_on", "district"))
        if day and day > clock.today():
            self.add_error("registered_on", "登记日期不能晚于今天。")
        if election and district and district.term_id != election.term_id:
            self.add_error("district", "所选的选区不是这次选举的选区。")
        return values
