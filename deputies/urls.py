"""Addresses of the roster, below /t/<code>/."""

from django.urls import path

from congress.web.steps import Pages
from deputies.life import CORRECTION, MANDATE
from deputies.views import activities, corrections, documents, own, roster, seats, stations, terms

urlpatterns = [
    path("deputies/", roster.deputy_list, name="deputies-list"),
    path("deputies/new/", roster.deputy_new, name="deputies-new"),
    path("deputies/approve/", roster.approve_all, name="deputies-approve-all"),
    path("deputies/accounts/", roster.accounts, name="deputies-accounts"),
    path("deputies/structure/", documents.structure_page, name="deputies-structure"),
    path("deputies/roster.pdf", documents.roster_draft, name="deputies-roster-draft"),
    path("deputies/roster/issue/", documents.roster_issue, name="deputies-roster-issue"),
    path("deputies/<uuid:pk>/", roster.deputy_detail, name="deputies-detail"),
    path("deputies/<uuid:pk>/edit/", roster.deputy_edit, name="deputies-edit"),
    path("deputies/<uuid:pk>/approve/", roster.deputy_approve, name="deputies-approve"),
    path("deputies/<uuid:pk>/withdraw/", roster.deputy_withdraw, name="deputies-withdraw"),
    path("deputies/<uuid:pk>/code/", roster.deputy_code, name="deputies-code"),
    path("deputies/<uuid:pk>/mandates/new/", seats.mandate_new, name="deputies-mandate-new"),
    *Pages(MANDATE, "deputies/mandates/<uuid:pk>/", ("代表花名册", "deputies-list")).urls(),
    path("me/", own.me, name="deputies-me"),
    path("me/correct/", own.correct, name="deputies-correct"),
    path("corrections/", corrections.correction_list, name="deputies-corrections"),
    path("corrections/<uuid:pk>/", corrections.correction, name="deputies-correction"),
    *Pages(CORRECTION, "corrections/<uuid:pk>/", ("更正申请", "deputies-corrections")).urls(),
    path("stations/", stations.station_list, name="deputies-stations"),
    path("stations/new/", stations.station_edit, name="deputies-station-new"),
    path("stations/<uuid:pk>/", stations.station, name="deputies-station"),
    path("stations/<uuid:pk>/edit/", stations.station_edit, name="deputies-station-edit"),
    path("stations/<uuid:pk>/close/", stations.station_close, name="deputies-station-close"),
    path("stations/<uuid:pk>/items/<uuid:item>/", stations.station_item, name="deputies-station-item"),
    path("groups/", terms.group_list, name="deputies-groups"),
    path("groups/new/", terms.group_edit, name="deputies-group-new"),
    path("groups/<uuid:pk>/", terms.group, name="deputies-group"),
    path("groups/<uuid:pk>/edit/", terms.group_edit, name="deputies-group-edit"),
    path("terms/", terms.term_list, name="deputies-terms"),
    path("terms/new/", terms.term_edit, name="deputies-term-new"),
    path("terms/<uuid:pk>/", terms.term, name="deputies-term"),
    path("terms/<uuid:pk>/edit/", terms.term_edit, name="deputies-term-edit"),
    path("terms/<uuid:pk>/districts/", terms.district_list, name="deputies-districts"),
    path("terms/<uuid:pk>/districts/new/", terms.district_new, name="deputies-district-new"),
    path("terms/districts/<uuid:pk>/", terms.district, name="deputies-district"),
    path("terms/districts/<uuid:pk>/edit/", terms.district_edit, name="deputies-district-edit"),
    path("activities/", activities.activity_list, name="deputies-activities"),
    path("activities/new/", activities.activity_edit, name="deputies-activity-new"),
    path("activities/<uuid:pk>/", activities.activity, name="deputies-activity"),
    path("activities/<uuid:pk>/edit/", activities.activity_edit, name="deputies-activity-edit"),
    path("activities/<uuid:pk>/withdraw/", activities.activity_withdraw, name="deputies-activity-withdraw"),
]
