"""What the pages of this app share."""

from django.shortcuts import get_object_or_404

from congress.web.pages import done, page, perform


def kept_or_404(rows, pk):
    """The row of a model or a query that is not withdrawn, or 404."""
    return get_object_or_404((rows.objects if isinstance(rows, type) else rows).kept(), pk=pk)


def ask(request, form, act, *, title, said, back, lead="", submit="保存", template="congress/form.html", **context):
    """A form page: shows the form, runs the action when it is sent and holds, goes back with a word.

    `act()` runs the action; `back` is an address or makes one of the action's answer.
    """
    if request.method == "POST" and form.is_valid():
        answer = perform(form, lambda: (act(),))
        if answer:
            url = back(answer[0]) if callable(back) else back
            return done(request, said, url)
    cancel_url = context.pop("cancel_url", None) or ("" if callable(back) else back)
    values = {"title": title, "lead": lead, "form": form, "submit": submit, "cancel_url": cancel_url, "guard": True}
    return page(request, template, values | context)


def save(request, form, action):
    """What `ask` runs for a form over a record: the action with the version that was shown."""
    return lambda: action(request.user, form.instance, form.cleaned_data.get("version"))
