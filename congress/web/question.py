"""A question that people answer at once and a machine that fills every form does not: in words, without a picture, a script or
another computer, so that it can be heard as well as seen.

The question goes out signed and is good once: the token holds a number drawn by chance and the moment, never the answer.
Beside it stands a field that nobody sees, and a form that comes back faster than anybody types is sent back.
"""

import secrets
import time
import unicodedata

from django import forms
from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from congress.web.forms import PlainForm

SOONEST, LATEST = 3, 3600  # seconds from the page to the answer
TRAP = "leave_empty"  # stands in the page by hand (public/form.html): no field of a form, so nobody is told of it
_SALT = "congress.web.question"
_DIGITS = "零一二三四五六七八九"
STALE = "这个问题已经过期，请回答新的问题。"
USED = "这个问题已经用过，请回答新的问题。如果刚才已经提交成功，不必再提交。"
WRONG = "回答得不对，请回答新的问题。"
EARLY = "提交得太快，请核对一遍，过几秒钟再提交。"
TRAPPED = "页面上有一栏要求留空，请清空后再提交；没有看见这一栏的，请重新打开本页。"


def _number(text: str) -> int | None:
    """A small number as people type it: 12, １２, 十二."""
    text = unicodedata.normalize("NFKC", text).strip().rstrip("。.")
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    if not text or any(len(part) > 1 or (part and part not in _DIGITS) for part in (tens, ones)):
        return None
    return (10 * (_DIGITS.index(tens) if tens else 1) if ten else 0) + (_DIGITS.index(ones) if ones else 0)


def _sum(drawn: str) -> tuple[str, int]:
    """The question a drawn number stands for, and its answer; only who knows our key can tell."""
    first, second, turn = salted_hmac(_SALT, drawn).digest()[:3]
    high, low = 1 + first % 9, 1 + second % 9
    if turn % 2 and high > low:
        return f"{_DIGITS[high]}减{_DIGITS[low]}等于几？", high - low
    return f"{_DIGITS[high]}加{_DIGITS[low]}等于几？", high + low


def token() -> str:
    """A new question, signed."""
    return signing.dumps([secrets.token_hex(8), int(time.time())], salt=_SALT)


def _read(sent: str) -> tuple[str, int] | None:
    """(drawn number, age in seconds) of a token of ours; None for anything else."""
    try:
        drawn, asked_at = signing.loads(sent, salt=_SALT)
    except signing.BadSignature:
        return None
    return drawn, int(time.time()) - asked_at


class QuestionForm(PlainForm):
    """A public form: its own fields and the question, which is used up when all else holds, and by a wrong answer."""

    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    answer = forms.CharField(
        help_text="用来防止机器自动提交，写数字就可以",
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._ask(self["asked"].data if self.is_bound else token())

    def order_fields(self, field_order):
        """The question last, behind the fields of its own."""
        super().order_fields(field_order or [name for name in self.fields if name not in ("asked", "answer")])

    def _ask(self, sent: str | None) -> None:
        read = _read(sent or "")
        if read is None:
            sent = token()
            read = _read(sent)
        self.initial["asked"] = sent
        self.fields["answer"].label = _sum(read[0])[0]

    def ask_anew(self, why: str = "") -> None:
        """Another question in place of this one, with the reason beside it; everything else that was typed stays."""
        self._ask("")
        self.data = self.data.copy()
        self.data["asked"], self.data["answer"] = self.initial["asked"], ""
        if why:
            self.add_error("answer", why)

    def _post_clean(self):
        """Last of all, when everything that stands against the form itself is known."""
        super()._post_clean()
        values = self.cleaned_data
        read = _read(values.get("asked") or "")
        if self.data.get(TRAP):
            self.add_error(None, TRAPPED)
        elif read is None or read[1] > LATEST:
            self.ask_anew(STALE)
        elif read[1] < SOONEST:
            self.add_error(None, EARLY)
        elif "answer" in values:
            self._hold_against(read[0], values["answer"])

    def _hold_against(self, drawn: str, answer: str) -> None:
        right = _number(answer) == _sum(drawn)[1]
        if right and self.errors:
            return  # it is asked when the rest holds
        if not cache.add(f"question:{drawn}", 1, LATEST + SOONEST):
            self.ask_anew(USED)
        elif not right:
            self.ask_anew(WRONG)
