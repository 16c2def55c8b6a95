"""Sessions of the congress."""

from fractions import Fraction

from django.db.models import Count

from congress.assembly import queries
from congress.assembly.actions import SESSIONS as KEEPING
from congress.assembly.forms import SessionForm
from congress.assembly.models import Session
from congress.assembly.permissions import EDIT, VIEW
from congress.guard.record import kept
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.search import Among, Name
from congress.web.table import Col, Listing, show
from congress.wording import cdatew, percent


def _share(row: Session) -> tuple[bool, Fraction]:
    return bool(row.entitled), Fraction(row.present, row.entitled or 1)


SESSIONS = Listing(
    title="人代会会议",
    name="sessions",
    columns=[
        Col(
            "name",
            "会议",
            str,
            "term__number,number",
            lambda s, town: url_of(s, town),
            width=34,
            find=Among("pk", queries.named_sessions),
        ),
        Col("opened_on", "开幕日期", lambda s: s.opened_on, "opened_on", find="opened_on"),
        Col("closed_on", "闭幕日期", lambda s: s.closed_on, "closed_on", find="closed_on"),
        Col("entitled", "应到代表", lambda s: s.entitled, "entitled", numeric=True),
        Col("present", "实到代表", lambda s: s.present or "", "present", numeric=True),
        Col("share", "出席率", lambda s: percent(s.present, s.entitled) if s.present else "", numeric=True, by=_share),
        Col("on_leave", "请假代表", lambda s: s.on_leave, "on_leave", screen=False, numeric=True),
        Col("reports", "听取审议报告", lambda s: s.reports, "reports", screen=False, numeric=True),
        Col("projects", "票决民生实事项目", lambda s: s.projects, "projects", screen=False, numeric=True),
        Col("officers", "选举产生", lambda s: s.officer_count, "officer_count", numeric=True),
        Col("place", "地点", lambda s: s.place, "place", screen=False, find="place"),
    ],
    default="-opened_on",
    search=(Name("officers__name"),),
    search_hint="届次会次、日期、地点、当选人",
    empty=("还没有人代会会议", "登记后用于年度工作报告的会议次数、出席率和换届选举。"),
    empty_icon="building",
)


@township_view(VIEW)
def sessions(request, township):
    """All sessions of the township's congress."""
    head = [("登记会议", at(township, "assembly-session-new"), "plus-lg")] if request.allows(EDIT) else []
    head.append(("选举产生的人员", at(township, "assembly-officers"), "people"))
    head.append(("代表资格审查委员会", at(township, "assembly-credentials"), "people"))
    officers = Count("officers", filter=kept("officers"), distinct=True)
    rows = queries.sessions().filter(township=township).annotate(officer_count=officers)
    return show(request, township, SESSIONS, rows, actions=head)


@township_view(VIEW)
def session(request, township, pk):
    """One session: numbers, what the law says about them, officers."""
    found = kept_or_404(queries.sessions(), pk)
    rows = [
        ("开幕", cdatew(found.opened_on)),
        ("闭幕", cdatew(found.closed_on)),
        ("地点", found.place),
        ("应到代表", f"{found.entitled} 名"),
        ("实到代表", queries.came(found, "名")),
        *([("请假代表", f"{found.on_leave} 名")] if found.on_leave else []),
        *([("听取审议报告", f"{found.reports} 件")] if found.reports else []),
        *([("票决民生实事项目", f"{found.projects} 件")] if found.projects else []),
    ]
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=EDIT,
        facts_title="会议情况",
        template="assembly/session.html",
        actions=[
            ("登记当选人员", at(township, "assembly-officer-new", pk), "person-plus"),
            ("登记代表资格审查委员会成员", at(township, "assembly-credentials-member-new", pk), "person-plus"),
        ],
        examining=[(one, url_of(one, township)) for one in found.examining],
        officers=[
            {"officer": officer, "title": officer.called, "url": url_of(officer, township)} for officer in found.elected
        ],
        findings=[
            *queries.findings(found),
            *queries.officer_findings(found.elected),
            *queries.year_findings(township, found.opened_on),
        ],
        breadcrumbs=[("人代会会议", at(township, "assembly-sessions")), (str(found), "")],
    )


@township_view(EDIT)
def session_edit(request, township, pk=None):
    """Record a session or change what is recorded."""
    row = kept_or_404(queries.sessions(), pk) if pk else Session(township=township)

    form = SessionForm(request.POST or None, instance=row)
    return keep_page(request, KEEPING, form, listed=at(township, "assembly-sessions"), findings=queries.findings)


@township_view(EDIT)
def session_withdraw(request, township, pk):
    """Take back a session recorded by mistake."""
    return withdraw_page(request, KEEPING, kept_or_404(queries.sessions(), pk), at(township, "assembly-sessions"))
