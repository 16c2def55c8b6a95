"""Addresses of this app: a township's reports, and the county's view of its townships."""

from django.urls import include, path

from reports.views import annual, county, figures, sections

in_township = [
    path("", annual.report_list, name="reports-list"),
    path("new/", annual.new, name="reports-new"),
    path("<uuid:pk>/", annual.report, name="reports-report"),
    path("<uuid:pk>/edit/", sections.edit, name="reports-edit"),
    path("<uuid:pk>/heading/", sections.heading, name="reports-heading"),
    path("<uuid:pk>/add/", sections.add, name="reports-add"),
    path("<uuid:pk>/figures/", figures.figure_list, name="reports-figures"),
    path("<uuid:pk>/figures/<str:key>/", figures.figure, name="reports-figure"),
    path("<uuid:pk>/recompute/", figures.recompute, name="reports-recompute"),
    path("<uuid:pk>/cut-off/", figures.cut_off, name="reports-cut-off"),
    path("<uuid:pk>/check/", annual.missing_page, name="reports-check"),
    path("<uuid:pk>/layout/", annual.layout, name="reports-layout"),
    path("<uuid:pk>/pdf/", annual.pdf, name="reports-pdf"),
    path("<uuid:pk>/issue/", annual.issue, name="reports-issue"),
    path("<uuid:pk>/correct/", annual.correct, name="reports-correct"),
    path("<uuid:pk>/discard/", annual.discard, name="reports-discard"),
    path("sections/<uuid:pk>/", sections.save, name="reports-section"),
    path("sections/<uuid:pk>/<str:step>/", sections.arrange, name="reports-arrange"),
    path("drafts/<uuid:pk>/", sections.draft, name="reports-draft"),
]

in_county = [
    path("overview/", county.overview, name="reports-county"),
    path("overdue/", county.overdue, name="reports-county-overdue"),
]

urlpatterns = [
    path("t/<str:code>/reports/", include(in_township)),
    path("c/<str:code>/", include(in_county)),
]
