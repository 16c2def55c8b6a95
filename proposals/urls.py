"""Addresses of this app, inside a township."""

from django.urls import path

from congress.web.steps import Pages
from proposals.life import SUGGESTION
from proposals.views import matters, mine, periods, receptions, suggestions

urlpatterns = [
    path("receptions/", receptions.receptions, name="proposals-receptions"),
    path("receptions/new/", receptions.reception_new, name="proposals-reception-new"),
    path("receptions/<uuid:pk>/", receptions.reception, name="proposals-reception"),
    path("receptions/<uuid:pk>/add/", receptions.matter_add, name="proposals-reception-add"),
    path("receptions/<uuid:pk>/correct/", receptions.reception_correct, name="proposals-reception-correct"),
    path("receptions/<uuid:pk>/withdraw/", receptions.reception_withdraw, name="proposals-reception-withdraw"),
    path("matters/", matters.matters, name="proposals-matters"),
    path("matters/<uuid:pk>/", matters.matter, name="proposals-matter"),
    path("matters/<uuid:pk>/answer/", matters.answer, name="proposals-matter-answer"),
    path("matters/<uuid:pk>/unit/", matters.hand, name="proposals-matter-unit"),
    path("matters/<uuid:pk>/upward/", matters.upward, name="proposals-matter-upward"),
    path("matters/<uuid:pk>/decline/", matters.decline, name="proposals-matter-decline"),
    path("matters/<uuid:pk>/suggestion/", suggestions.turn, name="proposals-matter-suggestion"),
    path("matters/<uuid:pk>/resolve/", matters.resolve, name="proposals-matter-resolve"),
    path("matters/<uuid:pk>/tell/", matters.tell, name="proposals-matter-tell"),
    path("matters/<uuid:pk>/correct/", matters.correct, name="proposals-matter-correct"),
    path("matters/<uuid:pk>/withdraw/", matters.withdraw, name="proposals-matter-withdraw"),
    path("matters/<uuid:pk>/visitor/<str:field>/", matters.visitor, name="proposals-visitor"),
    path("suggestions/", suggestions.suggestions, name="proposals-suggestions"),
    path("suggestions/new/", suggestions.suggestion_new, name="proposals-suggestion-new"),
    path("suggestions/<uuid:pk>/", suggestions.suggestion, name="proposals-suggestion"),
    *Pages(SUGGESTION, "suggestions/<uuid:pk>/", ("代表建议", "proposals-suggestions")).urls(),
    path("handling/", mine.handling, name="proposals-handling"),
    path("mine/", mine.mine, name="proposals-mine"),
    path("office-periods/", periods.periods, name="proposals-periods"),
    path("office-periods/new/", periods.period_new, name="proposals-period-new"),
]
