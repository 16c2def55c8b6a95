"""Addresses of elections, inside a township."""

from django.urls import path

from elections.views import elections, turnouts

urlpatterns = [
    path("elections/", elections.election_list, name="elections-list"),
    path("elections/new/", elections.election_edit, name="elections-new"),
    path("elections/<uuid:pk>/", elections.election, name="elections-election"),
    path("elections/<uuid:pk>/edit/", elections.election_edit, name="elections-edit"),
    path("elections/<uuid:pk>/withdraw/", elections.election_withdraw, name="elections-withdraw"),
    path("elections/<uuid:pk>/districts/", turnouts.turnout_list, name="elections-turnouts"),
    path("elections/<uuid:pk>/districts/new/", turnouts.turnout_new, name="elections-turnout-new"),
    path("elections/districts/<uuid:pk>/", turnouts.turnout, name="elections-turnout"),
    path("elections/districts/<uuid:pk>/edit/", turnouts.turnout_edit, name="elections-turnout-edit"),
    path("elections/districts/<uuid:pk>/withdraw/", turnouts.turnout_withdraw, name="elections-turnout-withdraw"),
]
