"""Addresses of the kernel: inside a township, and of the administrators."""

from django.urls import include, path

from congress.views import administration as admin
from congress.views import board, erasing, imports, law, members, numbers, personal, township

in_township = [
    path("deadlines/", board.deadline_board, name="deadlines"),
    path("deliveries/", township.deliveries, name="deliveries"),
    path("deliveries/<uuid:pk>/resend/", township.resend_delivery, name="delivery-resend"),
    path("units/", township.units, name="units"),
    path("units/new/", township.unit_edit, name="unit-new"),
    path("units/<uuid:pk>/", township.unit_edit, name="unit-edit"),
    path("categories/", township.categories, name="categories"),
    path("categories/new/", township.category_edit, name="category-new"),
    path("categories/<uuid:pk>/", township.category_edit, name="category-edit"),
    path("numbers/", numbers.series, name="series"),
    path("numbers/begin/", numbers.series_begin, name="series-begin"),
    path("about/", township.words, name="township-words"),
    path("documents/", township.documents, name="documents"),
    path("documents/<uuid:pk>/", township.document, name="document"),
    path("documents/<uuid:pk>/file/", township.document_file, name="document-file"),
    path("documents/<uuid:pk>/check/", township.document_check, name="document-check"),
    path("jobs/", township.job_list, name="jobs"),
    path("jobs/<uuid:pk>/", township.job, name="job"),
    path("jobs/<uuid:pk>/cancel/", township.job_cancel, name="job-cancel"),
    path("jobs/<uuid:pk>/file/", township.job_file, name="job-file"),
    path("trail/", township.trail, name="trail"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/new/<str:kind>/", imports.import_new, name="import-new"),
    path("imports/new/<str:kind>/template/", imports.import_template, name="import-template"),
    path("imports/<uuid:pk>/", imports.import_batch, name="import-batch"),
    path("imports/<uuid:pk>/mapping/", imports.import_mapping, name="import-mapping"),
    path("imports/<uuid:pk>/answers/", imports.import_answers, name="import-answers"),
    path("imports/<uuid:pk>/options/", imports.import_options, name="import-options"),
    path("imports/<uuid:pk>/take/", imports.import_take, name="import-take"),
    path("imports/<uuid:pk>/drop/", imports.import_drop, name="import-drop"),
    path("imports/<uuid:pk>/undo/", imports.import_undo, name="import-undo"),
    path("imports/<uuid:pk>/errors/", imports.import_errors, name="import-errors"),
    path("erasures/", erasing.erasures, name="erasures"),
    path("erasures/new/<str:model>/<uuid:pk>/", erasing.erasure_new, name="erasure-new"),
    path("erasures/<uuid:pk>/", erasing.erasure, name="erasure"),
    path("members/", members.members, name="members"),
    path("members/new/", members.member_new, name="member-new"),
    path("members/<int:pk>/", members.member, name="member"),
    path("reveal/<str:model>/<uuid:pk>/<str:field>/", personal.reveal_field, name="reveal"),
    path("attach/<str:model>/<uuid:pk>/", personal.attach, name="attach"),
    path("attachments/<uuid:pk>/", personal.attachment, name="attachment"),
    path("attachments/<uuid:pk>/withdraw/", personal.attachment_withdraw, name="attachment-withdraw"),
]

administration = [
    path("", admin.administration, name="administration"),
    path("users/", admin.users, name="administration-users"),
    path("users/new/", admin.user_new, name="administration-user-new"),
    path("users/<int:pk>/", admin.user, name="administration-user"),
    path("places/", admin.places, name="administration-places"),
    path("places/new/", admin.township, name="administration-township-new"),
    path("places/<int:pk>/", admin.township, name="administration-township"),
    path("counties/new/", admin.county, name="administration-county-new"),
    path("counties/<int:pk>/", admin.county, name="administration-county"),
    path("holidays/", admin.holidays, name="administration-holidays"),
    path("holidays/new/", admin.holiday, name="administration-holiday-new"),
    path("holidays/<int:pk>/", admin.holiday, name="administration-holiday"),
    path("lockouts/", admin.lockouts, name="administration-lockouts"),
    path("personal/", admin.personal_inventory, name="administration-personal"),
    path("audit/", admin.audit_trail, name="administration-audit"),
    path("audit/anchors/", admin.audit_anchors, name="administration-anchors"),
    path("audit/verify/", admin.audit_verify, name="administration-verify"),
]

urlpatterns = [
    path("t/<str:code>/", include(in_township)),
    path("administration/", include(administration)),
    path("law/<str:source>/<str:edition>/<int:article>/", law.law_article, name="law-article"),
]
