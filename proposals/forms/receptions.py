"""Forms of receptions and matters. The first one is made for a thumb: eight fields, the rest folded away."""

from crispy_forms.layout import Layout
from django import forms

from congress.people.forms import PhoneField
from congress.web.alike import AsksWhenAlike
from congress.web.attachments import UploadsField
from congress.web.forms import KeyedForm, plain_helper
from congress.web.only_with import Only, answered, not_answered
from deputies.forms import DeputiesField
from deputies.models import Station
from proposals.actions import NewMatter, NewVisitor
from proposals.actions.matters import ASKED, LONGEST
from proposals.forms.base import (
    Aside,
    PlainForm,
    StepForm,
    TickList,
    asks,
    categories,
    day_field,
    deputies,
    units,
    words_field,
)
from proposals.models import Matter, Reception
from proposals.queries import same_matters

HANDED = "unit:"
VISITOR = ("visitor_name", "visitor_phone", "visitor_village")
TEXT_HELP = "当场答复写答复内容；报上级写报送给谁；不予受理写告知的渠道（信访、诉讼、复议、仲裁等）"


def channel_choices() -> list:
    """The ways a matter may go, each unit a way of its own, so that one tap says both."""
    return [
        ("", "以后再定"),
        (Matter.Channel.ON_THE_SPOT, "当场答复"),
        ("转办给", [(f"{HANDED}{unit.pk}", unit.name) for unit in units()]),
        (Matter.Channel.SUGGESTION, "转为代表建议（下一步填写）"),
        (Matter.Channel.UPWARD, "报上级"),
        (Matter.Channel.DECLINED, "不予受理并告知正当渠道"),
    ]


def opinion_field() -> forms.ChoiceField:
    """What the voter thinks of an answer or a result; most say nothing."""
    marks = Matter._meta.get_field("opinion").choices
    return forms.ChoiceField(label="选民评价", required=False, choices=[("", "没有评价"), *marks])


class MatterForm(AsksWhenAlike, KeyedForm):
    """What one voter raised in a reception; also the second half of the reception form."""

    makes = Matter
    only = {
        "text": Only(
            "channel",
            not_answered(Matter.Channel.SUGGESTION),
            "转为代表建议的，这一栏不填：要写的请剪切下来，下一步写进建议里。",
        )
    }

    words = words_field("反映内容", help_text="按选民原话记录，不要写身份证号和电话", max_length=2000)
    category = forms.ModelChoiceField(label="类别", queryset=None, empty_label="请选择")
    channel = forms.ChoiceField(label="处理方式", required=False)
    text = words_field("答复或去向", rows=2, required=False, max_length=2000, help_text=TEXT_HELP)
    files = UploadsField(label="照片、附件", required=False)
    confidential = forms.BooleanField(label="选民要求保密", required=False)
    opinion = opinion_field()
    visitor_name = forms.CharField(label="选民姓名", max_length=40, required=False)
    visitor_phone = PhoneField(label="选民电话", required=False)
    visitor_village = forms.CharField(label="村（组）", max_length=40, required=False)

    def __init__(self, *args, reception=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.reception_of = reception
        self.fields["category"].queryset = categories()
        self.fields["channel"].choices = channel_choices()
        asked = {"data-asked-with": "channel", "data-not-with": str(Matter.Channel.SUGGESTION)}
        self.fields["text"].widget.attrs |= asked
        self.fields["opinion"].help_text = "当场答复的才填；其他事项在向选民反馈时填"
        self.helper = plain_helper(self)
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        """The order on the page."""
        folded = Aside("更多：选民联系方式、评价、保密", "opinion", "confidential", personal=VISITOR)
        return Layout("key", "words", "category", "channel", "text", "files", folded)

    def alike(self, values):
        """Raised already in this reception, or in another of the same day and deputies."""
        held = self.reception_of
        receivers = [row.deputy_id for row in held.receivers.kept()]
        return same_matters(values["words"], held.held_on, receivers), held.held_on

    @property
    def to_suggestion(self) -> bool:
        """Whether the next page is the suggestion's."""
        return self.cleaned_data["channel"] == Matter.Channel.SUGGESTION

    def matter(self) -> NewMatter:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        unit = None
        channel = data["channel"]
        if channel.startswith(HANDED):
            unit, channel = units().get(pk=channel.removeprefix(HANDED)), Matter.Channel.UNIT
        visitor = NewVisitor(data["visitor_name"], data["visitor_phone"], data["visitor_village"])
        return NewMatter(
            words=data["words"],
            category=data["category"],
            # The suggestion's own page decides that way; until it is sent the matter waits for one.
            channel="" if channel == Matter.Channel.SUGGESTION else channel,
            text=data["text"],
            unit=unit,
            confidential=data["confidential"],
            visitor=visitor,
            opinion=data["opinion"],
        )


class ReceptionForm(MatterForm):
    """A reception with its first matter, within a minute on a phone."""

    makes = Reception
    wants = ("station",)
    only = MatterForm.only | {
        "spot": Only(
            "origin",
            not_answered(Reception.Origin.STATION),
            "在联络站接待的不填地点；不在联络站的，请改“来源”；要记的也可以写在备注里。",
        ),
        "station": Only(
            "origin", answered(Reception.Origin.STATION), "来源不是联络站接待的，请选“（不在联络站）”，或者改“来源”。"
        ),
    }

    held_on = day_field("接待日期")
    station = forms.ModelChoiceField(label="联络站", queryset=None, required=False, empty_label="（不在联络站）")
    origin = forms.ChoiceField(label="来源", choices=Reception.Origin, initial=Reception.Origin.STATION, required=False)
    spot = forms.CharField(label="地点", max_length=60, required=False, help_text="不在联络站的，写村、集市等")
    deputies = DeputiesField(label="接待代表", queryset=None, widget=TickList)
    people = forms.IntegerField(
        label="人次", min_value=1, max_value=2000, initial=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    batches = forms.IntegerField(label="批次", min_value=1, max_value=500, required=False, help_text="不填按1批计")
    companions = forms.ModelMultipleChoiceField(label="陪同接待的部门", queryset=None, widget=TickList, required=False)
    office = forms.CharField(
        label="接待代表的职务",
        max_length=40,
        required=False,
        help_text="领导干部以普通代表身份接待时注明；只选一位接待代表时填写",
    )
    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args, own=None, stations=None, **kwargs):
        super().__init__(*args, **kwargs)
        there = Station.objects.kept() if stations is None else stations
        self.fields["station"].queryset = there.filter(closed_on__isnull=True)
        self.fields["deputies"].queryset = deputies(first=own)
        self.fields["companions"].queryset = units()
        if own is not None:
            self.fields["deputies"].initial = [own.pk]
            self.fields["station"].initial = own.station_id
        elif self.fields["station"].queryset.count() == 1:
            self.fields["station"].initial = self.fields["station"].queryset.get()

    def layout(self) -> Layout:
        folded = Aside(
            "更多：走访、电话、流动接待，批次、陪同部门、职务、评价、保密、选民联系方式",
            "origin",
            "spot",
            "batches",
            "companions",
            "office",
            "opinion",
            "confidential",
            "note",
            personal=VISITOR,
        )
        first = ("key", "held_on", "station", "deputies", "people")
        return Layout(*first, "words", "category", "channel", "text", "files", folded)

    def alike(self, values):
        """Raised already on the day, before one of the deputies."""
        return same_matters(values["words"], values["held_on"], values["deputies"]), values["held_on"]

    def clean_origin(self):
        """At a station unless said otherwise."""
        return self.cleaned_data["origin"] or Reception.Origin.STATION

    def clean(self):
        values = super().clean()
        at_station = values.get("origin") == Reception.Origin.STATION
        if at_station and not values.get("station") and "station" not in self.errors:
            self.add_error("station", "请选择联络站；走访、电话、流动接待的，在“更多”里改“来源”。")
        if values.get("office") and len(values.get("deputies") or ()) != 1:
            self.add_error("office", "选了多位接待代表，职务无法对应到人；请分别登记，或者写在备注里。")
        return values

    def reception(self) -> dict:
        """What was typed of the reception itself, as the action takes it."""
        data = self.cleaned_data
        receivers = list(data["deputies"])
        return {
            "key": data["key"],
            "held_on": data["held_on"],
            "station": data["station"] if data["origin"] == Reception.Origin.STATION else None,
            "origin": data["origin"],
            "spot": data["spot"],
            "deputies": receivers,
            "people": data["people"],
            "batches": data["batches"] or 1,
            "companions": list(data["companions"]),
            "offices": {receivers[0].pk: data["office"]} if data["office"] else {},
            "note": data["note"],
        }


class ReceptionCorrectForm(PlainForm):
    """Day and counts of a reception, corrected."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    held_on = day_field("接待日期")
    people = forms.IntegerField(label="人次", min_value=1, max_value=2000)
    batches = forms.IntegerField(label="批次", min_value=1, max_value=500)
    note = forms.CharField(label="备注", max_length=200, required=False)


class MatterCorrectForm(PlainForm):
    """The words of a matter, corrected."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    words = words_field(
        "反映内容",
        help_text="按选民原话记录，不要写身份证号和电话",
        max_length=2000,
        error_messages=asks("请按选民原话写下反映的内容。"),
    )
    category = forms.ModelChoiceField(label="类别", queryset=None)
    confidential = forms.BooleanField(label="选民要求保密", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories()


class OnTheSpotForm(StepForm):
    """Answered on the spot."""

    day_label = "答复日期"

    answer = words_field("当场答复的内容", max_length=2000, error_messages=asks(ASKED[Matter.Channel.ON_THE_SPOT]))
    opinion = opinion_field()


class HandForm(StepForm):
    """Handed to a unit."""

    day_label = "转办日期"

    unit = forms.ModelChoiceField(
        label="承办单位", queryset=None, empty_label="请选择", error_messages=asks("请选择承办单位。")
    )
    note = words_field("交办说明", rows=2, required=False, max_length=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units()


class HandOverForm(PlainForm):
    """Handed over as it was proposed: nothing to enter."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)


class SlipForm(StepForm):
    """The printed slip was given to the unit."""

    day_label = "送达日期"


class UpwardForm(StepForm):
    """Passed to a higher body."""

    day_label = "报送日期"

    passed_to = forms.CharField(
        label="报送给谁",
        max_length=LONGEST[Matter.Channel.UPWARD],
        help_text="如上一级人大常委会、县级部门；写明单位即可",
        error_messages=asks(ASKED[Matter.Channel.UPWARD]),
    )
    ask_on = day_field(
        "何日询问结果", past=False, required=False, initial=None, help_text="不填按报送后30日；到期前会提醒"
    )


class ProperChannelForm(StepForm):
    """Not for the congress; the voter is told where to go."""

    day_label = "告知日期"

    proper_channel = forms.CharField(
        label="告知的正当渠道",
        max_length=LONGEST[Matter.Channel.DECLINED],
        error_messages=asks(ASKED[Matter.Channel.DECLINED]),
        help_text="如信访、诉讼、行政复议、仲裁；人大一般不办理具体案件",
    )


class ResolveForm(StepForm):
    """How it was dealt with."""

    day_label = "办结日期"

    answer = words_field("办理结果", max_length=2000, error_messages=asks("请写明办理结果。"))


class GiveBackForm(StepForm):
    """A unit gives a matter back."""

    day_label = "退回日期"

    reason = forms.CharField(label="退回的理由", max_length=200, error_messages=asks("请写明退回的理由。"))


class TellForm(StepForm):
    """The voter was told."""

    day_label = "反馈日期"

    how = forms.ChoiceField(
        label="反馈方式",
        choices=[(way, way) for way in ("当面", "电话", "走访", "书面", "公示栏")],
        initial="当面",
        error_messages=asks("请写明反馈方式，如当面、电话。"),
    )
    opinion = opinion_field()
