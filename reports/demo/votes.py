"""Election day and what follows it, told of one township: ballots handed out and collected, read by two people, added up and
declared; in one district two are level at the last seat, in another one seat stays open, and both vote again."""

from collections.abc import Iterable
from datetime import date, timedelta

from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.models import CountUnit
from congress.counting.queries import CountFacts, counts
from congress.counting.tally import Paper, Sheet
from deputies.models import Level
from elections.actions import rounds as acts
from elections.life import ROUND
from elections.models import Campaign, Election, LedgerLine, MobileBox, MobileVoter, PollingPlace, ProxyVote, Round
from elections.queries import on_roll
from elections.queries.campaigns import elections_of
from elections.queries.rounds import RoundFacts, rounds_of, where
from reports.demo.diary import Story
from reports.demo.seats import send_up
from reports.demo.town import Town

TIED, SHORT = 1, 2  # numbers of the districts that vote again
AGAIN = 4  # days after election day
ABSENT, FILED = 2, 3  # voters of a place who stay away; blank ballots that are filed
CHECKED = "对照纸面核对过"


def polled(town: Town, campaign: Campaign, day: date) -> Story:
    """Election day, the declaration on the day after, and the votes that two districts still need."""
    levels = {one.term.level: one for one in elections_of(campaign)}
    election, of_county = levels[Level.TOWNSHIP], levels[Level.COUNTY]
    yield day
    for one in levels.values():
        acts.begin(town.clerk, one)
        _counted(town, rounds_of(one))
    yield 1
    _declared(town, rounds_of(election), 1)
    send_up(town, list(rounds_of(of_county)))
    for row in [one for one in rounds_of(election) if RoundFacts(one).follow]:
        _once_more(town, row, day + timedelta(days=AGAIN))
    yield day + timedelta(days=AGAIN)
    _counted(town, rounds_of(election).filter(follows__isnull=False))
    yield 1
    _declared(town, rounds_of(election).filter(follows__isnull=False), 2)


# -- from the ballots handed out to the count that two people closed


def _counted(town: Town, rows: Iterable[Round]) -> None:
    for row in [one for one in rows if any(where(one))]:
        _ledger(town, row)
        ROUND.take("count", town.clerk, row, on=town.today)
        _read(town, fresh(row))


def fresh(row: Round) -> Round:
    """The round as it stands now."""
    return rounds_of(row.election).get(pk=row.pk)


def _ledger(town: Town, row: Round) -> None:
    """So many ballots at each place as voters came; what a mobile box took along is taken off the place's."""
    places, boxes = where(row)
    carried = {box.mixed_with_id: MobileVoter.objects.kept().filter(box=box).count() for box in boxes}
    issued = 0
    for box in boxes:
        issued += _line(town, row, box, carried[box.mixed_with_id], 0)
    for place in places:
        voters = on_roll(row.election).filter(district=row.district, group__district=place.district)
        came = voters.count() - carried.get(place.pk, 0) - ABSENT
        issued += _line(town, row, place, came, _proxies(row.election, place))
    rest = row.printed - issued
    ROUND.take(
        "settle",
        town.clerk,
        row,
        on=town.today,
        filed=min(rest, FILED),
        destroyed=max(rest - FILED, 0),
        lost=0,
        witnesses=f"{town.people.next().name}、{town.people.next().name}",
        settled_note="",
    )


def _proxies(election: Election, place: PollingPlace) -> int:
    agreed = ProxyVote.objects.kept().filter(election=election, state=ProxyVote.State.AGREED)
    return agreed.filter(principal__group__district=place.district_id).count()


def _line(town: Town, row: Round, whose: PollingPlace | MobileBox, issued: int, by_proxy: int) -> int:
    of = {"place": whose} if isinstance(whose, PollingPlace) else {"mobile": whose}
    line = LedgerLine(
        township=town.township,
        round=row,
        received=issued + ABSENT,
        in_person=issued - by_proxy,
        by_proxy=by_proxy,
        left_over=ABSENT,
        **of,
    )
    acts.LEDGER.record(town.clerk, line)
    return issued


def _read(town: Town, row: Round) -> None:
    """Clerk and chair open the count, read every unit, sign and close it."""
    count = row.count
    COUNT.take("open", town.clerk, count)
    COUNT.take("confirm", town.chair, count)
    units = _mixed(town, row)
    votes = wanted(row, sum(one.took_part for one in units))
    paper = CountFacts(counts().get(pk=count.pk)).paper
    for unit, share in zip(units, shares(votes, [one.took_part - 1 for one in units]), strict=True):
        sheet = read_as(paper, unit, share)
        for user in (town.clerk, town.chair):
            entry = UNIT.take("begin", user, unit)
            ENTRY.take("finish", user, entry, sheet=sheet, explanation=CHECKED)
        for user in (town.clerk, town.chair):
            UNIT.take("sign", user, unit, on=town.today, capacity="scrutineer", note=CHECKED)
    for user in (town.clerk, town.chair):
        COUNT.take("sign", user, count, on=town.today, capacity="scrutineer", note=CHECKED)
    COUNT.take("close", town.clerk, count)
    COUNT.take("confirm", town.chair, count)


def _mixed(town: Town, row: Round) -> list[CountUnit]:
    """The units that are read; ballots of a mobile box lie among those of its place."""
    read = [one.unit for one in CountFacts(counts().get(pk=row.count_id)).read]
    lines = {one.pk: one for one in row.lines}
    at_place = {lines[one.source_id].place_id: one for one in read if one.kind != CountUnit.Kind.MOBILE}
    for one in read:
        if one.kind == CountUnit.Kind.MOBILE:
            place = at_place[lines[one.source_id].mobile.mixed_with_id]
            UNIT.take("mix", town.clerk, UNIT.find(place.pk), others=[one.pk])
    return [UNIT.find(one.unit.pk) for one in CountFacts(counts().get(pk=row.count_id)).read]


# -- how they voted


def wanted(row: Round, took_part: int) -> dict[str, int]:
    """Votes in favour by name, so many of them that the round comes out as it is told. One ballot of each unit is void."""
    names, valid, need = [one.name for one in row.listed], took_part - len(row.lines), took_part // 2 + 1
    first = row.kind == Round.Kind.FIRST and row.election.term.level == Level.TOWNSHIP
    number = row.district.number
    sure = row.seats - 1 if first and number in (TIED, SHORT) else row.seats
    top = [valid * 3 // 4 - at for at in range(sure)]
    if first and number == TIED:
        rest = [need, need]
    elif first and number == SHORT:
        rest = [need - 3, need - 5]
    else:
        rest = [max(min(need - 4, row.seats * valid - sum(top) - len(row.lines)), 0)]
    return dict(zip(names, [*top, *rest], strict=False))


def shares(votes: dict[str, int], valid: list[int]) -> list[dict[str, int]]:
    """The votes of each unit, by how many valid ballots each has; together they are the votes of the whole."""
    found: list[dict[str, int]] = [{} for _ in valid]
    for name, number in votes.items():
        for at, share in enumerate(valid):
            found[at][name] = number * share // (sum(valid[at:]) or 1)
            number -= found[at][name]
    return found


def read_as(paper: Paper, unit: CountUnit, votes: dict[str, int]) -> Sheet:
    """What both people read from the ballots of a unit."""
    valid = unit.took_part - 1
    cells = {f"void_{reason}": 0 for reason in paper.voids} | {"void_unreadable": 1}
    cells |= {"collected": unit.took_part, "valid": valid, "blank": 0, "disputed": 0}
    for name in paper.names:
        yes = votes.get(name.label, 0)
        cells |= {f"{name.key}_yes": yes, f"{name.key}_no": 0, f"{name.key}_abstain": valid - yes}
        if "unclear" in paper.marks:
            cells[f"{name.key}_unclear"] = 0
    return Sheet(cells)


# -- declared, and voted once more


def _declared(town: Town, rows: Iterable[Round], notice: int) -> None:
    """One asks, the other lets it be so."""
    said = {
        "declared_by": f"{town.place.name}选举委员会",
        "paper": f"{town.place.name}选举委员会选举结果公告第{notice}号",
    }
    for row in list(rows):
        ROUND.take("declare", town.clerk, row, on=town.today, **said)
        ROUND.take("confirm", town.chair, row, on=town.today)


def _once_more(town: Town, row: Round, on: date) -> None:
    """The vote that the law wants next, between those whom the votes name."""
    facts = RoundFacts(row)
    again = acts.standing_again(facts)
    names = list(again.names) if again else acts.offered(facts)
    ROUND.take("follow", town.clerk, row, on=on, names=names, printed=row.printed)
