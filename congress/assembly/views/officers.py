"""Officers whom the sessions elected."""

from congress.assembly import queries
from congress.assembly.actions import OFFICERS as KEEPING
from congress.assembly.forms import EndForm, OfficerForm
from congress.assembly.models import Officer
from congress.assembly.permissions import EDIT, VIEW
from congress.web.pages import township_view
from congress.web.records import at, detail_page, form_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.search import Among, Name
from congress.web.table import Col, Listing, by_field, show
from congress.wording import chinese_date

ROWS = Officer.objects.select_related("session__term", "township")
OFFICERS = Listing(
    title="选举产生的人员",
    name="officers",
    columns=[
        Col("name", "姓名", lambda o: o.name, "name", lambda o, town: url_of(o, town), find=Name("name")),
        Col("post", "职务", lambda o: o.called, "post", find=("post", "title")),
        Col("elected_on", "当选日期", lambda o: o.elected_on, "elected_on", find="elected_on"),
        Col("ended_on", "离任日期", lambda o: o.ended_on, "ended_on", find="ended_on"),
        Col(
            "session",
            "会议",
            lambda o: str(o.session),
            "session__opened_on",
            width=34,
            find=Among("session", queries.named_sessions),
        ),
    ],
    default="-elected_on",
    search_hint="姓名、职务、日期、会议",
    filters=[by_field("post", "职务", Officer.Post.choices)],
    empty=("还没有选举产生的人员", "在会议的页面上登记这次会议选举产生的人员。"),
    empty_icon="person",
)


@township_view(VIEW)
def officers(request, township):
    """Everybody the sessions elected."""
    return show(request, township, OFFICERS, ROWS.kept().filter(township=township))


@township_view(VIEW)
def officer(request, township, pk):
    """One officer: post, session, days."""
    found = kept_or_404(ROWS, pk)
    rows = [
        ("职务", found.called),
        ("会议", str(found.session), url_of(found.session, township)),
        ("当选日期", chinese_date(found.elected_on)),
        ("离任日期", chinese_date(found.ended_on)),
    ]
    end = ("登记离任", at(township, "assembly-officer-end", pk), "")
    breadcrumbs = [("选举产生的人员", at(township, "assembly-officers")), (found.name, "")]
    findings = queries.officer_findings([found])
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=EDIT,
        title=found.name,
        actions=[end],
        findings=findings,
        breadcrumbs=breadcrumbs,
    )


@township_view(EDIT)
def officer_new(request, township, pk):
    """Record somebody the session elected."""
    session = kept_or_404(queries.sessions(), pk)
    form = OfficerForm(request.POST or None, instance=Officer(township=township, session=session))
    back = url_of(session, township)
    return keep_page(request, KEEPING, form, listed=back, back=back, lead=str(session))


@township_view(EDIT)
def officer_edit(request, township, pk):
    """Change what is recorded of an officer."""
    found = kept_or_404(ROWS, pk)
    form = OfficerForm(request.POST or None, instance=found)
    return keep_page(request, KEEPING, form, listed=at(township, "assembly-officers"), lead=str(found.session))


@township_view(EDIT)
def officer_end(request, township, pk):
    """Record that an officer left."""
    found = kept_or_404(ROWS, pk)
    form = EndForm(request.POST or None, row=found, initial={"ended_on": found.ended_on})

    def end():
        values = form.cleaned_data
        return KEEPING.change(request.user, found, {"ended_on": values["ended_on"]}, values["version"])

    title = f"登记离任：{found.called} {found.name}"
    return form_page(request, form, end, title=title, said="已登记离任。", back=url_of(found, township))


@township_view(EDIT)
def officer_withdraw(request, township, pk):
    """Take back an officer entered by mistake."""
    found = kept_or_404(ROWS, pk)
    return withdraw_page(request, KEEPING, found, url_of(found.session, township))
