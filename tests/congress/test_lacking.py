"""No form stands there that cannot be filled in: it says what is missing, with the page where that is made."""

import pytest
from django import forms
from django.urls import reverse

from congress import clock, first_day
from congress.guard import scope
from congress.guard.action import action
from congress.models import Category, Membership, Township, Unit
from congress.permissions import standing_in_township
from congress.steps import lives
from congress.web.lacking import gaps
from deputies.models import District, Term
from proposals.forms.receptions import ReceptionForm
from tests.architecture.addressed import argument, sample_name
from tests.architecture.test_urls import NAMED
from tests.cast import SET_UP

pytestmark = pytest.mark.usefixtures("sampled")

CHOICES = (District, Term, Unit, Category)


@pytest.fixture
def empty_town(world) -> Township:
    """A township in which nothing is left to choose; the clerk, the chair and the deputy of the cast work there."""
    town = Township(county=world.county, code="990101103000", name="新河镇", document_word="新河人发")
    with scope.accounts():
        first_day.found(world.system, town)
        with action(SET_UP, actor=None):
            people = (world.clerk, world.chair, world.deputy_user)
            Membership.objects.filter(user__in=people).update(township=town)
    with scope.township(town), action(SET_UP, actor=None):
        Category.objects.update(withdrawn_at=clock.now())
    return town


def walked(client, town, addresses) -> tuple[list[str], set[str]]:
    """What is wrong with the forms behind these addresses, and those that are stopped: a form whose choosers offer nothing
    where they must is not shown, and every gap is told with a way out."""
    wrong, stopped = [], set()
    for url in addresses:
        answer = client.get(url)
        if answer.status_code in (302, 403, 404, 405, 409):
            continue
        assert answer.status_code == 200, url
        form = answer.context["form"] if answer.context and "form" in answer.context else None
        if not isinstance(form, forms.BaseForm) or answer.context.get("lacking"):
            continue
        with scope.township(town):
            stops, hints = gaps(form, answer.wsgi_request.standing)
        text = answer.content.decode()
        told = [*stops, *hints]
        wrong += [f"{url} is silent" for gap in told if gap.words not in text]
        wrong += [f"{url} → {gap.url}" for gap in told if gap.url and client.get(gap.url).status_code != 200]
        wrong += [f"{url} shows a dead form" for _ in stops[:1] if "data-main-form" in text]
        stopped.update([url] if stops else [])
    return wrong, stopped


def test_no_form_of_an_empty_township_is_dead(world, empty_town, browse):
    addresses = [
        reverse(item.name, args=[empty_town.code])
        for route, item in NAMED
        if route.startswith("t/") and set(item.pattern.converters) | {"code"} == {"code"}
    ]
    wrong, found = walked(browse(world.clerk), empty_town, addresses)
    assert wrong == []
    for person in (world.chair, world.deputy_user):
        wrong, stopped = walked(browse(person), empty_town, sorted(found))
        assert wrong == []
        assert stopped
    names = ("proposals-reception-new", "proposals-suggestion-new", "assembly-session-new", "elections-new")
    assert {reverse(name, args=[empty_town.code]) for name in names} <= found


def test_no_form_about_a_record_is_dead_where_its_choices_are_gone(world, samples, browse):
    steps = {f"{life.name}-{step.key}" for life in lives().values() for step in life.steps}
    addresses = [
        reverse(item.name, args=[world.township.code, argument(item.name, "pk", samples[0], world)])
        for route, item in NAMED
        if item.name in steps or item.name.endswith(("-new", "-edit", "-add"))
        if route.startswith("t/")
        and set(item.pattern.converters) | {"code"} == {"code", "pk"}
        and sample_name(item.name)
    ]
    with world.in_township(), action(SET_UP, actor=None):
        for model in CHOICES:
            model.objects.update(withdrawn_at=clock.now())
    wrong, stopped = walked(browse(world.chair), world.township, addresses)
    assert wrong == []
    assert any(url.endswith("/assign/") for url in stopped)


def test_who_may_not_make_the_choices_is_told_whom_to_ask(world, empty_town):
    with scope.township(empty_town):
        standing = standing_in_township(world.deputy_user, empty_town)
        stops, hints = gaps(ReceptionForm(), standing)
    assert [(gap.url, gap.words.endswith("请告诉镇人大办公室。")) for gap in (*stops, *hints)] == [("", True)] * 3
    assert "联络站" in hints[0].words
