"""The roster's pages in a browser, on the phone of a deputy and on the desk of a clerk."""

import pytest
from django.urls import reverse

from congress import imports
from congress.guard.action import action
from congress.models import Category
from deputies.models import Activity, ActivityAttendance, Deputy, Group, Mandate
from tests.browser.judge import check_page
from tests.cast import SET_UP, make_deputy
from tests.imports.books import person, roster

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(world):
    """A township in the middle of its work: deputies, an activity, a table that waits."""
    town = world.township
    with world.in_township(), action(SET_UP, actor=None):
        group = Group.objects.create(township=town, name="第一代表小组")
        post = "东山村党支部书记、村委会主任"
        for name in ("欧阳晓明", "张伟", "李秀英", "王芳"):
            made = make_deputy(town, name, term=world.term, group=group, phone="13800138000", employer_post=post)
            world.deputies.append(made)
        Deputy.objects.filter(name="王芳").update(state="pending")
        for label in ("有组织机构", "有工作计划"):
            Category.objects.create(township=town, kind=Category.Kind.CHECKLIST, label=label)
        activity = Activity.objects.create(township=town, kind="visit", title="走农户访民情", held_on="2022-03-01")
        for deputy in world.deputies:
            ActivityAttendance.objects.create(township=town, activity=activity, deputy=deputy)
    rows = [person(1, "钱多多"), person(2, "赵四", 政治面貌="老百姓"), person(3, "张伟", 性别="男")]
    options = {"term": str(world.term.pk), "elected_on": "2021-10-20"}
    with world.in_township():
        kind = imports.kind_of("deputies.roster")
        batch = imports.upload(
            world.clerk, town, kind, options=options, data=roster(*rows), file_name="云溪镇代表名册.xlsx"
        )
        seat = Mandate.objects.filter(deputy=world.deputies[0]).get()

    def at(name, *args):
        return reverse(name, args=[town.code, *args])

    return {
        "chair": [at("deputies-list"), at("deputies-approve-all")],
        "clerk": [
            at("deputies-detail", world.deputies[0].pk),
            at("deputies-edit", world.deputies[0].pk),
            at("deputies-accounts"),
            at("deputies-structure"),
            at("deputies-mandate-end", seat.pk),
            at("deputies-station", world.station.pk),
            at("deputies-term", world.term.pk),
            at("deputies-activity-edit", activity.pk),
            at("import-new", "deputies.roster"),
            at("import-batch", batch.pk),
            at("import-mapping", batch.pk),
        ],
        "deputy_user": [at("deputies-me"), at("deputies-correct"), at("deputies-list"), at("deputies-activities")],
    }


@pytest.mark.slow
def test_pages_of_the_roster_hold(visit, office):
    for who, addresses in office.items():
        page = visit(who)
        for url in addresses:
            assert page.goto(url).status == 200, url
            check_page(page, widths=(320, 1280) if who != "deputy_user" else (390,))


def test_a_pasted_table_is_previewed_taken_and_undone(visit, office, world):
    page = visit("clerk")
    page.goto(office["clerk"][8])
    page.fill("textarea[name=text]", "姓名\t性别\n孙小小\t女\n钱大大\t男\n")
    assert "已粘贴 3 行、2 列" in page.inner_text("#paste-preview")
    page.click("button:has-text('上传并检查')")
    page.click("button:has-text('全部导入 2 人')")
    assert "已导入2行" in page.inner_text("#messages")
    page.click("text=撤销这批导入")
    page.click("button:has-text('撤销导入')")
    assert "已全部撤销" in page.inner_text("#messages")


def test_a_number_is_shown_for_a_reason_and_hides_itself(visit, office, world):
    page = visit("clerk")
    page.clock.install()
    with world.in_township():
        deputy = Deputy.objects.get(name="张伟")
    page.goto(reverse("deputies-detail", args=[world.township.code, deputy.pk]))
    page.click(".masked a >> nth=0")
    page.fill("#reveal-reason", "通知参加会议")
    page.click(".reveal-form button")
    page.wait_for_selector("text=13800138000")
    page.clock.fast_forward(31_000)
    page.wait_for_selector("text=（已隐藏）")
    assert "13800138000" not in page.content()
