"""Addresses of this app: a township's reports, and the county's view of its townships."""

from django.urls import include, path

from congress.web.steps import Pages
from reports.life import ANNUAL
from reports.views import (
    annual,
    asking,
    cockpit,
    composing,
    county,
    figures,
    leading,
    offering,
    own,
    paper,
    plans,
    returned,
    sections,
    suggestions,
    units,
    versions,
)
from reports.views.parts import step_frame

in_township = [
    path("", annual.report_list, name="reports-list"),
    path("new/", annual.new, name="reports-new"),
    path("<uuid:pk>/", annual.report, name="reports-report"),
    path("<uuid:pk>/edit/", sections.edit, name="reports-edit"),
    path("<uuid:pk>/figures/", figures.figure_list, name="reports-figures"),
    path("<uuid:pk>/figures/<str:key>/", figures.figure, name="reports-figure"),
    path("<uuid:pk>/check/", annual.missing_page, name="reports-check"),
    path("<uuid:pk>/versions/", versions.version_list, name="reports-versions"),
    path("<uuid:pk>/layout/", paper.layout, name="reports-layout"),
    path("<uuid:pk>/returned/", returned.come_back, name="reports-returned"),
    path("<uuid:pk>/word/", paper.word, name="reports-word"),
    path("<uuid:pk>/pdf/", paper.pdf, name="reports-pdf"),
    path("sections/<uuid:pk>/", sections.save, name="reports-section"),
    path("drafts/<uuid:pk>/", sections.draft, name="reports-draft"),
    *Pages(ANNUAL, "<uuid:pk>/", ("工作报告", "reports-list"), "reports/step.html", step_frame).urls(),
]

for route, name, one, edit, withdraw in (
    ("templates", "reports-template", composing.template, composing.template_edit, composing.template_withdraw),
    ("guidings", "reports-guiding", composing.guiding, composing.guiding_edit, composing.guiding_withdraw),
    ("plan", "reports-plan-item", plans.item, plans.item_edit, plans.item_withdraw),
):
    in_township += [
        path(f"{route}/new/", edit, name=f"{name}-new"),
        path(f"{route}/<uuid:pk>/", one, name=name),
        path(f"{route}/<uuid:pk>/edit/", edit, name=f"{name}-edit"),
        path(f"{route}/<uuid:pk>/withdraw/", withdraw, name=f"{name}-withdraw"),
    ]
in_township += [
    path("templates/", composing.templates, name="reports-templates"),
    path("guidings/", composing.guidings, name="reports-guidings"),
    path("plan/", plans.plan, name="reports-plan"),
    path("plan/offers/", plans.take_up_page, name="reports-plan-offers"),
    path("<uuid:pk>/problems/", offering.problems, name="reports-problems"),
    path("<uuid:pk>/cases/", offering.cases, name="reports-cases"),
    path("sections/<uuid:pk>/last/", offering.last_words, name="reports-last"),
]

questions = [
    path("", asking.question_list, name="reports-questions"),
    path("<uuid:pk>/", asking.question, name="reports-question"),
    path("<uuid:pk>/answer/", asking.answer, name="reports-question-answer"),
]

in_county = [
    path("questions/", asking.asked, name="reports-county-questions"),
    path("units/", units.units, name="reports-county-units"),
    path("open/", suggestions.under_way, name="reports-county-open"),
    path("guidings/", leading.guidings, name="reports-county-guidings"),
    path("guidings/new/", leading.new_guiding, name="reports-county-guiding-new"),
    path("guidings/<uuid:pk>/end/", leading.end_guiding, name="reports-county-guiding-end"),
    path("rules/", own.rules, name="reports-county-rules"),
    path("rules/new/", own.new_rule, name="reports-county-rule-new"),
    path("rules/<uuid:pk>/end/", own.end_rule, name="reports-county-rule-end"),
    path("tiles/", own.tiles, name="reports-county-tiles"),
    path("tiles/lay/", own.lay, name="reports-county-lay"),
    path("ask/", asking.ask, name="reports-county-ask"),
    path("", cockpit.home, name="county_home"),
    path("screen/", cockpit.screen, name="reports-county-screen"),
    path("years/", cockpit.years, name="reports-county-years"),
    path("overview/", county.overview, name="reports-county"),
    path("overview/<str:key>/", county.figure, name="reports-county-figure"),
    path("overdue/", suggestions.overdue, name="reports-county-overdue"),
]

urlpatterns = [
    path("t/<str:code>/reports/", include(in_township)),
    path("t/<str:code>/questions/", include(questions)),
    path("c/<str:code>/", include(in_county)),
]
