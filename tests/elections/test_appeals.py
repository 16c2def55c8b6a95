"""Appeals against the list: anybody, five days, a decision in three, the court's word last; the list changes by them alone."""

from datetime import date

import pytest

from congress.guard import scope
from congress.guard.action import Refused
from congress.models import DueDay
from congress.work import sources
from elections import queries
from elections.actions import appeals
from elections.actions.voters import save_voter
from elections.life import APPEAL, VOTER_LIST
from elections.models import Appeal, RollChange, VoterList
from tests.elections.campaigns import campaign, freeze, voters
from tests.elections.test_lists import PLACES, enter

PUBLISHED = date(2026, 11, 28)


@pytest.fixture
def published(world):
    with scope.township(world.township):
        election = campaign(world)
        voters(election, "丁一", "于二", "王三")
        voters(election, "王三", birth_date=date(1975, 6, 7))
        found = freeze(world, election)
        VOTER_LIST.take("publish", world.clerk, found, on=PUBLISHED, **PLACES)
        yield VoterList.objects.select_related("election__term", "township").get()


def received(world, published, kind=Appeal.Kind.LISTED, name="丁一", on=date(2026, 12, 1)):
    rows = queries.on_roll(published.election).filter(voter__name=name)
    row = Appeal(
        township=world.township,
        voter_list=published,
        kind=kind,
        appellant="于二",
        subject=name,
        registration=None if kind == Appeal.Kind.MISSING else rows.first(),
        words="已迁出多年",
        received_on=on,
    )
    return appeals.receive(world.clerk, row)


def codes(findings):
    return [one.code for one in findings]


def test_an_appeal_comes_within_five_days_of_the_publication(world, published):
    last = received(world, published, on=date(2026, 12, 3))
    late = received(world, published, on=date(2026, 12, 4))
    assert appeals.received_findings(last) == []
    assert codes(appeals.received_findings(late)) == ["appeal.late"]
    assert codes(appeals.received_findings(received(world, published, on=date(2026, 11, 27)))) == ["appeal.early"]


def test_it_is_decided_within_three_days_and_late_is_told_not_undone(world, published):
    """N04: an objection of 12-03 is decided by 12-06."""
    row = received(world, published, on=date(2026, 12, 3))
    assert appeals.decision_due(row).date == date(2026, 12, 6)
    given = {"upheld": False, "decision": "经查证仍在本选区居住"}
    attempt = APPEAL.door("decide", _standing(world), row.pk, dict(given), on=date(2026, 12, 7))
    # The 6th is a Sunday: whether the three days end on Monday the law does not say, and that is told beside.
    assert codes(attempt.warnings) == ["appeal.decided_late", "period.rest"]
    assert "2026年12月7日" in attempt.warnings[-1].message
    row.refresh_from_db()
    assert (row.decided_on, row.upheld) == (date(2026, 12, 7), False)


def _standing(world):
    from congress.permissions import standing_in_township

    return standing_in_township(world.clerk, world.township)


def test_a_decision_before_the_appeal_is_refused(world, published):
    row = received(world, published)
    with pytest.raises(Refused, match="不能早于提出日期"):
        APPEAL.take("decide", world.clerk, row, on=date(2026, 11, 30), upheld=False, decision="不成立")


def test_one_that_holds_takes_the_voter_off_and_the_next_supplement_tells_it(world, published):
    row = received(world, published)
    with pytest.raises(Refused, match="请选择除名事由"):
        APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=True, decision="成立", ground="")
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=True, decision="成立", ground="moved_out")
    row.refresh_from_db()
    assert row.change.kind == RollChange.Kind.MOVED_OUT
    assert not queries.on_roll(published.election).filter(voter__name="丁一").exists()
    assert queries.listed(published.election, 0).filter(voter__name="丁一").exists()
    made = VOTER_LIST.take("supplement", world.clerk, published, on=date(2026, 12, 3))
    assert (made.removed, made.after) == (1, 3)


def test_one_that_fails_changes_nothing(world, published):
    row = received(world, published)
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=False, decision="不成立")
    assert queries.on_roll(published.election).filter(voter__name="丁一").exists()
    assert not RollChange.objects.exists()


def test_a_name_written_wrongly_is_corrected_by_the_decision(world, published):
    row = received(world, published, kind=Appeal.Kind.WRONG, name="于二")
    with pytest.raises(Refused, match="请填写更正后的姓名或者性别"):
        APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=True, decision="成立")
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=True, decision="成立", name="于贰")
    assert queries.on_roll(published.election).filter(voter__name="于贰", voter__gender="female").exists()


def test_a_decision_that_corrects_nothing_is_refused_and_one_on_what_was_corrected_meanwhile_is_kept(world, published):
    row = received(world, published, kind=Appeal.Kind.WRONG, name="于二")
    given = {"on": date(2026, 12, 2), "upheld": True, "decision": "成立"}
    with pytest.raises(Refused, match="选民名单上已是“于二（女）”"):
        APPEAL.take("decide", world.clerk, row, **given, name="于二")
    row.refresh_from_db()
    assert (row.decided_on, RollChange.objects.count()) == (None, 0)
    voter = row.registration.voter
    voter.name = "于贰"
    save_voter(world.clerk, voter)
    APPEAL.take("decide", world.clerk, row, **given, name="于贰")
    row.refresh_from_db()
    assert row.change == RollChange.objects.get()


def test_who_is_missing_is_entered_first_and_then_linked_with_the_decision(world, published):
    row = received(world, published, kind=Appeal.Kind.MISSING, name="周六")
    with pytest.raises(Refused, match="没有需要补登的选民"):
        APPEAL.take("enter", world.clerk, row, entered=None)
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=True, decision="成立")
    with pytest.raises(Refused, match="请先在选民册登记"):
        APPEAL.take("enter", world.clerk, row, entered=None)
    late = enter(published.election, "周六")
    APPEAL.take("enter", world.clerk, row, entered=late)
    row.refresh_from_db()
    assert (row.registration_id, row.change.kind) == (late.pk, RollChange.Kind.ADDED)
    with pytest.raises(Refused, match="已经补登。"):
        APPEAL.take("enter", world.clerk, row, entered=late)
    assert RollChange.objects.filter(kind=RollChange.Kind.ADDED).count() == 1


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 12, 14), []),
        (date(2026, 12, 15), ["appeal.sued_disputed"]),
        (date(2026, 12, 16), ["appeal.sued_late"]),
    ],
)
def test_the_suit_comes_five_days_before_the_election(world, published, day, told):
    row = received(world, published)
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=False, decision="不成立")
    attempt = APPEAL.door("sue", _standing(world), row.pk, {"court": "清江县人民法院"}, on=day)
    assert codes(attempt.warnings) == told


def test_a_suit_follows_a_decision_and_a_judgement_a_suit(world, published):
    row = received(world, published)
    with pytest.raises(Refused, match="还没有作出处理决定"):
        APPEAL.take("sue", world.clerk, row, on=date(2026, 12, 2), court="清江县人民法院")
    with pytest.raises(Refused, match="还没有登记起诉"):
        APPEAL.take("judge", world.clerk, row, on=date(2026, 12, 9), judged_for=True, judgement="1号", ground="died")


def test_the_days_of_an_appeal_follow_each_other_and_a_judgement_comes_before_the_election(world, published):
    """选举法二十九: the court judges before election day; later is told and kept as the paper has it."""
    row = received(world, published)
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 3), upheld=False, decision="不成立")
    with pytest.raises(Refused, match="日期不能早于决定日期"):
        APPEAL.take("deliver", world.clerk, row, on=date(2026, 12, 2))
    APPEAL.take("deliver", world.clerk, row, on=date(2026, 12, 3))
    with pytest.raises(Refused, match="处理决定已经送达。"):
        APPEAL.take("deliver", world.clerk, row, on=date(2026, 12, 4))
    row.refresh_from_db()
    assert row.delivered_on == date(2026, 12, 3)
    APPEAL.take("sue", world.clerk, row, on=date(2026, 12, 5), court="清江县人民法院")
    given = {"judged_for": False, "judgement": "（2026）民特1号"}
    with pytest.raises(Refused, match="判决日期不能早于起诉日期"):
        APPEAL.take("judge", world.clerk, row, on=date(2026, 12, 4), **given)
    attempt = APPEAL.door("judge", _standing(world), row.pk, given, on=date(2026, 12, 20))
    assert codes(attempt.warnings) == ["appeal.judged_late"]


def test_a_judgement_for_the_plaintiff_changes_the_list_and_is_the_last_word(world, published):
    row = received(world, published)
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 2), upheld=False, decision="不成立")
    APPEAL.take("deliver", world.clerk, row, on=date(2026, 12, 2))
    APPEAL.take("sue", world.clerk, row, on=date(2026, 12, 4), court="清江县人民法院")
    given = {"judged_for": True, "judgement": "（2026）民特1号", "ground": "moved_out", "paper": "判决书"}
    APPEAL.take("judge", world.clerk, row, on=date(2026, 12, 9), **given)
    row.refresh_from_db()
    assert row.change.paper == "判决书"
    assert not queries.on_roll(published.election).filter(voter__name="丁一").exists()
    with pytest.raises(Refused, match="判决为最后决定"):
        APPEAL.take("judge", world.clerk, row, on=date(2026, 12, 10), **given)


def test_who_takes_the_appeal_back_leaves_the_list_as_it_is(world, published):
    row = received(world, published)
    APPEAL.take("take-back", world.clerk, row, on=date(2026, 12, 2), reason="核对后没有异议")
    row.refresh_from_db()
    assert (row.upheld, row.change) == (False, None)
    assert "核对后没有异议" in row.decision


def test_the_page_asks_which_of_two_of_one_name_is_meant(world, published, browse):
    client = browse(world.clerk)
    address = f"/t/{world.township.code}/campaigns/lists/{published.pk}/appeals/new/"
    given = {
        "received_on": "2026-12-01",
        "kind": "listed",
        "appellant": "于二",
        "subject": "王三",
        "words": "重复列入",
    }
    asked = client.post(address, given)
    assert "名单上有几位同名的选民" in asked.content.decode()
    chosen = queries.on_roll(published.election).filter(voter__name="王三").first()
    answer = client.post(address, given | {"registration": str(chosen.pk)})
    assert answer.status_code == 302
    assert Appeal.objects.get().registration_id == chosen.pk
    assert "名单上没有这个姓名" in client.post(address, given | {"subject": "无此人"}).content.decode()


def test_the_page_of_a_list_shows_the_last_five_appeals_and_counts_all(world, published, browse):
    for day in range(1, 7):
        received(world, published, Appeal.Kind.MISSING, "某一", date(2026, 12, day))
    page = browse(world.clerk).get(f"/t/{world.township.code}/campaigns/lists/{published.pk}/").content.decode()
    assert page.count("于二的申诉") == 5
    assert [day for day in range(1, 7) if f"2026年12月{day}日，" in page] == [2, 3, 4, 5, 6]
    assert "全部申诉（6）" in page


def test_an_appeal_stands_on_the_board_until_it_is_decided(world, published):
    """Three days from the appeal, by the law; reminded, and gone with the decision."""
    row = received(world, published, on=date(2026, 12, 3))
    sources.renew(world.township)
    (due,) = DueDay.objects.filter(key="elections.appeal", is_open=True)
    assert (due.due_on, due.subject) == (date(2026, 12, 6), row.pk)
    assert "丁一" not in due.title
    APPEAL.take("decide", world.clerk, row, on=date(2026, 12, 4), upheld=False, decision="不成立")
    assert not DueDay.objects.filter(key="elections.appeal", is_open=True).exists()
