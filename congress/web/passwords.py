"""What a password must be (等保 身份鉴别), each rule saying so in plain Chinese, and the form in which one is chosen.

A long phrase passes: somebody of sixty remembers a sentence, and what is long is hard to guess. A shorter password has to
be of several kinds of characters, as 等保 asks.
"""

import re
from itertools import pairwise

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.contrib.auth import password_validation as django
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from congress.people.scrub import find_personal

DEMO_PASSWORD = "Qingyan-2022"  # noqa: S105 -- of the demonstration only, and shown on its log-in page

SHORTEST, KINDS = 10, 3  # characters, and how many of four kinds a password of fewer than LONG needs
LONG, LONG_IN_CHINESE = 14, 10  # characters of anything, Chinese characters: a phrase
RULE = (
    f"写一句自己记得住的话：汉字{LONG_IN_CHINESE}个以上，或者拼音、字母、数字等一共{LONG}个以上，例如几个不相干的词连在一起。"
    f"短一些的也可以：{SHORTEST}个以上，并且有大写字母、小写字母、数字、符号中的三种。不要用自己的姓名、登录名、手机号。"
)

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# Long lines everybody knows by heart; what is a piece of one is guessed first.
_KNOWN_LINES = (
    "床前明月光疑是地上霜举头望明月低头思故乡",
    "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少",
    "锄禾日当午汗滴禾下土谁知盘中餐粒粒皆辛苦",
    "白日依山尽黄河入海流欲穷千里目更上一层楼",
    "人之初性本善性相近习相远",
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨",
    "富强民主文明和谐自由平等公正法治爱国敬业诚信友善",
    "不忘初心牢记使命全心全意为人民服务",
    "绿水青山就是金山银山人民代表为人民",
    "qwertyuiopasdfghjklzxcvbnm",
    "1234567890qwertyuiop",
)
_FEWEST_DIFFERENT = 5  # characters; fewer is one key held down
_SHORTEST_NAME = 4  # letters of a login name


class _Said:
    """Django's rule with words of our own; Django's are not all translated."""

    words = ""

    def get_error_message(self):
        """What is wrong."""
        return self.get_help_text()

    def get_help_text(self):
        """What is asked for."""
        return self.words


class NotOneself(_Said, django.UserAttributeSimilarityValidator):
    """A password without login name, name, mobile and identity number, and unlike login name, name and e-mail address."""

    words = "密码里不能有自己的姓名、登录名、手机号、身份证号，也不能与姓名、登录名、邮箱相近。"

    def __init__(self):
        super().__init__(user_attributes=("username", "display_name", "email"))

    def validate(self, password, user=None):
        """Raises ValidationError."""
        letters = password.lower()
        if any(part in letters for part in _names_of(user)) or find_personal(password):
            raise ValidationError(self.get_error_message(), code="password_oneself")
        super().validate(password, user)


def _names_of(user) -> list[str]:
    """What a password may not contain of a user: name, login name, and that without its number; nothing of fewer letters
    than occur in any sentence."""
    login = user.username.lower() if user else ""
    latin = [part for part in (login, login.rstrip("0123456789")) if len(part) >= _SHORTEST_NAME]
    return latin + ([user.display_name.lower()] if user and len(user.display_name) > 1 else [])


class LongOrMixed:
    """A phrase of LONG characters (LONG_IN_CHINESE Chinese ones), or SHORTEST characters of KINDS kinds."""

    def validate(self, password, user=None):
        """Raises ValidationError that says how many characters there are and what is missing."""
        if len(password) >= LONG or len(_HAN.findall(password)) >= LONG_IN_CHINESE:
            return
        kinds = [any(test(c) for c in password) for test in (str.islower, str.isupper, str.isdigit)]
        kinds.append(any(not c.isalnum() for c in password))
        if len(password) < SHORTEST:
            said = f"密码太短，现在是{len(password)}个字符，至少要{SHORTEST}个，最好写一句话。"
            raise ValidationError(said, code="password_too_short")
        if sum(kinds) < KINDS:
            said = f"密码现在是{len(password)}个字符，再长一些（{LONG}个以上），或者加上大写字母、数字、符号。"
            raise ValidationError(said, code="password_three_kinds")

    def get_help_text(self):
        """What is asked for."""
        return RULE


class NotCommon(_Said, django.CommonPasswordValidator):
    """A password that is none of the twenty thousand everybody tries first, none of them with digits round it, no line
    everybody knows, and not the same few characters again and again."""

    words = "这个密码太常见，容易被猜到，请换一个。"

    def validate(self, password, user=None):
        """Raises ValidationError; the password of the demonstration is the most common of all."""
        plain = re.sub(r"[\W_]", "", password.lower())
        word = plain.strip("0123456789")
        known = any(text and text in line for text in {plain, word} for line in _KNOWN_LINES)
        if password == DEMO_PASSWORD or known or plain in self.passwords or word in self.passwords or _repeats(plain):
            raise ValidationError(self.get_help_text(), code="password_too_common")
        super().validate(password, user)


def _repeats(text: str) -> bool:
    """Whether a text consists of few characters, of one piece again and again, or runs along the alphabet or the digits."""
    steps = [abs(ord(after) - ord(before)) <= 1 for before, after in pairwise(text)]
    return len(set(text)) < _FEWEST_DIFFERENT or text in (text + text)[1:-1] or sum(steps) * 2 > len(steps)


class NotAnOldOne:
    """A password other than the present one and the last ones before it: who printed a one-time code would otherwise keep
    a working password, and changing it from time to time would mean nothing."""

    def validate(self, password, user=None):
        """Raises ValidationError. Compares with every hash that is kept, some tenths of a second each."""
        kept = [user.password, *user.former_passwords] if user is not None else []
        if any(used and check_password(password, used) for used in kept):
            raise ValidationError(self.get_help_text(), code="password_old")

    def get_help_text(self):
        """What is asked for."""
        return "新密码不能与现在的密码、一次性口令或最近用过的密码相同。"


class LogInForm(LoginForm):
    """Name and password; the name is called as on the printed slips."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "登录名"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChoosePasswordForm(ChangePasswordForm):
    """A password of one's own. Who has just come in with a one-time code is not asked for the code again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.user.must_change_password:
            del self.fields["oldpassword"]
        labels = {"oldpassword": "现在的密码", "password1": "新密码", "password2": "再写一遍新密码"}
        for name, field in self.fields.items():
            field.label, field.help_text = labels[name], ""
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = "请填写。"
        self.fields["password1"].widget.attrs["aria-describedby"] = "password-rule"

    @property
    def rule(self) -> str:
        """What is asked for, to stand above the field."""
        return RULE

    def clean_oldpassword(self):
        """The present password. Raises ValidationError."""
        typed = self.cleaned_data["oldpassword"]
        if not self.user.check_password(typed):
            raise forms.ValidationError("现在的密码不对，请重新填写。", code="enter_current_password")
        return typed

    def clean_password2(self):
        """The same words once more. Raises ValidationError."""
        first, again = self.cleaned_data.get("password1"), self.cleaned_data["password2"]
        if first and again != first:
            raise forms.ValidationError("两遍写的不一样，请再写一遍。", code="password_mismatch")
        return again
