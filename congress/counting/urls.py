"""Addresses of the counting room, inside a township."""

from django.urls import path

from congress.counting.life import COUNT, ENTRY, HALL, UNIT
from congress.counting.views import halls, pages, recounts
from congress.web.steps import Pages

LISTED = ("计票", "counting-counts")
HALLS = ("会场表决", "counting-halls")

urlpatterns = [
    path("counting/", pages.counts, name="counting-counts"),
    path("counting/<uuid:pk>/", pages.count, name="counting-count"),
    path("counting/<uuid:pk>/paper/", pages.count_paper, name="counting-count-paper"),
    path("counting/recounts/<uuid:pk>/paper/", recounts.recount_paper, name="counting-recount-paper"),
    path("counting/units/<uuid:pk>/", pages.unit, name="counting-unit"),
    path("counting/units/<uuid:pk>/paper/", pages.unit_paper, name="counting-unit-paper"),
    path("counting/units/<uuid:pk>/blank/", pages.unit_blank, name="counting-unit-blank"),
    path("counting/entries/<uuid:pk>/", pages.entry, name="counting-entry"),
    path("counting/halls/", halls.hall_list, name="counting-halls"),
    path("counting/halls/new/", halls.prepare, name="counting-hall-new"),
    path("counting/halls/<uuid:pk>/", halls.hall, name="counting-hall"),
    path("counting/halls/<uuid:pk>/codes/", halls.codes, name="counting-hall-codes"),
    *Pages(COUNT, "counting/<uuid:pk>/", LISTED).urls(),
    *Pages(UNIT, "counting/units/<uuid:pk>/", LISTED, template="counting/step.html").urls(),
    *Pages(HALL, "counting/halls/<uuid:pk>/", HALLS).urls(),
    *Pages(
        ENTRY, "counting/entries/<uuid:pk>/", LISTED, template="counting/entry.html", frame=pages.around_entry
    ).urls(),
]
