"""What every page must stand up to in a browser: accessible, no sideways scroll, no blocked or failing script."""

import json

from django.conf import settings
from playwright.sync_api import Page

from script.lib.paths import NODE_MODULES

WIDTHS = (320, 390, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What passed needs no selectors, and none of these rules reads the style sheets anew: a third of axe's time otherwise.
AXE_OPTIONS = json.dumps({"runOnly": RULES, "resultTypes": ["violations", "incomplete"], "preload": False})
AXE_SOURCE = NODE_MODULES / "axe-core" / "axe.min.js"
AXE_FILES = ("axe-core", str(AXE_SOURCE.parent))  # beside the product's own, for those who serve it to a browser
AXE = f"{settings.STATIC_URL}axe-core/{AXE_SOURCE.name}"
# The policy of the page lets in who has its word. The browser has the script at hand from the page before.
WITH_AXE = """(address) => 'axe' in window || new Promise((resolve) => {
  const known = document.querySelector('script[nonce]');
  if (!known) { resolve(false); return; }
  const script = document.createElement('script');
  [script.nonce, script.src] = [known.nonce, address];
  script.onload = () => { script.remove(); resolve(true); };
  script.onerror = () => { script.remove(); resolve(false); };
  document.head.append(script);
})"""
# What axe cannot measure is looked at by a person once: text over a background picture (the arrow of a select).
REVIEWED = ("select",)


class Complaints(list):
    """Console errors, failed scripts, blocked resources and refused requests of a page, collected from its first moment."""

    def __init__(self, page: Page):
        super().__init__()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("response", self._response)
        page.on("request", self._request)

    def _console(self, message) -> None:
        # The status of the page itself is the test's business; what a page loads is judged by its own response.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.append(f"console: {message.text}")

    def _response(self, response) -> None:
        least = 500 if response.request.resource_type == "document" else 400
        if response.status >= least:
            self.append(f"{response.status}: {response.url}")

    def _request(self, request) -> None:
        if not request.url.startswith(("http://127.0.0.1", "http://localhost", "data:", "about:", "blob:")):
            self.append(f"outside: {request.url}")


# What has been looked at: a part of a page that was in order, with all that its looks follow from.
_known: set[str] = set()
# Each part of a page that holds others, from the page itself downwards, as the place of the part it stands in and what it is known
# by: what it says, but for digits, tokens and addresses; what is typed and ticked in it; whether what it refers to is there; the
# style sheets, the width and what stands around it. And what is referred to and there twice.
PARTS = """() => {
  const REFERENCES = ['for', 'headers', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-activedescendant'];
  const EACH_TIME_NEW = ['nonce', 'hx-headers', 'hx-vals', 'datetime', 'data-user'];
  const WHETHER = { opacityProperty: true, visibilityProperty: true };
  const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
  const sheets = [...document.styleSheets].map((one) => one.href).join();
  const page = [innerWidth, sheets].join();
  const times = {};
  document.querySelectorAll('[id]').forEach((one) => { times[one.id] = (times[one.id] || 0) + 1; });
  const twice = new Set();
  const hash = (text) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 2654435761); b = Math.imul(b ^ code, 1597334677);
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };
  const attribute = ({ name, value }) => {
    if (EACH_TIME_NEW.includes(name)) { return name; }
    const there = REFERENCES.includes(name) ? value.split(/\\s+/).filter(Boolean).map((id) => {
      if (times[id] > 1) { twice.add(id); }
      return times[id] || 0;
    }) : '';
    return name + '=' + (value.startsWith('/') ? '/' : value.replace(UUID, '')) + there;
  };
  const itself = (one) => {
    if (one.type === 'hidden') { return ''; }
    const state = [one.checked, !!one.value, one.disabled, one === document.activeElement];
    return [one.tagName, ...[...one.attributes].map(attribute), ...state].join();
  };
  const parts = window.partsToJudge = [];
  const known = [];
  const look = (one, above, around) => {
    const own = itself(one);
    const at = one.childElementCount ? parts.push(one) - 1 : above;
    const within = hash(around + own);
    const inner = [...one.childNodes].map((child) => (
      child.nodeType === 1 ? look(child, at, within) : child.nodeType === 3 ? child.data.replace(/\\d/g, '0') : ''));
    const all = hash([own, ...inner].join('|'));
    if (at !== above) {
      const shown = [one.checkVisibility(WHETHER), Math.round(one.getBoundingClientRect().width)];
      const before = one.previousElementSibling;
      known[at] = [above, hash([page, around, before && before.tagName + before.className, shown, all].join('|'))];
    }
    return all;
  };
  look(document.documentElement, -1, '');
  return { known, twice: [...twice] };
}"""
RUN = f"""(known) => axe.run(
  {{ include: [[document.documentElement]], exclude: known.map((at) => window.partsToJudge[at]) }}, {AXE_OPTIONS})"""


def page_findings(page: Page) -> list[str]:
    """`axe_findings` of the whole page. A part that was in order where it stood the same way before is not looked at again: the
    navigation, say, on the next page of the same person."""
    told = page.evaluate(PARTS)
    found = [f"twice on the page: #{name}" for name in told["twice"]]
    parts = told["known"]
    seen = {at for at, (_, key) in enumerate(parts) if key in _known}
    if 0 not in seen:
        found += _findings(page, RUN, [at for at in seen if parts[at][0] not in seen])
    if not found:
        _known.update(key for _, key in parts)
    return found


def axe_findings(page: Page, within: str) -> list[str]:
    """Violations of the part of the page `within` as it stands, and contrasts axe could not decide that nobody has reviewed."""
    return _findings(page, f"(within) => axe.run(within, {AXE_OPTIONS})", within)


def _findings(page: Page, run: str, about: object) -> list[str]:
    if not page.evaluate(WITH_AXE, AXE):  # no network, or a page without scripts
        page.evaluate(AXE_SOURCE.read_text(encoding="utf-8"))
    result = page.evaluate(run, about)
    found = [
        f"{rule['id']}: {' '.join(map(str, node['target']))} — {node['failureSummary']}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
    for rule in result["incomplete"]:
        if rule["id"] != "color-contrast":
            continue
        for node in rule["nodes"]:
            if not node["html"].lstrip("<").startswith(REVIEWED) and not _contrast_holds(page, node["target"][0]):
                found.append(f"contrast undecided: {node['target']} {node['html']}")
    return found


def _contrast_holds(page: Page, selector: str) -> bool:
    """Whether text has 4.5:1 against the first opaque background above it: axe gives up on single characters."""
    return page.evaluate(
        """selector => {
          const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const element = document.querySelector(selector);
          if (!element) return true;  // replaced by a newer part meanwhile
          let ground = [255, 255, 255];
          for (let box = element; box; box = box.parentElement) {
            const colour = parse(getComputedStyle(box).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) { ground = colour.slice(0, 3); break; }
          }
          const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground)].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05) >= 4.5;
        }""",
        selector,
    )


# Higher than most pages, whose height need not be asked for then.
HIGH = 1600
# From the top, wherever the page came to rest.
MEASURE = "() => { scrollTo(0, 0); const all = document.documentElement; return [all.scrollWidth, all.scrollHeight]; }"


def check_page(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that the page that is open holds at every width; its complaints must be empty too. axe looks at the narrowest
    and the widest: between 320 and 390 the layout is one."""
    found = []
    page.wait_for_load_state()  # what a click leads to may have begun to arrive
    for width in widths:
        page.set_viewport_size({"width": width, "height": HIGH})
        scroll, height = page.evaluate(MEASURE)
        if scroll > width:
            found.append(f"{width}px: page is {scroll}px wide: {_wide_elements(page, width)}")
        if width in (widths[0], widths[-1]):
            if height > HIGH:  # whole: what has scrolled halfway under a bar that stays is no finding
                page.set_viewport_size({"width": width, "height": height})
            found += [f"{width}px: {line}" for line in page_findings(page)]
    found += getattr(page, "complaints", [])
    assert not found, f"{page.url}\n" + "\n".join(found)


def _wide_elements(page: Page, width: int) -> list[str]:
    return page.evaluate(
        """width => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > width + 1)
          .slice(0, 5).map(e => e.tagName + '.' + e.className)""",
        width,
    )


def small_targets(page: Page, least: int) -> list[str]:
    """Visible buttons and fields less than `least` CSS pixels high; links inside running text are no targets of ours."""
    return page.evaluate(
        """least => [...document.querySelectorAll('.btn, .form-control, .form-select, .topbar-button, .chip, .nav-list a')]
          .filter(e => e.offsetParent && e.getBoundingClientRect().height + 0.5 < least)
          .map(e => `${e.tagName} ${e.textContent.trim().slice(0, 20)} ${Math.round(e.getBoundingClientRect().height)}`)""",
        least,
    )
