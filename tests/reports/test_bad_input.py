"""What is entered wrongly on the pages of a report: told at its field, kept as it was typed, and nothing half done."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.models import AuditEvent, Document
from reports import actions
from reports.life import ANNUAL
from reports.models import PlanItem
from reports.queries import annual
from reports.stages import ReportStage
from tests.reports.test_pages import url

DAY = date(2022, 12, 28)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(DAY):
        yield


def now(world, report):
    with scope.township(world.township):
        return annual.reports().get(pk=report.pk)


def take(world, report, *keys):
    with scope.township(world.township):
        for key in keys:
            ANNUAL.take(key, world.chair, report, on=DAY)


def test_of_two_windows_in_which_the_chair_signs_at_once_the_second_changes_nothing(world, report, browse):
    take(world, report, "submit")
    windows = [browse(world.chair), browse(world.chair)]
    sent = {"on": "2022-12-28", "version": now(world, report).version}
    answers = [window.post(url(report, "sign"), sent) for window in windows]
    assert [answer.status_code for answer in answers] == [302, 409]
    signed = now(world, report)
    assert annual.stage(signed) is ReportStage.SIGNED
    with scope.township(world.township):
        assert AuditEvent.objects.filter(verb="reports.sign").count() == 1
    stale = windows[1].post(url(report, "sign"), sent | {"version": signed.version})
    assert "现在是“已签发”" in stale.content.decode()
    assert now(world, report).version == signed.version


def test_a_number_that_is_taken_is_told_at_its_field_and_nothing_is_issued(world, report, browse):
    taken = "云溪人发〔2022〕1号"
    take(world, report, "submit", "sign", "issue")
    with scope.township(world.township):
        new = ANNUAL.take("correct", world.clerk, report, reason="有误")
    take(world, new, "submit", "sign")
    sent = {"issued_on": "2022-12-28", "number": taken, "version": now(world, new).version}
    answer = browse(world.clerk).post(url(new, "issue"), sent)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert "已用于" in " ".join(form.errors["number"])
    assert form["number"].value() == taken
    assert annual.stage(now(world, new)) is ReportStage.SIGNED
    with scope.township(world.township):
        assert Document.objects.count() == 1


def test_a_plan_item_without_end_keeps_what_was_typed(world, browse):
    form = {"year": 2022, "words": "修通村道路", "basis": "主席团会议", "source": "promise", "due_on": ""}
    page = browse(world.clerk).post(reverse("reports-plan-item-new", args=[world.township.code]), form)
    assert page.status_code == 200
    assert page.context["form"].errors["due_on"]
    assert page.context["form"]["words"].value() == "修通村道路"
    with scope.township(world.township):
        assert not PlanItem.objects.exists()


@pytest.mark.parametrize("year", ["0", "20226", "-1"])
def test_a_plan_of_no_year_is_refused_at_the_year(world, browse, year):
    form = {"year": year, "words": "修通村道路", "basis": "主席团会议", "source": "promise", "due_on": "2022-06-01"}
    page = browse(world.clerk).post(reverse("reports-plan-item-new", args=[world.township.code]), form)
    assert page.status_code == 200
    assert page.context["form"].errors["year"]
    with scope.township(world.township):
        assert not PlanItem.objects.exists()


def test_a_chart_of_one_value_stops_the_handing_in_with_its_reason(world, report, browse):
    with scope.township(world.township):
        row = annual.sections(report)[0]
        text = "{{figure.receptions.people|历年}}"
        actions.save_section(world.clerk, row, version=row.version, heading=row.heading, text=text)
    sent = {"on": "2022-12-28", "version": now(world, report).version}
    page = browse(world.clerk).post(url(report, "submit"), sent)
    assert page.status_code == 200
    assert "只有1个数，画不成图；请用文字写" in page.content.decode()
    assert annual.stage(now(world, report)) is ReportStage.DRAFT
