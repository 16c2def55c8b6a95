"""Reports that an election was disturbed are looked into and guarded; an election that is void is no end of a mandate."""

import copy
import re
from datetime import timedelta

import pytest

from congress import clock
from congress.guard.action import Refused, action
from congress.steps import standing_of
from congress.wording import chinese_date
from deputies.actions.seats import check_end
from deputies.life import MANDATE
from deputies.models import Deputy, Level, Mandate
from elections.actions.breaches import ANNULMENTS, BREACHES, against_void
from elections.documents.rounds import elected_notice
from elections.life import ANNULMENT, BREACH
from elections.models import Annulment, Breach, Nominee, Winner
from elections.queries.breaches import open_breaches, winners
from elections.queries.credentials import filled
from elections.queries.rounds import listed
from elections.stages.breaches import AnnulmentStage, BreachStage
from tests.cast import SET_UP
from tests.congress.walks.breaches import CLOSE, HAND, LOOK, UPHELD, VOID
from tests.elections import credentials as review
from tests.elections import standing
from tests.elections.breaches import opinion, reported
from tests.elections.campaigns import ELECTION_DAY
from tests.elections.candidates import FORMAL_ON
from tests.elections.credentials import PUBLISHED
from tests.elections.rounds import begun
from tests.states import state

pytestmark = pytest.mark.django_db
AFTER = PUBLISHED + timedelta(days=2)


def codes(refused) -> list[str]:
    """By which findings something was refused."""
    return [one.code for one in refused.value.findings]


@pytest.fixture
def election(peopled_election):
    """An election of two districts."""
    return peopled_election


# -- reports


def take(world, row: Breach, key: str, **data) -> Breach:
    """A step of a report on the day it was received."""
    BREACH.take(key, world.clerk, row, on=row.received_on, **data)
    return BREACH.find(row.pk)


def test_a_report_is_looked_into_found_handed_on_and_closed(world, election):
    row = reported(world, election)
    assert row.stage == BreachStage.RECEIVED
    row = take(world, row, "look", **LOOK)
    assert (row.stage, row.looked_by) == (BreachStage.LOOKING, "甲某、乙某")
    row = take(world, row, "settle", **UPHELD)
    assert (row.stage, row.upheld) == (BreachStage.UPHELD, True)
    row = take(world, row, "hand", **HAND)
    assert (row.stage, row.handed_paper) == (BreachStage.HANDED, "移送函第1号")
    assert open_breaches().count() == 1
    row = take(world, row, "close", **CLOSE)
    assert (row.stage, open_breaches().count()) == (BreachStage.CLOSED, 0)
    with pytest.raises(Refused, match="已经办结的不能再改；有新情况的先“重新调查”。"):
        BREACHES.change(world.clerk, row, {"words": "另有"}, row.version)
    row = take(world, row, "reopen", reason="有新的证据")
    assert (row.stage, row.handed_on, row.finding) == (BreachStage.LOOKING, None, "")
    row = take(world, row, "settle", upheld="no", finding="没有其事")
    assert row.stage == BreachStage.NOT_UPHELD
    with pytest.raises(Refused, match="不成立"):
        take(world, row, "hand", **HAND)  # what was not found is handed to nobody
    with pytest.raises(Refused, match="不能撤回误录"):
        BREACHES.withdraw(world.clerk, row, "登错", row.version)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("bribe", {"breach.looks", "breach.listed", "breach.voids"}),
        ("funding", {"breach.looks", "breach.listed", "breach.voids"}),
        ("other", {"breach.looks"}),
    ],
)
def test_a_step_names_the_articles_that_forbid_it_where_there_are_any(world, election, kind, told):
    row = reported(world, election, kind=kind)
    attempt = BREACH.attempt("look", standing_of(world.clerk, world.township), BREACH.find(row.pk), row.received_on)
    assert {one.code for one in attempt.step.hints(attempt)} == told


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ("甲某", "breach.two"),
        ("甲某、甲某", "breach.two"),
        ("甲某、丁一", "breach.own_case"),
        ("甲某，于二", "breach.own_case"),
        ("程举报、乙某", "breach.own_case"),
    ],
)
def test_two_look_into_it_of_whom_it_is_not(world, election, people, expected):
    row = reported(world, election, subject="丁一、于二")
    with pytest.raises(Refused) as refused:
        take(world, row, "look", looked_by=people)
    assert codes(refused) == [expected]


def test_steps_stand_in_their_order_of_days(world, election):
    row = reported(world, election)
    with pytest.raises(Refused, match="日期不能早于收到"):
        BREACH.take("look", world.clerk, row, on=row.received_on - timedelta(days=1), **LOOK)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"received_on": ELECTION_DAY + timedelta(days=4000)}, "received_on", "收到日期不能晚于今天。"),
        ({"how": "found"}, "reporter", "选举委员会自己发现的没有举报人，请清空或者改选来源。"),
    ],
)
def test_what_cannot_be_is_refused(world, election, values, field, words):
    with pytest.raises(Refused) as refused:
        reported(world, election, **values)
    assert [(one.field, one.message) for one in refused.value.findings] == [(field, words)]
    assert not Breach.objects.exists()
    assert reported(world, election, received_on=clock.today()).pk


def test_who_reported_is_shown_to_nobody_in_full_and_the_county_sees_nothing(world, election, browse):
    row = reported(world, election)
    url = f"/t/{world.township.code}/campaigns/breaches/{row.pk}/"
    listed_at = f"/t/{world.township.code}/campaigns/{election.campaign_id}/breaches/"
    page = browse(world.clerk).get(url).content.decode()
    assert "程举报" not in page
    assert "开始调查" in page
    assert "程*" in page or "程＊" in page
    assert "选举法" in browse(world.clerk).get(f"{url}look/").content.decode()
    shown = browse(world.clerk).get(listed_at).content.decode()
    assert "丁一" in shown
    assert "程" not in shown.split("<table")[1]
    assert browse(world.county_viewer).get(url).status_code == 403
    assert "破坏选举的反映没有办结" in browse(world.chair).get(f"/t/{world.township.code}/").content.decode()


# -- void elections of those who were seated


@state(on=standing.few_voters)
def two_seated(world, election):
    with world.in_township(), clock.frozen(AFTER):
        with action(SET_UP, actor=None):
            Deputy.objects.filter(name__in=("丁一", "于二")).update(name="程旧")
        review.committee(world)
        row = begun(world, election)
        with action(SET_UP, actor=None):
            Nominee.objects.update(declared_on=FORMAL_ON, funding="no", consent="agreed")
        review.won(world, row)
        examined = review.opened(world, election)
        review.reported(world, examined)
        review.confirmed(world, examined)
        review.published(world, examined)
        return row


@pytest.fixture
def seated(election, two_seated):
    """丁一 and 于二 were declared elected, confirmed and seated."""
    with clock.frozen(AFTER):
        yield copy.deepcopy(two_seated)


def seat_of(election, name: str = "丁一") -> Mandate:
    """The seat somebody took."""
    return Mandate.objects.get(term=election.term, deputy__name=name)


def test_the_seat_falls_and_is_told_as_void_and_not_as_an_end(world, election, seated, browse):
    mandate = seat_of(election)
    one = opinion(world, election, mandate, AFTER)
    assert (one.stage, winners().filter(void=False).count()) == (AnnulmentStage.OPEN, 2)
    url = f"/t/{world.township.code}/campaigns/annulments/{one.pk}/"
    assert "登记确定" in browse(world.chair).get(url).content.decode()
    asked = browse(world.chair).get(f"{url}decide/").content.decode()
    for words in ("自始无效，不是代表资格终止", f"{mandate.district}，{chinese_date(mandate.elected_on)}"):
        assert words in asked, words
    assert "当选是否无效待确定" in browse(world.chair).get(f"/t/{world.township.code}/").content.decode()
    with pytest.raises(Refused, match="先由代表资格审查委员会"):
        ANNULMENT.take("decide", world.chair, one, on=ELECTION_DAY, **VOID)
    ANNULMENT.take("decide", world.chair, one, on=AFTER, **VOID)
    one = ANNULMENT.find(one.pk)
    mandate.refresh_from_db()
    assert (one.stage, mandate.ended_on, mandate.get_end_reason_display()) == (AnnulmentStage.VOID, AFTER, "当选无效")
    assert [who.name for who in winners().filter(void=False)] == ["于二"]
    assert Winner.objects.kept().count() == 2  # what was declared stays told
    assert listed(election).get(district=seated.district).elected == 2
    here = filled(election)[0]
    assert (here.won, here.void, here.seated, here.short) == (2, 1, 1, 1)
    page = browse(world.clerk).get(f"/t/{world.township.code}/campaigns/rounds/{seated.pk}/").content.decode()
    assert "当选无效" in page
    ANNULMENT.take("announce", world.clerk, one, on=AFTER)
    one = ANNULMENT.find(one.pk)
    assert one.stage == AnnulmentStage.TOLD
    page = browse(world.clerk).get(f"/t/{world.township.code}/campaigns/annulments/{one.pk}/").content.decode()
    assert re.search(rf"公布</dt>\s*<dd[^>]*>\s*{chinese_date(AFTER)}", page)
    assert "丁一" not in str(elected_notice(election, AFTER))
    with pytest.raises(Refused, match="已经确定的不能再改。"):
        ANNULMENTS.change(world.clerk, one, {"review": "改"}, one.version)
    with pytest.raises(Refused, match="已经确定的是选举结果的一部分，不能撤回误录。"):
        ANNULMENTS.withdraw(world.clerk, one, "登错", one.version)
    assert "公布" in browse(world.clerk).get(url).content.decode()


def test_where_it_is_found_to_stand_nothing_changes(world, election, seated):
    one = opinion(world, election, seat_of(election), AFTER)
    ANNULMENT.take("decide", world.chair, one, on=AFTER, **VOID | {"void": "no"})
    assert (ANNULMENT.find(one.pk).stage, winners().filter(void=True).count()) == (AnnulmentStage.VALID, 0)
    assert seat_of(election).ended_on is None


def test_who_left_before_is_void_all_the_same_and_keeps_the_day_of_the_end(world, election, seated):
    mandate = seat_of(election)
    MANDATE.take("end", world.clerk, mandate, on=PUBLISHED, reason="died", is_chair_or_vice=False)
    one = opinion(world, election, mandate, AFTER)
    ANNULMENT.take("decide", world.chair, one, on=AFTER, **VOID)
    mandate.refresh_from_db()
    assert (mandate.ended_on, mandate.end_reason) == (PUBLISHED, "died")


def test_what_was_found_of_a_report_is_its_ground(world, election, seated, browse):
    breach = reported(world, election)
    values = {"ground": "offence", "breach": breach}
    with pytest.raises(Refused, match="所选的反映还没有查实。"):
        opinion(world, election, seat_of(election), AFTER, **values)
    for key, data in (("look", LOOK), ("settle", UPHELD)):
        BREACH.take(key, world.clerk, breach, on=breach.received_on, **data)
    values["breach"] = BREACH.find(breach.pk)
    one = opinion(world, election, seat_of(election), AFTER, **values)
    page = browse(world.clerk).get(f"/t/{world.township.code}/campaigns/annulments/{one.pk}/").content.decode()
    assert "以贿赂、暴力、威胁、欺骗、伪造等违法行为当选，当选无效" in page
    found = ANNULMENT.attempt("decide", standing_of(world.chair, world.township), ANNULMENT.find(one.pk), AFTER)
    assert [one.code for one in found.asked()] == []
    found.record.breach = None
    assert [each.code for each in against_void(found)] == ["void.unproved"]
    found.record.ground = "funded"
    assert [each.code for each in against_void(found)] == ["void.unproved"]


def test_a_report_that_is_looked_into_once_more_proves_nothing(world, election, seated):
    breach = reported(world, election)
    for key, data in (("look", LOOK), ("settle", UPHELD)):
        BREACH.take(key, world.clerk, breach, on=breach.received_on, **data)
    given = {"ground": "offence", "breach": BREACH.find(breach.pk)}
    one = opinion(world, election, seat_of(election), AFTER, **given)
    BREACH.take("reopen", world.clerk, given["breach"], on=AFTER, reason="证人改口")
    found = ANNULMENT.attempt("decide", standing_of(world.chair, world.township), ANNULMENT.find(one.pk), AFTER)
    assert [each.code for each in against_void(found)] == ["void.unproved"]


def test_no_end_of_a_mandate_is_registered_as_void(world, election, seated):
    with pytest.raises(Refused, match="当选无效不是代表资格终止"):
        MANDATE.take("end", world.clerk, seat_of(election), on=AFTER, reason="void", is_chair_or_vice=False)
    check_end(seat_of(election), ended_on=AFTER, reason="void")  # what a table tells that was exported


def test_what_does_not_belong_together_is_refused(world, election, seated):
    breach = reported(world, election)
    wrong = (
        ({"reviewed_on": seat_of(election).elected_on - timedelta(days=1)}, "审查意见日期不能早于当选日期"),
        ({"mandate": world.deputies[1].mandates.get()}, "所选的代表资格不是这一届的。"),
        ({"breach": breach}, "只有以违法行为当选、接受境外资助的，才选择所依据的查实。"),
    )
    for values, words in wrong:
        given = {"mandate": seat_of(election), "reviewed_on": AFTER} | values
        with pytest.raises(Refused, match=words):
            opinion(world, election, **given)
    assert not Annulment.objects.exists()
    assert opinion(world, election, seat_of(election), seat_of(election).elected_on).pk


def test_of_the_county_its_standing_committee_determines_it(world, election, seated):
    one = ANNULMENT.find(opinion(world, election, seat_of(election), AFTER).pk)
    given = ANNULMENT.step("decide").initial
    attempt = ANNULMENT.attempt("decide", standing_of(world.chair, world.township), one, AFTER)
    assert given(attempt) == {"decided_by": "云溪镇人民代表大会主席团"}
    one.election.term.level = Level.COUNTY
    assert given(attempt) == {"decided_by": "清江县人民代表大会常务委员会"}
