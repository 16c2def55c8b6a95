"""Meetings of the presidium."""

from congress import files
from congress.assembly import queries
from congress.assembly.actions import MEETINGS as KEEPING
from congress.assembly.documents import minutes_word
from congress.assembly.forms import MeetingForm
from congress.assembly.models import PresidiumMeeting
from congress.assembly.permissions import EDIT, VIEW
from congress.documents.word_file import CONTENT_TYPE
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.table import Col, Listing, show
from congress.wording import cdatew

MEETINGS = Listing(
    title="主席团会议",
    name="meetings",
    columns=[
        Col(
            "held_on",
            "日期",
            lambda m: m.held_on,
            "held_on",
            lambda m, town: url_of(m, town),
            find="held_on",
        ),
        Col("topics", "议题", lambda m: m.topics, "topics", width=50, find="topics"),
        Col("entitled", "应到", lambda m: m.entitled, "entitled", numeric=True),
        Col("present", "实到", lambda m: m.present or "", "present", numeric=True),
        Col("decisions", "决定", lambda m: m.decisions, width=50, screen=False, find="decisions"),
    ],
    default="-held_on",
    days="held_on",
    search_hint="日期、议题、决定",
    empty=("还没有主席团会议", "登记后用于年度工作报告的会议次数和出席率。"),
    empty_icon="list-check",
)


@township_view(VIEW)
def meetings(request, township):
    """All meetings of the presidium."""
    head = [("登记会议", at(township, "assembly-meeting-new"), "plus-lg")] if request.allows(EDIT) else ()
    return show(request, township, MEETINGS, queries.meetings().filter(township=township), actions=head)


@township_view(VIEW)
def meeting(request, township, pk):
    """One meeting."""
    found = kept_or_404(queries.meetings(), pk)
    rows = [
        ("日期", cdatew(found.held_on)),
        ("应到", f"{found.entitled} 人"),
        ("实到", queries.came(found, "人")),
        ("议题", found.topics),
        ("决定", found.decisions),
    ]
    breadcrumbs = [("主席团会议", at(township, "assembly-meetings")), (str(found), "")]
    findings = queries.meeting_findings(found)
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=EDIT,
        actions=[("纪要稿（Word）", at(township, "assembly-meeting-word", pk), "file-earmark-word")],
        findings=findings,
        breadcrumbs=breadcrumbs,
    )


@township_view(EDIT)
def meeting_word(request, township, pk):
    """The minutes as far as they are recorded, for a word processor; the finished ones are kept with the meeting's files."""
    found = kept_or_404(queries.meetings(), pk)
    return files.download(minutes_word(found), name=f"{found}纪要稿.docx", content_type=CONTENT_TYPE)


@township_view(EDIT)
def meeting_edit(request, township, pk=None):
    """Record a meeting or change what is recorded."""
    row = kept_or_404(queries.meetings(), pk) if pk else PresidiumMeeting(township=township)
    form = MeetingForm(request.POST or None, instance=row)
    return keep_page(request, KEEPING, form, listed=at(township, "assembly-meetings"))


@township_view(EDIT)
def meeting_withdraw(request, township, pk):
    """Take back a meeting recorded by mistake."""
    return withdraw_page(request, KEEPING, kept_or_404(queries.meetings(), pk), at(township, "assembly-meetings"))
