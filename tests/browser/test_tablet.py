"""The register on a tablet without network: taken along, opened after a reload, three ballots, one taken back, merged, one conflict."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from congress.guard.action import action
from elections.actions import issue as acts
from elections.models import BallotIssue, IssueConflict, PollingPlace, Registration, Round, Tablet
from tests.browser.test_thread import look
from tests.cast import SET_UP
from tests.elections.campaigns import peopled
from tests.elections.desks import entrusted, handed, polling

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SECRET = "polling day 7"
# Everything that lies in the database of the lists, with what is sealed as the letters its bytes would be.
STORED = """async () => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await answer(indexedDB.open('congress-tablet'));
  const rows = await Promise.all(['lists', 'taps'].map((name) => answer(base.transaction(name).objectStore(name).getAll())));
  const told = (key, value) => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value);
  return { lists: rows[0].length, taps: rows[1].length, all: JSON.stringify(rows, told), keys: rows.flat().some((row) =>
    Object.values(row).some((value) => value instanceof CryptoKey)) };
}"""
# What is said of exchanges with each of two batches: one was sent before, one comes after the first batch.
EXCHANGED = """async () => {
  const said = [];
  const real = window.fetch;
  const answer = JSON.stringify({ token: '', taken: 0, conflicts: 0, uncounted: 0, where: '' });
  window.fetch = async (url, { body } = {}) => {
    if (body) { said.push(JSON.parse(body.get('replaced'))); }
    return new Response(answer, { headers: { 'Content-Type': 'application/json' } });
  };
  const handed = (number) => ({ sent: false, entries: Array.from({ length: number }, () => ({ key: crypto.randomUUID() })) });
  const taps = [{ sent: true, replaced: 'v' }, handed(200), handed(1), { sent: false, replaced: 'v' }];
  await window.tabletMerge.send({ merge: '/' }, taps, false, async () => {});
  window.fetch = real;
  return said;
}"""
# As if it were the noon after the vote.
EXPIRE = """async () => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const lists = (await answer(indexedDB.open('congress-tablet'))).transaction('lists', 'readwrite').objectStore('lists');
  const [row] = await answer(lists.getAll());
  await answer(lists.put({ ...row, until: Date.now() - 1 }));
}"""


@pytest.fixture
def register(world):
    """The register of a place where today is polling day; 丁一 votes for 于二 too."""
    with world.in_township():
        election = peopled(world)
        row = polling(world, election)
        entrusted(election, "于二", "丁一", 1)
        with action(SET_UP, actor=None):  # the vote is today
            Round.objects.filter(pk=row.pk).update(held_on=clock.today())
        return acts.open_register(world.clerk, election.campaign, PollingPlace.objects.get())


def unlock(page):
    page.get_by_label("口令").fill(SECRET)
    page.get_by_role("button", name="打开").click()
    expect(page.locator("#tablet-q")).to_be_visible()


def hand(page, name: str, button: str = "发票"):
    page.locator("#tablet-q").fill(name)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("button", name=button).first.click()
    expect(page.locator("#live")).to_contain_text("已登记发票：")
    expect(page.locator("#tablet-q")).to_be_focused()


def taken_along(page, town, register):
    """Named, its passphrase typed twice, stored; storing it again under another passphrase is refused."""
    page.goto(reverse("elections-tablet-take", args=[town.code, register.pk]))
    page.get_by_label("设备名称").fill("1号平板")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("口令（至少8位）").fill(SECRET)
    page.get_by_role("button", name="存到这台设备").click()
    expect(page.locator("[data-tablet-told]")).to_contain_text("不一样")
    page.get_by_label("再输一次").fill(SECRET)
    look(page, "tablet-load-390")
    page.get_by_role("button", name="存到这台设备").click()
    page.wait_for_url("**/tablet/")
    page.go_back()
    page.get_by_label("口令（至少8位）").fill("another one")
    page.get_by_label("再输一次").fill("another one")
    page.get_by_role("button", name="存到这台设备").click()
    expect(page.locator("[data-tablet-told]")).to_contain_text("已经存有这份名册")
    page.goto("/tablet/")
    page.get_by_label("口令").fill("another one")
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("alert")).to_contain_text("口令不对")
    unlock(page)


def issued_without_network(page):
    """To 丁一, who fetches that of 于二 too, and after a reload to 王三; one to 欧阳 is taken back."""
    hand(page, "丁一")
    page.reload()
    unlock(page)
    expect(page.locator("[data-tablet-state]")).to_contain_text("没有网络　1条没有并入")
    hand(page, "王三")
    hand(page, "欧阳")
    page.get_by_role("button", name="撤销上一条").click()
    expect(page.locator("#live")).to_contain_text("已撤销")
    page.locator("#tablet-q").fill("于二")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".desk-person")).to_contain_text("已经领过乡镇选票")
    look(page, "tablet-person-390")


def nothing_to_read(page, world):
    """Neither a name nor a key lies on the device unsealed; the place is told before it is unlocked."""
    kept = page.evaluate(STORED)
    assert (kept["lists"], kept["taps"], kept["keys"]) == (1, 2, False)
    assert "东山村投票站" in kept["all"]
    with world.in_township():
        for row in Registration.objects.select_related("voter"):
            for told in (row.voter.name, str(row.pk), str(row.voter_id)):
                assert told not in kept["all"]


def no_exchange_goes_ahead(page):
    """With a batch goes no exchange of a later one: it may be taken back before that is sent, and a total that was told stays."""
    assert page.evaluate(EXCHANGED) == [{"v": 1}, {"v": 2}]


def expired(page):
    """The names went at noon, what was registered is there."""
    page.evaluate(EXPIRE)
    page.reload()
    page.get_by_label("口令").fill(SECRET)
    page.get_by_role("button", name="打开").click()
    expect(page.locator("main")).to_contain_text("没有并入的登记还在，请并入")
    kept = page.evaluate(STORED)
    assert ('"sealed":null' in kept["all"], kept["taps"]) == (True, 2)


def merged(page):
    """Not while the session is over; then merged with one conflict, handed back, and nothing stays on the device."""
    expect(page.locator("main")).to_contain_text("有网络，可以并入")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_role("button", name="先并入").click()
    expect(page.locator("main")).to_contain_text("登录已过期。登记都还在这台设备上")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="先并入").click()
    expect(page.locator("main")).to_contain_text("已并入2张。有1条没有并入")
    expect(page.locator("main")).to_contain_text("登记都已并入，请按“并入并交回”")
    look(page, "tablet-merged-390")
    page.get_by_role("button", name="并入并交回").click()
    expect(page.locator("[data-tablet-state]")).to_contain_text("已经清除")
    kept = page.evaluate(STORED)
    assert (kept["lists"], kept["taps"]) == (0, 0)


def test_three_ballots_without_network_come_home_and_one_is_a_conflict(world, visit, register):
    page = visit("clerk", viewport={"width": 390, "height": 900}, service_workers="allow")
    taken_along(page, world.township, register)
    page.context.set_offline(True)
    issued_without_network(page)
    nothing_to_read(page, world)
    no_exchange_goes_ahead(page)
    with world.in_township():
        handed(register, register.campaign.elections.first(), "王三")  # meanwhile, at the online desk
    expired(page)
    page.context.set_offline(False)
    merged(page)
    with world.in_township():
        assert BallotIssue.objects.filter(register=register).count() == 3
        assert IssueConflict.objects.count() == 1
        assert Tablet.objects.get().back_on == clock.today()
    page.goto(reverse("elections-issue-tablets", args=[world.township.code, register.pk]))
    expect(page.locator("main")).to_contain_text("王三")
    look(page, "tablet-conflict-390")
    assert page.complaints == []
