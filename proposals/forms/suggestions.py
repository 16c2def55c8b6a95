"""Forms of suggestions: one small form a step."""

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q

from congress.assembly.models import Session
from congress.law.suggestion_steps import UNACCEPTABLE
from congress.models import Unit
from congress.web.alike import AsksWhenAlike
from congress.web.attachments import UploadField
from congress.web.forms import KeyedForm, plain_helper
from congress.web.only_with import Only, answered
from deputies.forms import DeputiesField, DeputyField
from deputies.models import Deputy
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
from proposals.models import Assignment, OfficePeriod, Reply, Suggestion, Talk
from proposals.models.suggestions import Opinion

TITLE_HELP = "一事一议，如“关于维修云溪村三组灌溉渠的建议”"


class SuggestionTextForm(PlainForm):
    """The words of a suggestion."""

    title = forms.CharField(label="标题", max_length=100, help_text=TITLE_HELP, error_messages=asks("请写标题。"))
    situation = words_field("事由（情况和问题）", rows=5, error_messages=asks("请写明情况和问题。"))
    proposal = words_field(
        "具体建议", rows=4, help_text="写明希望谁做什么；不要写身份证号和电话", error_messages=asks("请写明具体建议。")
    )
    category = forms.ModelChoiceField(label="类别", queryset=None, empty_label="请选择")
    scale = forms.ChoiceField(label="办理层级", choices=Suggestion.Scale, initial=Suggestion.Scale.TOWNSHIP)
    confidential = forms.BooleanField(
        label="要求对承办单位隐去姓名", required=False, help_text="可能因提出建议受到不利影响时勾选"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories()


class SuggestionForm(AsksWhenAlike, KeyedForm, SuggestionTextForm):
    """A new suggestion, by a deputy or by the clerk for one."""

    makes = Suggestion

    lead = DeputyField(label="领衔代表", queryset=None, empty_label="请选择")
    submitted_on = day_field("提出日期")
    cosigners = DeputiesField(
        label="联名代表", queryset=None, widget=TickList, required=False, help_text="联名代表会收到消息，由本人确认"
    )
    session = forms.ModelChoiceField(
        label="提出的会议",
        queryset=None,
        required=False,
        empty_label="闭会期间",
        help_text="在人代会会议期间提出的请选择",
    )
    from_motion = forms.BooleanField(label="由未列入议程的议案转来", required=False)

    def __init__(self, *args, own=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = deputies() if own is None else deputies().filter(pk=own.pk)
        self.fields["cosigners"].queryset = deputies() if own is None else deputies().exclude(pk=own.pk)
        self.fields["session"].queryset = Session.objects.kept().select_related("term")
        head = ["key", "lead", "title", "situation", "proposal", "category"]
        if own is not None:
            self.fields["lead"].widget = forms.HiddenInput()
            self.fields["lead"].initial = own.pk
            del self.fields["from_motion"]
        more = [
            name for name in ("cosigners", "session", "scale", "confidential", "from_motion") if name in self.fields
        ]
        self.helper = plain_helper(self)
        self.helper.layout = Layout(*head, Aside("更多：联名、会议、层级、保密、日期", *more, "submitted_on"))

    def alike(self, values):
        """Of the same lead deputy and day, under the same title or with the same words."""
        words = Q(title=values["title"]) | Q(situation=values["situation"], proposal=values["proposal"])
        found = Suggestion.objects.kept().filter(words, lead=values["lead"], submitted_on=values["submitted_on"])
        return found.order_by("created_at"), values["submitted_on"]

    def values(self) -> dict:
        """What was typed, as the action takes it."""
        data = dict(self.cleaned_data)
        data["on"] = data.pop("submitted_on")
        return data


class CorrectForm(SuggestionTextForm):
    """The words, changed before it is assigned."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)


class RegisterForm(StepForm):
    """Taken in and numbered."""

    day_label = "登记日期"


class DeclineForm(StepForm):
    """Not to be handled as a suggestion."""

    day_label = "不予受理日期"

    grounds = forms.MultipleChoiceField(
        label="理由", choices=list(UNACCEPTABLE.items()), widget=TickList, error_messages=asks("请选择不予受理的理由。")
    )
    note = forms.CharField(label="说明", max_length=100, required=False, help_text="会告知代表，如“建议转信访部门”")


class JoinForm(StepForm):
    """Handled together with another suggestion."""

    day_label = "并案日期"
    field_order = ("version", "main", "on")

    main = forms.ModelChoiceField(
        label="并入哪一件",
        queryset=None,
        empty_label="请选择",
        help_text="交办、签收、退办、延期、面商随这一件办理；编号不变，分别答复、分别评价",
        error_messages=asks("请选择并入哪一件。"),
    )

    def __init__(self, *args, mains, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["main"].queryset = mains


class PartForm(StepForm):
    """Handled by itself again."""

    day_label = "解除日期"


class UnitStepForm(StepForm):
    """A step for one unit's part: which unit is asked where the step waits for several (`waiting`, their keys)."""

    field_order = ("version", "unit")

    unit = forms.ModelChoiceField(
        label="承办单位", queryset=None, empty_label="请选择", error_messages=asks("请选择是哪个单位。")
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        entry, self.waiting = self.fields["unit"], waiting
        entry.queryset = Unit.objects.filter(pk__in=waiting)
        if len(waiting) == 1:
            entry.widget, entry.required = forms.HiddenInput(), False

    def clean_unit(self):
        """The one it waits for, where there is no choice."""
        return self.cleaned_data["unit"] or self.fields["unit"].queryset.get()


class GiveForm(StepForm):
    """To which units it goes, and in which way."""

    needs = ("lead",)
    day_label = "交办日期"

    way = forms.ChoiceField(
        label="办理方式",
        choices=[
            (Assignment.Part.LEAD, "主办和协办：一个单位答复，其他单位协助"),
            (Assignment.Part.SEPARATE, "分办：几个单位分别办理、分别答复"),
        ],
        initial=Assignment.Part.LEAD,
        required=False,
        widget=forms.RadioSelect,
    )
    lead = forms.ModelChoiceField(label="主办单位", queryset=None, required=False, empty_label="请选择")
    assisting = forms.ModelMultipleChoiceField(label="协办单位", queryset=None, widget=TickList, required=False)
    separate = forms.ModelMultipleChoiceField(
        label="分办单位",
        queryset=None,
        widget=TickList,
        required=False,
        help_text="办理方式选“分办”时，在这里勾选两个以上单位；主办、协办不填",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("lead", "assisting", "separate"):
            self.fields[name].queryset = units()
        rest = [name for name in ("difficult", "on") if name in self.fields]
        self.helper = plain_helper(self)
        self.helper.layout = Layout(
            "version", "way", "lead", "assisting", Aside("分办：几个单位分别答复", "separate"), *rest
        )

    def clean_way(self):
        """The ordinary way where nothing is said."""
        return self.cleaned_data["way"] or Assignment.Part.LEAD


class AssignForm(GiveForm):
    """The first assignment."""

    difficult = forms.BooleanField(
        label="涉及面广、处理难度大", required=False, help_text="适用较长的答复期限，由主席团确认"
    )


class ReassignForm(UnitStepForm):
    """Another unit instead of the one that gave it back."""

    day_label = "交办日期"
    field_order = ("version", "unit", "lead", "assisting", "on")

    lead = forms.ModelChoiceField(
        label="改由哪个单位承办", queryset=None, empty_label="请选择", error_messages=asks("请选择承办单位。")
    )
    assisting = forms.ModelMultipleChoiceField(label="增加协办单位", queryset=None, widget=TickList, required=False)

    def __init__(self, *args, led, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].label = "退办单位"
        self.fields["lead"].queryset = units()
        self.fields["assisting"].queryset = units() if led else Unit.objects.none()
        if not led:
            self.fields["assisting"].widget = forms.MultipleHiddenInput()


class DeliverForm(UnitStepForm):
    """The printed slip was given to the unit."""

    day_label = "送达日期"


class SignForm(UnitStepForm):
    """Received by the unit; the office enters what the returned slip says (`on_paper`)."""

    day_label = "签收日期"

    signed_by = forms.CharField(
        label="签收人", max_length=40, required=False, help_text="交办单回执上签名的人；单位没有账号的必填"
    )

    def __init__(self, *args, on_paper, **kwargs):
        super().__init__(*args, **kwargs)
        if not on_paper:
            self.fields["signed_by"].widget = forms.HiddenInput()


class ReturnForm(UnitStepForm):
    """Not the unit's business."""

    day_label = "退办日期"

    reason = forms.CharField(label="退办的理由", max_length=200, error_messages=asks("请写明退办的理由。"))


class TalkForm(UnitStepForm):
    """The unit spoke with the deputy."""

    day_label = "面商日期"

    way = forms.ChoiceField(label="方式", choices=Talk.Way)
    summary = words_field("沟通情况", help_text="代表的意见和单位的说明", error_messages=asks("请写明沟通情况。"))


class AdviseForm(UnitStepForm):
    """The assisting unit's opinion."""

    day_label = "提出日期"

    advice = words_field("协办意见", error_messages=asks("请写明协办意见。"))


class AskExtensionForm(UnitStepForm):
    """The unit needs longer."""

    day_label = "申请日期"

    new_due = day_field("申请延至", past=False, initial=None)
    reason = forms.CharField(label="理由", max_length=200, error_messages=asks("请写明申请延期的理由。"))


class AnswerExtensionForm(UnitStepForm):
    """The chair agrees or does not."""

    day_label = "决定日期"
    only = {"new_due": Only("decision", answered("agree"), "不同意延期的，期限不变，不改这个日期。")}

    decision = forms.ChoiceField(
        label="决定", choices=[("agree", "同意"), ("decline", "不同意，期限不变")], widget=forms.RadioSelect
    )
    new_due = day_field("延至", past=False, required=False, initial=None, help_text="不改动即按申请的日期")


class ReplyForm(UnitStepForm):
    """The written reply."""

    day_label = "答复日期"

    grade = forms.ChoiceField(label="办理结果分类", choices=Reply.Grade, widget=forms.RadioSelect)
    text = words_field(
        "答复内容", rows=8, help_text="逐条回应；不要写身份证号和手机号", error_messages=asks("请写明答复内容。")
    )
    promised_on = day_field(
        "承诺完成日期",
        past=False,
        required=False,
        initial=None,
        help_text="B类必填，C类有计划的填写；到期前会提醒，完成后反馈落实，未能完成的说明原因",
    )
    letter_no = forms.CharField(label="答复文号", max_length=40, required=False)
    signed_by = forms.CharField(label="签发人", max_length=40, required=False, help_text="在答复函上签发的负责人")
    contact = forms.CharField(label="承办人", max_length=40, required=False)
    scan = UploadField(label="答复函", required=False, help_text="盖章的答复函照片或者扫描件，存入附件")


class RateForm(StepForm):
    """The lead deputy's rating, attitude and result apart."""

    day_label = "评价日期"

    attitude = forms.ChoiceField(label="办理态度", choices=Opinion, widget=forms.RadioSelect)
    result = forms.ChoiceField(label="办理结果", choices=Opinion, widget=forms.RadioSelect)
    reason = words_field(
        "不满意的理由", rows=3, required=False, max_length=1000, help_text="任一项不满意时必填，将据此重新办理"
    )
    open_to_public = forms.BooleanField(label="同意公开", required=False, initial=True)


class PaperRatingForm(RateForm):
    """The rating as it stands on the paper form the deputy sent back."""

    signed_by = forms.CharField(
        label="签名", max_length=40, help_text="表上签名的人", error_messages=asks("请填写表上的签名。")
    )
    scan = UploadField(label="扫描件", required=False, help_text="征询意见表的照片或扫描件，存入附件")


class CloseForm(StepForm):
    """The end without a satisfied rating."""

    day_label = "办结日期"

    note = forms.CharField(
        label="办结说明",
        max_length=200,
        help_text="如“经催促代表未反馈意见”或者主席团研究后的处理意见；不会算作满意",
        error_messages=asks("请写明办结的说明或者处理意见。"),
    )


class WithdrawForm(StepForm):
    """Taken back by the deputy."""

    day_label = "撤回日期"

    reason = forms.CharField(
        label="撤回的原因",
        max_length=200,
        help_text="撤回须书面提出，办理随即终止",
        error_messages=asks("撤回须书面说明，请写明原因。"),
    )


class ConfirmForm(StepForm):
    """A cosigner confirms; the clerk says whose signature on paper it was."""

    day_label = "确认日期"

    deputy = DeputyField(label="联名代表", queryset=None)

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = Deputy.objects.filter(pk__in=[row.deputy_id for row in waiting])
        if len(waiting) == 1:
            self.fields["deputy"].widget = forms.HiddenInput()


class PeriodForm(KeyedForm):
    """An office period."""

    makes = OfficePeriod

    kind = forms.ChoiceField(label="事项", choices=OfficePeriod.Kind)
    value = forms.IntegerField(label="期限", min_value=1, max_value=365, help_text="接待事项按日计，重新办理按月计")
    effective_from = day_field("自何日起适用", past=False, help_text="只适用于这一天及以后发生的事项，以前的不变")
    basis = forms.CharField(label="依据", max_length=100, help_text="如“主席团2022年第1次会议确定”")
