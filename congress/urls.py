"""Addresses: /t/<code>/ is a township, /c/<code>/ a county, /v/<code>/ where a hall votes by drawn codes, the rest belongs to
the user or the machine."""

from allauth.account import views as allauth_views
from django.urls import include, path

from congress import accounts
from congress.counting.views import voting
from congress.views import health, home, look, offline, own_sessions, second_factor, trust
from congress.web.by_words import Beginning, by_words

handler400 = "congress.views.errors.bad_request"
handler403 = "congress.views.errors.forbidden"
handler404 = "congress.views.errors.not_found"
handler500 = "congress.views.errors.server_error"

addresses = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("accounts/login/", accounts.as_action(allauth_views.login, accounts.LOGIN, public=True), name="account_login"),
    path("accounts/logout/", accounts.as_action(allauth_views.logout, accounts.LOGOUT), name="account_logout"),
    path(
        "accounts/password/",
        accounts.as_action(allauth_views.password_change, accounts.PASSWORD),
        name="account_change_password",
    ),
    path("accounts/code/", second_factor.enter, name="mfa_authenticate"),
    path("accounts/second/", second_factor.overview, name="mfa_index"),
    path("accounts/second/enrol/", second_factor.enrol, name="mfa_activate_totp"),
    path("accounts/second/off/", second_factor.put_aside, name="mfa_deactivate_totp"),
    path("accounts/second/codes/", second_factor.codes, name="mfa_view_recovery_codes"),
    path("accounts/second/codes/new/", second_factor.renew_codes, name="mfa_generate_recovery_codes"),
    path("accounts/sessions/", own_sessions.sessions, name="sessions"),
    path("messages/", home.inbox, name="inbox"),
    path("messages/<uuid:pk>/", home.open_message, name="open_message"),
    path("messages/read-all/", home.read_all, name="read_all_messages"),
    path("messages/unread/", home.unread, name="unread"),
    path("look/", look.display, name="display"),
    path("look/list/", look.list_view, name="list-view"),
    path("filling/", home.filling_line, name="filling"),
    path("offline/", offline.offline, name="offline"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("trust/", trust.trust, name="trust"),
    path("trust/<str:name>", trust.trust_file, name="trust-file"),
    path("settings/", home.settings_page, name="settings"),
    path("v/<str:code>/", voting.vote, name="vote"),
    path("t/<str:code>/", home.township_home, name="township_home"),
    path("", include("congress.kernel_urls")),
    path("t/<str:code>/", include("deputies.urls")),
    path("t/<str:code>/", include("congress.counting.urls")),
    path("t/<str:code>/", include("congress.assembly.urls")),
    path("", include("elections.urls")),
    path("p/<str:code>/", include("elections.public_urls")),
    path("t/<str:code>/", include("proposals.urls")),
    path("", include("reports.urls")),
]

urlpatterns = [Beginning("", by_words(addresses))]
