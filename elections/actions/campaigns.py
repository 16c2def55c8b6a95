"""What may be written about the work of an election as a whole: its levels, its day, its seats, its end."""

from collections.abc import Iterable

from congress import clock, together
from congress.guard.refusal import refuse_where
from congress.keeping import Keeping, depending_on
from congress.law.finding import Finding
from congress.steps import Attempt, change
from congress.wording import cdatew, chinese_date
from deputies.models import District, Mandate, Term
from elections.actions import pages
from elections.actions.work import replan
from elections.actions.workers import close_accounts
from elections.models import Campaign, DistrictOrigin, Election, Round
from elections.queries import credentials, rounds
from elections.queries.campaigns import elections_of, last_vote


def _check(campaign: Campaign) -> None:
    day, decided = campaign.election_day, campaign.day_decided_on
    refuse_where(
        [
            (campaign.begun_on > day, "工作开始日期不能晚于选举日。", "begun_on"),
            (decided is not None and decided > day, "选举日的确定日期不能晚于选举日。", "day_decided_on"),
            (campaign.last_day is not None and campaign.last_day >= day, "上届选举日应早于这次选举日。", "last_day"),
        ]
    )


CAMPAIGNS = Keeping(
    Campaign,
    "elections.campaign",
    check=_check,
    route="elections-campaign",
    instead="；先在“退出一级选举”里去掉各级选举",
)


def begin(actor, campaign: Campaign, terms: Iterable[Term]) -> Campaign:
    """Record a campaign with one election for each term; a term that is not saved yet is made. Raises Refused."""

    def with_levels(row: Campaign) -> dict:
        return {"级别": [_add(row, term).term.get_level_display() for term in terms]}

    return CAMPAIGNS.record(actor, campaign, with_levels)


def save(actor, form) -> Campaign:
    """Change what a form says; the elections of the campaign begin when it does. Raises Refused and Conflict."""
    begun = form.initial.get("begun_on") != form.cleaned_data["begun_on"]
    return CAMPAIGNS.save(actor, form, _begin_with if begun else None)


def _begin_with(campaign: Campaign) -> dict:
    for election in elections_of(campaign):
        change(election, begun_on=campaign.begun_on)
    return {}


def _add(campaign: Campaign, term: Term) -> Election:
    if term._state.adding:
        term.save()
    election = Election(
        township=campaign.township,
        campaign=campaign,
        term=term,
        how=campaign.how,
        begun_on=campaign.begun_on,
        election_day=campaign.election_day,
    )
    election.save()
    return election


def term_findings(how: str, term: Term, field: str = "") -> list[Finding]:
    """Why a term cannot be elected in a campaign: a general election is for one that has not opened, a by-election for one
    that runs."""
    if how == Mandate.How.GENERAL and term.started_on is not None:
        day = chinese_date(term.started_on)
        return [Finding("term.begun", f"{term}已于{day}开始任期，换届选举选的是下一届，请填写新的届次。", field=field)]
    if how != Mandate.How.GENERAL and term._state.adding:
        return [Finding("term.new", "补选的是现在这一届，请从已有的届次里选。", field=field)]
    return []


# -- steps


def move_day(attempt: Attempt) -> dict:
    """Give the campaign and its elections another day."""
    campaign, data = attempt.record, attempt.data
    before, day = campaign.election_day, data["election_day"]
    change(campaign, election_day=day, day_decided_on=attempt.on, day_paper=data["day_paper"])
    for election in elections_of(campaign):
        change(election, election_day=day)
    replan(campaign, before)
    return {"原选举日": before, "选举日": day}


def check_day(attempt: Attempt) -> list[Finding]:
    """The new day is another one, and not before the work began."""
    campaign, day = attempt.record, attempt.data["election_day"]
    found = []
    if day == campaign.election_day:
        found.append(Finding("day.same", f"选举日已是{cdatew(day)}。", field="election_day"))
    if day < campaign.begun_on:
        found.append(Finding("day.early", "选举日不能早于工作开始日期。", field="election_day"))
    if attempt.on > day:
        found.append(Finding("day.decided", "确定选举日的日期不能晚于选举日。", field="on"))
    return found


def add_level(attempt: Attempt) -> dict:
    """Let another level be elected on the same day."""
    term = chosen_term(attempt)
    attempt.outcome = _add(attempt.record, term)
    return {"级别": term.get_level_display()}


def check_level(attempt: Attempt) -> list[Finding]:
    """The level is not there yet, and one term is named."""
    data, there = attempt.data, {one.term.level for one in elections_of(attempt.record)}
    if data["level"] in there:
        return [Finding("level.there", "这一级的选举已在这次选举工作中。", field="level")]
    term, number = data.get("term"), data.get("number")
    if bool(term) == bool(number):
        return [Finding("term.one", "已有的届次和新的届次，选填其中一项。", field="number")]
    if term is not None and term.level != data["level"]:
        return [Finding("term.level", "所选届次不是这一级的。", field="term")]
    if number and _numbered(attempt, number).exists():
        return [Finding("term.there", "这一届已经登记过，请在已有的届次里选。", field="number")]
    return term_findings(attempt.record.how, chosen_term(attempt), "term" if term else "number")


def _numbered(attempt: Attempt, number: int):
    return Term.objects.kept().filter(township=attempt.record.township, level=attempt.data["level"], number=number)


def chosen_term(attempt: Attempt) -> Term:
    """The term that was chosen, or a new one of the number that was entered."""
    data = attempt.data
    return data.get("term") or Term(
        township=attempt.record.township, level=data["level"], number=data["number"], seats=0
    )


def drop_level(attempt: Attempt) -> dict:
    """Take a level out of the campaign again."""
    election = attempt.data["election"]
    change(election, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"级别": election.term.get_level_display()}


def check_drop(attempt: Attempt) -> list[Finding]:
    """Nothing was recorded of the level yet."""
    election = attempt.data["election"]
    held = [f"{other._meta.verbose_name}{rows.count()}条" for other, _, rows in depending_on(election, [election.pk])]
    if not held:
        return []
    return [Finding("level.used", f"这一级选举已有{'、'.join(held)}，不能退出。", field="election")]


def decide_seats(attempt: Attempt) -> dict:
    """Enter how many seats the county's standing committee decided."""
    data, election = attempt.data, attempt.data["election"]
    change(election.term, seats=data["seats"])
    change(election, seats_decided_on=attempt.on, seats_paper=data["paper"])
    return {"级别": election.term.get_level_display(), "名额": data["seats"]}


def carry_districts(attempt: Attempt) -> dict:
    """Carry the districts of the former term over, with number, name, seats and villages; each knows where it comes from."""
    election, former = attempt.data["election"], attempt.data["former"]
    made = []
    for old in District.objects.kept().filter(term=former).order_by("number"):
        new = District(township=old.township, term=election.term)
        for name in ("number", "name", "seats", "population", "villages", "kind"):
            setattr(new, name, getattr(old, name))
        made.append((new, old))
    District.objects.bulk_create([new for new, _ in made])
    DistrictOrigin.objects.bulk_create(
        [DistrictOrigin(township=new.township, election=election, district=new, former=old) for new, old in made]
    )
    attempt.outcome = len(made)
    return {"级别": election.term.get_level_display(), "选区": len(made)}


def check_carry(attempt: Attempt) -> list[Finding]:
    """The former term is of the level and has districts, the new one none."""
    election, former = attempt.data["election"], attempt.data["former"]
    if former.level != election.term.level or former.pk == election.term_id:
        return [Finding("carry.level", "请选同一级的上一届。", field="former")]
    if not District.objects.kept().filter(term=former).exists():
        return [Finding("carry.none", "所选的届没有选区。", field="former")]
    if District.objects.kept().filter(term=election.term).exists():
        return [Finding("carry.there", "这一届已经有选区，请逐个修改。", field="election")]
    return []


def close(attempt: Attempt) -> dict:
    """The work is over: results confirmed, papers handed on. What names voters leaves the public pages, and the staff their
    accounts."""
    change(attempt.record, closed_on=attempt.on)
    taken = pages.take_down_papers(attempt.actor, attempt.record)
    ended = close_accounts(attempt.actor, attempt.record.township)
    said = {"从公开页面撤下": taken, "停用工作人员的角色": ended}
    return {word: number for word, number in said.items() if number}


def check_close(attempt: Attempt) -> list[Finding]:
    """Not before the last vote was held."""
    last = last_vote(attempt.record)
    if attempt.on < last:
        message = f"工作结束日期不能早于最后一次投票的{cdatew(last)}。"
        return [Finding("close.early", message, field="on")]
    return []


def left_undone(attempt: Attempt) -> list[Finding]:
    """What of its votes and reviews is not over: told, for it may have come to its end on paper alone."""
    held = Election.objects.kept().filter(campaign=attempt.record)
    undone = {
        "{}次投票的结果还没有确认宣布": Round.objects.kept().filter(election__in=held, confirmed_by=None),
        "{}个选区的名额没有选满，既没有安排接续的投票，也没有登记暂缺": rounds.following(held),
        "{}名当选人还没有进行代表资格审查": credentials.waiting(held),
        "{}份代表资格审查还没有办完": credentials.unfinished(held),
    }
    numbers = together.numbers(undone)
    return [Finding("close.undone", words.format(n), blocking=False) for words, n in numbers.items() if n]


def reopen(attempt: Attempt) -> dict:
    """Something was found that has to be done still."""
    change(attempt.record, closed_on=None)
    return {}
