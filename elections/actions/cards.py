"""Voters' cards: numbers given out when the cards of a published list are printed, and a new number for a lost card."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Max

from congress.guard.action import action, lock, verb
from congress.guard.bulk import insert_many
from congress.guard.refusal import refuse, refuse_where
from congress.wording import chinese_date
from deputies.models import District
from elections.models import VoterCard, VoterList
from elections.queries import cards as queries

NUMBER = verb("elections.number_cards", "编了选民证号")
REISSUE = verb("elections.reissue_card", "补发了选民证")
PIECE = 2000  # cards in memory at once


def number_cards(actor, voter_list: VoterList, on: date) -> int:
    """Give a number to everybody on the list who has no card: by district, in the order of the list, after the last number
    given out there; a number that was written on paper is kept where it is free. One event; returns how many. Safe to repeat.

    Raises Refused for a list that was not published.
    """
    if voter_list.published_on is None:
        refuse("名单公布以后再编选民证号、印发选民证。")
    election = voter_list.election
    with action(NUMBER, actor=actor, subject=voter_list) as act:
        list(District.objects.filter(term=election.term_id).order_by("pk").select_for_update().values_list("pk"))
        taken = queries.register(election).order_by().values("district").annotate(top=Max("number"))
        last = dict(taken.values_list("district", "top"))
        rows = queries.without_card(voter_list).values_list("pk", "district_id", "card_no")
        made, total = _numbered(voter_list, rows.iterator(chunk_size=PIECE), last, on), 0
        while piece := list(islice(made, PIECE)):
            total += len(insert_many(piece))
        act.detail = {"选民证": total}
    return total


def _numbered(voter_list: VoterList, rows: Iterator, last: dict, on: date) -> Iterator[VoterCard]:
    for registration, district, written in rows:
        number = written if written and written > last.get(district, 0) else last.get(district, 0) + 1
        last[district] = number
        yield VoterCard(
            township=voter_list.township,
            election=voter_list.election,
            registration_id=registration,
            district_id=district,
            number=number,
            issued_on=on,
        )


def reissue(actor, card: VoterCard, *, reason: str, taken_by: str, on: date, version) -> VoterCard:
    """A new card with the next number of the district; the old one is void from that day. One event.

    Raises Refused for a card that is void already, whose voter is off the roll, or a day before it was made; Conflict when
    somebody else was quicker.
    """
    with action(REISSUE, actor=actor, subject=card, detail={"原因": VoterCard.Reason(reason).label}) as act:
        current = lock(card, version)
        refuse_where(
            [
                (current.voided_on is not None, "这张选民证已经作废，请在登记册里找现在的一张。", ""),
                (not current.registration.on_roll, "这名选民已不在选民册上，不能补发。", ""),
                (
                    on < current.issued_on,
                    f"补发日期不能早于原证的制发日期{chinese_date(current.issued_on)}。",
                    "on",
                ),
            ]
        )
        current.voided_on = on
        current.save(update_fields=["voided_on"])
        # The numbers of a district are taken one after another: whoever reissues waits for the one before.
        lock(current.district)
        top = VoterCard.objects.filter(election=current.election_id, district=current.district_id).aggregate(
            top=Max("number")
        )
        made = VoterCard(
            township=current.township,
            election=current.election,
            registration=current.registration,
            district=current.district,
            number=top["top"] + 1,
            issued_on=on,
            replaces=current,
            reason=reason,
            taken_by=taken_by,
        )
        made.save()
        act.detail |= {"原号": current.number, "新号": made.number}
    return made
