"""The first day of a township: the task list, what is put off, and what a township begins with."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from congress import first_day as actions
from congress.permissions import CATEGORIES
from congress.web import first_day
from congress.web.pages import done, page, township_view
from congress.web.records import at


@township_view(CATEGORIES)
def tasks(request, township):
    """Every task with its state, what it is for, who does it and where."""
    lines = first_day.lines(request.standing)
    return page(request, "congress/first_day.html", {"lines": lines, "left": sum(line.waits for line in lines)})


@township_view(CATEGORIES)
def task_later(request, township, key):
    """Put a task off, or take it up again; the page of the tasks in answer."""
    if not first_day.known(key):
        raise Http404
    back = at(township, "first-day")
    if request.method != "POST":
        return redirect(back)
    if "now" in request.POST:
        actions.take_up(request.user, township, key)
        return done(request, "已放回待办。", back)
    actions.put_off(request.user, township, key)
    return done(request, "已留待以后办理，首页不再提醒；随时可以在这里重新办理。", back)


@township_view(CATEGORIES)
def defaults(request, township):
    """What a township begins with, where it is changed; and, sent, what is not there yet is written."""
    if request.method == "POST":
        made = actions.give_defaults(request.user, township)
        said = f"已补上：{'、'.join(made)}。" if made else "默认设置都已经有了，没有改动。"
        return done(request, said, request.path)
    rows = [
        (one, there, reverse(one.url_name, args=[township.code]))
        for one, there in first_day.standing_defaults(township)
    ]
    return page(request, "congress/defaults.html", {"rows": rows, "lacking": not all(there for _, there, _ in rows)})
