"""The pages of reviews of credentials: those of a level with the seats of its districts, one with its people, one of these."""

from congress import history
from congress.models import Role
from congress.web.pages import page, township_view
from congress.web.printing import print_page
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.steps import buttons, found_or_404
from congress.wording import cdatew, chinese_date
from elections import permissions as may
from elections.actions import credentials as acts
from elections.documents.credentials import CERTIFICATES, Person, certificate_body
from elections.forms import credentials as forms
from elections.life import ENTRY, REVIEW
from elections.models import ReviewedWinner
from elections.queries import credentials as queries
from elections.queries.credentials import ReviewFacts
from elections.views.frame import LEVELS, name_of


def _trail(township, election, *more: tuple[str, str]) -> list[tuple[str, str]]:
    campaign = election.campaign
    here = (f"{name_of(election)}代表资格审查", at(township, "elections-reviews", election.pk))
    trail = [("选举工作", at(township, "elections-campaigns")), (str(campaign), url_of(campaign, township)), here]
    return [*trail, *more]


@township_view(may.VIEW)
def review_list(request, township, pk):
    """The reviews of a level, who waits for one, and what every district elected of its seats."""
    election = kept_or_404(LEVELS, pk)
    rows = [(row, ReviewFacts(row).stage, url_of(row, township)) for row in _of_level(election)]
    writes = request.allows(may.EDIT) and request.standing.writes
    waiting = queries.waiting([election]).count()
    seats = queries.filled(election)
    body, citation = certificate_body(election)
    return page(
        request,
        "elections/reviews.html",
        {
            "election": election,
            "reviews": rows,
            "waiting": waiting,
            "undeclared": "、".join(str(one) for one in queries.undeclared(election)),
            "seats": seats,
            "whole": {
                name: sum(getattr(one, name) for one in seats)
                for name in ("seats", "won", "void", "declined", "seated", "short")
            },
            "gives": f"当选证书由{body}颁发（{citation or '全国法律没有规定，通常由选举委员会'}）。",
            "new_url": at(township, "elections-review-new", pk) if waiting and writes else "",
            "certificates_url": at(township, "elections-certificates", pk)
            if request.allows(may.ISSUE) and any(one.seated for one in seats)
            else "",
            "breadcrumbs": [*_trail(township, election)[:-1], (f"{name_of(election)}代表资格审查", "")],
        },
    )


def _of_level(election):
    return queries.reviews().filter(election=election).order_by("number")


@township_view(may.EDIT)
def review_new(request, township, pk):
    """Begin to examine everybody who waits."""
    election = kept_or_404(LEVELS, pk)
    form = forms.OpenForm(request.POST or None)
    undeclared = "、".join(str(one) for one in queries.undeclared(election))
    more = f"还没有宣布结果的选区：{undeclared}，以后当选的人另开一次审查。" if undeclared else ""
    return form_page(
        request,
        form,
        lambda: acts.open_review(
            request.user, election, opened_on=form.cleaned_data["opened_on"], key=form.cleaned_data["key"]
        ),
        title="开始代表资格审查",
        lead=f"等待审查的当选人{queries.waiting([election]).count()}名，一次列入。{more}",
        submit="开始审查",
        said="已开始代表资格审查。",
        back=url_of,
        cancel_url=at(township, "elections-reviews", pk),
        breadcrumbs=_trail(township, election, ("开始审查", "")),
    )


@township_view(may.VIEW)
def review(request, township, pk):
    """One review: its people with the opinions, the report, the confirmation, the publication."""
    found = found_or_404(REVIEW, request, pk)
    facts, papers = ReviewFacts(found), []
    if request.allows(may.ISSUE) and request.standing.writes and not queries.of_county(found):
        if not facts.open:
            papers.append(("审查报告", at(township, "elections-paper-credentials", pk)))
        if found.confirmed and facts.valid:
            papers.append(("代表名单公告", at(township, "elections-paper-deputies", pk)))
    return page(
        request,
        "elections/review.html",
        {
            "found": found,
            "stage": facts.stage,
            "rows": _course(found),
            "people": [(one, url_of(one, township)) for one in found.listed],
            "papers": papers,
            "buttons": buttons(REVIEW, request.standing, found),
            "history": history.of(found) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
            "breadcrumbs": _trail(township, found.election, (f"第{found.number}次", "")),
        },
    )


def _course(found) -> list[tuple]:
    rows = [("开始审查", cdatew(found.opened_on))]
    if found.reported_on:
        rows.append(("审查报告", f"{cdatew(found.reported_on)}，到会{found.present}人"))
        rows.append(("报告的名称", found.report_paper))
    if found.decided_on:
        rows += [("确认", f"{cdatew(found.decided_on)}，{found.decided_by}"), ("确认的文件", found.paper)]
        by = f"{found.asked_by}、{found.confirmed_by}" if found.confirmed else f"{found.asked_by}，等待另一人核对"
        rows.append(("办理确认的两人", by))
    if found.published_on:
        rows.append(("公布代表名单", f"{cdatew(found.published_on)}，{found.publication}"))
    return rows


@township_view(may.VIEW)
def entry(request, township, pk):
    """One who was elected: what is disputed, the opinion, who it is, the mandate."""
    found = found_or_404(ENTRY, request, pk)
    review, round_ = found.review, found.winner.round
    person = Person(found)
    rows = [
        ("选区", str(round_.district)),
        ("投票", f"{round_.get_kind_display()}，{cdatew(round_.held_on)}", url_of(round_, township)),
        ("得票", f"{found.winner.votes}票{'' if found.winner.nominee_id else '（选民另选）'}"),
        ("性别、民族", "，".join(filter(None, (person.row[2], person.ethnicity)))),
        ("出生日期", chinese_date(person.birth_date)),
        ("单位和职务", person.employer_post),
        ("审查意见", _opinion(found)),
        ("查明的情况", found.words),
        ("花名册", str(found.deputy), url_of(found.deputy, township)) if found.deputy else ("花名册", "还没有"),
    ]
    return page(
        request,
        "elections/reviewed.html",
        {
            "found": found,
            "rows": rows,
            "findings": [] if found.mandate_id else queries.disputes(found),
            "buttons": buttons(ENTRY, request.standing, found),
            "history": history.of(found) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
            "breadcrumbs": _trail(
                township, review.election, (f"第{review.number}次", url_of(review, township)), (found.name, "")
            ),
        },
    )


def _opinion(found: ReviewedWinner) -> str:
    if not found.opinion:
        return "还没有"
    ground = f"：{found.get_ground_display()}" if found.ground else ""
    return f"{found.get_opinion_display()}{ground}（{chinese_date(found.judged_on)}）"


@township_view(may.ISSUE)
def certificates(request, township, pk):
    """The certificates of everybody seated by an election."""
    election = kept_or_404(LEVELS, pk)
    back = at(township, "elections-reviews", pk)
    return print_page(request, township, CERTIFICATES, election, {}, back, f"{election}当选证书")
