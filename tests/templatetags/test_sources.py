"""What our templates, styles and scripts may not contain, and that the pictures they name exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from script.lib.icons import wanted

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "documents" not in path.parts)
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
ICONS = set(wanted((ROOT / "static" / "img" / "icons.txt").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_compiles_and_stays_within_the_policy(path):
    get_template(str(path.relative_to(ROOT / "templates")))
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|hx-on", source)
    assert not re.search(r"\|\s*safe\b|autoescape off", source)
    assert not re.search(r"https?://|//cdn", source)
    for tag in re.findall(r"<script[^>]*>", source):
        assert "src=" in tag
        assert "nonce=" in tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_icon_of_a_template_is_in_the_sprite(path):
    source = path.read_text(encoding="utf-8")
    named = set(re.findall(r'{% icon "([a-z0-9-]+)"', source)) | set(re.findall(r'icon="([a-z0-9-]+)"', source))
    assert named <= ICONS


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: path.name)
def test_styles_and_scripts_suit_chromium_109_and_reach_nowhere(path):
    source = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"https?://|@import|eval\(|new Function|innerHTML|document\.write", source)
    if path.suffix == ".css":
        assert not re.search(r"oklch|oklab|color-mix|light-dark|@layer|@container|@scope|\d+dvh|&", source)


def test_icons_of_the_code_are_in_the_sprite():
    named = set()
    for folder in ("congress", "deputies", "proposals", "elections", "reports"):
        for path in (ROOT / folder).rglob("*.py"):
            named |= set(re.findall(r'\bentry\(\s*"[^"]+",\s*"([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    ui = (ROOT / "congress" / "templatetags" / "ui.py").read_text(encoding="utf-8")
    named |= set(re.findall(r'"(?:good|bad|info|warning|neutral|success)": "([a-z0-9-]+)"', ui))
    assert {"circle", "check-circle"} <= named
    assert named <= ICONS
