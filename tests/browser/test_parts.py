"""The gallery of parts in a browser: accessible in every mode, and the comforts of our script do what they say."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.browser.judge import axe_findings, check_page, page_findings, small_targets
from tests.browser.kept import until_kept

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("mode", ["", "font-large", "font-huge", "contrast-high", "font-huge contrast-high"])
def test_every_part_holds_in_every_mode_and_width(gallery, mode):
    gallery.goto(f"/gallery/{mode}/" if mode else "/gallery/")
    check_page(gallery)


MAIN = "document.getElementById('main')"
CHANGES = [
    ("a text too pale", "document.querySelector('.facts dd, .panel p').style.color = '#ccc'", "color-contrast"),
    ("the ground of all", "document.getElementById('main').style.background = '#555'", "color-contrast"),
    ("a field without its label", "document.querySelector('label[for=id_title]').removeAttribute('for')", "label"),
    ("the label of a field gone", "document.querySelector('label[for=id_body]').remove()", "label"),
    (
        "a field bears another's name",
        "document.getElementById('id_title').id = 'id_body'",
        "twice on the page: #id_body",
    ),
    ("a row without a name", "document.querySelector('#rows th a').textContent = ''", "link-name"),
    ("the title of the page gone", "document.title = ''", "document-title"),
]


def test_what_was_in_order_is_looked_at_again_where_something_changed(gallery):
    gallery.goto("/gallery/")
    assert page_findings(gallery) == []
    for what, change, rule in CHANGES:
        gallery.evaluate(
            f"() => {{ [document.before, document.called] = [{MAIN}.outerHTML, document.title]; {change} }}"
        )
        assert [line for line in page_findings(gallery) if line.startswith(rule)], what
        gallery.evaluate(f"() => {{ {MAIN}.outerHTML = document.before; document.title = document.called; }}")
    assert page_findings(gallery) == []


def test_a_form_with_errors_is_accessible(gallery):
    gallery.goto("/gallery/")
    gallery.click("button:has-text('保存建议')")
    gallery.wait_for_selector(".error-summary")
    check_page(gallery)


def test_open_menus_are_accessible_and_stay_on_the_screen(gallery):
    gallery.goto("/gallery/")
    summaries = gallery.locator("details.menu > summary >> visible=true")
    for width, menus in ((320, 2), (390, 2), (1280, 1)):
        gallery.set_viewport_size({"width": width, "height": 900})
        assert summaries.count() == menus, width
        for summary in summaries.all():
            summary.click()
            if width != 390:  # the layout is that of 320
                assert axe_findings(gallery, "details.menu[open]") == [], width
            box = gallery.locator("details.menu[open] .menu-panel").bounding_box()
            assert box["x"] >= 0, width
            assert box["x"] + box["width"] <= width
            gallery.keyboard.press("Escape")


@pytest.mark.parametrize(("mode", "widths", "least"), [("", (390,), 44), ("font-huge", (390, 1280), 60)])
def test_targets_are_large_enough_for_a_finger(gallery, mode, widths, least):
    gallery.goto(f"/gallery/{mode}/" if mode else "/gallery/")
    for width in widths:
        gallery.set_viewport_size({"width": width, "height": 900})
        gallery.click("details.menu summary >> visible=true")
        assert small_targets(gallery, least) == [], width
        gallery.keyboard.press("Escape")


def test_error_summary_takes_the_focus_and_leads_to_the_field(gallery):
    gallery.goto("/gallery/")
    gallery.click("button:has-text('保存建议')")
    expect(gallery.locator(".error-summary")).to_be_focused()
    gallery.click(".error-summary a:has-text('内容')")
    expect(gallery.locator("#id_body")).to_be_focused()
    gallery.click(".error-summary a:has-text('提出方式')")
    expect(gallery.locator("#id_ways_0")).to_be_focused()
    described = gallery.get_attribute("#id_body", "aria-describedby").split()
    assert "必填" in " ".join(gallery.inner_text(f"#{name}") for name in described)


def test_keyboard_goes_to_search_and_from_field_to_field(gallery):
    gallery.goto("/gallery/")
    gallery.keyboard.press("/")
    expect(gallery.locator("[data-search]")).to_be_focused()
    gallery.focus("#id_title")
    gallery.keyboard.type("路灯")
    gallery.keyboard.press("Enter")
    expect(gallery.locator("#id_kind")).to_be_focused()
    gallery.keyboard.press("Enter")
    expect(gallery.locator("#id_body")).to_be_focused()
    gallery.keyboard.press("Control+s")
    expect(gallery.locator(".error-summary")).to_be_focused()


def test_every_stop_of_the_tab_key_is_visible_and_none_is_a_trap(gallery):
    gallery.goto("/gallery/")
    seen = []
    for _ in range(120):
        gallery.keyboard.press("Tab")
        stop = gallery.evaluate(
            """() => { const e = document.activeElement; const s = getComputedStyle(e);
              return e === document.body ? null : [e.outerHTML.slice(0, 120), s.outlineStyle, parseFloat(s.outlineWidth)]; }"""
        )
        if stop is None:
            break
        seen.append(stop)
    assert stop is None, f"Tab never leaves the page: {seen[-3:]}"
    assert [html for html, style, width in seen if style == "none" or width < 2] == []
    assert "跳到正文" in seen[0][0]


def test_escape_closes_a_menu_and_returns_the_focus(gallery):
    gallery.goto("/gallery/")
    gallery.click("summary:has-text('示例办事员')")
    gallery.keyboard.press("Escape")
    expect(gallery.locator("details.menu[open]")).to_have_count(0)
    expect(gallery.locator("summary:has-text('示例办事员')")).to_be_focused()


def test_leaving_with_unsaved_text_asks_first(own_gallery):
    page = own_gallery
    page.goto("/gallery/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#id_title", "没有保存的标题")
    page.reload()
    assert asked == ["beforeunload"]


def test_a_draft_survives_a_reload_and_holds_no_field_of_a_person_and_no_number_of_one(own_gallery):
    page = own_gallery
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/gallery/")
    page.evaluate("document.getElementById('div_id_title').setAttribute('data-personal', '')")
    page.fill("#id_title", "示例姓名")
    page.fill("#id_body", "东街路灯坏了三盏，找13800138000")
    page.check("#id_ways_1")
    until_kept(page, "true")  # the tick, made last
    page.reload()
    expect(page.locator("#id_body")).to_have_value("东街路灯坏了三盏，找〔号码没有保存〕")
    expect(page.locator("#id_ways_1")).to_be_checked()
    expect(page.locator("#id_title")).not_to_have_value("示例姓名")
    kept = page.evaluate("window.drafts.all().then((drafts) => JSON.stringify(drafts))")
    assert "东街路灯" in kept
    assert "示例姓名" not in kept
    assert "13800138000" not in kept


def test_two_clicks_send_one_request(own_gallery):
    page = own_gallery
    page.goto("/gallery/")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("""() => { const b = [...document.querySelectorAll('button')].find(b => b.textContent.includes('保存建议'));
      b.click(); b.click(); }""")
    page.wait_for_selector(".error-summary")
    assert len(sent) == 1


def test_what_is_on_its_way_is_not_sent_a_second_time_when_the_signal_comes_back(own_gallery):
    page = own_gallery
    page.goto("/gallery/")
    held = []

    def hold(route):
        held.append(route) if route.request.method == "POST" else route.continue_()

    page.route("**/gallery/", hold)
    page.evaluate("[...document.querySelectorAll('button')].find(b => b.textContent.includes('保存建议')).click()")
    expect(page.locator("form[aria-busy=true]")).to_have_count(1)
    for _ in range(3):
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_selector(".error-summary")
    assert len(held) == 1


def test_pasted_rows_are_counted_and_lost_digits_named(gallery):
    gallery.goto("/gallery/")
    gallery.fill("#paste", "姓名\t身份证号\n示例甲\t1.10105E+17\n示例乙\t<b>文本</b>")
    expect(gallery.locator("#pasted")).to_contain_text("已粘贴 3 行、2 列")
    expect(gallery.locator("#pasted .alert")).to_contain_text("末尾几位已经丢失")
    assert gallery.locator("#pasted b").count() == 0


def test_progress_asks_again_until_it_is_told_to_stop(own_gallery):
    page = own_gallery
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/gallery/job/") else None)
    page.clock.install()
    page.goto("/gallery/")
    page.clock.run_for(2100)
    expect(page.locator("#job-1")).to_contain_text("新增30000人")
    page.clock.run_for(10_000)
    assert len(asked) == 1


def test_session_warning_appears_two_minutes_before_the_end(own_gallery):
    page = own_gallery
    page.clock.install()
    page.goto("/gallery/")
    warning = page.locator("#session-warning")
    expect(warning).to_be_hidden()
    idle = int(page.get_attribute("body", "data-idle-seconds"))
    page.clock.run_for((idle - 100) * 1000)
    expect(warning).to_be_visible()


@pytest.mark.usefixtures("_parts")
def test_pages_work_without_scripts(chromium, gallery_url):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{gallery_url}/gallery/")
    page.fill("[data-search]", "路灯")
    page.press("[data-search]", "Enter")
    page.wait_for_url("**q=%E8%B7%AF%E7%81%AF**")
    page.click("summary:has-text('示例办事员')")
    assert page.is_visible("button:has-text('退出登录')")
    page.click("button:has-text('保存建议')")
    expect(page.locator(".error-summary")).to_be_visible()
    context.close()


def test_a_list_on_paper_is_a_table_and_not_cards(gallery):
    gallery.set_viewport_size({"width": 672, "height": 1000})  # what A4 leaves between its margins, in CSS pixels
    gallery.goto("/gallery/")
    rows = gallery.locator(".table-cards > tbody > tr").first
    display = "row => getComputedStyle(row).display"
    assert rows.evaluate(display) == "block"
    gallery.emulate_media(media="print")
    assert rows.evaluate(display) == "table-row"
    assert gallery.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_print_leaves_out_what_paper_cannot_use(gallery):
    gallery.goto("/gallery/")
    gallery.emulate_media(media="print")
    for selector in (".topbar", ".sidebar", ".toolbar", ".breadcrumb", ".pagination-row"):
        assert gallery.locator(selector).first.is_hidden(), selector
    assert gallery.locator("table").first.is_visible()
    assert gallery.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"


def test_moving_is_still_when_asked_for(gallery):
    gallery.emulate_media(reduced_motion="reduce")
    gallery.goto("/gallery/")
    assert gallery.evaluate("parseFloat(getComputedStyle(document.querySelector('.btn')).transitionDuration)") < 0.001


def test_text_saves_by_itself_and_says_so(own_gallery):
    page = own_gallery
    page.goto("/gallery/")
    page.fill("#minutes", "会议记录")
    page.keyboard.press("Control+s")
    expect(page.locator("#minutes-state")).to_contain_text("已自动保存")
    page.goto("/gallery/")  # nothing unsaved: no question, or this would hang
    assert page.complaints == []


def test_text_that_could_not_be_saved_stays_and_is_said(gallery):
    gallery.goto("/gallery/")
    gallery.fill("#minutes", "网络不通时写的")
    gallery.keyboard.press("Control+s")
    expect(gallery.locator("#minutes-state")).to_contain_text("尚未保存")
    expect(gallery.locator("#minutes")).to_have_value("网络不通时写的")


def test_searching_replaces_the_rows_and_going_back_restores_the_page(gallery):
    gallery.goto("/gallery/")
    gallery.fill("[data-search]", "路灯")
    expect(gallery.locator("#rows > p")).to_have_text("找到：路灯")
    assert "q=%E8%B7%AF%E7%81%AF" in gallery.url
    for link in ("#take-along a >> nth=0", "#filters a >> nth=1", "#rows th a >> nth=0"):
        assert "q=%E8%B7%AF%E7%81%AF" in gallery.get_attribute(link, "href")
    expect(gallery.locator("[data-search]")).to_be_focused()
    gallery.go_back()
    expect(gallery.locator("#rows > p")).to_have_count(0)
    expect(gallery.locator(".topbar")).to_be_visible()


def test_a_revealed_value_hides_again(own_gallery):
    page = own_gallery
    page.clock.install()
    page.goto("/gallery/")
    page.click(".masked a")
    page.fill("input[name=reason]", "核对联系方式")
    page.click(".reveal-form button")
    shown = page.locator(".masked[role=status]")
    expect(shown).to_contain_text("完整号码（核对联系方式）")
    page.clock.run_for(31_000)
    expect(shown).to_have_text("（已隐藏）")


def test_the_first_page_is_small(own_gallery):
    """At most 150 KB compressed, as a proxy sends it, so that a phone on a poor line has it in seconds."""
    page = own_gallery
    bodies = []
    page.on("response", lambda response: bodies.append(response))
    page.goto("/gallery/", wait_until="networkidle")
    size = sum(len(gzip.compress(response.body())) for response in bodies if response.status == 200)
    assert len(bodies) >= 6
    assert size < 150_000
