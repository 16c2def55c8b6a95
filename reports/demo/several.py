"""What is not one suggestion with one unit: one that two units answer separately, and two that are handled together."""

from congress.models import Unit
from proposals import actions
from proposals.life import SUGGESTION
from proposals.models import Suggestion
from reports.demo.diary import Story
from reports.demo.suggestions import promised_on, sign
from reports.demo.town import Town
from reports.demo.words import Proposal, Topic


def apart(town: Town) -> Story:
    """Two units answer separately: one of them has, the other has only signed."""
    topic, proposal, village = town.next_proposal()
    row = _submitted(town, topic, proposal, village)
    yield 2
    SUGGESTION.take("register", town.clerk, row, on=town.today)
    yield 3
    units = _two_units(town, topic)
    SUGGESTION.take("assign", town.chair, row, way="separate", separate=units, on=town.today)
    yield 2
    for unit in units:
        sign(town, row, unit)
    yield 10
    first = units[0]
    talk, reply = town.say(proposal.talk, village), town.say(proposal.reply, village)
    SUGGESTION.take("talk", town.handler(first), row, unit=first, way="visit", summary=talk, on=town.today)
    yield 6
    answered = {"text": reply, "grade": proposal.grade, "letter_no": town.letter(first)}
    answered["promised_on"] = promised_on(town, proposal.grade)
    SUGGESTION.take("reply", town.handler(first), row, unit=first, on=town.today, **answered)


def joined(town: Town) -> Story:
    """Two deputies suggest the same; it is handled once, and each waits for an answer."""
    topic, proposal, village = town.next_proposal()
    main = _submitted(town, topic, proposal, village)
    yield 1
    other = _submitted(town, topic, proposal, village)
    yield 1
    for row in (main, other):
        SUGGESTION.take("register", town.clerk, row, on=town.today)
    SUGGESTION.take("join", town.clerk, other, main=main, on=town.today)
    yield 3
    unit = town.unit(topic.unit)
    SUGGESTION.take("assign", town.chair, main, lead=unit, on=town.today)
    yield 2
    sign(town, main, unit)
    yield 8
    talk = town.say(proposal.talk, village)
    SUGGESTION.take("talk", town.handler(unit), main, way="meeting", summary=talk, on=town.today)


def _submitted(town: Town, topic: Topic, proposal: Proposal, village: str) -> Suggestion:
    return actions.submit_suggestion(
        town.clerk,
        town.township,
        lead=town.lead(),
        title=town.say(proposal.title, village),
        situation=town.say(proposal.situation, village),
        proposal=town.say(proposal.proposal, village),
        category=town.categories[topic.label],
        on=town.today,
    )


def _two_units(town: Town, topic: Topic) -> list[Unit]:
    """The unit of the subject and another that has to do with it."""
    unit, other = town.unit(topic.unit), town.unit(topic.county_unit)
    return [unit, other if other != unit else town.unit("党政综合办公室")]
