"""Addresses of this app, inside a township."""

from django.urls import path

from congress.web.steps import Pages
from proposals.life import MATTER, RECEPTION, SUGGESTION
from proposals.views import matters, mine, periods, pressing, promises, receptions, suggestions

urlpatterns = [
    path("receptions/", receptions.receptions, name="proposals-receptions"),
    path("receptions/new/", receptions.reception_new, name="proposals-reception-new"),
    path("receptions/<uuid:pk>/", receptions.reception, name="proposals-reception"),
    path("receptions/<uuid:pk>/add/", receptions.matter_add, name="proposals-reception-add"),
    *Pages(RECEPTION, "receptions/<uuid:pk>/", ("接待选民", "proposals-receptions")).urls(),
    path("matters/", matters.matters, name="proposals-matters"),
    path("matters/<uuid:pk>/", matters.matter, name="proposals-matter"),
    *Pages(MATTER, "matters/<uuid:pk>/", ("反映事项", "proposals-matters")).urls(),
    path("matters/<uuid:pk>/slip/", matters.slip, name="proposals-matter-slip"),
    *matters.SEVERAL.urls(),
    path("matters/<uuid:pk>/visitor/<str:field>/", matters.visitor, name="proposals-visitor"),
    path("suggestions/", suggestions.suggestions, name="proposals-suggestions"),
    path("suggestions/new/", suggestions.suggestion_new, name="proposals-suggestion-new"),
    path("suggestions/<uuid:pk>/", suggestions.suggestion, name="proposals-suggestion"),
    *Pages(SUGGESTION, "suggestions/<uuid:pk>/", ("代表建议", "proposals-suggestions")).urls(),
    path("suggestions/<uuid:pk>/slip/<uuid:share>/", suggestions.slip, name="proposals-suggestion-slip"),
    path("promises/", promises.promises, name="proposals-promises"),
    path("urgings/<uuid:pk>/", pressing.urging, name="proposals-urging"),
    *suggestions.SEVERAL.urls(),
    path("handling/", mine.handling, name="proposals-handling"),
    path("mine/", mine.mine, name="proposals-mine"),
    path("office-periods/", periods.periods, name="proposals-periods"),
    path("office-periods/new/", periods.period_new, name="proposals-period-new"),
]
