"""Templates and words: everything compiles, nothing is inline or from outside, and no place's word is spelled out."""

import ast
import re

import pytest
from django.conf import settings
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template

from congress.steps import lives
from tests.architecture.source import Source, product, written
from tests.architecture.test_source import hits

TEMPLATES = [source for source in product(".html", ".txt") if source.path.startswith("templates/")]
PAGES = [source for source in TEMPLATES if source.path.endswith(".html")]
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.S)
FORBIDDEN = {
    "unescaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off|safeseq"),
    "inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=|<style\b", re.I),
    "inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "script without nonce": re.compile(r"<script\b(?![^>]*nonce=)[^>]*>", re.I),
    "outside address": re.compile(r"(?:https?:)?//(?=[\w.-]+\.[a-z]{2,})", re.I),
    "form without token": re.compile(r"<form\b(?=[^>]*method=[\"']?post)(?![\s\S]*?csrf)", re.I),
    "double negative hx": re.compile(r"hx-on\b|hx-vals=['\"]js:", re.I),
}
# Words that differ from place to place: 镇长 or 乡长, 县 or 区. Rows know them; pages ask the row.
PLACE_WORDS = re.compile(
    r"镇长|乡长|区长|县长|县人大|区人大|市人大|旗人大|县委|区委|镇党委|乡党委|镇政府|乡政府|本镇|本县"
)
EXPLAINED = {
    ("congress/models/places.py", "镇长"): "the default of the township's own word",
    (
        "congress/web/forms_places.py",
        "镇长",
    ): "what the head of a 镇 is called by law, which the form asks of the township",
    ("congress/web/forms_places.py", "乡长"): "the same of a 乡",
}


def without_comments(source: Source) -> Source:
    return Source(source.path, COMMENT.sub(lambda match: "\n" * match.group(0).count("\n"), source.text))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    assert hits([without_comments(source) for source in PAGES], FORBIDDEN[what]) == []


@pytest.mark.parametrize(
    ("what", "html"),
    [
        ("unescaped", "{{ text|safe }}"),
        ("inline style", '<p style="color: red">'),
        ("inline handler", '<a onclick="go()">'),
        ("script address", '<a href="javascript:go()">'),
        ("script without nonce", "<script src='x.js'>"),
        ("outside address", '<link href="https://cdn.example.org/x.css">'),
        ("form without token", '<form method="post"><button>'),
        ("double negative hx", '<a hx-on:click="go()">'),
    ],
)
def test_a_template_that_had_it_would_be_noticed(what, html):
    assert hits([Source("a.html", html)], FORBIDDEN[what])


@pytest.mark.parametrize("source", TEMPLATES, ids=lambda source: source.path)
def test_template_compiles(source):
    assert get_template(source.path.removeprefix("templates/")) is not None


def test_a_broken_template_would_be_noticed():
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% if %}")


def named(template: str, sources) -> bool:
    """Whether a file names the template in quotes."""
    return any(f'"{template}"' in text or f"'{template}'" in text for text in sources)


def test_no_template_is_left_over():
    texts = [source.text for source in product(".py", ".html")]
    found_by_name = {"400.html", "403.html", "404.html", "500.html", "503.html", "409.html", "429.html"}
    elsewhere = (
        "templates/account/",
        "templates/allauth/",
        "templates/bootstrap5/",
        "templates/mfa/",
    )  # override those of libraries
    unused = [
        source.path
        for source in PAGES
        if not source.path.startswith(elsewhere)
        and source.path.removeprefix("templates/") not in found_by_name
        and not named(source.path.removeprefix("templates/"), texts)
    ]
    assert unused == []


def spoken_strings(source: Source) -> list[tuple[int, str]]:
    """String constants of a module that may be shown: all but docstrings."""
    documentation, tree = set(), source.tree
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            documentation.add(id(node.body[0].value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


def spelled_out(sources) -> list[str]:
    """Place words in what people read, except those explained."""
    found = []
    for source in sources:
        pairs = spoken_strings(source) if source.path.endswith(".py") else [(1, COMMENT.sub("", source.text))]
        for line, text in pairs:
            if any(path == source.path and word in text for path, word in EXPLAINED):
                continue
            found += [f"{source.path}:{line} {match.group(0)}" for match in PLACE_WORDS.finditer(text)]
    return found


def test_no_word_of_a_place_is_spelled_out():
    # The law speaks in its own words; sample places stand in the demonstration only.
    outside = ("congress/law/", "reports/demo/", "congress/demo/")
    sources = [source for source in [*written(".py"), *PAGES] if not source.path.startswith(outside)]
    assert spelled_out(sources) == []


def test_a_place_word_would_be_noticed_and_every_explanation_is_needed():
    assert spelled_out([Source("a.html", "<p>镇长</p>")]) == ["a.html:1 镇长"]
    assert spelled_out([Source("a.py", 'TITLE = "本镇概况"')]) == ["a.py:1 本镇"]
    assert spelled_out([Source("a.py", '"""本镇."""')]) == []
    for path, word in EXPLAINED:
        [source] = [source for source in written(".py") if source.path == path]
        assert any(word in text for _, text in spoken_strings(source)), f"{path}: {word} is not there any more"


def test_every_icon_of_a_step_is_among_those_the_pages_bring():
    sprite = (settings.BASE_DIR / "static/vendor/icons.svg").read_text(encoding="utf-8")
    wanted = {step.words.icon for life in lives().values() for step in life.steps if step.words.icon}
    assert sorted(icon for icon in wanted if f'id="{icon}"' not in sprite) == []
