"""Every list of the program: what fills it, who looks at it, and copies of its rows."""

import inspect
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.db import models

from congress import audit
from congress.guard import scope
from congress.guard.action import action
from congress.models import (
    AccountRequest,
    County,
    Holiday,
    ImportBatch,
    Membership,
    NumberSequence,
    Role,
    Township,
    User,
)
from tests.architecture.malformed import SHOWS
from tests.architecture.samples import FILL
from tests.architecture.test_urls import NAMED, address

# Address → (the sample whose copies fill the list, who looks at it).
LISTS = {
    "units": ("unit", "clerk"),
    "channels": ("channel", "clerk"),
    "categories": ("category", "clerk"),
    "documents": ("document", "clerk"),
    "jobs": ("job", "clerk"),
    "series": ("a series", "clerk"),
    "imports": ("batch", "clerk"),
    "deadlines": ("suggestion.talked", "clerk"),
    "deliveries": ("delivery", "clerk"),
    "trail": ("an event", "clerk"),
    "members": ("a user", "clerk"),
    "erasures": ("erasure", "clerk"),
    "deputies-list": ("deputy", "clerk"),
    "deputies-corrections": ("correction", "clerk"),
    "deputies-stations": ("station", "clerk"),
    "deputies-groups": ("group", "clerk"),
    "deputies-terms": ("term", "clerk"),
    "deputies-districts": ("district", "clerk"),
    "deputies-activities": ("activity", "clerk"),
    "deputies-own-activities": ("own_activity", "clerk"),
    "proposals-receptions": ("reception", "clerk"),
    "proposals-matters": ("matter", "clerk"),
    "proposals-suggestions": ("suggestion.talked", "clerk"),
    "proposals-handling": ("suggestion.talked", "handler"),
    "proposals-mine": ("suggestion.talked", "deputy_user"),
    "proposals-promises": ("promise", "clerk"),
    "proposals-periods": ("period", "clerk"),
    "counting-counts": ("count", "clerk"),
    "counting-halls": ("hall", "clerk"),
    "assembly-sessions": ("session", "clerk"),
    "assembly-officers": ("officer", "clerk"),
    "assembly-credentials": ("credentials_member", "clerk"),
    "assembly-meetings": ("meeting", "clerk"),
    "elections-list": ("election", "clerk"),
    "elections-turnouts": ("turnout", "clerk"),
    "elections-listed": ("registration", "clerk"),
    "elections-appeals": ("appeal", "clerk"),
    "elections-cards": ("voter_card", "clerk"),
    "elections-campaigns": ("campaign", "clerk"),
    "elections-member-list": ("committee_member", "clerk"),
    "elections-decision-list": ("committee_decision", "clerk"),
    "elections-team-list": ("work_team", "clerk"),
    "elections-task-list": ("campaign_task", "clerk"),
    "elections-submission-list": ("submission", "clerk"),
    "elections-coverage-list": ("coverage", "clerk"),
    "elections-inspection-list": ("inspection", "clerk"),
    "elections-breach-list": ("breach", "clerk"),
    "elections-recalls": ("recall", "clerk"),
    "elections-annulment-list": ("annulment", "clerk"),
    "elections-progress-list": ("progress", "clerk"),
    "elections-districts": ("next_district", "clerk"),
    "elections-group-list": ("voter_group", "clerk"),
    "elections-district-day-list": ("district_day", "clerk"),
    "elections-mobile-box-list": ("mobile_box", "clerk"),
    "elections-mobile-voter-list": ("mobile_voter", "clerk"),
    "elections-ballot-box-list": ("ballot_box", "clerk"),
    "elections-room-list": ("room_check", "clerk"),
    "elections-handed-list": ("handed_form", "clerk"),
    "elections-staff-list": ("poll_staff", "clerk"),
    "elections-candidate-lists": ("candidate_list", "clerk"),
    "elections-consultation-list": ("consultation", "clerk"),
    "elections-preliminary-list": ("preliminary", "clerk"),
    "elections-meeting-list": ("candidate_meeting", "clerk"),
    "elections-place-list": ("polling_place", "clerk"),
    "elections-rounds": ("round.declared", "clerk"),
    "elections-ledger-list": ("ledger_line", "clerk"),
    "elections-archive-list": ("archive_item", "clerk"),
    "elections-issue-registers": ("issue_register", "clerk"),
    "elections-turnout-board": ("issue_register", "clerk"),
    "elections-vacancy-list": ("vacancy", "clerk"),
    "elections-origin-list": ("district_origin", "clerk"),
    "elections-statistics": ("registration", "clerk"),
    "elections-breakdown": ("next_district", "clerk"),
    "elections-nominee-list": ("nominee", "clerk"),
    "elections-nominations": ("nomination", "clerk"),
    "elections-body-list": ("body", "clerk"),
    "elections-vetting-unit-list": ("vetting_unit", "clerk"),
    "elections-vettings": ("vetting", "clerk"),
    "elections-requests": ("request", "clerk"),
    "elections-voter-list": ("voter", "clerk"),
    "elections-roll": ("registration", "clerk"),
    "elections-roll-changes": ("roll_change", "clerk"),
    "elections-exclusions": ("exclusion", "clerk"),
    "elections-pool": ("pool_entry", "clerk"),
    "elections-proxies": ("proxy", "clerk"),
    "elections-proxy-shares": ("next_district", "clerk"),
    "elections-proxy-note-list": ("proxy_note", "clerk"),
    "elections-detained-list": ("detained", "clerk"),
    "elections-transfers": ("transfer_in", "clerk"),
    "elections-county": ("campaign", "county_viewer"),
    "reports-list": ("report", "clerk"),
    "county-deadlines": ("suggestion.talked", "county_viewer"),
    "reports-templates": ("template", "clerk"),
    "reports-guidings": ("guiding", "clerk"),
    "reports-plan": ("plan_item", "clerk"),
    "reports-county": ("suggestion.talked", "county_viewer"),
    "reports-county-units": ("suggestion.talked", "county_viewer"),
    "reports-county-open": ("suggestion.talked", "county_viewer"),
    "reports-questions": ("county_question", "clerk"),
    "reports-county-questions": ("county_question", "county_viewer"),
    "reports-county-rules": ("county_rule", "county_viewer"),
    "reports-county-guidings": ("county_guiding", "county_viewer"),
    "reports-county-overdue": ("suggestion.talked", "county_viewer"),
    "reports-county-figure": ("deputy", "county_viewer"),
    "administration-users": ("a user", "system"),
    "administration-requests": ("a request", "security"),
    "administration-places": ("a place", "system"),
    "administration-counties": ("a county", "system"),
    "administration-holidays": ("a holiday", "system"),
    "administration-audit": ("an event", "auditor"),
    "administration-anchors": ("an anchor", "auditor"),
}
# What is copied together with a row, by the name of the relation.
WITH = {
    "suggestion.talked": ("assignments", "talks"),
    "reception": ("receivers", "companions", "matters"),
    "deputy": ("mandates",),
    "station": ("checks",),
    "activity": ("attendances",),
    "term": ("districts",),
    "session": ("officers",),
    "issue_register": ("hours",),
    "report": ("sections",),
    "county_question": ("answers",),
}
# What there is one row of, and the row it belongs to.
ONE_OF = {
    "candidate_list": "district",
    "preliminary": "district",
    "election": "term",
    "channel": "unit",
    "delivery": "message",
    "promise": "suggestion",
    "registration": "voter",
    "vacancy": "district",
    "vetting": "unit",
    "mobile_voter": "registration",
    "room_check": "place",
    "ledger_line": "place",
    "issue_register": "place",
    "annulment": "mandate",
    "mandate": "term",
    "voter_card": "registration",
    "detained": "registration",
    "proxy_note": "district",
    "district_day": "district",
    "district_origin": "district",
}
WITHOUT_FRAME = {"HX-Request": "true"}  # the rows alone: what stands round them is the same whatever a list is asked
OWN = {"id", "created_at", "data_key", "account", "document", "corrects", "client_key", "id_index"}


def differing(field, value, number: int):
    """A value of the same kind that no other row has."""
    if isinstance(field, models.UUIDField):
        return uuid.UUID(int=value.int ^ number)
    if field.name in ("subject_type", "month"):  # a table, whose row is another one by its key; a year has its twelve
        return value
    if isinstance(field, models.CharField) and not field.choices and value:
        return f"{value}{number}"[-field.max_length :]
    if isinstance(field, models.PositiveSmallIntegerField | models.PositiveIntegerField) and value is not None:
        return value + number
    if isinstance(field, models.DateField) and isinstance(value, date):
        return value - timedelta(days=number)
    return value


def must_differ(model, given) -> set[str]:
    """Fields of the constraints that the given ones do not fulfil by themselves."""
    constraints = [set(getattr(one, "fields", ())) for one in model._meta.constraints]
    return {name for fields in constraints if not fields & set(given) for name in fields}


def copied(row, number: int, /, **given):
    """Another row like this one, other only in what is given and in what may not repeat."""
    model, values = type(row), {}
    for field in model._meta.concrete_fields:
        if field.name in OWN or field.name in given:
            continue
        key = field.attname if field.is_relation else field.name
        wanted = field.name in must_differ(model, given) and not field.is_relation
        values[key] = differing(field, getattr(row, key), number) if wanted else getattr(row, key)
    if model is ImportBatch:  # sealed under the key of the row it was made for; a list reads only what is beside it
        values["data_key_id"] = row.data_key_id
    return model.objects.create(**values, **given)


def beside(what: str, row, number: int):
    """Another row like this one, and of what there is one row of, another of that as well."""
    of = ONE_OF.get(what)
    return copied(row, number, **({of: beside(of, getattr(row, of), number)} if of else {}))


def grow(what: str, world, samples, number: int) -> None:
    """One more of what a list shows."""
    if what == "a user":
        with scope.accounts(), action(FILL, actor=None):
            user = User.objects.create_user(f"extra{number}", display_name="加人")
            Membership.objects.create(user=user, role=Role.CLERK, township=world.township)
        return
    if what == "a request":
        with scope.accounts(), action(FILL, actor=None):
            AccountRequest.objects.create(
                user=User.objects.create_user(f"asked{number}", display_name="受申请人"),
                kind=AccountRequest.Kind.GRANT,
                role=Role.CLERK,
                township=world.township,
                asked_by=world.system,
            )
        return
    if what in ("a place", "a county", "a holiday", "an event", "an anchor", "a series"):
        with scope.township(world.township), action(FILL, actor=None):
            if what == "a series":
                NumberSequence.objects.create(township=world.township, series="document", year=1980 + number, last=1)
            if what == "a place":
                Township.objects.create(
                    county=world.county, code=f"9901011{number:05d}", name=f"新{number}镇", document_word="新"
                )
            if what == "a county":
                County.objects.create(code=f"9903{number:08d}", name=f"新{number}县")
            if what == "a holiday":
                Holiday.objects.create(day=date(2031, 1, 1) + timedelta(days=number), name="假", basis="通知")
        if what == "an anchor":
            audit.anchor()
        return
    row = samples[what]
    by_county = scope.county(world.county, [world.township, world.neighbour], writes=True)
    with by_county if what.startswith("county_") else scope.township(world.township), action(FILL, actor=None):
        new = beside(what, row, number)
    with scope.township(world.township), action(FILL, actor=None):
        for relation in WITH.get(what, ()):
            children = getattr(row, relation)
            for position, child in enumerate(children.all()):
                copied(child, number * 10 + position, **{children.field.name: new})


@cache
def routes() -> dict:
    """Each address of the program by its name."""
    return {item.name: (route, item) for route, item in NAMED}


@cache
def lists_of_the_program() -> list[str]:
    """Addresses whose view shows a Listing."""
    return [item.name for _, item in NAMED if SHOWS.search(inspect.getsource(inspect.unwrap(item.callback)))]


def each_list(browse, world, samples) -> Iterator[tuple]:
    """(name, address, client) of every list of the program, the lists of one reader after those of another: who reads on is
    not logged in anew."""
    reader = None
    for name in sorted(lists_of_the_program(), key=lambda name: LISTS[name][1]):
        who = LISTS[name][1]
        if who != reader:
            client, reader = browse(getattr(world, who)), who
        route, item = routes()[name]
        yield name, address(route, item, world, samples[0]), client


def read_whole(answer) -> list:
    """The rows of a page with what every column shows, those that it does not show as well."""
    listing, shown = answer.context["listing"], answer.context["page"]
    if not any(column.deep for column in listing.columns):
        return list(shown)
    with scope.every_row("what a list would show if it showed all its columns"):
        rows = shown.paginator.object_list.filter(pk__in=[row.pk for row in shown])
        return list(listing.read_for(listing.columns, rows))
