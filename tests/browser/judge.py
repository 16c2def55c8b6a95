"""What every page must stand up to in a browser: accessible, no sideways scroll, no blocked or failing script."""

import json
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

WIDTHS = (320, 390, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What passed needs no selectors, and none of these rules reads the style sheets anew: a third of axe's time otherwise.
AXE_OPTIONS = json.dumps({"runOnly": RULES, "resultTypes": ["violations", "incomplete"], "preload": False})
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
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


def axe_findings(page: Page, within: str = "html") -> list[str]:
    """Violations of the page (or the part of it `within`) as it stands, and contrasts axe could not decide that nobody has reviewed."""
    # The protocol evaluates the script outside the page's own rules, so the policy under test stays as it is.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(f"axe.run({json.dumps(within)}, {AXE_OPTIONS})")
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


def check_page(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that the page that is open holds at every width; its complaints must be empty too. axe looks at the narrowest
    and the widest: between 320 and 390 the layout is one."""
    found = []
    page.wait_for_load_state()  # what a click leads to may have begun to arrive
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        # Whole and from the top: what has scrolled halfway under a bar that stays is no finding, wherever the page came
        # to rest.
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        page.evaluate("scrollTo(0, 0)")
        scroll = page.evaluate("document.documentElement.scrollWidth")
        if scroll > width:
            found.append(f"{width}px: page is {scroll}px wide: {_wide_elements(page, width)}")
        found += [f"{width}px: {line}" for line in (axe_findings(page) if width in (widths[0], widths[-1]) else ())]
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
