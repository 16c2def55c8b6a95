"""Addresses of sessions and meetings, inside a township."""

from django.urls import path

from congress.assembly.views import credentials, meetings, officers, sessions

urlpatterns = [
    path("sessions/", sessions.sessions, name="assembly-sessions"),
    path("sessions/new/", sessions.session_edit, name="assembly-session-new"),
    path("sessions/<uuid:pk>/", sessions.session, name="assembly-session"),
    path("sessions/<uuid:pk>/edit/", sessions.session_edit, name="assembly-session-edit"),
    path("sessions/<uuid:pk>/withdraw/", sessions.session_withdraw, name="assembly-session-withdraw"),
    path("sessions/<uuid:pk>/officers/new/", officers.officer_new, name="assembly-officer-new"),
    path("officers/", officers.officers, name="assembly-officers"),
    path("officers/<uuid:pk>/", officers.officer, name="assembly-officer"),
    path("officers/<uuid:pk>/edit/", officers.officer_edit, name="assembly-officer-edit"),
    path("officers/<uuid:pk>/end/", officers.officer_end, name="assembly-officer-end"),
    path("officers/<uuid:pk>/withdraw/", officers.officer_withdraw, name="assembly-officer-withdraw"),
    path("sessions/<uuid:pk>/credentials/new/", credentials.member_new, name="assembly-credentials-member-new"),
    path("credentials/", credentials.members, name="assembly-credentials"),
    path("credentials/<uuid:pk>/", credentials.member, name="assembly-credentials-member"),
    path("credentials/<uuid:pk>/edit/", credentials.member_edit, name="assembly-credentials-member-edit"),
    path("credentials/<uuid:pk>/withdraw/", credentials.member_withdraw, name="assembly-credentials-member-withdraw"),
    path("presidium/", meetings.meetings, name="assembly-meetings"),
    path("presidium/new/", meetings.meeting_edit, name="assembly-meeting-new"),
    path("presidium/<uuid:pk>/", meetings.meeting, name="assembly-meeting"),
    path("presidium/<uuid:pk>/word/", meetings.meeting_word, name="assembly-meeting-word"),
    path("presidium/<uuid:pk>/edit/", meetings.meeting_edit, name="assembly-meeting-edit"),
    path("presidium/<uuid:pk>/withdraw/", meetings.meeting_withdraw, name="assembly-meeting-withdraw"),
]
