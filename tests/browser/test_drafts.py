"""What somebody wrote at a station with bad signal is on the device until the server says that it has it, and arrives once."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from congress.guard.action import action
from congress.models import Attachment, Category
from proposals.models import Matter, Reception
from tests.cast import PASSWORD, SET_UP, make_deputy
from tests.uploads.samples import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WORDS = "三组灌溉渠塌了一段，春灌浇不上水。"
OTHER_WORDS = "村口路灯不亮。"
VISITOR = "程小满"
NEW = "receptions/new/"
# Everything that lies in the browser's own storage, sealed bytes as the letters they happen to be; and keys a script can read.
STORED = """async () => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const db = await answer(indexedDB.open('congress-drafts'));
  const all = (name) => answer(db.transaction(name).objectStore(name).getAll());
  const [rows, keys] = [await all('drafts'), await all('keys')];
  const exported = await Promise.all(keys.map((one) => crypto.subtle.exportKey('raw', one.key).then(() => true, () => false)));
  const text = rows.map((row) => JSON.stringify(row) + new TextDecoder().decode(row.sealed)).join();
  return { users: rows.map((row) => Number(row.user)), keys: keys.map((one) => Number(one.user)), readable: exported.some(Boolean),
    text: text + JSON.stringify(sessionStorage) + JSON.stringify(localStorage) };
}"""


def open_form(page: Page, world, words: str = WORDS) -> None:
    """The reception form with words in it."""
    page.goto(f"/t/{world.township.code}/{NEW}")
    write(page, words)


def write(page: Page, words: str) -> None:
    page.fill("[name=words]", words)
    page.select_option("[name=category]", label="水利设施")


def write_visitor(page: Page) -> None:
    page.locator("details.aside summary").click()
    page.fill("[name=visitor_name]", VISITOR)


@pytest.fixture
def page(visit, world) -> Page:
    """The deputy's phone; leaving a form is confirmed."""
    page = visit("deputy_user", **PHONE)
    page.on("dialog", lambda dialog: dialog.accept())
    open_form(page, world)
    return page


def send(page: Page) -> None:
    page.locator("form[data-draft] button[type=submit]").first.click()


def note(page: Page):
    return page.locator("[data-draft-note]")


def unsent(page: Page):
    return page.locator("[data-unsent-list] li")


def success(page: Page):
    return page.locator("#messages .alert-success")


def stored(page: Page) -> dict:
    return page.evaluate(STORED)


def receptions(world, words: str = WORDS) -> int:
    with world.in_township():
        return Reception.objects.kept().filter(matters__words=words).count()


def large_photo() -> bytes:
    """A picture larger than what is sent, which no format packs well."""
    return picture("PNG", (2000, 1000), noise=True)


def sizes_of_photos(world) -> list[tuple[int, int]]:
    with world.in_township():
        files = [one.file for one in Attachment.objects.filter(subject_type="proposals.matter").select_related("file")]
    return [Image.open(io.BytesIO(bytes(file.content))).size for file in files]


def log_in(page: Page, user) -> None:
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def test_without_signal_the_words_stay_marked_and_go_once_when_it_is_back(page, world):
    write_visitor(page)
    page.context.set_offline(True)
    send(page)
    expect(note(page)).to_contain_text("未发送：现在没有网络")
    expect(note(page)).to_contain_text("姓名、电话不会存下")
    expect(note(page)).to_be_in_viewport()
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    expect(page.locator("[data-unsent-count]")).to_have_text("1")
    kept = stored(page)
    assert kept["users"] == [world.deputy_user.pk]
    assert WORDS not in kept["text"]
    assert VISITOR not in kept["text"]
    assert not kept["readable"]
    page.context.set_offline(False)
    expect(success(page)).to_contain_text("已登记")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    assert stored(page)["users"] == []
    assert receptions(world) == 1
    with world.in_township():
        assert Matter.objects.get(words=WORDS).visitor.name == VISITOR, "the page was open all the time"


def test_the_signal_that_comes_back_while_a_try_is_still_waiting_is_not_lost(page, world):
    """A try that never hears an answer holds on for a minute; what is asked for meanwhile is done after it."""
    page.route(f"**/{NEW}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    send(page)
    expect(page.locator("[data-unsent-count]")).to_have_text("1")
    page.unroute_all()
    page.get_by_role("button", name="另写一份").click()
    expect(page.locator("[data-unsent-count]")).to_have_text("1")
    held = []
    free = lambda route: held or route.request.method != "POST"  # noqa: E731
    page.route(f"**/{NEW}", lambda route: route.continue_() if free(route) else held.append(route))
    with page.expect_request(lambda request: request.method == "POST" and NEW in request.url):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    held[0].abort()
    expect(success(page)).to_contain_text("已发送：登记接待选民", timeout=10_000)  # before the clock tries by itself
    assert receptions(world) == 1


def test_what_waits_goes_from_any_page_and_what_lacks_something_waits_to_be_completed(page, world):
    lose = lambda route: route.abort() if route.request.method == "POST" else route.continue_()  # noqa: E731
    page.route(f"**/{NEW}", lose)
    page.set_input_files("[name=files]", [{"name": "渠.png", "mimeType": "image/png", "buffer": large_photo()}] * 2)
    expect(page.locator("[data-photos-note]")).to_contain_text("已选2个文件，照片已由")
    send(page)
    page.get_by_role("button", name="另写一份").click()
    write(page, OTHER_WORDS)
    write_visitor(page)
    send(page)
    expect(page.locator("[data-unsent-count]")).to_have_text("2")
    page.goto("/messages/")  # the form is gone, and its fields of persons with it
    expect(page.locator("[data-unsent-count]")).to_have_text("2")
    page.unroute(f"**/{NEW}", lose)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(success(page)).to_contain_text("已发送：登记接待选民")
    expect(page.locator("[data-unsent-count]")).to_have_text("1")
    assert (receptions(world), receptions(world, OTHER_WORDS)) == (1, 0)
    assert sizes_of_photos(world) == [(1600, 800)] * 2, "kept with the words, made smaller before they were sent"
    page.locator("[data-unsent] summary").click()
    expect(unsent(page)).to_contain_text("选民的姓名、电话没有存在设备上")
    unsent(page).get_by_role("link", name="打开").click()
    expect(page.locator("[name=words]")).to_have_value(OTHER_WORDS)
    expect(note(page)).to_contain_text("未发送")
    send(page)
    expect(success(page)).to_contain_text("已登记")
    assert receptions(world, OTHER_WORDS) == 1


def test_an_answer_that_never_came_makes_nothing_twice(page, world):
    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()  # the server writes it
            route.abort()
        else:
            route.continue_()

    page.route(f"**/{NEW}", lose)
    send(page)
    expect(note(page)).to_contain_text("服务器没有应答")
    assert receptions(world) == 1
    page.unroute(f"**/{NEW}", lose)
    page.get_by_role("button", name="现在重试").click()
    expect(page.locator("#messages")).to_contain_text("没有重复保存")
    assert stored(page)["users"] == []
    assert receptions(world) == 1


def test_after_the_session_has_ended_the_words_are_back_behind_the_log_in(page, world):
    page.context.clear_cookies()
    send(page)
    expect(page.locator("#messages")).to_contain_text("登录后自动恢复")
    log_in(page, world.deputy_user)
    expect(page).to_have_url(re.compile(NEW))
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    expect(note(page)).to_contain_text("登录以前填写的内容已经恢复")
    send(page)
    expect(success(page)).to_contain_text("已登记")
    assert receptions(world) == 1


def test_a_refused_form_keeps_its_words_and_of_two_tabs_one_goes_on(page, world):
    page.fill("[name=people]", "0")
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("人次")
    page.reload()
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    expect(note(page)).to_contain_text("已恢复")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("[name=words]")).to_have_value(WORDS)
    other.fill("[name=people]", "1")
    expect(note(page)).to_contain_text("正在另一个窗口里填写")
    page.get_by_role("button", name="在本页继续填写").click()
    expect(page.locator("[name=people]")).to_have_value("1")
    expect(note(other)).to_contain_text("正在另一个窗口里填写")
    send(page)
    expect(note(other)).to_contain_text("已经发送成功")
    expect(success(page)).to_contain_text("已登记")
    assert receptions(world) == 1


def test_an_answer_is_asked_for_where_a_way_has_one_and_a_form_sent_back_is_chosen_in_as_before(page, world):
    answer = page.locator("[name=text]")
    expect(answer).to_be_hidden()
    for channel, asked in (("on_the_spot", True), ("suggestion", False), ("upward", True), ("", False)):
        page.select_option("[name=channel]", channel)
        expect(answer).to_be_visible(visible=asked)
    page.select_option("[name=channel]", "declined")
    answer.fill("已告知向信访办反映")
    page.select_option("[name=channel]", "")
    expect(answer).to_be_visible()  # what was typed is not lost out of sight
    with world.in_township(), action(SET_UP, actor=None):
        for at in range(9):
            of = {"kind": Category.Kind.MATTER, "label": f"类别{at}"}
            Category.objects.create(township=world.township, **of, position=at + 20)
            make_deputy(world.township, f"程代{'甲乙丙丁戊己庚辛壬'[at]}", term=world.term)
    page.evaluate("window.drafts.settle()")
    page.reload()
    expect(note(page)).to_contain_text("已恢复")
    choosers = page.locator(".chooser")
    there = choosers.count()
    assert there >= 2
    page.fill("[name=people]", "0")
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("人次")
    expect(choosers).to_have_count(there)
    expect(page.locator("[name=category]")).to_be_hidden()


def test_a_draft_is_its_writers_alone_and_gone_after_logging_out_or_a_fortnight(page, world):
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    log_in(page, world.clerk)
    page.wait_for_url(f"**/t/{world.township.code}/")
    open_form(page, world, OTHER_WORDS)
    expect(note(page)).to_have_count(0)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.goto("/accounts/logout/")
    expect(page.locator("[data-unsent-count]")).to_have_text("1")
    page.click("main form[data-clear-drafts] button[type=submit]")
    page.wait_for_url("**/accounts/login/**")
    page.evaluate("window.drafts.settle()")
    left = stored(page)
    assert (left["users"], left["keys"]) == ([world.deputy_user.pk], [world.deputy_user.pk])
    page.clock.set_fixed_time(page.evaluate("Date.now() + 15 * 86400000"))
    page.reload()
    page.evaluate("window.drafts.settle()")
    assert stored(page)["users"] == []


def test_without_signal_a_page_of_our_own_says_so_and_shows_the_words(visit, world):
    page = visit("deputy_user", **PHONE, service_workers="allow")
    page.on("dialog", lambda dialog: dialog.accept())
    open_form(page, world)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    send(page)
    expect(note(page)).to_contain_text("未发送")
    page.reload()
    expect(page.locator("h1")).to_have_text("现在没有网络")
    expect(page.locator("[data-offline-list]")).to_contain_text(WORDS)
    page.context.set_offline(False)
    expect(success(page)).to_contain_text("已发送", timeout=15_000)  # the worker notices the signal later than the page
    assert receptions(world) == 1
    assert page.complaints == []


LONG_AGO = """async () => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const marks = (await answer(indexedDB.open('congress-drafts'))).transaction('marks', 'readwrite').objectStore('marks');
  const here = await answer(marks.get('here'));
  await answer(marks.put({ name: 'here', value: { ...here.value, at: 0 } }));
}"""
KEPT = "async () => (await (await caches.open('forms')).keys()).map((one) => new URL(one.url).pathname)"


@pytest.fixture
def away(visit, world) -> Page:
    """A deputy's phone that has opened the reception form before, and then lost the signal."""
    page = visit("deputy_user", "/", **PHONE, service_workers="allow")
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.goto(f"/t/{world.township.code}/{NEW}")
    page.wait_for_function(f"({KEPT})().then((kept) => kept.length === 1)")
    page.goto(f"/t/{world.township.code}/")
    page.context.set_offline(True)
    return page


def signal_back(page: Page) -> None:
    """It is back, and the browser says so until its worker has noticed; who waits for the page's own clock is above."""
    page.context.set_offline(False)
    page.wait_for_function(
        "() => !document.querySelector('[data-offline-list]') || (window.dispatchEvent(new Event('online')), false)",
        polling=100,
    )


def test_a_form_opened_before_opens_without_signal_and_what_is_typed_goes_once(away, world):
    away.goto(f"/t/{world.township.code}/deputies/")
    away.click("[data-offline-forms] a:has-text('登记接待选民')")
    expect(note(away)).to_contain_text("备好的空白表格")
    first = away.input_value("[name=key]")
    write(away, WORDS)
    send(away)
    expect(note(away)).to_contain_text("未发送：")
    open_form(away, world, OTHER_WORDS)
    assert away.input_value("[name=key]") != first
    away.goto(f"/t/{world.township.code}/")
    expect(away.locator("[data-offline-list]")).to_contain_text(WORDS)
    signal_back(away)
    expect(success(away)).to_contain_text("已发送", timeout=15_000)
    assert (receptions(world), receptions(world, OTHER_WORDS)) == (1, 0)


def test_a_form_opened_without_signal_shows_a_stranger_nothing_and_sends_nothing_by_itself(away, world):
    open_form(away, world)
    send(away)
    expect(note(away)).to_contain_text("未发送")
    away.evaluate(LONG_AGO)
    away.goto(f"/t/{world.township.code}/{NEW}")
    expect(note(away)).to_contain_text("登录后")
    expect(away.locator("[data-unsent]")).to_be_hidden()
    write(away, OTHER_WORDS)
    send(away)
    expect(note(away)).to_contain_text("未发送")
    away.goto(f"/t/{world.township.code}/")
    signal_back(away)
    expect(success(away)).to_contain_text("已发送", timeout=15_000)
    expect(unsent(away)).to_contain_text("请核对后再发送")
    assert (receptions(world), receptions(world, OTHER_WORDS)) == (1, 0)
    away.goto("/accounts/logout/")
    away.click("main form[data-clear-drafts] button[type=submit]")
    away.wait_for_url("**/accounts/login/**")
    away.wait_for_function(f"({KEPT})().then((kept) => kept.length === 0)")
