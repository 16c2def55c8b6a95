"""The card of a voter (选民证), made where the place votes by card (选举法二十八、三十七). It is lost without loss: another is issued,
and noted."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby, islice
from uuid import UUID

from congress.documents.cards import Card, cards_pdf
from congress.documents.fonts import Typeface, replaced
from congress.documents.joined import join
from congress.documents.kit import DocumentKind, register, silent, working_paper
from congress.guard.refusal import refuse
from congress.law.provinces import Value, pack
from congress.models import Township, User
from congress.wording import cdatew
from elections.actions.cards import number_cards
from elections.documents.common import (
    ELECTION_COMMITTEE,
    SAMPLE,
    committee_name,
    congress_name,
    metadata,
)
from elections.models import Election, PollingPlace, Registration, VoterCard, VoterList
from elections.permissions import ISSUE
from elections.queries import cards as numbered
from elections.queries import lists as queries
from elections.queries import places
from elections.queries.days import day_of, days_of

PIECE = 400  # cards that are typeset at once
ACROSS, DOWN = 2, 4
SHOWN = 5 * ACROSS * DOWN  # cards of a draft
BLANK = "　　　"
ROOM = 60  # characters that a card has room for of when and where one votes


def credential(township: Township, on: date) -> Value:
    """By what a voter gets the ballots here: card, or identity card or voter's card (选举法三十七 and the province)."""
    return pack(township.pack).value("election.credential", on)


def by_card(township: Township, on: date) -> bool:
    """Whether voters' cards are used here at all."""
    return "card" in str(credential(township, on).value).split("_or_")


def gather_cards(voter_list: VoterList, day: date, options: dict) -> dict:
    """The cards of everybody on the list now. Raises Refused where the place does not vote by card."""
    election = voter_list.election
    if not by_card(election.township, day):
        refuse("本地不凭选民证领取选票，不制发选民证。")
    rows = numbered.with_number(queries.listed(election, queries.last_number(voter_list)))
    ordered = rows.select_related("voter", "district", "group").order_by(*numbered.IN_ORDER)
    listed, days, polls = [], days_of(election), _polls(election)
    for district, found in groupby(ordered.iterator(chunk_size=2000), key=lambda row: row.district):
        day_here = cdatew(days.of(district.pk))
        people = [_person(row, row.number) for row in islice(found, SHOWN if SAMPLE in options else None)]
        poll = polls.get(district.pk, "")
        listed.append({"district": str(district), "day": day_here, "poll": poll, "people": people})
        if SAMPLE in options:
            break
    return _context(election, listed, options)


def _polls(election: Election) -> dict[UUID, str]:
    """When and where a district votes whose voters all vote at one place; a card has no room for more words."""
    at: dict[UUID, list[PollingPlace]] = {}
    for row in places.of_level(places.places(election.campaign), election) if election.campaign else ():
        at.setdefault(places.district_at(row, election).pk, []).append(row)
    said = {pk: f"{rows[0].hours}，{rows[0].spot}" for pk, rows in at.items() if len(rows) == 1 and not rows[0].area}
    return {pk: words for pk, words in said.items() if len(words) <= ROOM}


def _person(row: Registration, number: int | None) -> list[str]:
    name = replaced(row.voter.name, Typeface.NAME)[0]
    return [name, row.voter.get_gender_display(), str(row.group.number) if row.group else "", str(number or "")]


def _context(election: Election, listed: list[dict], options: dict) -> dict:
    office = committee_name(election.township, election)
    return {
        "office": office,
        "title": [office, "选民证"],
        "congress": congress_name(election),
        "poll": options.get("poll", ""),
        "districts": listed,
    }


def _cards(context: dict) -> Iterator[list[Card]]:
    for one in context["districts"]:
        for start in range(0, len(one["people"]), PIECE):
            yield [_card(context, one, person) for person in one["people"][start : start + PIECE]]


def _card(context: dict, place: dict, person: Sequence[str]) -> Card:
    name, gender, group, number = person
    rows = (
        ("编号", number or BLANK),
        ("姓名", name),
        ("性别", gender),
        ("选区", f"{place['district']}{f'　第{group}小组' if group else ''}"),
        ("选举日", place.get("day") or context["day"]),
        ("投票时间、地点", context["poll"] or place.get("poll") or BLANK),
    )
    foot = ("凭证领票，限本人使用，不得转让；遗失可补。",)
    return Card((f"{context['congress']}代表选举", "选民证"), rows, foot, name=name, seal="（选举委员会章）")


def compose_cards(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The PDF of the cards, eight to a page, district by district."""
    total = sum(len(one["people"]) for one in context["districts"])

    title, done = "".join(context["title"]), 0

    def sheets(cards: list[Card], first_page: int) -> bytes:
        nonlocal done
        progress(done, total, "正在排选民证")
        done += len(cards)
        return cards_pdf(cards, title=title, across=ACROSS, down=DOWN, draft=draft, metadata=metadata(context))

    return join(partial(sheets, cards) for cards in _cards(context))


def _number(actor: User, voter_list: VoterList, day: date) -> None:
    """Before the cards are set, whoever has none gets a number."""
    number_cards(actor, voter_list, day)


def printed_card(card: VoterCard) -> bytes:
    """One card alone, as it is reissued; nothing is stored. Raises Refused naming a character no font has."""
    card.election.township = card.township
    person = _person(card.registration, card.number)
    day = cdatew(day_of(card.election, card.district_id))
    poll = _polls(card.election).get(card.district_id, "")
    place = {"district": str(card.district), "day": day, "poll": poll, "people": [person]}
    return working_paper(CARDS, _context(card.election, [place], {}))


CARDS = register(
    DocumentKind(
        "elections.cards",
        "选民证",
        compose_cards,
        profile="names",
        issuer=ELECTION_COMMITTEE,
        numbering=None,
        told=True,
        gather=gather_cards,
        prepare=_number,
        permission=ISSUE,
    )
)
