"""Every field that looks like personal data is declared with its purpose, or stands here with the reason why it is none."""

import re

from django.apps import apps
from django.db import models

from congress.people.fields import EncryptedTextField
from congress.people.personal import Klass, inventory
from tests.architecture.test_guard import our_models

LOOKS_PERSONAL = re.compile(
    r"name|phone|mobile|mail|birth|address|id_number|identity|ethnic|party|gender|sex|education|occupation|employer"
    r"|native|certificate|photo|signature|contact|visitor|village|health|religion|account|wechat|passport"
)
LABELS = re.compile(
    "姓名|电话|手机|住址|民族|性别|出生|身份证|政治面貌|文化程度|工作单位|职务|签名|照片|邮箱|证号|反映人|承办人"
)

# Field → why it is no personal data, or by which other declaration it is covered.
NOT_PERSONAL = {
    "congress.County.name": "a place",
    "congress.County.congress_name": "an organ",
    "congress.Township.name": "a place",
    "congress.Holiday.name": "a day",
    "congress.Unit.name": "an organ",
    "congress.TurnedAway.name_index": "a keyed digest of the login name that was typed, counted for a day",
    "congress.TurnedAway.address": "a network address, kept against attacks on accounts",
    "congress.User.username": "the account itself, held for as long as it can log in",
    "congress.User.display_name": "the account itself, shown to those who work together",
    "congress.User.email": "the account itself, used for reminders only",
    "congress.RowHistory.table_name": "a table",
    "congress.RowState.table_name": "a table",
    "congress.StoredFile.name": "a file",
    "congress.ImportBatch.file_name": "a file",
    "congress.Delivery.mail_id": "a number of a mail, not an address",
    "deputies.Station.name": "a place",
    "reports.Template.name": "a structure of reports",
    "deputies.Station.address": "a public office's address",
    "deputies.District.name": "a place",
    "deputies.District.villages": "places and works of a district",
    "deputies.Activity.villages": "how many villages were visited",
    "deputies.Group.name": "a group",
    "elections.Campaign.name": "the work of an election",
    "elections.Committee.name": "an organ",
    "elections.NominatingBody.name": "an organ",
    "elections.PollingPlace.name": "a place",
    "elections.Tablet.name": "a device",
    "elections.MobileBox.signed": "a yes or no",
    "elections.VettingUnit.name": "an organ",
    "elections.Committee.office_place": "an office",
    "elections.Campaign.online_contact": "an office's telephone",
    "elections.PublishedPage.district_name": "a place",
    "elections.PublishedPage.group_name": "a group",
    "elections.Submission.addressee": "an organ",
    "elections.VoterList.appeal_place": "an office",
    "elections.VoterList.shows_gender": "whether a column is printed",
    "counting.CountUnit.name": "a box or a hall",
    "assembly.CredentialsMember.post": "an office",
    "assembly.Officer.post": "an office",
    "assembly.Officer.title": "an office",
    "proposals.ReceptionDeputy.office": "a public office, as the board at the station shows it",
    "proposals.Suggestion.confidential": "whether a name is withheld, not the name",
}


def suspects(found) -> list[str]:
    """Columns that look personal, as label.field."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.concrete_fields
        if not field.is_relation
        and not isinstance(field, models.BinaryField)
        and (LOOKS_PERSONAL.search(field.name) or LABELS.search(str(field.verbose_name)))
    ]


def undeclared(found) -> list[str]:
    """Suspects that nobody declared and nobody explained."""
    declared = {f"{each.model._meta.label}.{each.field}" for each in inventory()}
    return sorted(set(suspects(found)) - declared - set(NOT_PERSONAL))


def test_every_personal_looking_field_is_declared_or_explained():
    assert undeclared(our_models()) == []


def test_an_undeclared_field_would_be_noticed(monkeypatch):
    deputy = apps.get_model("deputies.Deputy")
    without = {name: value for name, value in deputy.personal_fields.items() if name != "ethnicity"}
    monkeypatch.setattr(deputy, "personal_fields", without)
    assert undeclared(our_models()) == ["deputies.Deputy.ethnicity"]


def test_every_explanation_names_a_field_there_is_and_that_needs_it():
    assert sorted(set(NOT_PERSONAL) - set(suspects(our_models()))) == []


def test_what_is_sensitive_is_stored_encrypted():
    open_ones = [
        f"{e.model._meta.label}.{e.field}"
        for e in inventory()
        if e.personal.klass is Klass.SENSITIVE and not e.encrypted
    ]
    assert open_ones == []


def test_numbers_addresses_and_phones_of_people_are_stored_encrypted():
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if re.search(r"id_number|phone|mobile", field.name)
        and isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, EncryptedTextField)
    ]
    assert plain == []
