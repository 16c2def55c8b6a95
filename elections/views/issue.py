"""The issue register's pages: those of a campaign, the desk at which ballots are handed out, and the turnout they tell."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from congress import clock, history
from congress.models import Role
from congress.web.once import done_before
from congress.web.pages import page, perform, township_view
from congress.web.printing import print_view
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import cdatew, percent
from elections import permissions as may
from elections.actions import issue as acts
from elections.documents import registers
from elections.forms.issue import WHY, DeskForm, OpenRegisterForm, UndoForm
from elections.life import REGISTER
from elections.life.issue import figures
from elections.listings.issue import REGISTERS, TURNOUT
from elections.models import BallotIssue, Campaign, IssueRegister
from elections.queries import issue as queries
from elections.queries import tablets, turnout, workers
from elections.queries.issue import Desk, Paper, Person
from elections.views.frame import LEVELS, name_of

Way = BallotIssue.Way
paper = print_view(registers.ISSUE_REGISTER)


def trail(township, campaign: Campaign, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to the registers of a campaign, and on from there."""
    listed = ("领票登记", at(township, "elections-issue-registers", campaign.pk))
    return [
        ("选举工作", at(township, "elections-campaigns")),
        (str(campaign), url_of(campaign, township)),
        listed,
        *more,
    ]


def _campaign(request, pk) -> Campaign:
    rows = Campaign.objects.select_related("township__county")
    return kept_or_404(workers.of_own_campaign(request.standing, rows, path="pk"), pk)


@township_view(may.ISSUE_BALLOTS)
def register_list(request, township, pk):
    """The registers of a campaign at which the reader works."""
    campaign = _campaign(request, pk)
    head = [("开启领票登记", at(township, "elections-issue-open", pk), "plus-lg")]
    rows = queries.own_registers(request.standing, queries.registers(campaign))
    context = {"breadcrumbs": [*trail(township, campaign)[:-1], ("领票登记", "")]}
    return show(request, township, REGISTERS, rows, actions=head, context=context)


@township_view(may.ISSUE_BALLOTS)
def register_open(request, township, pk):
    """Open the register of a place or mobile box for today's votes."""
    campaign = _campaign(request, pk)
    there = queries.to_open(request.standing, campaign, clock.today())
    form = OpenRegisterForm(request.POST or None, places=there)
    lead = "投票日当天开启，电子登记和纸质领票登记册并用；停电断网时照纸登记，票账以纸质为准。"
    none = "今天没有等待开启的投票站、流动票箱：投票日当天、选票付印并安排投票以后才能开启。"
    return form_page(
        request,
        form,
        lambda: acts.open_register(request.user, campaign, form.chosen, key=form.cleaned_data["key"]),
        title="开启领票登记",
        lead=lead if there else none,
        submit="开启",
        said="已开启，可以发票。",
        back=lambda row: url_of(row, township),
        cancel_url=at(township, "elections-issue-registers", pk),
        breadcrumbs=trail(township, campaign, ("开启领票登记", "")),
    )


@township_view(may.ISSUE_BALLOTS)
def desk(request, township, pk):
    """The desk: a number or name is typed, the voter is shown, the ballot is handed out."""
    register = queries.of_desk(request.standing, pk)
    if register is None:
        raise Http404
    form = DeskForm(request.POST or None)
    if request.method != "POST":
        return _desk(request, register)
    if done_before(request):
        return redirect(url_of(register, township))
    sound = form.is_valid()
    who = form.cleaned_data.get("voter")
    done = perform(form, lambda: _act(request, register, form)) if sound else None
    if done is None:
        told = list(dict.fromkeys(str(one) for several in form.errors.values() for one in several))
        return _desk(request, register, told=told, again=who)
    said, person = done
    if request.htmx:
        return _desk(request, register, said=said, rounds=[one.round for one in person.papers])
    messages.success(request, said)
    return redirect(url_of(register, township))


def _act(request, register: IssueRegister, form: DeskForm) -> tuple[str, Person]:
    """Do what was asked; returns what is said aloud of it, and of whom."""
    entered = form.cleaned_data
    if entered["way"] == "replace":
        person, papers = acts.replace(request.user, register, entered["voter"], entered["vote"])
        return f"已换发：{person.called}，{_said(papers)}。", person
    given = acts.issue(register, entered["voter"], entered["way"], entered["principals"])
    own = bool(entered["way"])
    words = [_handed(given[0], entered["way"])] if own else []
    words += [_handed(one, Way.PROXY) for one in given[own:]]
    return f"已发票：{'；'.join(words)}。", given[0]


def _handed(person: Person, way: str) -> str:
    papers = person.open if way == Way.PERSON else person.to_agent
    agent = "（由受托人领取）" if way == Way.PROXY else ""
    return f"{person.called}{agent}，{_said(papers)}"


def _said(papers: Iterable[Paper]) -> str:
    return "、".join(f"{one.level}选票1张" for one in papers)


def _desk(request, register: IssueRegister, *, said: str = "", told=(), again=None, rounds=None):
    """The page; after a refusal with the voter it was about, so that nothing has to be looked for again. `rounds` are the votes
    of the day where they were read just now."""
    found, text = Desk(register, rounds), "" if said else request.GET.get("q", "").strip()
    people = found.people([again]) if again else found.find(text) if text else []
    context = {
        "register": register,
        "form": DeskForm(),
        "text": text,
        "people": people,
        "alone": len(people) == 1,
        "told": [*told, *_nobody(text, people, again)],
        "said": said,
        "rows": [("投票日期", cdatew(register.held_on)), *figures(found)],
        "ledgers": _ledgers(request, found) if register.closed_on else [],
    }
    around = {} if request.htmx and not request.htmx.boosted else _around(request, register)
    return page(request, "elections/desk.html", context | around, fragment="elections/_desk.html")


def _around(request, register: IssueRegister) -> dict:
    """What stands round the desk, and is not told again with every voter."""
    return {
        "buttons": buttons(REGISTER, request.standing, register),
        "out": tablets.out(register).count(),
        "history": history.of(register) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
        "breadcrumbs": trail(register.township, register.campaign, (str(register.whose), "")),
    }


def _nobody(text: str, people: list[Person], again) -> list[str]:
    """What is said where nobody was found."""
    if people or again or not text:
        return []
    if text.isdecimal():
        return [f"本选区没有{text}号选民，请核对选民证号，或者输入姓名的前两个字。"]
    if len(text) < queries.FEWEST_LETTERS:
        return ["姓名请至少输入前两个字。"]
    return [f"本选区的选民名单上没有“{text}”，请核对是不是在别的选区登记。"]


def _ledgers(request, found: Desk) -> list[tuple[str, str]]:
    """Where the figures of a closed register are taken over into the ledger, to be compared with the paper."""
    if not (request.allows(may.EDIT) and request.standing.writes):
        return []
    register, links = found.register, []
    for vote in found.rounds:
        said = found.totals[vote.pk]
        there = f"place={register.place_id}" if register.place_id else f"mobile={register.mobile_id}"
        query = f"{there}&in_person={said['person']}&by_proxy={said['proxy']}&replaced={said['replaced']}"
        address = at(register.township, "elections-ledger-new", vote.pk)
        links.append((f"照登记填{vote.election.term.get_level_display()}票账", f"{address}?{query}"))
    return links


@township_view(may.ISSUE_BALLOTS)
def undo(request, township, pk, voter):
    """Take back a tick that stands at the wrong voter."""
    register = found_or_404(REGISTER, request, pk)
    person = Desk(register).person(voter)
    if person is None:
        raise Http404
    form = UndoForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: acts.undo(request.user, register, voter, dict(WHY)[form.cleaned_data["why"]]),
        title=f"撤销误登的领票：{person.called}",
        lead="选票没有交给这名选民、登记错了的才撤销；选票已经发出的不能撤销。操作记录写明撤销，不写是谁。",
        submit="撤销",
        said=lambda one: f"已撤销{one.called}的领票登记。",
        back=url_of(register, township),
        draft="",
        breadcrumbs=trail(township, register.campaign, (str(register.whose), url_of(register, township)), ("撤销", "")),
    )


@township_view(may.TURNOUT)
def board(request, township, pk, by):
    """How many have fetched ballots of a level, by place, by hour or by district."""
    election = kept_or_404(LEVELS, pk)
    if by not in turnout.BOARDS:
        raise Http404
    label, lines = turnout.BOARDS[by]
    found = lines(election)
    issued, voters = sum(one.issued for one in found), sum(one.voters or 0 for one in turnout.by_district(election))
    context = {
        "heading": f"领票进度（按{label}）",
        "total": f"登记选民{voters}人，已领票{issued}人（{percent(issued, voters)}）" if voters else "",
        "boards": [
            (word, at(township, "elections-turnout-board", pk, key), key == by)
            for key, (word, _) in turnout.BOARDS.items()
        ],
        "breadcrumbs": [
            ("选举工作", at(township, "elections-campaigns")),
            (str(election.campaign), url_of(election.campaign, township)),
            (f"{name_of(election)}领票进度（按{label}）", ""),
        ],
    }
    return show(request, township, TURNOUT, found, context=context, template="elections/turnout.html")
