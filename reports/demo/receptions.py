"""Receptions of voters through the year, and what becomes of the matters raised there."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from congress.models import Unit
from deputies.models import Deputy, Station
from proposals import actions
from proposals.actions import NewMatter, NewVisitor
from proposals.life import MATTER
from proposals.models import Matter, Reception
from reports.demo.diary import Story
from reports.demo.suggestions import handled, life_about
from reports.demo.town import Town
from reports.demo.words import Complaint, Topic, reasons

CHANNEL = Matter.Channel
# Of a hundred matters: where they go.
WAYS = {CHANNEL.ON_THE_SPOT: 46, CHANNEL.UNIT: 33, CHANNEL.SUGGESTION: 8, CHANNEL.UPWARD: 6, CHANNEL.DECLINED: 7}


def year_of_receptions(town: Town, year: int, dense: bool) -> Iterator[tuple[date, Story]]:
    """The reception days of a year: monthly at the station and now and then at the points, or once a quarter."""
    months = range(1, 13) if dense else (2, 5, 8, 11)
    for month in list(months)[:: 3 if town.scale.small else 1]:
        yield town.diary.workday(date(year, month, 15)), reception(town, 0)
        if dense and month % 2 and not town.scale.small:
            yield town.diary.workday(date(year, month, 24)), reception(town, 1 + month // 2 % 3)
    for month, origin in ((7, Reception.Origin.VISIT), (11, Reception.Origin.OUTREACH)) if dense else ():
        yield town.diary.workday(date(year, month, 8)), reception(town, 0, origin=origin)


def reception(
    town: Town, station: int, *, matters: int = 0, way: str = "", origin: str = Reception.Origin.STATION
) -> Story:
    """Two or three deputies receive; each matter goes its way. Station 0 is the central one; elsewhere a village is.

    `way` sends all of them the same way; "open" nowhere yet, "stuck" to a unit that has not done anything about it.
    """
    receivers = [town.lead(), *town.some(town.in_office, town.rng.choice((1, 2)))]
    receivers = list({deputy.pk: deputy for deputy in receivers}.values())
    recorder = receivers[0].account if town.rng.random() < 0.35 else town.clerk
    number = matters or town.rng.choice((1, 2, 2, 3, 3, 4))
    people = number * town.rng.randrange(2, 5)
    at_station = origin == Reception.Origin.STATION
    where = {"origin": origin, "spot": "" if at_station else town.village()}
    there = town.stations[station] if at_station else None
    held = log(town, recorder, there, receivers, people=people, batches=number, **where)
    for _ in range(number):
        _raise(town, recorder, held, way or town.rng.choices(list(WAYS), list(WAYS.values()))[0])
    yield from ()


def log(town: Town, recorder, station: Station | None, receivers: list[Deputy], **values) -> Reception:
    """Write a reception down."""
    return actions.log_reception(
        recorder,
        town.township,
        key=UUID(int=town.rng.getrandbits(128), version=4),
        held_on=town.today,
        station=station,
        deputies=receivers,
        **values,
    )


def _raise(town: Town, recorder, held: Reception, way: str) -> None:
    stuck, way = way == "stuck", CHANNEL.UNIT if way == "stuck" else way
    if way == CHANNEL.DECLINED:
        topic, words, village = None, town.rng.choice(reasons.DECLINED_WORDS), ""
        category = town.categories["其他"]
    else:
        topic, complaint, village = town.next_complaint()
        words, category = town.say(complaint.words, village), town.categories[topic.label]
    at_once = {
        CHANNEL.ON_THE_SPOT: lambda: {"text": town.say(complaint.answer, village)},
        CHANNEL.UNIT: lambda: {"unit": _unit(town, topic)},
        CHANNEL.UPWARD: lambda: {"text": town.rng.choice(reasons.UPWARD)},
        CHANNEL.DECLINED: lambda: {"text": town.rng.choice(reasons.PROPER)},
    }
    new = NewMatter(
        words=words,
        category=category,
        channel=way if way in at_once else "",
        confidential=town.rng.random() < 0.04,
        visitor=_visitor(town),
        opinion=town.rng.choices(("good", "fair", ""), (60, 15, 25))[0] if way == CHANNEL.ON_THE_SPOT else "",
        **(at_once[way]() if way in at_once else {}),
    )
    matter = actions.add_matter(recorder, held, new)
    if matter.proposed_unit_id:  # what a deputy hands on passes the clerk
        MATTER.take("agree", town.clerk, matter, on=town.today)
    if way in (CHANNEL.UNIT, CHANNEL.UPWARD) and not stuck:
        town.diary.begin(town.rng.randrange(6, 26), followed_up(town, matter, complaint, village))
    elif way == CHANNEL.SUGGESTION:
        town.diary.begin(town.rng.randrange(2, 6), became_suggestion(town, matter, topic))


def _unit(town: Town, topic: Topic) -> Unit:
    return town.unit(topic.county_unit if town.rng.random() < 0.25 else topic.unit)


def _visitor(town: Town) -> NewVisitor:
    if town.rng.random() < 0.55:
        return NewVisitor()
    person = town.people.next(eldest=70, youngest=25)
    return NewVisitor(name=person.name, phone=person.phone, village=town.village())


def followed_up(town: Town, matter: Matter, complaint: Complaint, village: str) -> Story:
    """The unit reports, and the voter is told."""
    matter.refresh_from_db()
    actor = town.handler(matter.unit) if matter.unit else town.clerk
    MATTER.take("resolve", actor, matter, answer=town.say(complaint.result, village), on=town.today)
    yield from told(town, matter)


def told(town: Town, matter: Matter) -> Story:
    """The voter hears what came of it, and says what he thinks of that."""
    yield town.rng.randrange(1, 5)
    opinion = town.rng.choices(("good", "fair", "bad", ""), (60, 25, 4, 11))[0]
    MATTER.take("tell", town.clerk, matter, on=town.today, how=town.rng.choice(reasons.TOLD_HOW), opinion=opinion)


def became_suggestion(town: Town, matter: Matter, topic: Topic) -> Story:
    """The clerk writes a deputy's suggestion of the matter down, which then goes its way until the voter is told."""
    lead = town.lead()
    life = life_about(town, topic.label, lead)
    suggestion = MATTER.take(
        "suggestion",
        town.clerk,
        matter,
        lead=lead,
        title=town.say(life.proposal.title, life.village),
        situation=town.say(life.proposal.situation, life.village),
        proposal=town.say(life.proposal.proposal, life.village),
        on=town.today,
    )
    yield from handled(town, suggestion, life)
    yield from told(town, matter)
