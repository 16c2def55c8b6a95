"""Forms about accounts and persons: opening an account, asking for a role, seeing and erasing personal data."""

from crispy_forms.layout import Field
from django import forms

from congress import clock
from congress.models import (
    TOWNSHIP_ROLES,
    AccountRequest,
    Channel,
    County,
    Delegation,
    Erasure,
    Job,
    Role,
    Township,
    Unit,
    User,
)
from congress.people.forms import NameField
from congress.permissions import delegable
from congress.web.forms import KeyedForm, PlainForm
from congress.web.only_with import Only, answered

FROM_LISTS = (Role.DEPUTY, Role.POLL)  # opened from the roster and the list of election staff


OF_TOWNSHIP = (Role.CHAIR, Role.VICE, Role.CLERK)  # roles that the system administrator asks for in a township


class AccountForm(KeyedForm):
    """A new account with its role in the township."""

    makes = User
    only = {"unit": Only("role", answered(Role.UNIT), "只有角色是承办单位的才选单位；请改角色，或者不选单位。")}

    username = forms.CharField(label="登录名", max_length=40, help_text="字母和数字，如 liming01")
    display_name = NameField(label="姓名", max_length=40)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="没有可以不填；填写后期限提醒同时发邮件")
    role = forms.ChoiceField(
        label="角色", choices=[("", "请选择"), *((r.value, r.label) for r in TOWNSHIP_ROLES if r not in FROM_LISTS)]
    )
    unit = forms.ModelChoiceField(
        label="承办单位", queryset=Unit.objects.none(), required=False, help_text="角色为承办单位时必选"
    )

    def clean_username(self):
        name = self.cleaned_data["username"].strip()
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise forms.ValidationError("登录名只能用字母、数字、下划线和短横线。")
        if User.objects.named(name).exists():
            raise forms.ValidationError("这个登录名已有人使用，请换一个。")
        return name

    def clean(self):
        values = super().clean()
        if values.get("role") == Role.UNIT and not values.get("unit"):
            self.add_error("unit", "请选择承办单位。")
        return values


class GrantForm(KeyedForm):
    """A role of a user, asked for by the system administrator."""

    makes = AccountRequest
    wants = ("township", "county")
    only = {
        "township": Only("role", answered(*OF_TOWNSHIP), "这个角色不属于哪个乡镇；请改角色，或者不选乡镇。"),
        "county": Only("role", answered(Role.COUNTY), "只有县级角色才选县级；请改角色，或者不选县级。"),
    }

    role = forms.ChoiceField(
        label="角色", choices=[(r.value, r.label) for r in Role if r not in (*FROM_LISTS, Role.UNIT)]
    )
    township = forms.ModelChoiceField(label="乡镇", queryset=Township.objects.in_use(), required=False)
    county = forms.ModelChoiceField(label="县级", queryset=County.objects.all(), required=False)

    def clean(self):
        values = super().clean()
        role = values.get("role")
        if role in OF_TOWNSHIP and not values.get("township"):
            self.add_error("township", "请选择乡镇。")
        if role == Role.COUNTY and not values.get("county"):
            self.add_error("county", "请选择县级行政区。")
        return values


class NewUserForm(KeyedForm):
    """A user without a place yet, made by the system administrator."""

    makes = User

    username = AccountForm.base_fields["username"]
    display_name = AccountForm.base_fields["display_name"]
    email = AccountForm.base_fields["email"]
    clean_username = AccountForm.clean_username

    def account(self) -> dict:
        """What the account is made of."""
        return {name: self.cleaned_data[name] for name in ("username", "display_name", "email", "key")}


class DelegationForm(KeyedForm):
    """Which of the chair's rights a vice-chair exercises, and when."""

    makes = Delegation

    rights = forms.MultipleChoiceField(label="委托的权限", widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label="自", initial=clock.today)
    until = forms.DateField(label="至", help_text="这一天过后自动终止；可以提前收回")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = [(one.key, one.label) for one in delegable()]
        self.helper["rights"].wrap(Field, wrapper_class="many-choices")


class MembersField(forms.ModelMultipleChoiceField):
    """Several people of a township by their roles."""

    def label_from_instance(self, obj):
        """Who it is, and whether he ever came in."""
        waits = "，从未登录" if obj.user.must_change_password else ""
        return f"{obj.user.display_name}（{obj.get_role_display()}{waits}）"


class CodesForm(KeyedForm):
    """Who gets a new one-time code: those who never logged in, or those ticked."""

    makes = Job

    never = forms.BooleanField(label="从未登录过的人全部重发", required=False)
    members = MembersField(label="或者逐个勾选", queryset=None, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = people
        self.helper["members"].wrap(Field, wrapper_class="many-choices")

    def clean(self):
        """Those who never came in where that is ticked, with the ticked ones; somebody has to be."""
        values = super().clean()
        chosen = list(values.get("members") or ())
        if values.get("never"):
            chosen += self.fields["members"].queryset.filter(user__must_change_password=True)
        if not chosen and "members" not in self.errors:
            self.add_error("members", "请勾选要重发口令的人；没有人从未登录的，请逐个勾选。")
        return values | {"members": chosen}


class RevealForm(PlainForm):
    """Why a masked value must be seen."""

    reason = forms.CharField(label="查看理由", max_length=100, help_text="会写入操作记录，请勿写姓名和号码")


class ErasureForm(KeyedForm):
    """Why a person is to be erased."""

    makes = Erasure

    reason = forms.CharField(
        label="依据", max_length=200, help_text="如“任期届满已满五年”。会写入审计记录，请勿写姓名和号码"
    )


class ChannelForm(KeyedForm):
    """A way to be told outside the application; for a unit where one acts for it."""

    makes = Channel
    numbers_welcome = {"address": "短信填的正是手机号；加密保存，页面上打码"}

    kind = forms.ChoiceField(label="方式", choices=Channel.Kind, widget=forms.RadioSelect)
    address = forms.CharField(
        label="机器人地址或者手机号",
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-personal": ""}),
        help_text="机器人的地址在企业微信、钉钉群的“添加机器人”中复制，以 https:// 开头；短信填手机号",
    )
    secret = forms.CharField(
        label="加签密钥",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-personal": ""}),
        help_text="钉钉机器人选了“加签”的填写；其他不填",
    )
    unit = forms.ModelChoiceField(
        label="承办单位",
        queryset=None,
        required=False,
        empty_label="（本人）",
        help_text="为单位的工作群设置的，选单位",
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class CarryOutErasureForm(PlainForm):
    """What becomes of a request to erase; a word is typed, because it cannot be taken back."""

    WORD = "销毁"
    only = {"reason": Only("what", answered("withdraw"), "确认销毁的不写撤回的原因；请清空，或者选“撤回申请”。")}
    what = forms.ChoiceField(
        label="办理", choices=[("carry_out", "确认销毁"), ("withdraw", "撤回申请，不销毁")], widget=forms.RadioSelect
    )
    word = forms.CharField(label="确认销毁的，请输入“销毁”两个字", max_length=4, required=False)
    reason = forms.CharField(label="撤回的，请写明原因", max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        values = super().clean()
        if values.get("what") == "carry_out" and values.get("word", "").strip() != self.WORD:
            self.add_error("word", f"销毁后不可恢复。请输入“{self.WORD}”两个字。")
        return values


class SettleAccountRequestForm(PlainForm):
    """Whether the second administrator agrees."""

    only = {"reason": Only("what", answered("decline"), "同意的不写原因；请清空，或者选“不同意”。")}
    what = forms.ChoiceField(label="决定", choices=[("agree", "同意"), ("decline", "不同意")], widget=forms.RadioSelect)
    reason = forms.CharField(label="不同意的，请写明原因", max_length=200, required=False)

    def clean(self):
        values = super().clean()
        if values.get("what") == "decline" and not values.get("reason"):
            self.add_error("reason", "请写明不同意的原因。")
        return values
