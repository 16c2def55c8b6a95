"""Users, what they may do where, and the keys their data is encrypted under."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress import clock
from congress.guard.record import INBOX, Record
from congress.people.erased import ERASED
from congress.people.text import visible


class Role(models.TextChoices):
    """What a membership makes a user. The three administrators exclude each other and see no record."""

    CHAIR = "chair", "主席"
    VICE = "vice", "副主席"
    CLERK = "clerk", "办事员"
    LIAISON = "liaison", "联络员"
    DEPUTY = "deputy", "代表"
    UNIT = "unit", "承办单位"
    POLL = "poll", "选举工作人员"
    COUNTY = "county", "县级人大"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


FORMER_PASSWORDS = 4  # remembered beside the present one, so that none of five is used again
TOWNSHIP_ROLES = (Role.CHAIR, Role.VICE, Role.CLERK, Role.LIAISON, Role.DEPUTY, Role.UNIT, Role.POLL)
ADMINISTRATORS = (Role.SYSTEM, Role.SECURITY, Role.AUDIT)


def login_name(typed: str) -> str:
    """A typed login name in the one form in which it is counted and looked up: every spelling of a name is that name."""
    return visible(typed).lower()


class UserManager(BaseUserManager):
    """Users are found by login name whatever its case."""

    def named(self, typed: str):
        """The accounts (one or none) of this login name. Compared in its one form: the database's own idea of equal
        letters would let one account be reached by names that are counted apart."""
        return self.alias(lower_name=models.functions.Lower("username")).filter(lower_name=login_name(typed))

    def get_by_natural_key(self, username):
        return self.named(username).get()

    def create_user(self, username, password=None, **extra):
        """A new user; without a password the account cannot be logged in to."""
        user = self.model(username=self.model.normalize_username(username), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who can log in. Rights come from memberships alone; there is no superuser."""

    last_login = None  # a log-in is an event of the trail; a mark on the row would be a second truth
    username = models.CharField("登录名", max_length=40, unique=True)
    display_name = models.CharField("姓名", max_length=40)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=True)
    code_expires_at = models.DateTimeField("一次性口令失效时间", null=True, blank=True)
    password_set_at = models.DateTimeField("密码设置时间", default=clock.now, editable=False)
    former_passwords = ArrayField(
        models.CharField(max_length=128), verbose_name="用过的密码散列", default=list, blank=True, editable=False
    )
    valid_until = models.DateField("有效期至", null=True, blank=True)
    font_size = models.CharField(
        "字号", max_length=8, default="normal", choices=[("normal", "标准"), ("large", "大"), ("huge", "特大")]
    )
    list_views = models.JSONField("列表的列和疏密", default=dict, blank=True, editable=False)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)
    form_key = models.UUIDField("表单编号", null=True, unique=True, editable=False)

    erased = {
        "username": lambda user: f"erased-{user.pk}",
        "display_name": str(ERASED),
        "email": "",
        "is_active": False,
        "former_passwords": lambda user: [],
    }
    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ("username",)
        constraints = [models.UniqueConstraint(models.functions.Lower("username"), name="username_once_any_case")]

    def __str__(self):
        return self.display_name or self.username

    def set_password(self, raw_password):
        """Sets the hash and the time, and remembers the hash there was; the caller saves."""
        self._remember_password()
        super().set_password(raw_password)

    def set_hash(self, hashed: str) -> None:
        """Sets a password whose hash was made before, as `set_password` does."""
        self._remember_password()
        self.password = hashed

    def _remember_password(self) -> None:
        if self.password and is_password_usable(self.password):
            self.former_passwords = [self.password, *self.former_passwords][:FORMER_PASSWORDS]
        self.password_set_at = clock.now()

    @property
    def in_time(self) -> bool:
        """Whether the account's last day, where it has one, is not over."""
        return self.valid_until is None or self.valid_until >= clock.today()

    @property
    def password_is_old(self) -> bool:
        """Whether the password was set so long ago that another is due (等保 身份鉴别: 定期更换)."""
        days = settings.PASSWORD_DAYS
        return bool(days) and clock.now() - self.password_set_at > timedelta(days=days)

    @property
    def must_choose_password(self) -> bool:
        """Whether nothing opens but the page where one chooses a password of one's own."""
        return self.must_change_password or self.password_is_old

    @property
    def audit_label(self):
        return self.username


class Membership(models.Model):
    """A role of a user in a township, in a county, or (administrators) in the whole deployment."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name="用户")
    role = models.CharField("角色", max_length=10, choices=Role)
    township = models.ForeignKey(
        "congress.Township", on_delete=models.PROTECT, null=True, blank=True, verbose_name="乡镇"
    )
    county = models.ForeignKey("congress.County", on_delete=models.PROTECT, null=True, blank=True, verbose_name="县级")
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, null=True, blank=True, verbose_name="承办单位")
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职角色"
        constraints = [
            models.CheckConstraint(
                name="membership_place_fits_role",
                condition=models.Q(role__in=TOWNSHIP_ROLES, township__isnull=False, county__isnull=True)
                | models.Q(role=Role.COUNTY, township__isnull=True, county__isnull=False)
                | models.Q(role__in=ADMINISTRATORS, township__isnull=True, county__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_unit_only_for_units",
                condition=models.Q(role=Role.UNIT, unit__isnull=False)
                | ~models.Q(role=Role.UNIT) & models.Q(unit__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "township", "county", "unit"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
            # Nobody holds two of the three administrators' offices, nor an office beside business: 三员分立.
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(ended_at__isnull=True, role__in=ADMINISTRATORS),
                name="one_administrator_role",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.township or self.county or ''}".strip()


class DataKey(Record):
    """A random key under which one person's data is encrypted, itself wrapped by the place's key; destroying it erases the data."""

    wrapped = models.BinaryField("封装的密钥")
    wrapped_with = models.CharField("封装所用密钥", max_length=40)
    retention = models.CharField("保存类别", max_length=40)
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)
    destroyed_reason = models.CharField("销毁原因", max_length=200, blank=True)

    guard_history = False  # a before-image would keep the destroyed key
    guard_public = INBOX  # what anybody sends in is sealed under a key of its own, which only staff read again

    class Meta:
        verbose_name = verbose_name_plural = "数据密钥"

    def __str__(self):
        return f"{self.retention} {self.pk}"
