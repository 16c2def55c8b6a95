"""Recall of a deputy by voters (选举法 49, 50, 52 to 54; shared cases X-V01, X-V03)."""

from datetime import date, timedelta

import pytest

from congress import clock
from congress.assembly.models import Officer, Session
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from congress.steps import standing_of
from deputies.life import MANDATE
from deputies.models import Level, Mandate
from elections.actions.recalls import RECALLS
from elections.documents.recalls import demand, notice, result
from elections.life import RECALL
from elections.models import Election, Recall, Vacancy
from elections.queries.recalls import RecallFacts
from elections.stages.recalls import RecallStage
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, voters
from tests.elections.recalls import (
    ARRANGE,
    COUNTY,
    DEMANDED,
    NAMES,
    VOTED,
    counted,
    demanded,
    seat,
    sent,
    signed,
    take,
)

pytestmark = pytest.mark.django_db
ON = VOTED + timedelta(days=1)


def told(refused) -> list[tuple[str, str]]:
    """The field and the words of each finding by which something was refused."""
    return [(one.field, one.message) for one in refused.value.findings]


def codes(refused) -> list[str]:
    """By which findings something was refused."""
    return [one.code for one in refused.value.findings]


def facts(row: Recall) -> RecallFacts:
    """A recall as it stands."""
    return RecallFacts(RECALL.find(row.pk))


@pytest.fixture
def mandate(world):
    """A deputy whom the first of two districts elected, with forty voters."""
    with world.in_township(), clock.frozen(ON):
        election = campaign(world, begun_on=date(2021, 9, 1), election_day=date(2021, 11, 1))
        found = seat(world, election)
        voters(election, "东某", "西某", district=2)
        yield found


# -- the demand


def test_v01_signers_of_another_district_are_refused_at_their_row(world, mandate):
    row = demanded(world, mandate)
    lines = [*NAMES[:29], "东某", "没有此人"]
    row = take(world.clerk, row, "sign", lines="\n".join(lines))
    assert [(one.written, one.why) for one in row.signed if not one.counts] == [
        ("东某", "是第2选区（西山村）的选民，不是原选区的"),
        ("没有此人", "原选区选民名单上没有"),
    ]
    assert (len(facts(row).counting), facts(row).needed) == (29, 30)
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "submit", submitted_to=COUNTY)
    assert codes(refused) == ["recall.signers"]
    row = take(world.clerk, row, "sign", lines=NAMES[29])
    assert take(world.clerk, row, "submit", submitted_to=COUNTY).submitted_to == COUNTY


def test_v03_it_goes_to_the_county_and_not_to_the_presidium(world, mandate):
    row = signed(world, demanded(world, mandate), 35)
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "submit", submitted_to="云溪镇人大主席团")
    assert codes(refused) == ["recall.addressee"]
    assert facts(row).stage == RecallStage.SIGNING


def test_a_deputy_of_the_county_needs_fifty_and_what_is_open_is_said(world, mandate):
    with action(SET_UP, actor=None):
        Mandate.objects.filter(pk=mandate.pk).update(level=Level.COUNTY)
    row = signed(world, demanded(world, Mandate.objects.get(pk=mandate.pk)), 40)
    assert facts(row).needed == 50
    assert facts(row).posts == []
    attempt = RECALL.attempt("sign", standing_of(world.clerk, world.township), row)
    assert [one.code for one in attempt.step.hints(attempt)] == ["recall.several_places"]
    attempt = RECALL.attempt("arrange", standing_of(world.clerk, world.township), row)
    assert [one.code for one in attempt.step.hints(attempt)] == ["recall.open_days", "recall.several_places"]


def test_who_signs_twice_or_shares_a_name_counts_once_told_apart(world, mandate):
    row = demanded(world, mandate)
    row = take(world.clerk, row, "sign", lines=f"{NAMES[0]}\n{NAMES[0]}")
    assert [(one.counts, one.why) for one in row.signed] == [(True, ""), (False, "这位选民已经签名")]
    voters(mandate.term.elections.get(), NAMES[1])
    row = take(world.clerk, row, "sign", lines=NAMES[1])
    assert row.signed[-1].why == "原选区有几位同名，请写明选民证号"
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "sign", lines=f"{NAMES[2]}\n12345")
    assert told(refused) == [("lines", "这些行看不出姓名：12345。")]
    assert len(RECALL.find(row.pk).signed) == 3


def test_a_signature_that_was_not_given_is_struck_and_stays_as_it_is_written(world, mandate):
    row = demanded(world, mandate)
    with pytest.raises(Refused, match="还没有有效的签名"):
        take(world.clerk, row, "strike", which="", reason="本人声明没有签名")
    row = signed(world, row, 30)
    first = row.signed[0]
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "strike", which="别的", reason="本人声明没有签名")
    assert told(refused) == [("which", "请选择一个签名。")]
    assert len(facts(row).counting) == 30
    row = take(world.clerk, row, "strike", which=str(first.pk), reason="本人声明没有签名")
    assert (row.signed[0].written, row.signed[0].counts, len(facts(row).counting)) == (NAMES[0], False, 29)


def test_too_many_lines_are_refused(world, mandate):
    with pytest.raises(Refused, match="最多登记1000个"):
        take(world.clerk, demanded(world, mandate), "sign", lines="甲某\n" * 1001)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"demanded_on": date(2019, 1, 1)}, "demanded_on"),
        ({"demanded_on": ON + timedelta(days=9)}, "demanded_on"),
    ],
)
def test_a_demand_that_cannot_be_is_refused_at_its_field(world, mandate, values, field):
    with pytest.raises(Refused) as refused:
        demanded(world, mandate, **values)
    assert [one.field for one in refused.value.findings] == [field]


def test_of_one_deputy_one_demand_is_under_way_and_none_who_left(world, mandate):
    row = demanded(world, mandate)
    with pytest.raises(Refused, match="对这名代表已有一件罢免要求在办理"):
        demanded(world, mandate)
    take(world.clerk, row, "stop", reason="联名的选民撤回要求")
    assert facts(row).stage == RecallStage.STOPPED
    again = demanded(world, mandate)
    with action(SET_UP, actor=None):
        Mandate.objects.filter(pk=mandate.pk).update(ended_on=DEMANDED, end_reason="died", district=None, level="city")
    with pytest.raises(Refused) as refused:
        RECALLS.change(world.clerk, again, {"reason": "另"}, RECALL.find(again.pk).version)
    assert [(one.field, one.message) for one in refused.value.findings] == [
        ("mandate", "选民只罢免自己直接选出的县级、乡级代表。"),
        ("mandate", "这一代表资格没有登记选区，不能核对原选区选民。"),
        ("mandate", "这一代表资格已经终止，不能罢免。"),
    ]


def test_without_reasons_nothing_is_sent_up(world, mandate):
    row = signed(world, demanded(world, mandate, reason=""))
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "submit", submitted_to=COUNTY)
    assert codes(refused) == ["recall.reasons"]


# -- defence, and the vote


def test_the_defence_is_given_to_the_voters_with_the_demand(world, mandate):
    row = signed(world, demanded(world, mandate))
    with pytest.raises(Refused, match="还没有呈报"):
        notice(row, {})
    row = take(world.clerk, row, "submit", submitted_to=COUNTY)
    assert "没有提出书面申辩意见" in str(notice(row, {}))
    attempt = RECALL.attempt("send", standing_of(world.clerk, world.township), row)
    assert [one.code for one in attempt.step.hints(attempt)] == ["recall.undefended"]
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "defend", defended="written", defence="")
    assert told(refused) == [("defence", "书面申辩的，请照录申辩意见，以便印发选民。")]
    assert RECALL.find(row.pk).defended_on is None
    row = take(world.clerk, row, "defend", defended="written", defence="两次请过病假")
    attempt = RECALL.attempt("send", standing_of(world.clerk, world.township), row)
    assert list(attempt.step.hints(attempt)) == []
    row = take(world.clerk, row, "send", copies=40)
    said = str(notice(row, {}))
    assert "两次请过病假" in said
    assert "表决的日期和地点另行通知" in said
    attempt = RECALL.attempt("defend", standing_of(world.clerk, world.township), row, DEMANDED)
    attempt.data = {"defended": "both", "defence": "另有说明"}
    assert [one.code for one in attempt.step.check(attempt)] == ["recall.sent"]
    with pytest.raises(Refused, match="已经呈报的罢免要求不能再改"):
        RECALLS.change(world.clerk, row, {"reason": "另"}, row.version)
    with pytest.raises(Refused, match="不能撤回误录"):
        RECALLS.withdraw(world.clerk, row, "登错", row.version)


def test_the_county_leads_the_vote_and_the_voters_are_known(world, mandate):
    row = sent(world, signed(world, demanded(world, mandate)))
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "arrange", VOTED, **ARRANGE | {"by_county": False})
    assert codes(refused) == ["recall.led"]
    with pytest.raises(Refused, match="不能早于印发选民日期"):
        take(world.clerk, row, "arrange", DEMANDED, **ARRANGE)
    row = take(world.clerk, row, "arrange", VOTED, **ARRANGE)
    assert (row.voters, facts(row).stage) == (40, RecallStage.ARRANGED)
    assert "在东山村村委会进行" in str(notice(row, {}))


def test_a_vote_that_is_put_off_is_arranged_once_more(world, mandate):
    row = take(world.clerk, sent(world, signed(world, demanded(world, mandate))), "arrange", VOTED, **ARRANGE)
    attempt = RECALL.attempt("arrange", standing_of(world.clerk, world.township), RECALL.find(row.pk), ON)
    assert attempt.step.initial(attempt) == {"on": VOTED, "place": "东山村村委会", "led_by": "县人大常委会程副主任"}
    row = take(world.clerk, row, "arrange", ON, **ARRANGE)
    assert (row.held_on, facts(row).stage) == (ON, RecallStage.ARRANGED)


def test_the_trail_names_nobody_whose_recall_is_counted(world, mandate):
    row = counted(world, sent(world, signed(world, demanded(world, mandate))), 21)
    assert mandate.deputy.name not in row.count.title
    told = AuditEvent.objects.exclude(subject_type="deputies.deputy")
    assert not [one.verb for one in told if mandate.deputy.name in f"{one.subject_label}{one.detail}"]


def test_who_fills_the_seat_is_a_by_election_that_the_page_leads_to(world, mandate, browse):
    row = counted(world, sent(world, signed(world, demanded(world, mandate))), 21)
    row = take(world.chair, row, "settle", VOTED)
    clerk, url = browse(world.clerk), f"/t/{world.township.code}/recalls/{row.pk}/"
    assert f"/t/{world.township.code}/campaigns/new/" in clerk.get(url).content.decode()
    election = campaign(world, level=Level.COUNTY, name="补选", begun_on=ON, election_day=ON + timedelta(days=60))
    with action(SET_UP, actor=None):
        Election.objects.filter(pk=election.pk).update(how="by_election", term=mandate.term)
    new = f"/t/{world.township.code}/campaigns/levels/{election.pk}/vacancies/new/?district={mandate.district_id}"
    assert new in clerk.get(url).content.decode()
    form = clerk.get(f"{new}&seats=1&reason=被罢免").content.decode()
    assert f'value="{mandate.district_id}" selected' in form
    assert "被罢免" in form
    with action(SET_UP, actor=None):
        of = {"township": world.township, "election": election, "district": mandate.district}
        entered = Vacancy.objects.create(**of, seats=1)
    page = clerk.get(url).content.decode()
    assert f"/campaigns/vacancies/{entered.pk}/" in page
    assert new not in page


def test_without_a_roll_nothing_is_arranged(world, mandate):
    row = sent(world, signed(world, demanded(world, mandate)))
    with action(SET_UP, actor=None):
        for one in mandate.district.registrations.all():
            one.on_roll = False
            one.save()
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "arrange", VOTED, **ARRANGE)
    assert codes(refused) == ["recall.no_voters"]


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ("一号票箱", "每行写票箱名称、发出票数、参加人数，用空格分开：一号票箱。"),
        (" \n", "请填写票箱。"),
        ("一号 20 20\n一号 20 20", "有两行票箱的名称相同。"),
        ("一号票箱 50 41", "参加投票41人，多于原选区选民40人。"),
    ],
)
def test_boxes_that_cannot_be_are_refused(world, mandate, units, words):
    row = sent(world, signed(world, demanded(world, mandate)))
    take(world.clerk, row, "arrange", VOTED, **ARRANGE)
    with pytest.raises(Refused) as refused:
        take(world.clerk, row, "count", VOTED, units=units)
    assert told(refused) == [("units", words)]
    assert RECALL.find(row.pk).count is None


def test_passed_by_more_than_half_of_all_voters_ends_seat_and_office(world, mandate, browse):
    deputy = mandate.deputy
    with action(SET_UP, actor=None):
        session = Session.objects.create(
            township=world.township, term=world.term, number=1, opened_on=date(2021, 11, 20), entitled=2, present=2
        )
        post = Officer.objects.create(
            township=world.township,
            session=session,
            post="vice_chair",
            title="镇人大副主席",
            name=deputy.name,
            elected_on=date(2021, 11, 20),
        )
    row = counted(world, sent(world, signed(world, demanded(world, mandate))), 21, took=30)
    with pytest.raises(Refused, match="还没有登记"):
        result(row, {})
    page = browse(world.chair).get(f"/t/{world.township.code}/recalls/{row.pk}/settle/").content.decode()
    assert "职务相应撤销" in page
    row = take(world.chair, row, "settle", VOTED)
    assert (row.yes, row.passed, facts(row).stage) == (21, True, RecallStage.PASSED)
    mandate.refresh_from_db()
    assert (mandate.ended_on, mandate.end_reason) == (VOTED, "recalled")
    post.refresh_from_db()
    assert post.ended_on == VOTED
    take(world.clerk, row, "report", VOTED)
    row = take(world.clerk, row, "announce", VOTED, announced_by=COUNTY)
    assert facts(row).stage == RecallStage.TOLD
    row = take(world.clerk, row, "report", ON)  # the county may ask for it after it was announced
    assert (row.reported_on, facts(row).stage) == (ON, RecallStage.TOLD)
    assert "全体选民40人，赞成罢免21人，超过通过须有的21人" in str(result(row, {}))
    shown = browse(world.clerk).get(f"/t/{world.township.code}/recalls/{row.pk}/").content.decode()
    for words in ("两次请过病假", "报送备案", "已公告", "罢免要求书"):
        assert words in shown


def test_more_ballots_than_voters_are_told_before_the_result_is_entered(world, mandate, browse):
    row = counted(world, sent(world, signed(world, demanded(world, mandate))), 21, took=30, back=31)
    (found,) = facts(row).ballots
    assert (found.code, found.blocking, found.citation.article) == ("recall.ballots_exceed", False, 44)
    for way in ("", "settle/"):
        page = browse(world.chair).get(f"/t/{world.township.code}/recalls/{row.pk}/{way}").content.decode()
        assert "收回表决票31张，多于参加投票30人" in page
        assert "罢免表决是否因此无效没有写明" in page


def test_half_of_all_voters_is_not_enough_however_many_came(world, mandate):
    row = counted(world, sent(world, signed(world, demanded(world, mandate))), 20, took=21)
    row = take(world.chair, row, "settle", VOTED)
    mandate.refresh_from_db()
    assert (row.passed, facts(row).stage, mandate.ended_on) == (False, RecallStage.FAILED, None)
    assert "罢免没有通过" in str(result(row, {}))


def test_of_who_left_before_the_result_stands_on_record_alone(world, mandate, browse):
    row = counted(world, sent(world, signed(world, demanded(world, mandate))), 21)
    MANDATE.take("end", world.clerk, mandate, on=VOTED, reason="moved", is_chair_or_vice=False)
    page = browse(world.chair).get(f"/t/{world.township.code}/recalls/{row.pk}/settle/").content.decode()
    assert "表决结果只作记录" in page
    row = take(world.chair, row, "settle", ON)
    mandate.refresh_from_db()
    assert (row.passed, mandate.ended_on, mandate.end_reason) == (True, VOTED, "moved")


def test_of_who_left_in_the_middle_every_step_until_the_vote_tells_that_there_is_nobody_to_recall(
    world, mandate, browse
):
    row = signed(world, demanded(world, mandate))
    MANDATE.take("end", world.clerk, mandate, on=DEMANDED, reason="resigned", is_chair_or_vice=False)
    for way in ("", "submit/"):
        page = browse(world.clerk).get(f"/t/{world.township.code}/recalls/{row.pk}/{way}").content.decode()
        assert "代表资格已于2022年5月5日终止（辞职" in page
    row = sent(world, row)
    for way in ("send/", "arrange/"):
        page = browse(world.clerk).get(f"/t/{world.township.code}/recalls/{row.pk}/{way}").content.decode()
        assert "罢免已没有对象" in page
    row = take(world.clerk, row, "stop", ON, reason="代表已辞职")
    assert facts(row).gone == []


def test_a_count_that_reads_otherwise_since_has_no_result(world, mandate):
    row = counted(world, sent(world, signed(world, demanded(world, mandate))), 21)
    with action(SET_UP, actor=None):
        turn = row.count.turns.order_by("-number").first()
        turn.fingerprint = "0" * 64
        turn.save()
    assert facts(row).result is None
    with pytest.raises(Refused) as refused:
        take(world.chair, row, "settle", VOTED)
    assert codes(refused) == ["recall.no_result"]
    attempt = RECALL.attempt("settle", standing_of(world.chair, world.township), RECALL.find(row.pk), VOTED)
    assert attempt.step.shows(attempt).rows == ()


# -- papers and pages


def test_the_form_has_as_many_lines_as_the_law_asks_for(world, mandate, browse):
    row = demanded(world, mandate)
    said = demand(row, {})
    lines = next(part for part in said["parts"] if part["is"] == "table")
    assert len(lines["rows"]) == 30
    url = f"/t/{world.township.code}/recalls/{row.pk}/"
    assert browse(world.clerk).get(f"{url}demand/")["Content-Type"] == "application/pdf"
    page = browse(world.clerk).get(url).content.decode()
    assert "原选区选民联名0人，罢免乡镇人大代表须30人以上" in page
    form = browse(world.clerk).get(f"/t/{world.township.code}/recalls/new/").content.decode()
    assert mandate.deputy.name in form
    assert "罢免代表没有办结" in browse(world.clerk).get(f"/t/{world.township.code}/").content.decode()
