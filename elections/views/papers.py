"""The papers of an election: what was issued, issuing one, the forms and letters of daily work."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect

from congress import clock, files, printing
from congress.law.proxies import may_publish
from congress.models import Document, Job
from congress.spreadsheets.write import safe_filename
from congress.web.pages import done, page, township_view
from congress.web.printing import BEGUN, answered, job_at, lies, print_page
from congress.web.proof import proved
from congress.web.records import at, form_page, kept_or_404, url_of
from deputies.models import Level
from elections import permissions as may
from elections import queries
from elections.documents import cards, letters
from elections.documents.common import election_of
from elections.documents.issue import PAPERS, issue, look
from elections.documents.registration import FORMS, registration_of
from elections.forms import papers as forms
from elections.models import (
    Appeal,
    CandidateNotice,
    PreliminaryVote,
    Registration,
    Supplement,
    Transfer,
    VoterGroup,
)
from elections.queries.archive import papers_about
from elections.queries.candidates import districts_of
from elections.queries.credentials import reviews
from elections.queries.days import days_of
from elections.views.frame import LEVELS

PDF = "application/pdf"


@dataclass(frozen=True)
class Subject:
    """What papers are about: below which address they stand, the rows they may be about, and their form."""

    place: str
    rows: Callable[[], QuerySet]
    form: type[forms.PaperForm]


def _levels() -> QuerySet:
    return LEVELS.all()


def _supplements() -> QuerySet:
    return Supplement.objects.select_related("voter_list__election__term", "township__county")


def _appeals() -> QuerySet:
    return Appeal.objects.select_related("voter_list__election__term", "township__county")


def _preliminaries() -> QuerySet:
    return PreliminaryVote.objects.select_related("district", "election__term", "township__county")


def _changes() -> QuerySet:
    beside = ("candidate_list__election__term", "candidate_list__district", "township__county")
    return CandidateNotice.objects.select_related(*beside)


SUBJECTS = {
    "committee": Subject("levels", _levels, forms.PaperForm),
    "districts": Subject("levels", _levels, forms.PaperForm),
    "registration": Subject("levels", _levels, forms.RegistrationNoticeForm),
    "places": Subject("levels", _levels, forms.PlacesNoticeForm),
    "absent": Subject("levels", _levels, forms.AbsentLetterForm),
    "proxies": Subject("levels", _levels, forms.PaperForm),
    "roll": Subject("lists", queries.frozen_lists, forms.RollForm),
    "cards": Subject("lists", queries.frozen_lists, forms.CardsForm),
    "supplement": Subject("supplements", _supplements, forms.SupplementPaperForm),
    "candidates": Subject("levels", _levels, forms.PaperForm),
    "formal": Subject("levels", _levels, forms.PaperForm),
    "elected": Subject("levels", _levels, forms.PaperForm),
    "upwards": Subject("levels", _levels, forms.PaperForm),
    "credentials": Subject("reviews", reviews, forms.PaperForm),
    "deputies": Subject("reviews", reviews, forms.PaperForm),
    "preliminary": Subject("preliminaries", _preliminaries, forms.PaperForm),
    "changed": Subject("changes", _changes, forms.PaperForm),
    "decision": Subject("appeals", _appeals, forms.PaperForm),
}


@township_view(may.VIEW)
def papers(request, township, pk):
    """Everything that was issued in an election, and what can be."""
    election = kept_or_404(LEVELS, pk)
    voter_list = queries.frozen_list(election)
    about = papers_about(election)
    issued = Document.objects.filter(kind__startswith="elections.", subject_id__in=about).defer("context")
    of_county = election.term.level == Level.COUNTY
    subjects = {
        "committee": election,
        "districts": election,
        "registration": election,
        "places": election,
        "absent": election,
        "proxies": None if may_publish(election.election_day, township.pack) else election,
        "roll": voter_list,
        "cards": voter_list,
        "candidates": election,
        "formal": election,
        "elected": None if of_county else election,
        "upwards": election if of_county else None,
    }
    may_issue = request.allows(may.ISSUE) and request.standing.writes
    by_card = cards.by_card(township, election.election_day)
    offered = [
        (PAPERS[key].kind.title, at(township, f"elections-paper-{key}", subject.pk))
        for key, subject in subjects.items()
        if subject and (key != "cards" or by_card)
    ]
    return page(
        request,
        "elections/papers.html",
        {
            "election": election,
            "days": days_of(election).said(),
            "issued": [(row, url_of(row, township)) for row in issued],
            "offered": offered if may_issue else [],
            "breadcrumbs": [
                ("选举工作", at(township, "elections-campaigns")),
                (str(election.campaign), url_of(election.campaign, township)),
                ("公告和文书", ""),
            ],
            "cards_url": at(township, "elections-cards", pk) if by_card and request.allows(may.VOTERS) else "",
            "forms_url": at(township, "elections-registration-forms", pk) if may_issue else "",
        },
    )


@township_view(may.ISSUE)
@partial(proved, free="look")
def paper_new(request, township, pk, paper):
    """Issue one paper, or look at it as a draft."""
    chosen, about = PAPERS[paper], SUBJECTS[paper]
    subject = kept_or_404(about.rows(), pk)
    form = about.form(
        request.POST or None,
        initial={"issued_on": clock.today()},
        township=township,
        numbered=chosen.kind.numbering is not None,
    )

    def act():
        said = dict(form.cleaned_data)
        if "look" in request.POST:
            return look(chosen, subject, said["issued_on"], form.entered), []
        names = ("issued_on", "number", "again", "second_language", "key")
        given = {name: said[name] for name in names if name in said}
        return issue(request.user, chosen, township, subject, entered=form.entered, **given)

    def answer(made):
        result, findings = made
        for finding in findings:
            messages.warning(request, str(finding))
        if isinstance(result, bytes):
            name = safe_filename(township.name, f"{chosen.kind.title}（草稿）", clock.today(), "pdf")
            return files.download(result, name=name, content_type=PDF)
        if isinstance(result, Job):
            return done(request, "已开始排版，完成后从这里打开。", at(township, "job", result.pk))
        return done(request, f"已印发{result}。", at(township, "document", result.pk))

    back = at(township, "elections-papers", election_of(subject).pk)
    return form_page(
        request,
        form,
        act,
        title=f"印发{chosen.kind.title}",
        lead=chosen.lead,
        submit="印发",
        said="",
        back=lambda made: _made_at(township, made),
        cancel_url=back,
        answer=answer,
        look="先看草稿",
        sample=f"草稿{form.sample}。",
    )


def _made_at(township, made) -> str:
    """Where what was made before stands: the same form sent twice."""
    return at(township, "job" if isinstance(made, Job) else "document", made.pk)


@township_view(may.ISSUE)
def registration_form(request, township, pk):
    """The registration form of one voter."""
    found = kept_or_404(Registration, pk)
    options = {"registration": str(pk), "site": request.build_absolute_uri("/")}
    return print_page(
        request, township, FORMS, kept_or_404(LEVELS, found.election_id), options, url_of(found, township)
    )


@township_view(may.ISSUE)
def registration_forms(request, township, pk):
    """The registration forms of a voters' group or a whole district, with what is known filled in."""
    election = kept_or_404(LEVELS, pk)
    groups = VoterGroup.objects.kept().filter(district__term=election.term_id).select_related("district")
    form = forms.WhoseFormsForm(request.POST or None, groups=groups, districts=districts_of(election))

    def act() -> bytes | Job:
        options = form.asked | {"site": request.build_absolute_uri("/")}
        return printing.make(request.user, FORMS, township, election, options, form.cleaned_data["key"])

    return form_page(
        request,
        form,
        act,
        title="打印选民登记表",
        lead="每页两张，已知的内容印好，身份证号和电话手填；表上的码用手机一扫就打开这位选民。页数多的在后台排版，"
        "印有出生日期，加密保存三天，只有您能下载。",
        submit="印制",
        said=BEGUN,
        back=lambda made: job_at(township, made),
        cancel_url=at(township, "elections-papers", pk),
        answer=lambda made: answered(request, township, FORMS.words, made),
        template="congress/print.html",
        **lies(request, FORMS, election),
    )


@township_view(may.VIEW)
def form_row(request, township, token):
    """The voter whose registration form bears this code."""
    found = registration_of(token, Registration.objects.kept().select_related("voter"))
    if found is None:
        raise Http404
    return redirect(url_of(found.voter, township) or at(township, "elections-papers", found.election_id))


@township_view(may.ISSUE)
def transfer_papers(request, township, pk):
    """The papers of a transfer that goes out."""
    found = kept_or_404(Transfer.objects.select_related("campaign", "other_township", "township__county"), pk)
    pdf = letters.printed_transfer(found)
    name = safe_filename(township.name, f"选民转移文书第{found.number}号", found.sent_on, "pdf")
    return files.download(pdf, name=name, content_type=PDF)
