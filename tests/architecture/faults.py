"""What no answer may show, whoever asks: faults, somebody else's rows, personal numbers, code in the page, doors that are shut."""

import re
from functools import cache, lru_cache
from html import unescape

from django.urls import ResolverMatch, resolve

from tests.architecture.samples import MARK

STRANGERS = ("neighbour_clerk", "neighbour_handler", "far_viewer")
# Where what is forbidden elsewhere is the very purpose: (address, who) → why.
ALLOWED = {
    ("deputies-correction", "a telephone number"): "the clerk decides on the number the deputy asks for",
    ("deputies-me", "a telephone number"): "the deputy's own",
    ("reports-county", "something of the neighbour's"): "the county sees all its townships",
    ("reports-county-overdue", "something of the neighbour's"): "the county sees all its townships",
    ("reports-county-figure", "something of the neighbour's"): "the county sees all its townships",
    ("reports-county-questions", "something of the neighbour's"): "the county sees all its townships",
    ("reports-county-units", "something of the neighbour's"): "the county sees all its townships",
    ("reports-county-open", "something of the neighbour's"): "the county sees all its townships",
    ("county-deadlines", "something of the neighbour's"): "the county sees all its townships",
    ("administration-users", "something of the neighbour's"): "accounts of every place, no record of any",
    ("administration-requests", "something of the neighbour's"): "accounts of every place, no record of any",
    (
        "administration-audit",
        "something of the neighbour's",
    ): "the auditor's trail of every place, without personal data",
}
# Each begins with what is seldom on a page, and looks back from there: that takes a tenth of the time.
ID_NUMBER = re.compile(r"[0-9](?<![0-9A-Fa-f-]\d)\d{16}[\dXx](?![0-9A-Fa-f-])")
MOBILE = re.compile(r"1(?<![0-9A-Fa-f-]1)[3-9]\d{9}(?![0-9A-Fa-f-])")  # keys of rows hold as many digits now and then
INLINE = re.compile(r"\s(?:style|on[a-z]+)\s*=|<style|javascript:", re.I)
OUTSIDE = re.compile(r"=(?:(?<=src=)|(?<=href=)|(?<=action=)|(?<=\s=))\s*[\"'](?:https?:)?//", re.I)
LINK = re.compile(r"<a\s[^>]*\bhref=\"(/[^\"?#]*)")
SCRIPT = re.compile(r"<script(?![^>]*\bnonce=)", re.I)
SHOWN = (
    ("inline code", INLINE),
    ("outside address", OUTSIDE),
    ("script without nonce", SCRIPT),
    ("an ID number", ID_NUMBER),
    ("a telephone number", MOBILE),
)
UNREAD = re.compile(r"<(script|style|svg|textarea)\b.*?</\1>", re.S)
TAG = re.compile(r"<[^>]*>")
BARE_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?!\d)")
CELL = re.compile(r"<t([dh])\b.*?</t\1>", re.S)
ALONE = re.compile(r">\s*\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?\s*(?=<)")
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
UNSEEN = re.compile(r'\btype="(?:hidden|submit|button)"|\shidden\b|\baria-label(?:ledby)?="[^"]')
LABEL = re.compile(r"<label\b.*?</label>", re.S)
ID, OF = re.compile(r'\sid="([^"]*)"'), re.compile(r'<label\b[^>]*\sfor="([^"]+)"')
HARMLESS = {200, 302, 403, 404, 405, 409, 422}


def cause(answer) -> str:
    """What the view raised, where it did: so that whoever reads the failure of a long walk need not walk again."""
    raised = getattr(answer, "exc_info", None)
    return f" ({raised[0].__name__}: {raised[1]})" if raised else ""


def faults(answer, who: str, name: str) -> list[str]:
    """What an answer shows that it must not."""
    found = [] if answer.status_code in HARMLESS | {503} else [f"{answer.status_code}{cause(answer)}"]
    if who not in STRANGERS and MARK.encode() in answer.content:
        found.append("something of the neighbour's")
    if "text/html" in answer.get("Content-Type", ""):
        found += shown(answer.content.decode())
        if answer.status_code == 200 and "Content-Security-Policy" not in answer:
            found.append("no Content-Security-Policy")
        if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
            found.append("may be kept by a cache")
    return [f"{who} {name}: {what}" for what in found if (name, what) not in ALLOWED]


@lru_cache(maxsize=64)
def shown(html: str) -> list[str]:
    """What a page shows that it must not, whatever it answers; one and the same page stands behind many closed doors."""
    found = [what for what, pattern in SHOWN if pattern.search(html)]
    found += [f"a field nobody can name: {field}" for field in nameless(html)]
    return found + [f"a bare day in “{words[-60:]}”" for words in bare_days(html)]


def nameless(html: str) -> list[str]:
    """Fields without a label: who does not see the page hears nothing of what belongs there."""
    asked = [field for field in FIELD.findall(html) if not UNSEEN.search(field)]
    if not asked:
        return []
    named, inside = set(OF.findall(html)), "".join(LABEL.findall(html))
    return [field for field in asked if field not in inside and not named & set(ID.findall(field))]


def bare_days(html: str) -> list[str]:
    """What a page says to people with a day as computers write it. A cell of a table that holds nothing else may be one."""
    pieces = TAG.split(CELL.sub(lambda cell: ALONE.sub(">", cell[0]), UNREAD.sub("", html)))
    return [unescape(piece).strip() for piece in pieces if BARE_DAY.search(piece)]


@cache
def led_to(url: str) -> ResolverMatch:
    """What stands at an address; every page repeats most links of the one before."""
    return resolve(url)


def shut(answer, who: str, name: str, roles) -> list[str]:
    """The links a page offers its reader though their doors do not open to one of these roles."""
    if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
        return []
    found = set()
    for url in set(LINK.findall(answer.content.decode())):
        match = led_to(url)
        permission = match.func.permission
        if not isinstance(permission, str) and not permission.roles & roles:
            found.add(f"{who} {name}: a link to {match.url_name}, which is shut")
    return sorted(found)
