"""Every list asks the database as often for more rows as for few, can be taken along as a table, and knows being empty."""

import inspect
import io
import itertools
import re
import uuid
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

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
    Unit,
    User,
)
from congress.web import table
from congress.web.table import plain
from reports.tasks import take_figures
from tests.architecture.samples import FILL
from tests.architecture.test_urls import NAMED, address

pytestmark = pytest.mark.usefixtures("sampled")

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
    "assembly-sessions": ("session", "clerk"),
    "assembly-officers": ("officer", "clerk"),
    "assembly-meetings": ("meeting", "clerk"),
    "elections-list": ("election", "clerk"),
    "elections-turnouts": ("turnout", "clerk"),
    "reports-list": ("report", "clerk"),
    "reports-county": ("suggestion.talked", "county_viewer"),
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
    "report": ("sections",),
}
OWN = {"id", "created_at", "data_key", "account", "document", "corrects", "client_key", "id_index"}


def differing(field, value, number: int):
    """A value of the same kind that no other row has."""
    if isinstance(field, models.UUIDField):
        return uuid.UUID(int=value.int ^ number)
    if field.name == "subject_type":  # the name of a table, whose row is another one by its key
        return value
    if isinstance(field, models.CharField) and not field.choices and value:
        return f"{value}{number}"[-field.max_length :]
    if isinstance(field, models.PositiveSmallIntegerField | models.PositiveIntegerField):
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
    with scope.township(world.township), action(FILL, actor=None):
        of = {"election": "term", "channel": "unit", "delivery": "message", "promise": "suggestion"}.get(
            what
        )  # what there is one row of
        new = copied(row, number, **({of: copied(getattr(row, of), number)} if of else {}))
        for relation in WITH.get(what, ()):
            children = getattr(row, relation)
            for position, child in enumerate(children.all()):
                copied(child, number * 10 + position, **{children.field.name: new})


# Everything that is sent to the database from the session to the answer: savepoints in place of the transaction, and
# one statement more than outside of tests, which puts the scope back because the transaction of the test goes on.
MOST = 15
# What their rows say is told from all that was done, which is up to nine statements of its own.
FROM_FACTS = ("proposals-handling", "proposals-mine", "reports-county-overdue", "reports-county-figure")


def routes() -> dict:
    return {item.name: (route, item) for route, item in NAMED}


def queries(client, url: str) -> int:
    """How many statements a page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


@pytest.mark.slow
def test_lists_cost_the_same_with_more_rows(world, browse, samples):
    take_figures()
    found, numbers = [], itertools.count(11)
    for name, (what, who) in LISTS.items():
        route, item = routes()[name]
        url = address(route, item, world, samples[0])
        client = browse(getattr(world, who))
        grow(what, world, samples[0], next(numbers))
        client.get(url)
        before = queries(client, url)
        for _ in range(2):
            grow(what, world, samples[0], next(numbers))
        after = queries(client, url)
        if after != before:
            found.append(f"{name}: {before} queries, with two rows more {after}")
        searched = queries(client, f"{url}?q=%E6%B0%B4%E5%88%A9")
        found += [f"{name}: {one} queries" for one in (after, searched) if one > MOST and name not in FROM_FACTS]
    assert found == []


def lists_of_the_program() -> list[str]:
    """Addresses whose view shows a Listing."""
    return [item.name for _, item in NAMED if "show(request" in inspect.getsource(inspect.unwrap(item.callback))]


def test_every_list_is_measured():
    assert len(lists_of_the_program()) > 20
    assert sorted(set(lists_of_the_program()) - set(LISTS)) == []


@pytest.mark.slow
def test_every_list_can_be_taken_along(world, browse, samples):
    found = []
    for name in lists_of_the_program():
        route, item = routes()[name]
        url = address(route, item, world, samples[0])
        client = browse(getattr(world, LISTS[name][1]))
        book = openpyxl.load_workbook(io.BytesIO(client.get(url + "?format=xlsx").content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        if not any(cell.value for cell in cells):
            found.append(f"{name}: empty workbook")
        found += [f"{name}: a formula in {cell.coordinate}" for cell in cells if cell.data_type == "f"]
        if not client.get(url + "?format=csv").content.startswith(b"\xef\xbb\xbf"):
            found.append(f"{name}: csv without a byte order mark")
        for parameters in ("?q=%E6%B0%B4%25_'", "?sort=-nonsense&page=999", "?year=%C2%B2%C2%B2%C2%B2%C2%B2"):
            if client.get(url + parameters).status_code != 200:
                found.append(f"{name}{parameters[:20]} does not answer")
    assert found == []


@pytest.mark.slow
def test_what_cannot_be_looked_for_finds_nothing(world, browse, samples):
    found = []
    for name in lists_of_the_program():
        route, item = routes()[name]
        url = address(route, item, world, samples[0])
        client = browse(getattr(world, LISTS[name][1]))
        if client.get(f"{url}?q=%00").status_code != 200:  # taken out of every request: nothing is looked for
            found.append(f"{name} %00")
        for query in ("%01", "%00%E6%B0%B4%00%E6%B8%A0%FF", "x" * 5000, "x%20" * 100, "%E2%80%8B"):
            answer = client.get(f"{url}?q={query}")
            if answer.status_code != 200 or list(answer.context["page"].object_list):
                found.append(f"{name} {query[:20]}: {answer.status_code}")
    assert found == []


# Columns that show no words of the record (counts and codes aside): what they say is derived, and has a filter instead.
NOT_SEARCHED = {
    "pinyin": "the spelling of a name that is found by it",
    "rare": "characters of the name",
    "phone": "masked",
    "target": "of a channel: masked",
    "id_number": "masked",
    "sha256": "a digest",
    "hash": "a digest",
    "mac": "a seal",
    "detail": "told by the program from what the event kept",
    "manage": "a button",
    "again": "a button",
    "left": "days, derived",
    "due": "derived",
    "valid": "derived",
    "state": "of a report: derived from its documents",
    "citation": "law, not the record",
    "grade": "one letter",
    "rating": "marks in fixed words",
}


def shown_words(column, row) -> list[str]:
    """The words of a cell, apart from the marks between them."""
    return [word for word in re.split(r"[\s、（）：；…]+", str(plain(column.value(row)))) if word]


@pytest.fixture
def one_page(monkeypatch):
    """Lists short enough for a test stand on one page."""
    monkeypatch.setattr(table, "PAGE_SIZE", 1000)


def same(row) -> object:
    return getattr(row, "pk", None) or str(getattr(row, "subject", row))


@pytest.mark.slow
@pytest.mark.usefixtures("one_page")
def read_whole(answer) -> list:
    """The rows of a page with what every column shows, those that it does not show as well."""
    listing, shown = answer.context["listing"], answer.context["page"]
    if not any(column.deep for column in listing.columns):
        return list(shown)
    with scope.every_row("what a list would show if it showed all its columns"):
        rows = shown.paginator.object_list.filter(pk__in=[row.pk for row in shown])
        return list(listing.read_for(listing.columns, rows))


def test_every_word_a_list_shows_finds_the_row_and_two_in_any_order(world, browse, samples):
    found, numbers = [], itertools.count(31)
    for name in lists_of_the_program():
        route, item = routes()[name]
        url = address(route, item, world, samples[0])
        client = browse(getattr(world, LISTS[name][1]))
        grow(LISTS[name][0], world, samples[0], next(numbers))
        first = client.get(url)
        listing, rows = first.context["listing"], read_whole(first)
        words: dict[str, tuple[object, str]] = {}
        for column in listing.columns:
            if isinstance(rows[0], models.Model) and not column.finds:
                if not column.numeric and column.key not in NOT_SEARCHED:
                    found.append(f"{name}: nothing finds {column.key}")
                continue
            spoken = [(row, word) for row in rows for word in shown_words(column, row)]
            if spoken and not column.numeric:
                words[column.key] = spoken[0]
        assert words, name
        queries_of_words = [(row, word, key) for key, (row, word) in words.items()]
        row = rows[0]
        own = [word for column in listing.columns if column.key in words for word in shown_words(column, row)[:1]]
        if len(own) > 1:
            queries_of_words += [(row, f"{own[0]} {own[-1]}", "two"), (row, f"{own[-1]}　{own[0]}", "two turned")]
        for wanted, typed, key in queries_of_words:
            hits = client.get(url, {"q": typed}).context["page"]
            if same(wanted) not in [same(hit) for hit in hits]:
                found.append(f"{name}.{key}: {typed!r} does not find its row")
    assert found == []


def is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_numbers_stand_in_columns_of_numbers_and_nothing_else_does(world, browse, samples):
    found, numbers = [], 0
    for name in lists_of_the_program():
        route, item = routes()[name]
        answer = browse(getattr(world, LISTS[name][1])).get(address(route, item, world, samples[0]))
        for column in answer.context["listing"].columns:
            values = [column.value(row) for row in read_whole(answer)]
            values = [value for value in values if value not in ("", "—", None)]
            numbers += column.numeric
            with_digits = all(any(map(str.isdigit, str(value))) for value in values)  # shares and days among them
            if values and (not with_digits if column.numeric else all(map(is_number, values))):
                found.append(f"{name}.{column.key}: {values[:3]}")
    assert found == []
    assert numbers > 15


# Columns by which no list is sorted.
NOT_SORTED = {
    "phone": "masked",
    "target": "of a channel: masked",
    "id_number": "masked",
    "manage": "a button",
    "again": "a button",
    "detail": "told by the program from what the event kept",
    "mac": "a seal",
    "cites": "law, not the record",
    "roles": "of several rows, and has the filters",
    "rare": "told by the program from the name",
}
# Lists that never get long: the program may read them whole to sort them by what it tells of a row.
SHORT = (
    "deputies-groups",
    "imports",
    "elections-list",
    "elections-turnouts",
    "assembly-sessions",
    "assembly-meetings",
    "reports-list",
)


def test_a_list_is_sorted_by_every_column_it_shows_or_offers(world, browse, samples):
    found = []
    for name in lists_of_the_program():
        route, item = routes()[name]
        answer = browse(getattr(world, LISTS[name][1])).get(address(route, item, world, samples[0]))
        for column in answer.context["listing"].columns:
            if not column.sortable and column.offered and column.key not in NOT_SORTED:
                found.append(f"{name}.{column.key}")
            if column.sortable and not column.order:
                if isinstance(answer.context["page"].paginator.object_list, models.QuerySet) and name not in SHORT:
                    found.append(f"{name}.{column.key} is sorted by reading the whole list")
                sorted(read_whole(answer), key=column.rank)  # what is compared can be
    assert found == []


def test_every_order_of_a_list_is_decided_by_the_key_at_last(world, browse, samples):
    found = []
    for name in lists_of_the_program():
        route, item = routes()[name]
        answer = browse(getattr(world, LISTS[name][1])).get(address(route, item, world, samples[0]))
        listing, rows = answer.context["listing"], answer.context["page"].paginator.object_list
        if not isinstance(rows, models.QuerySet):
            continue
        sorts = [column.key for column in listing.columns if column.sortable] + list(listing.orders)
        for wanted in [*sorts, *(f"-{key}" for key in sorts), ""]:
            order = rows.order_by(*listing.ordering(wanted))
            assert str(order.query)  # the database knows the columns
            if order.query.order_by[-1] != "pk":
                found.append(f"{name}?sort={wanted}")
    assert found == []


def test_pages_of_a_list_with_equal_rows_lose_and_repeat_none(world, browse, monkeypatch):
    monkeypatch.setattr(table, "PAGE_SIZE", 3)
    with scope.township(world.township), action(FILL, actor=None):
        made = [Unit.objects.create(township=world.township, name=f"站所{n}", level="township") for n in range(12)]
    client, seen = browse(world.clerk), []
    for number in range(1, 9):
        answer = client.get(reverse("units", args=[world.township.code]), {"sort": "level", "page": number})
        if answer.context["page"].number == number:
            seen += [row.pk for row in answer.context["page"]]
        with scope.township(world.township), action(FILL, actor=None):  # moves the rows about in their table
            Unit.objects.filter(pk__in=[unit.pk for unit in made[number::2]]).update(duties=f"职责{number}")
        total = answer.context["page"].paginator.count
    assert len(seen) == len(set(seen)) == total > 12


def test_empty_lists_say_so(world, browse):
    client = browse(world.neighbour_clerk)
    for name in lists_of_the_program():
        route, item = routes()[name]
        if not route.startswith("t/") or item.pattern.converters.keys() - {"code"} or LISTS[name][1] != "clerk":
            continue
        answer = client.get(reverse(name, args=[world.neighbour.code]) + "?q=%E6%97%A0%E6%AD%A4%E4%BA%8B")
        assert answer.status_code == 200
        assert 'class="empty' in answer.content.decode(), name
