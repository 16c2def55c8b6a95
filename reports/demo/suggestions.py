"""The lives of suggestions: most go well; some are late, extended, returned, handled twice, declined or withdrawn."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from congress.law.periods import add_months
from congress.models import Unit
from deputies.models import Deputy
from proposals import actions
from proposals.life import SUGGESTION
from proposals.models import Reply, Suggestion
from reports.demo.diary import Story
from reports.demo.town import Town
from reports.demo.words import BY_LABEL, Proposal, Topic, reasons

# How a life may go, and how often of a hundred.
FATES = {
    "good": 44,
    "fair": 12,
    "assisted": 10,
    "late": 7,
    "extended": 5,
    "twice": 6,
    "returned": 5,
    "silent": 4,
    "declined": 3,
    "withdrawn": 4,
}
PROMISE = 180  # days a unit gives itself
GOOD, FAIR, BAD = "good", "fair", "bad"


@dataclass
class Life:
    """What a suggestion is about and how its life goes.

    `assigned` and `replied` fix the days of these steps; `stop` ends the story after a step.
    """

    topic: Topic
    proposal: Proposal
    village: str
    fate: str = "good"
    lead: Deputy | None = None
    session: object | None = None
    assigned: date | None = None
    replied: date | None = None
    stop: str = ""
    upward: bool = False
    difficult: bool = False
    confidential: bool = False
    cosigners: list[Deputy] = field(default_factory=list)


def fate_by_chance(town: Town) -> str:
    """One of the fates by its weight."""
    return town.rng.choices(list(FATES), list(FATES.values()))[0]


def a_life(town: Town, **values) -> Life:
    """A life about something not suggested before."""
    topic, proposal, village = town.next_proposal()
    lead = values.pop("lead", None) or town.lead()
    cosigners = [one for one in town.some(town.in_office, town.rng.choice((0, 0, 1, 2))) if one.pk != lead.pk]
    upward = values.pop("upward", proposal.grade == "C" or town.rng.random() < 0.1)
    return Life(topic, proposal, village, lead=lead, cosigners=cosigners, upward=upward, **values)


def from_the_start(town: Town, life: Life) -> Story:
    """Submitted by its deputy (or handed in on paper to the clerk), and then what follows."""
    actor = life.lead.account if life.lead.account_id and town.rng.random() < 0.6 else town.clerk
    suggestion = actions.submit_suggestion(
        actor,
        town.township,
        lead=life.lead,
        title=town.say(life.proposal.title, life.village),
        situation=town.say(life.proposal.situation, life.village),
        proposal=town.say(life.proposal.proposal, life.village),
        category=town.categories[life.topic.label],
        on=town.today,
        session=life.session,
        scale=Suggestion.Scale.UPWARD if life.upward else Suggestion.Scale.TOWNSHIP,
        confidential=life.confidential,
        cosigners=life.cosigners,
    )
    yield from handled(town, suggestion, life)


def handled(town: Town, suggestion: Suggestion, life: Life) -> Story:
    """From the registering to the end, by the life's fate."""
    for deputy in life.cosigners:
        SUGGESTION.take("confirm", town.clerk, suggestion, deputy=deputy, on=town.today)
    if life.stop == "submitted":
        return
    yield town.rng.randrange(1, 4)
    if life.fate == "declined":
        SUGGESTION.take(
            "decline", town.clerk, suggestion, grounds=("personal",), on=town.today, note=reasons.DECLINED_NOTE
        )
        return
    SUGGESTION.take("register", town.clerk, suggestion, on=town.today)
    if life.stop == "registered":
        return
    yield life.assigned or town.rng.randrange(2, 6)
    unit = _assign(town, suggestion, life)
    if life.stop == "assigned":
        return
    yield town.rng.randrange(1, 4)
    sign(town, suggestion, unit)
    if life.fate == "returned":
        unit = yield from _returned(town, suggestion, life, unit)
    if life.fate == "withdrawn":
        yield 15
        SUGGESTION.take("withdraw", town.clerk, suggestion, reason=reasons.WITHDRAWN, on=town.today)
        return
    yield from _answered(town, suggestion, life, unit)


def sign(town: Town, suggestion: Suggestion, unit: Unit) -> None:
    """A unit signs for it; to one without account the slip is brought, and comes back signed."""
    actor, on_paper = town.handler(unit), town.handler(unit) == town.clerk
    if on_paper:
        SUGGESTION.take("deliver", actor, suggestion, unit=unit, on=town.today)
    by = {"signed_by": reasons.SIGNER} if on_paper else {}
    SUGGESTION.take("sign", actor, suggestion, unit=unit, on=town.today, **by)


def _assign(town: Town, suggestion: Suggestion, life: Life) -> Unit:
    unit = town.unit(life.topic.county_unit if life.upward and town.rng.random() < 0.5 else life.topic.unit)
    other = town.unit(life.topic.county_unit)
    assisting = [other] if life.fate == "assisted" and other != unit else []
    SUGGESTION.take(
        "assign", town.chair, suggestion, lead=unit, on=town.today, assisting=assisting, difficult=life.difficult
    )
    return unit


def _returned(town: Town, suggestion: Suggestion, life: Life, unit: Unit):
    """The unit says that it is another's business; the chair gives it to that one. Returns the new unit."""
    other = town.unit(life.topic.county_unit)
    if other == unit:
        other = town.unit("党政综合办公室")
    yield 3
    reason = reasons.RETURN.replace("{other}", other.name)
    SUGGESTION.take("return", town.handler(unit), suggestion, reason=reason, on=town.today)
    yield 2
    SUGGESTION.take("reassign", town.chair, suggestion, lead=other, on=town.today)
    yield 1
    sign(town, suggestion, other)
    return other


def _answered(town: Town, suggestion: Suggestion, life: Life, unit: Unit) -> Story:
    actor, assigned_on = town.handler(unit), _assigned_on(suggestion)
    if life.fate == "assisted":
        yield 9
        _advise(town, suggestion, life)
    yield town.rng.randrange(8, 22)
    way = town.rng.choice(("visit", "meeting", "phone"))
    SUGGESTION.take(
        "talk", actor, suggestion, way=way, summary=town.say(life.proposal.talk, life.village), on=town.today
    )
    if life.stop == "talked":
        return
    if life.fate == "extended" or life.stop == "asked":
        yield add_months(assigned_on, 3) - timedelta(days=12)
        later = add_months(assigned_on, 4)
        SUGGESTION.take("ask-extension", actor, suggestion, new_due=later, reason=reasons.EXTEND, on=town.today)
        if life.stop == "asked":
            return
        yield 2
        SUGGESTION.take("extension", town.chair, suggestion, decision="agree", on=town.today)
        yield later - timedelta(days=town.rng.randrange(3, 12))
    elif life.fate == "late":
        yield add_months(assigned_on, 3) + timedelta(days=town.rng.randrange(4, 20))
    else:
        yield life.replied or town.rng.randrange(20, 45)
    _reply(town, suggestion, actor, unit, town.say(life.proposal.reply, life.village), life.proposal.grade)
    if life.stop == "replied":
        return
    yield from _rated(town, suggestion, life, unit)
    if life.proposal.grade == Reply.Grade.B and life.fate != "twice":
        town.diary.begin(100, _promise_kept(town, suggestion, unit))  # who asked hears of the reply before that


def _assigned_on(suggestion: Suggestion) -> date:
    return Suggestion.objects.values_list("assigned_on", flat=True).get(pk=suggestion.pk)


def _advise(town: Town, suggestion: Suggestion, life: Life) -> None:
    other = town.unit(life.topic.county_unit)
    if suggestion.assignments.filter(unit=other, part="assist").exists():
        SUGGESTION.take("advise", town.handler(other), suggestion, advice=reasons.ADVICE, on=town.today)


def _reply(town: Town, suggestion: Suggestion, actor, unit: Unit, text: str, grade: str) -> None:
    said = {"text": text, "grade": grade, "promised_on": promised_on(town, grade), "letter_no": town.letter(unit)}
    SUGGESTION.take("reply", actor, suggestion, on=town.today, **said)


def promised_on(town: Town, grade: str) -> date | None:
    """The day a reply of class B names."""
    return town.today + timedelta(days=PROMISE) if grade == Reply.Grade.B else None


def _promise_kept(town: Town, suggestion: Suggestion, unit: Unit) -> Story:
    """What was promised is done in time."""
    SUGGESTION.take("fulfil", town.handler(unit), suggestion, unit=unit, note=reasons.KEPT, on=town.today)
    yield from ()


def _rated(town: Town, suggestion: Suggestion, life: Life, unit: Unit) -> Story:
    rater = life.lead.account
    if life.fate == "silent" or rater is None:
        yield 60
        SUGGESTION.take("close", town.clerk, suggestion, note=reasons.SILENT, on=town.today)
        return
    yield town.rng.randrange(3, 12)
    if life.fate != "twice":
        result = FAIR if life.fate in ("fair", "late") or life.proposal.grade in "CD" else GOOD
        SUGGESTION.take("rate", rater, suggestion, attitude=GOOD, result=result, on=town.today)
        return
    SUGGESTION.take("rate", rater, suggestion, attitude=FAIR, result=BAD, reason=reasons.DISSATISFIED, on=town.today)
    if life.stop == "dissatisfied":
        return
    yield 4
    SUGGESTION.take("reopen", town.chair, suggestion, lead=unit, on=town.today)
    yield 1
    actor = town.handler(unit)
    sign(town, suggestion, unit)
    if life.stop == "again":
        return
    yield 8
    SUGGESTION.take("talk", actor, suggestion, way="visit", summary=reasons.SECOND_TALK, on=town.today)
    yield 12
    _reply(town, suggestion, actor, unit, reasons.SECOND_REPLY, "A")
    yield 5
    SUGGESTION.take("rate", rater, suggestion, attitude=GOOD, result=FAIR, on=town.today)


def life_about(town: Town, label: str, lead: Deputy) -> Life:
    """A life for a matter that became a suggestion: it goes well."""
    topic, proposal, village = town.proposal_about(label if label in BY_LABEL else "")
    return Life(topic, proposal, village, lead=lead)


def year_of_suggestions(town: Town, year: int, dense: bool):
    """Those put forward in a year with the day of putting forward: most at the sessions, some between."""
    days = [date(year, 3, 11)] * 5 + [date(year, 8, 19)] * 4 + [date(year, month, 6) for month in (1, 4, 6, 7, 9)]
    if not dense:
        days = days[:2] + days[5:6] + days[-1:]
    elif year == town.diary.today.year:
        days = days[:2] + days[5:7] + days[9:]  # what is open today comes on top
    for day in days[:: 4 if town.scale.small else 1]:
        yield town.diary.workday(day), _at(town, day.month in (3, 8))


def _at(town: Town, session: bool) -> Story:
    held = next((one for one in town.sessions[-1:] if session and town.today <= one.closed_on), None)
    fate = fate_by_chance(town)
    if fate == "declined":
        topic, proposal = reasons.DECLINED_TOPIC, town.rng.choice(reasons.DECLINED_PROPOSALS)
        yield from from_the_start(town, Life(topic, proposal, town.village(), fate, lead=town.lead(), session=held))
        return
    # What is late today is told apart, so that the boards show what the story says.
    if (town.diary.today - town.today).days < 190 and fate not in ("good", "fair", "assisted"):
        fate = "good"
    yield from from_the_start(town, a_life(town, fate=fate, session=held, confidential=town.rng.random() < 0.04))
