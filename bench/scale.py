"""The same pages over HTTP at the demonstration's size, at a tenth and at the whole of 100,000 suggestions and 1,000,000
matters over twenty townships, by turns with the bare page; then how many actions a second there are."""

import json
import os
import sys
import threading
import time
from collections.abc import Sequence

from django.urls import reverse

from bench import filling
from bench.pages import Page, busiest, member
from bench.processor import tree
from bench.timing import Times, by_turns, milliseconds, timed
from bench.web import Browser, Server, server
from congress.guard import scope
from congress.guard.action import verb
from congress.models import Role, Township, User
from proposals.models import Reply
from proposals.stages import Stage
from reports.tasks import take_all_figures

SIZES = {"tenth": (10_000, 100_000), "whole": (100_000, 1_000_000)}
MAKE = verb("tests.bench_scale", "布置测速账号")
LEAST, MOST, SECONDS = 12, 40, 6
ACTIONS_SECONDS, AT_ONCE = 15, 8
SHARE, MORE, COUNTY_MORE = 1.5, 50, 60  # the goal: p95 within 1.5 times the bare page's and so many milliseconds
REST = 120  # seconds: a million new rows are written out and cleaned up by the database for a while
SCREENS, MINUTE = 50, 60  # walls that look at the county's big screen, and the seconds in which each refreshes once


def measure(seconds: float) -> dict:
    """Every size that was asked for (BENCH_SIZES), and the actions; sizes for which there is no time are left out."""
    end, wanted = time.monotonic() + seconds, os.environ.get("BENCH_SIZES", "tenth,whole").split(",")
    pattern, filled = busiest(), filling.townships()
    print(f"装入和测量：{'、'.join(wanted)}", file=sys.stderr, flush=True)
    filling.count_rows()
    take_all_figures()
    found: dict = {"sizes": [_measured("demo", pattern, member(Role.CLERK, township=pattern))]}
    for name, (suggestions, matters) in SIZES.items():
        if name not in wanted or time.monotonic() > end:
            continue
        filling.fill(filled, pattern, suggestions, matters)
        filling.forget_figures()
        kept = timed(take_all_figures)
        time.sleep(REST)
        one = _measured(name, filled.towns[0], filled.clerks[0])
        one |= {
            "fill_s": round(filled.seconds),
            "figures_s": round(kept, 1),
            "differing": filling.differing(filled.towns[1]),
        }
        one |= {"suggestions": filled.suggestions, "matters": filled.matters}
        found["sizes"].append(one)
        print(json.dumps(one, ensure_ascii=False), file=sys.stderr, flush=True)
    with server() as running:
        found["one_chain"] = _actions(running.port, filled.clerks[:1] * AT_ONCE, filled.towns[:1] * AT_ONCE)
        found["many_chains"] = _actions(running.port, filled.clerks, filled.towns)
    return found


def pages(town: Township, clerk: User) -> list[Page]:
    """What clerk and county open, in one of the townships and over all."""
    here, county = [town.code], [town.county.code]
    with scope.township(town):
        told = Reply.objects.order_by("pk").values_list("suggestion_id", flat=True)[0]
    suggestions, matters = reverse("proposals-suggestions", args=here), reverse("proposals-matters", args=here)
    viewer = member(Role.COUNTY, county=town.county)
    return [
        Page("首页", clerk, reverse("township_home", args=here)),
        Page("建议台账", clerk, suggestions),
        Page("按阶段", clerk, f"{suggestions}?stage={Stage.TALKED}"),
        Page("已逾期", clerk, f"{suggestions}?due=now"),
        Page("第50页", clerk, f"{suggestions}?page=50"),
        Page("两字搜索", clerk, f"{suggestions}?q=%E6%B0%B4%E6%B8%A0"),
        Page("反映事项", clerk, matters),
        Page("事项搜索", clerk, f"{matters}?q=%E8%B7%AF%E7%81%AF"),
        Page("接待登记", clerk, reverse("proposals-receptions", args=here)),
        Page("期限", clerk, reverse("deadlines", args=here)),
        Page("全部查找", clerk, f"{reverse('search', args=here)}?q=%E8%B7%AF%E7%81%AF"),
        Page("花名册", clerk, reverse("deputies-list", args=here)),
        Page("一件建议", clerk, reverse("proposals-suggestion", args=[*here, told])),
        Page("县首页", viewer, reverse("county_home", args=county)),
        Page("县总览", viewer, reverse("reports-county", args=county)),
        Page("县各年", viewer, reverse("reports-county-years", args=county)),
        Page("县期限", viewer, reverse("county-deadlines", args=county)),
        Page("县大屏", viewer, reverse("reports-county-screen", args=county)),
        Page("县逾期", viewer, reverse("reports-county-overdue", args=county)),
    ]


def _measured(size: str, town: Township, clerk: User) -> dict:
    with server() as running:
        opened = pages(town, clerk)
        rows = [over_http(page, running.port) for page in opened]
        screens = _screens(running, next(page for page in opened if page.name == "县大屏"))
    return {"size": size, "load": round(os.getloadavg()[0], 1), "pages": rows, "screens": screens}


def _screens(running: Server, page: Page) -> dict:
    """Many big screens, each of which asks once in a minute for what is inside it."""
    browsers = [Browser(running.port, page.user, headers={"HX-Request": "true"}) for _ in range(SCREENS)]
    taken, before = [0.0] * SCREENS, tree(running.pid)

    def look(at: int) -> None:
        time.sleep(at * MINUTE / SCREENS)
        taken[at] = timed(lambda: browsers[at].get(page.url))

    threads = [threading.Thread(target=look, args=(at,)) for at in range(SCREENS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = Times(tuple(taken))
    return {
        "number": SCREENS,
        "p50_ms": milliseconds(times.p50),
        "p95_ms": milliseconds(times.p95),
        "web_ms": milliseconds((tree(running.pid) - before) / SCREENS),
        "kilobytes": round(browsers[0].size / 1024, 1),
    }


def over_http(page: Page, port: int) -> dict:
    """How long a page takes of a running server, by turns with the bare page."""
    browser, floor = Browser(port, page.user), Browser(port, page.user)
    for _ in range(3):  # each of the workers has read its templates
        browser.get(page.url), floor.get("/bench/bare/")
    times, bare = by_turns(
        lambda: browser.get(page.url), lambda: floor.get("/bench/bare/"), seconds=SECONDS, least=LEAST, most=MOST
    )
    more = COUNTY_MORE if page.url.startswith("/c/") else MORE
    return {
        "name": page.name,
        "p50_ms": milliseconds(times.p50),
        "p95_ms": milliseconds(times.p95),
        "bare_p50_ms": milliseconds(bare.p50),
        "bare_p95_ms": milliseconds(bare.p95),
        "goal_ms": round(SHARE * bare.p95 * 1000 + more, 1),
        "statements": browser.statements,
        "kilobytes": round(browser.size / 1024, 1),
        "times": len(times.seconds),
    }


def _actions(port: int, clerks: Sequence[User], towns: Sequence[Township]) -> dict:
    """Units recorded through the form for some seconds, each browser as fast as it can."""
    browsers = [
        (Browser(port, clerk), reverse("unit-new", args=[town.code])) for clerk, town in zip(clerks, towns, strict=True)
    ]
    counts, end = [0] * len(browsers), time.monotonic() + ACTIONS_SECONDS

    def work(at: int) -> None:
        browser, url = browsers[at]
        browser.open_form(url)
        while time.monotonic() < end:
            name = f"测速{at}-{counts[at]}-{os.getpid()}-{len(browsers)}"
            browser.send(url, {"name": name, "level": "township", "duties": ""})
            counts[at] += 1

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"browsers": len(browsers), "actions": sum(counts), "a_second": round(sum(counts) / ACTIONS_SECONDS, 1)}
