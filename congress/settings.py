"""Django settings; everything that differs between places comes from the environment (see congress/env.py)."""

from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from congress import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("CONGRESS_VAR_DIR", str(BASE_DIR / "var")))

DEBUG = env.flag("DJANGO_DEBUG")
SECRET_KEY = env.text("DJANGO_SECRET_KEY")
# The keys before it, while sessions signed with them still run.
SECRET_KEY_FALLBACKS = env.items("DJANGO_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")
# Plain http is for loopback and tests only: Secure cookies would not come back over it.
INSECURE_HTTP = env.flag("CONGRESS_INSECURE_HTTP")
# How many proxies of the office's own stand in front; the address the outermost of them saw is the client's.
PROXY_COUNT = int(env.text("CONGRESS_PROXY_COUNT", "0"))

DEMO = env.flag("CONGRESS_DEMO")
DEMO_TODAY = env.text("CONGRESS_DEMO_TODAY", "")
KEYS_DIR = env.text("CONGRESS_KEYS_DIR", str(VAR_DIR / "keys"))
CONGRESS_KEYS_DIR = KEYS_DIR
CONGRESS_KEY_PROVIDER = env.text("CONGRESS_KEY_PROVIDER", "congress.crypto.providers.FileKeyProvider")
# A folder the database's account cannot write: copies of the audit anchors, or who owns the database could take them away.
CONGRESS_ANCHOR_DIR = env.text("CONGRESS_ANCHOR_DIR", str(VAR_DIR / "anchors"))
# Who gets the newest anchors by mail every morning: a second copy, on another machine.
CONGRESS_ANCHOR_MAIL = env.items("CONGRESS_ANCHOR_MAIL")
CONGRESS_LAW_DIR = env.text("CONGRESS_LAW_DIR", str(VAR_DIR / "law"))
CONGRESS_FONTS_DIR = env.text("CONGRESS_FONTS_DIR", str(VAR_DIR / "fonts"))
METRICS_ALLOWED = env.items("METRICS_ALLOWED", "127.0.0.1,::1")

INSTALLED_APPS = [
    "congress.apps.CongressConfig",
    "deputies.apps.DeputiesConfig",
    "congress.counting.apps.CountingConfig",
    "congress.assembly.apps.AssemblyConfig",
    "elections.apps.ElectionsConfig",
    "proposals.apps.ProposalsConfig",
    "reports.apps.ReportsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "congress.web.middleware.NobodysPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "congress.web.middleware.SessionLimitsMiddleware",
    "congress.web.middleware.OwnPasswordMiddleware",
    "congress.web.middleware.SecondFactorMiddleware",
    "congress.web.middleware.NoStoreMiddleware",
    "congress.web.middleware.TakenAlongMiddleware",
    "congress.web.middleware.FileCameMiddleware",
    "congress.web.middleware.CleanTextMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "congress.urls"
WSGI_APPLICATION = "congress.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "congress.web.context.page",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "congress.web.renderer.Renderer"

# congress/wsgi.py sets the limit: of what pages ask alone; jobs, migrations and backups take the time they need.
DATABASES = {
    "default": env.database(env.text("DATABASE_URL"), int(env.text("CONGRESS_STATEMENT_SECONDS", "0"))),
}
# The role the application logs in as; migrations (run as the owner) grant it what it may do.
RUNTIME_ROLE = env.text("CONGRESS_RUNTIME_ROLE", "app_rt")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", "")
# Known to `manage.py backup` alone: this role reads past the policies.
DATABASE_BACKUP_URL = env.text("DATABASE_BACKUP_URL", "")
BACKUP_DIR = env.text("CONGRESS_BACKUP_DIR", str(VAR_DIR / "backups"))
# Home pages warn when the last backup is older than so many days; 0 is never, where an office backs up in another way.
BACKUP_DAYS = int(env.text("CONGRESS_BACKUP_DAYS", "7"))
# Where pg_dump and pg_restore of the server's version are; empty: those of the wheel, else of the system.
POSTGRES_PROGRAMS = env.text("CONGRESS_POSTGRES_PROGRAMS", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How often one address may do something on the public pages of one township within ten minutes (congress/web/limits.py):
# open a page, look up an entry, send a form; and how often in a day anybody may ask for one name.
PUBLIC_LIMITS = {
    kind: int(env.text(f"CONGRESS_PUBLIC_{kind.upper()}", number))
    for kind, number in (("read", "600"), ("lookup", "30"), ("send", "30"), ("name", "10"), ("vote", "1200"))
}

REDIS_URL = env.text("REDIS_URL")
# A Redis that accepts and never answers must not hold a page or a task for ever.
REDIS_TIMEOUTS = {"socket_connect_timeout": 3, "socket_timeout": 5}
CACHES = {
    "default": {
        "BACKEND": "congress.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": REDIS_TIMEOUTS,
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # the worker's faults are told as the pages' are (LOGGING)
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
# Longer than the longest job, or Redis hands a running task to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3 * 3600, **REDIS_TIMEOUTS}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.2}


def _every(seconds: float, task: str, at=None) -> dict:
    # What could not run before its next turn is dropped: workers that come back after days do not run it a thousand times.
    return {"task": f"congress.work.tasks.{task}", "schedule": at or seconds, "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "sweep-deadlines": _every(600, "sweep_deadlines", crontab(minute="*/10")),
    "check-summaries": _every(3600, "check_summaries", crontab(hour=3, minute=40)),
    "send-deliveries": _every(30, "send_deliveries"),
    "resume-jobs": _every(30, "resume_jobs"),
    "anchor-audit": _every(600, "anchor_audit", crontab(minute="5-59/10")),
    "heartbeat": _every(20, "heartbeat"),
    "mail-anchors": _every(3600, "mail_anchors", crontab(hour=7, minute=10)),
    "tell-refusals": {
        "task": "congress.web.turned_away.tell",
        "schedule": crontab(minute="1-59/10"),
        "options": {"expires": 600},
    },
    "tidy": {
        "task": "congress.work.tasks.tidy",
        "schedule": crontab(hour=3, minute=10),
        "options": {"expires": 3600},
    },
    "take-figures": {
        "task": "reports.tasks.take_figures",
        "schedule": crontab(minute="3-59/10"),
        "options": {"expires": 600},
    },
    "take-all-figures": {
        "task": "reports.tasks.take_all_figures",
        "schedule": crontab(hour=4, minute=20),
        "options": {"expires": 3600},
    },
    "send-digests": {
        "task": "reports.tasks.send_digests",
        "schedule": crontab(day_of_week="mon", hour=7, minute=40),
        "options": {"expires": 3600},
    },
    "take-roll-figures": {
        "task": "elections.tasks.take_roll_figures",
        "schedule": crontab(minute="8-59/10"),
        "options": {"expires": 600},
    },
    "clear-public": {
        "task": "elections.tasks.clear_public",
        "schedule": crontab(hour=3, minute=50),
        "options": {"expires": 3600},
    },
    "close-ended-accounts": {
        "task": "deputies.tasks.close_ended_accounts",
        "schedule": crontab(hour=0, minute=20),
        "options": {"expires": 3600},
    },
    "close-election-accounts": {
        "task": "elections.tasks.close_ended_accounts",
        "schedule": crontab(hour=0, minute=25),
        "options": {"expires": 3600},
    },
    "purge-sealed": {
        "task": "congress.sealed.purge",
        "schedule": crontab(hour=3, minute=40),
        "options": {"expires": 3600},
    },
    "drop-stale-imports": {
        "task": "congress.imports.work.drop_stale_imports",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

AUTH_USER_MODEL = "congress.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "congress.accounts.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "congress.web.passwords.LongOrMixed"},
    {"NAME": "congress.web.passwords.NotOneself"},
    {"NAME": "congress.web.passwords.NotCommon"},
    {"NAME": "congress.web.passwords.NotAnOldOne"},
]
# After so many days another password is due (等保 身份鉴别); 0 is never, as in a demonstration, whose password is shown.
PASSWORD_DAYS = 0 if DEMO else int(env.text("CONGRESS_PASSWORD_DAYS", "90"))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "congress.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "congress.web.passwords.LogInForm",
    "change_password": "congress.web.passwords.ChoosePasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
# Roles that log in with a code of their telephone besides the password (等保三级 身份鉴别), by name:
# chair, clerk, county, system, security, audit. Townships and counties may ask it of theirs beside.
SECOND_FACTOR = env.items("CONGRESS_SECOND_FACTOR")
MFA_ADAPTER = "congress.web.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "congress.web.second_factor.EnterForm",
    "activate_totp": "congress.web.second_factor.EnrolForm",
}
MFA_TOTP_TOLERANCE = 1  # clocks of telephones run half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_REAUTHENTICATION_REQUIRED = False  # congress.web.proof asks
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# allauth's limit is not bound to the address: anyone could lock a chair out. Axes counts (user, address) instead.
# A town hall is one address: its limit on log-ins must not lock the house out.
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": "200/m/ip"}
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "congress.views.errors.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "congress.web.login.counted_address"
AXES_USERNAME_CALLABLE = "congress.web.login.counted_name"
AXES_SENSITIVE_PARAMETERS = ["login"]  # somebody may have typed an identity number there
AXES_DISABLE_ACCESS_LOG = True  # log-ins are events of the trail
# What binds (issuing, roles, personal numbers) asks for the password again after so many minutes; 0 is never.
PROOF_MINUTES = int(env.text("CONGRESS_PROOF_MINUTES", "5"))
SESSION_ENGINE = "congress.web.sessions"
SESSION_IDLE_SECONDS = int(env.text("CONGRESS_SESSION_IDLE_MINUTES", "60")) * 60
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "sid" if INSECURE_HTTP else "__Host-sid"
CSRF_COOKIE_NAME = "csrf" if INSECURE_HTTP else "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "congress.views.errors.csrf_failure"

SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
# Not under an authority of the installation's own: who has not installed it yet must be able to get past the warning.
HSTS = not INSECURE_HTTP and env.flag("CONGRESS_HSTS", True)
SECURE_HSTS_SECONDS = 365 * 86400 if HSTS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HSTS
# The certificate of that authority, which the page /trust/ hands out; empty when there is none.
AUTHORITY = env.text("CONGRESS_AUTHORITY", "")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")}
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y年n月j日"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("CONGRESS_STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": env.text("CONGRESS_STATICFILES", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
WHITENOISE_MANIFEST_STRICT = False

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
# What sends a text message: the path of a function (number, text), such as congress.work.senders.file_sms; empty for none.
SMS_BACKEND = env.text("SMS_BACKEND", "")
SMS_FILE = env.text("SMS_FILE", str(VAR_DIR / "sms.jsonl"))
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "congress@localhost")
SITE_URL = env.text("SITE_URL", "http://localhost:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "congress.logs.PlainFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "django.server": {"level": "INFO", "handlers": ["console"], "propagate": False},
    },
}
