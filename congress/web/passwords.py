"""What a password must be (等保 身份鉴别), each rule saying so in plain Chinese."""

from django.contrib.auth import password_validation as django
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

DEMO_PASSWORD = "Qingyan-2022"  # noqa: S105 -- of the demonstration only, and shown on its log-in page


class _Said:
    """Django's rule with words of our own; Django's are not all translated."""

    words = ""

    def get_error_message(self):
        """What is wrong."""
        return self.get_help_text()

    def get_help_text(self):
        """What is asked for."""
        return self.words % vars(self)


class NotTheName(_Said, django.UserAttributeSimilarityValidator):
    """A password unlike login name, name and e-mail address."""

    words = "密码不能与登录名、姓名、邮箱相近。"


class LongEnough(_Said, django.MinimumLengthValidator):
    """A password of at least so many characters."""

    words = "密码太短，至少要有%(min_length)d个字符。"


class NotCommon(_Said, django.CommonPasswordValidator):
    """A password that is none of the twenty thousand everybody tries first."""

    words = "这个密码太常见，容易被猜到，请换一个。"

    def validate(self, password, user=None):
        """Raises ValidationError; the password of the demonstration is the most common of all."""
        if password == DEMO_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_common")
        super().validate(password, user)


class ThreeKinds:
    """At least three of lower case, upper case, digit, other."""

    def validate(self, password, user=None):
        """Raises ValidationError."""
        kinds = [any(test(c) for c in password) for test in (str.islower, str.isupper, str.isdigit)]
        kinds.append(any(not c.isalnum() for c in password))
        if sum(kinds) < 3:
            raise ValidationError(self.get_help_text(), code="password_three_kinds")

    def get_help_text(self):
        """What is asked for."""
        return "密码须含大写字母、小写字母、数字、符号中的至少三种。"


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
