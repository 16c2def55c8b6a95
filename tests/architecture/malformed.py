"""What no form of ours sends: every address answers it with a page, never with an error of the program."""

import html
import inspect
import os
import re
from copy import deepcopy

from django.db import transaction
from django.test import Client

from tests.architecture.faults import HARMLESS, cause

NASTY = ("\0", "²²²²", "0000", "9" * 40, "-1", "a\0b'\"<%_\\", "NaN")
NASTY_IN_FORMS = ("\0", "²", "9" * 40, "0000-00-00")
# Who sends it, and where the addresses of their place begin; those of no place are the administrators'.
SENDERS = {"clerk": "t/", "deputy_user": "t/", "handler": "t/", "county_viewer": "c/"}
SENDERS |= dict.fromkeys(("system", "security", "auditor"), "")
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"")
SHOWS = re.compile(r"\bshow\(\s*request")  # a list
OF_LISTS = {"q", "sort", "page", "year", "from", "until"}
READ = re.compile(r"(?:GET|POST)(?:\.get\(|\.getlist\(|\[)\s*\"(\w+)\"|\"(\w+)\" in request\.POST")


def asked_for(item) -> set[str]:
    """The parameters a page reads by name in the module of its view, and those of every list; none where nothing there
    reads an address or shows a list."""
    module = inspect.getsource(inspect.getmodule(inspect.unwrap(item.callback)))
    names = {name for pair in READ.findall(module) for name in pair if name}
    return names | OF_LISTS if "request.GET" in module or SHOWS.search(module) else names


def own_fields(opened) -> set[str]:
    """The fields of the page itself, without those of the head that stands on every page."""
    main = opened.content.decode("utf-8", "replace").partition("<main")[2]
    return {html.unescape(name) for name in FIELD.findall(main)}


def wrong(answer, item, what: str) -> list[str]:
    """Which error an answer is that it must not be."""
    return [] if answer.status_code in HARMLESS else [f"{item.name} {what}: {answer.status_code}{cause(answer)}"]


class Sender:
    """Sends it to the addresses of somebody's place whose doors open to them, as the same browser, but with cookies of its own
    and in a savepoint that is rolled back: the walk goes on as if nothing had been sent."""

    def __init__(self, who: str, client: Client):
        self.who, self.client, self.place = who, client, 0
        self.window = Client(raise_request_exception=False)

    def mine(self, route: str) -> bool:
        """Whether an address is of the sender's place."""
        start = SENDERS.get(self.who)
        return route.startswith(start) if start else start == "" and not route.startswith(("t/", "c/"))

    def by_turns(self, values: tuple[str, ...]) -> list[str]:
        """One of the values for each address and person, another one for the next. All of them for everybody would take ten
        minutes (`MALFORMED=all` does)."""
        if os.environ.get("MALFORMED") == "all":
            return list(values)
        return [values[(self.place + list(SENDERS).index(self.who)) % len(values)]]

    def fallen(self, route: str, item, opened) -> list[str]:
        """How a page that was opened falls over what is sent to it."""
        if not self.mine(route) or opened.wsgi_request.method != "GET":
            return []
        self.place += 1
        if opened.status_code in (403, 404):  # the door stands before the view, and reads nothing of what is sent
            return []
        found, url = [], opened.wsgi_request.path
        self.window.cookies = deepcopy(self.client.cookies)
        fields = own_fields(opened)
        asks, takes = asked_for(item), fields or opened.status_code != 200
        for text in self.by_turns(NASTY) if asks else ():
            typed = dict.fromkeys((asks | fields) - {"format"}, text)
            found += wrong(self._send(self.window.get, url, typed), item, f"?{text!r}")
        for text in self.by_turns(NASTY_IN_FORMS) if takes else ():
            typed = dict.fromkeys(fields | asks | {"version"}, text)
            found += wrong(self._send(self.window.post, url, typed), item, repr(text))
        return found

    @staticmethod
    def _send(how, url: str, typed: dict):
        with transaction.atomic():
            answer = how(url, typed)
            transaction.set_rollback(True)
        return answer
