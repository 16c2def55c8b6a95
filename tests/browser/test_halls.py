"""A secret vote of the hall in a browser: the office opens it, somebody votes on a telephone, the sums are told when it is over."""

import pytest
from playwright.sync_api import expect

from congress import clock
from congress.counting.actions import halls as acts
from congress.counting.life import HALL
from tests.browser.test_thread import look

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "java_script_enabled": False}


def test_somebody_votes_with_a_drawn_code_and_without_scripts(visit, world):
    with world.in_township():
        given = {"title": "财政预算表决", "scale": "vote", "held_on": clock.today(), "deputies": 3, "present": 2}
        hall = acts.prepare(
            world.clerk, world.township, **given, questions=["关于政府工作报告的决议", "关于财政预算的决议"]
        )
        codes = acts.draw(world.clerk, hall)
        HALL.take("open", world.clerk, hall)
        HALL.take("confirm", world.chair, hall)
    phone = visit(None, **PHONE)
    for code, answers in zip(codes, (("赞成", "反对"), ("赞成",)), strict=True):
        phone.goto(f"/v/{world.township.code}/")
        phone.get_by_label("表决码").fill(code.lower())
        phone.get_by_role("button", name="下一步").click()
        for group, answer in zip(("政府工作报告", "财政预算"), answers, strict=False):
            phone.get_by_role("group", name=group).get_by_label(answer, exact=True).check()
        phone.get_by_role("button", name="投票").click()
        if len(answers) < 2:  # what is open is asked back once
            expect(phone.get_by_role("alert")).to_contain_text("这一项还没有选")
            expect(phone.get_by_role("group", name="政府工作报告").get_by_label("赞成", exact=True)).to_be_checked()
            phone.get_by_role("button", name="就这样投").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("已投票")
    assert {one["name"] for one in phone.context.cookies()} == {"csrf"}
    desk = visit("clerk")
    desk.goto(f"/t/{world.township.code}/counting/halls/{hall.pk}/")
    expect(desk.locator("main")).to_contain_text("2人")
    look(desk, "hall")
    with world.in_township():
        HALL.take("close", world.chair, hall)
        HALL.take("confirm", world.clerk, hall)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("赞成2，反对0，弃权0。全体代表3人，出席2人，赞成2票，须2票：通过")
    expect(desk.locator("main")).to_contain_text("赞成0，反对1，弃权1")


def test_the_voting_page_is_accessible_on_a_phone(visit, world):
    with world.in_township():
        given = {"title": "测评", "scale": "rating", "held_on": clock.today(), "deputies": 2, "present": 2}
        hall = acts.prepare(world.clerk, world.township, **given, questions=["派出所", "卫生院"])
        codes = acts.draw(world.clerk, hall)
        HALL.take("open", world.clerk, hall)
        HALL.take("confirm", world.chair, hall)
    page = visit(None)
    page.goto(f"/v/{world.township.code}/")
    look(page, "hall-code")
    page.get_by_label("表决码").fill(codes[0])
    page.get_by_role("button", name="下一步").click()
    look(page, "hall-answers")
    unasked = page.locator("main input[type=radio]").all()
    assert [one.get_attribute("aria-invalid") for one in unasked] == [None] * 8
    assert min(one.bounding_box()["height"] for one in page.locator(".form-check").all()) >= 48
    page.get_by_role("button", name="投票").click()
    expect(page.get_by_role("button", name="就这样投")).to_be_visible()
    look(page, "hall-open-question")
