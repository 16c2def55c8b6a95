"""The second factor: codes of a telephone (TOTP) and recovery codes, by django-allauth; who needs one, and when it counts.

What allauth keeps is sealed here; a code is taken once, and after some wrong ones nothing is taken for a while. Both stand
in the database, where they hold when the cache is away.
"""

import base64
import io
import time
from datetime import timedelta

import segno
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django import forms
from django.conf import settings
from django.db import transaction

from congress import clock
from congress.crypto.providers import provider
from congress.models import ADMINISTRATORS, Role, User
from congress.permissions import active_memberships

FAILURES, PAUSE = 5, timedelta(minutes=15)
WRONG = "口令不对，或者已经用过。请看手机上现在显示的六位数字，再输入一次。"
PAUSED = "口令输错次数太多，请过15分钟再试。"
TOTP = Authenticator.Type.TOTP
ROLES = {str(role): role.label for role in (Role.CHAIR, Role.VICE, Role.CLERK, Role.COUNTY, *ADMINISTRATORS)}
CHECKED, CHECK_AGAIN = "second_factor", 300  # seconds after which a session is asked anew
_PLACE = b"congress/second-factor"
_SEALED = ("secret", "seed")


class Adapter(DefaultMFAAdapter):
    """Names in Chinese, the code drawn without another library, secrets sealed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "您的角色须两步验证，不能停用。换手机的，请管理员清除后重新设置。",
        "cannot_generate_recovery_codes": "请先设置动态口令。",
        "incorrect_code": WRONG,
    }

    def get_totp_issuer(self):
        return "乡镇人大工作平台"

    def get_totp_label(self, user):
        return user.username

    def build_totp_svg(self, url):
        drawn = io.BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, light="white", xmldecl=False)
        return drawn.getvalue().decode()

    def encrypt(self, text):
        return base64.b64encode(provider().wrap(text.encode(), township="", aad=_PLACE)).decode()

    def decrypt(self, encrypted_text):
        return provider().unwrap(base64.b64decode(encrypted_text), township="", aad=_PLACE).decode()

    def can_delete_authenticator(self, authenticator):
        return not is_required(authenticator.user)


def has_one(user: User) -> bool:
    """Whether a telephone is enrolled."""
    return Authenticator.objects.filter(user=user, type=TOTP).exists()


def is_required(user: User) -> bool:
    """Whether one of the user's roles needs a second factor: by the installation's setting, by the township's for its
    chair and clerks, by the county's for those who look."""
    return any(
        one.role in settings.SECOND_FACTOR
        or (one.role in (Role.CHAIR, Role.VICE, Role.CLERK) and one.township.second_factor)
        or (one.role == Role.COUNTY and one.county.second_factor)
        for one in active_memberships(user)
    )


def settle(sender, request, user, **kwargs) -> None:
    """Receiver of user_logged_in: note that nothing is missing, so that not every page asks."""
    if not is_required(user) or has_one(user):
        request.session[CHECKED] = int(time.time())


def is_missing(request) -> bool:
    """Whether who is logged in has to enrol a telephone first. Asks the database every few minutes."""
    age = time.time() - request.session.get(CHECKED, 0)
    if 0 <= age < CHECK_AGAIN:
        return False
    if is_required(request.user) and not has_one(request.user):
        return True
    request.session[CHECKED] = int(time.time())
    return False


def accept(user: User, typed: str) -> Authenticator:
    """What the code belongs to: the telephone, or the sheet of recovery codes. A code is good once.

    Raises ValidationError, after FAILURES wrong ones for PAUSE whatever is typed. Side effect: the code is used up, or the
    failure counted.
    """
    with transaction.atomic():
        held = list(Authenticator.objects.select_for_update().filter(user=user).order_by("-type"))
        paused = any(_is_paused(one) for one in held)
        found = None if paused else next((one for one in held if _takes(one, typed)), None)
        for one in held:
            _count(one, reset=found is not None, wrong=not paused)
    if found is None:
        raise forms.ValidationError(PAUSED if paused else WRONG, code="incorrect_code")
    return found


def _is_paused(row: Authenticator) -> bool:
    since = clock.now().timestamp() - row.data.get("failed_at", 0)
    return row.data.get("failed", 0) >= FAILURES and since < PAUSE.total_seconds()


def _count(row: Authenticator, *, reset: bool, wrong: bool) -> None:
    if reset:
        row.data |= {"failed": 0}
    elif wrong:
        over = _was_paused(row)
        row.data |= {"failed": 1 if over else row.data.get("failed", 0) + 1, "failed_at": clock.now().timestamp()}
    row.save(update_fields=["data"])


def _was_paused(row: Authenticator) -> bool:
    return row.data.get("failed", 0) >= FAILURES


def _takes(row: Authenticator, typed: str) -> bool:
    if row.type != TOTP:
        taken = row.wrap()
        found = taken.validate_code(typed)
        row.data = taken.instance.data
        return found
    counter = counter_of(decrypt(row.data["secret"]), typed)
    if counter is None or counter <= row.data.get("last", -1):
        return False
    row.data |= {"last": counter}
    return True


def counter_of(secret: str, typed: str) -> int | None:
    """The step of time whose code was typed, about now; None for a wrong code."""
    steps = yield_hotp_counters_from_time()
    return next(
        (at for at in steps if compare_user_code(actual=typed, expected=format_hotp_value(hotp_value(secret, at)))),
        None,
    )


def reseal() -> int:
    """Seal the secrets under the newest kek; returns how many there are. For `rewrap_keys`."""
    adapter, rows = Adapter(), list(Authenticator.objects.select_for_update())
    for row in rows:
        row.data |= {name: adapter.encrypt(adapter.decrypt(row.data[name])) for name in _SEALED if name in row.data}
        row.save(update_fields=["data"])
    return len(rows)


def _code_field(label: str, hint: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True})
    return forms.CharField(
        label=label, max_length=20, widget=widget, help_text=hint, error_messages={"required": "请输入口令。"}
    )


class EnterForm(AuthenticateForm):
    """The code at the log-in."""

    code = _code_field("动态口令", "手机上显示的六位数字；手机不在手边的，输入一个恢复码")

    def clean_code(self):
        """The code, used up. Raises ValidationError."""
        typed = self.cleaned_data["code"]
        self.authenticator = accept(self.user, typed)
        return typed


class EnrolForm(ActivateTOTPForm):
    """The first code, which shows that the telephone has the secret."""

    code = _code_field("动态口令", "扫码以后，手机上显示的六位数字")

    def clean_code(self):
        """The code. Raises ValidationError."""
        typed = self.cleaned_data["code"]
        self.counter = counter_of(self.secret, typed)
        if self.counter is None:
            raise forms.ValidationError(WRONG, code="incorrect_code")
        return typed
