"""Addresses of elections below a township's public entrance."""

from django.urls import path

from elections.views import public

urlpatterns = [
    path("register/", public.register, name="public-register"),
    path("voters/look-up/", public.look_up, name="public-look-up"),
    path("voters/<uuid:pk>/", public.voter_list, name="public-voter-list"),
    path("voters/pages/<uuid:pk>/", public.list_page, name="public-list-page"),
]
