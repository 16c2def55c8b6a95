"""The register of voters' cards: numbers in the order of the list, another for a lost card, and no way to a ballot."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from congress.guard.action import Refused, action
from congress.models import AuditEvent, Document
from congress.work import jobs
from elections.actions import cards as acts
from elections.documents import cards as documents
from elections.documents.cards import gather_cards, printed_card
from elections.documents.issue import PAPERS, issue
from elections.life import VOTER_LIST
from elections.listings.cards import state_of
from elections.models import PollingPlace, Registration, VoterCard
from tests.cast import SET_UP
from tests.elections.campaigns import freeze, late
from tests.elections.desks import another_place
from tests.elections.papers import frozen, text_of
from tests.elections.test_lists import PLACES, PUBLISHED

ON = date(2026, 11, 28)


def register() -> list[tuple]:
    rows = VoterCard.objects.order_by("district__number", "number")
    return list(rows.values_list("district__number", "number", "registration__voter__name"))


def test_numbers_follow_the_list_district_by_district_and_are_given_once(world, election):
    with action(SET_UP, actor=None):  # a number that was written on paper is kept, and the next one follows it
        Registration.objects.filter(voter__name="张四").update(card_no=41)
    voter_list = frozen(world, election)
    assert acts.number_cards(world.clerk, voter_list, ON) == 6
    ordered = [name for part in gather_cards(voter_list, ON, {})["districts"] for name, *_ in part["people"]]
    given = register()
    assert [name for _, _, name in given] == ordered
    assert [(district, number) for district, number, _ in given][:4] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert ("张四" in ordered, {number for district, number, name in given if name == "张四"}) == (True, {41})
    assert acts.number_cards(world.clerk, voter_list, ON) == 0
    assert AuditEvent.objects.filter(verb=acts.NUMBER.key).latest("seq").detail == {"选民证": 0}
    late(election, "周七", ON)
    assert acts.number_cards(world.clerk, voter_list, ON) == 0  # not on the list before its supplement
    VOTER_LIST.take("supplement", world.clerk, voter_list, on=date(2026, 12, 1))
    assert acts.number_cards(world.clerk, voter_list, ON) == 1
    assert register() == sorted([*given, (1, 5, "周七")])


def test_a_lost_card_is_void_and_the_next_number_stands_with_reason_day_and_taker(world, election):
    voter_list = frozen(world, election)
    acts.number_cards(world.clerk, voter_list, ON)
    old = VoterCard.objects.get(district__number=2, number=1)
    said = {"reason": "lost", "taken_by": "family", "on": date(2026, 12, 2), "version": old.version}
    with pytest.raises(Refused, match="不能早于原证的制发日期"):
        acts.reissue(world.clerk, old, **said | {"on": date(2026, 11, 27)})
    other = VoterCard.objects.get(district__number=1, number=1)
    assert acts.reissue(world.clerk, other, **said | {"on": ON, "version": other.version}).issued_on == ON
    made = acts.reissue(world.clerk, old, **said)
    old.refresh_from_db()
    assert (old.voided_on, state_of(old), state_of(made)) == (said["on"], "已作废", "有效")
    assert (made.number, made.replaces, made.reason, made.taken_by) == (3, old, "lost", "family")
    event = AuditEvent.objects.filter(verb=acts.REISSUE.key).latest("seq")
    assert event.detail == {"原因": "遗失", "原号": 1, "新号": 3}
    with pytest.raises(Refused, match="这张选民证已经作废，请在登记册里找现在的一张。"):
        acts.reissue(world.clerk, old, **said | {"version": old.version})
    people = [person for part in gather_cards(voter_list, ON, {})["districts"] for person in part["people"]]
    assert [number for name, *_, number in people if name == made.registration.voter.name] == ["3"]
    assert "编号：3" in text_of(printed_card(made))
    with action(SET_UP, actor=None):
        Registration.objects.filter(pk=made.registration_id).update(on_roll=False)
    made = VoterCard.objects.get(pk=made.pk)
    assert state_of(made) == "已除名"
    with pytest.raises(Refused, match="已不在选民册"):
        acts.reissue(world.clerk, made, **said | {"version": made.version, "on": date(2026, 12, 3)})


def test_cards_are_numbered_by_the_job_that_prints_them_and_only_when_the_list_is_public(world, election):
    made = freeze(world, election)
    with pytest.raises(Refused, match="名单公布以后"):
        issue(world.chair, PAPERS["cards"], world.township, made, issued_on=PUBLISHED)
    with pytest.raises(Refused, match="名单公布以后"):
        acts.number_cards(world.clerk, made, PUBLISHED)
    VOTER_LIST.take("publish", world.clerk, made, on=PUBLISHED, **PLACES)
    made.refresh_from_db()
    assert register() == []
    job, _ = issue(world.chair, PAPERS["cards"], world.township, made, issued_on=PUBLISHED)
    jobs.run(job.pk, world.township)
    assert len(register()) == 6
    assert AuditEvent.objects.get(verb=acts.NUMBER.key).actor_id == world.chair.pk
    assert Document.objects.filter(kind="elections.cards").count() == 1


def test_a_card_says_where_its_district_votes_and_stays_open_where_that_hangs_on_the_group(world, election):
    voter_list = frozen(world, election)

    def told(**options) -> list[str]:
        context = gather_cards(voter_list, ON, options)
        cards = [card for piece in documents._cards(context) for card in piece]
        return list(dict.fromkeys(dict(card.rows)["投票时间、地点"] for card in cards))

    assert told() == [documents.BLANK]
    another_place(election)
    assert told() == ["8:00开始，学校", documents.BLANK]  # the second district has none
    with action(SET_UP, actor=None):
        PollingPlace.objects.update(spot="学" * 60)
    assert told() == [documents.BLANK]
    with action(SET_UP, actor=None):
        PollingPlace.objects.update(spot="学校")
    another_place(election, "东坡投票站")
    assert told() == [documents.BLANK]
    assert told(poll="8时至16时，各村委会") == ["8时至16时，各村委会"]


def test_how_far_the_cards_are_is_told_piece_by_piece(world, election, monkeypatch):
    monkeypatch.setattr(documents, "PIECE", 3)
    monkeypatch.setattr(documents, "cards_pdf", lambda cards, **given: cards)
    monkeypatch.setattr(documents, "join", lambda parts: [part(1) for part in parts])
    context = documents.gather_cards(frozen(world, election), ON, {}) | {"day": "2026年12月20日"}
    told = []
    made = documents.compose_cards(context, False, lambda *step: told.append(step))
    assert [len(part) for part in made] == [3, 1, 2]
    assert told == [(0, 6, "正在排选民证"), (3, 6, "正在排选民证"), (4, 6, "正在排选民证")]


def test_no_model_leads_from_a_card_to_a_ballot():
    """选举法四十: votes are secret. Whoever links anything to a card has to look at this first."""
    assert {one.related_model._meta.label for one in VoterCard._meta.related_objects} == {"elections.VoterCard"}


def test_the_register_is_taken_along_with_the_void_ones(world, election, browse):
    voter_list = frozen(world, election)
    acts.number_cards(world.clerk, voter_list, ON)
    old = VoterCard.objects.get(district__number=1, number=2)
    client, code = browse(world.clerk), world.township.code
    address = reverse("elections-card-reissue", args=[code, old.pk])
    sent = {"reason": "lost", "taken_by": "self", "on": "2026-12-02", "version": old.version}
    answer = client.post(address, sent, follow=True)
    assert "第5号" in answer.content.decode()
    listed = reverse("elections-cards", args=[code, election.pk])
    trail = client.get(listed).context["breadcrumbs"]
    assert [label for label, _ in trail] == ["选举工作", "2026年换届选举", "选民证登记册"]
    sheet = load_workbook(io.BytesIO(client.get(listed, {"format": "xlsx"}).content)).active
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    states = [row[heads.index("状态")] for row in rows]
    assert (len(rows), states.count("已作废")) == (7, 1)
    assert len(client.get(listed, {"state": "已作废"}).context["page"]) == 1
    for who, status in ((world.county_viewer, 403), (world.neighbour_clerk, 404)):
        assert browse(who).get(listed).status_code == status
