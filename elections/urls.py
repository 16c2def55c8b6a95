"""Addresses of elections, inside a township."""

from django.urls import path

from elections import views

urlpatterns = [
    path("elections/", views.election_list, name="elections-list"),
    path("elections/new/", views.election_edit, name="elections-new"),
    path("elections/<uuid:pk>/", views.election, name="elections-election"),
    path("elections/<uuid:pk>/edit/", views.election_edit, name="elections-edit"),
    path("elections/<uuid:pk>/withdraw/", views.election_withdraw, name="elections-withdraw"),
]
