"""The calendar of an election: planned by the strict count, checked by the lenient one, on the board until it is done."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard.action import Refused, action
from congress.law import elections as law
from congress.models import DueDay, Holiday
from congress.work import deadlines
from deputies.models import District, Level, Term
from elections.actions.work import INSPECTIONS, SUBMISSIONS, TASKS
from elections.life import CAMPAIGN
from elections.models import CampaignTask, Coverage, Inspection, Submission, VoterList
from elections.queries import campaigns as queries
from elections.queries import work
from elections.queries.districts import spans
from elections.stages import Stage
from tests.cast import SET_UP
from tests.elections.test_campaigns import BEGUN, begun, in_province, level_of, term_of

pytestmark = pytest.mark.django_db
E = date(2026, 12, 20)


def planned(world, *terms, local=False, **values):
    """A campaign whose calendar was written."""
    campaign = begun(world, *terms, **({"election_day": E} | values))
    CAMPAIGN.take("plan", world.clerk, campaign, local=local)
    return campaign


def task_of(campaign, key: str) -> CampaignTask:
    return work.tasks(campaign).filter(key=key).first()


def published(world, election, on: date) -> None:
    with action(SET_UP, actor=None):
        VoterList.objects.create(
            township=world.township,
            election=election,
            asked_by=world.clerk,
            confirmed_by=world.chair,
            frozen_at="2026-11-20T00:00:00+08:00",
            voters=1,
            published_on=on,
        )


@pytest.mark.parametrize(
    ("day", "strict"),
    [
        (date(2016, 12, 10), ("2016-11-19", "2016-11-24", "2016-12-02")),  # 合川区
        (date(2022, 1, 21), ("2021-12-31", "2022-01-05", "2022-01-13")),  # 镇平县, over the new year
        (E, ("2026-11-29", "2026-12-04", "2026-12-12")),
    ],
)
def test_the_steps_of_the_law_are_planned_by_the_strict_count(world, day, strict):
    with world.in_township():
        campaign = planned(world, begun_on=date(2015, 1, 1), election_day=day)
        assert tuple(str(one.planned_on) for one in work.tasks(campaign)) == strict


def test_both_readings_stand_beside_each_step_and_suit_and_appeal_follow_from_the_list(world, browse):
    """List on 30 November: objections until 5 December; one of 3 December decided by the 6th; suit by the 15th or 14th."""
    with world.in_township():
        campaign = planned(world)
        published(world, level_of(campaign), date(2026, 11, 30))
    address = reverse("elections-calendar", args=[world.township.code, campaign.pk])
    page = browse(world.county_viewer).get(address).content.decode()
    assert "按满整日最迟2026年11月29日" in page
    assert "按减日最迟2026年11月30日" in page
    assert "2026年12月5日" in page
    assert "按减日最迟2026年12月15日" in page
    assert "星期" in page
    assert law.appeal_decision_due(date(2026, 12, 3)).date == date(2026, 12, 6)


@pytest.mark.parametrize(
    ("done", "word"),
    [
        (date(2026, 11, 29), "完成"),
        (date(2026, 11, 30), "完成"),  # in time by one reading: told, not counted late
        (date(2026, 12, 1), "完成，晚于法定期限"),
    ],
)
def test_a_step_is_late_by_the_lenient_count_alone(world, done, word):
    with world.in_township():
        campaign = planned(world)
        TASKS.change(world.clerk, task_of(campaign, "publish_roll"), {"done_on": done}, 0)
        found = task_of(campaign, "publish_roll")
        assert work.state_of(found, date(2026, 12, 2))[0] == word
        assert [one.code for one in work.judged(found, date(2026, 12, 2))] == {
            29: [],
            30: ["before_election.disputed"],
            1: ["before_election.late"],
        }[done.day]


def test_what_is_published_is_done_and_the_stage_follows_the_steps(world):
    with world.in_township():
        campaign = planned(world)
        published(world, level_of(campaign), date(2026, 11, 28))
        assert work.done_on(task_of(campaign, "publish_roll")) == date(2026, 11, 28)
        TASKS.change(world.clerk, task_of(campaign, "publish_candidates"), {"done_on": date(2026, 12, 4)}, 0)
        assert queries.stage_of(queries.campaigns().get(), date(2026, 12, 3)) is Stage.LISTED
        assert queries.stage_of(queries.campaigns().get(), date(2026, 12, 4)) is Stage.NOMINATED


def test_the_calendar_is_written_once_and_each_new_level_gets_its_own(world):
    with world.in_township():
        campaign = planned(world, local=True)
        first = work.tasks(campaign).count()
        CAMPAIGN.take("plan", world.clerk, campaign, local=True)
        assert work.tasks(campaign).count() == first
        CAMPAIGN.take("add-level", world.clerk, campaign, level=Level.COUNTY, number=19)
        CAMPAIGN.take("plan", world.clerk, campaign, local=True)
        assert work.tasks(campaign).count() == first + 3
        assert not work.tasks(campaign).filter(key="").exclude(election=None).exists()


def test_a_by_election_is_planned_by_the_rules_of_its_place(world):
    in_province(world, "zhejiang")
    with world.in_township():
        campaign = planned(world, world.term, how="by_election")
        assert [(one.key, str(one.planned_on)) for one in work.tasks(campaign)] == [
            ("publish_roll", "2026-12-07"),
            ("publish_final_candidates", "2026-12-12"),
        ]


def test_another_day_moves_what_was_not_done_and_tells_what_is_late(world):
    with world.in_township():
        campaign = planned(world, local=True)
        TASKS.change(world.clerk, task_of(campaign, "publish_candidates"), {"done_on": date(2026, 12, 4)}, 0)
        read = queries.campaigns().get()
        assert [one.code for one in queries.moved_findings(read, date(2026, 12, 18))] == ["before_election.late"]
        CAMPAIGN.take("move-day", world.clerk, campaign, on=BEGUN, election_day=date(2026, 12, 27), day_paper="第2号")
        days = {one.key or one.label: str(one.planned_on) for one in work.tasks(campaign)}
        assert days["publish_roll"] == "2026-12-06"
        assert days["publish_candidates"] == "2026-12-04"
        assert days["投票演练"] == "2026-12-26"


# -- the board


def test_a_step_stands_on_the_board_with_its_article_until_it_is_done(world):
    with world.in_township(), clock.frozen(date(2026, 11, 20)):
        campaign = planned(world)
        lines = {line.title: line for line in deadlines.board()}
        line = lines["2026年换届选举：乡镇公布选民名单"]
        assert (line.due_on, line.days_left) == (date(2026, 11, 29), 9)
        assert "按减日计算最迟2026年11月30日" in line.row.why
        assert line.row.citation["article"] == 28
        assert line.opened.people == [world.clerk, world.chair]
        published(world, level_of(campaign), date(2026, 11, 28))
        assert "2026年换届选举：乡镇公布选民名单" not in {line.title for line in deadlines.board()}
        assert len(deadlines.board()) == 2


def test_reminders_are_sent_once_a_step(world):
    with clock.frozen(date(2026, 11, 26)):
        with world.in_township():
            planned(world)
        first = deadlines.sweep(world.township)
        assert first == 2  # the list, three days before: clerk and chair
        assert deadlines.sweep(world.township) == 0


def test_own_steps_are_marked_and_leave_the_board_with_the_campaign(world):
    with world.in_township(), clock.frozen(date(2026, 11, 20)):
        campaign = planned(world, local=True)
        own = DueDay.objects.open().filter(key="elections.task")
        assert own.count() == 12
        assert all(one.why.count("非法定") == 1 and one.citation is None for one in own)
        CAMPAIGN.take("close", world.clerk, campaign, on=date(2026, 12, 21))
        assert not DueDay.objects.open().filter(key__startswith="elections.").exists()


def test_an_own_step_is_late_by_its_plan_until_it_is_done(world):
    with world.in_township():
        task = work.tasks(planned(world, local=True)).get(label="投票演练")
        assert work.judged(task, task.planned_on) == []
        late = task.planned_on + timedelta(days=3)
        (found,) = work.judged(task, late)
        assert (found.message, found.blocking, found.citation) == ("投票演练已过计划日期3天", False, None)
        TASKS.change(world.clerk, task, {"done_on": task.planned_on}, task.version)
        assert work.judged(work.tasks(task.campaign).get(label="投票演练"), late) == []


def test_a_task_is_of_one_level_by_its_name_or_of_all(world, browse):
    with world.in_township():
        campaign = begun(world, term_of(world), term_of(world, Level.COUNTY, 19))
    page = reverse("elections-task-new", args=[world.township.code, campaign.pk])
    form = browse(world.clerk).get(page).context["form"]
    with world.in_township():
        labels = [label for _, label in form.fields["election"].choices]
    assert (labels[0], sorted(labels[1:])) == ("各级共同", ["乡镇第十八届代表选举", "县级第十九届代表选举"])


def test_a_problem_found_waits_until_it_is_mended(world):
    with world.in_township(), clock.frozen(date(2026, 11, 20)):
        campaign = begun(world)
        given = {
            "campaign": campaign,
            "inspected_on": date(2026, 11, 18),
            "inspector": "程主",
            "township": world.township,
        }
        with pytest.raises(Refused, match="没有写明发现的问题"):
            INSPECTIONS.record(world.clerk, Inspection(mend_by=date(2026, 11, 25), **given))
        for wrong, field, words in (
            ({"mend_by": date(2026, 11, 17)}, "mend_by", "整改期限不能早于督导日期。"),
            ({"mended_on": date(2026, 11, 17), "mending": "已张贴"}, "mended_on", "整改完成日期不能早于督导日期。"),
            ({"mended_on": date(2026, 11, 20), "mending": " "}, "mending", "请写明怎样整改的。"),
        ):
            with pytest.raises(Refused) as refused:
                INSPECTIONS.record(world.clerk, Inspection(problem="公告没有张贴", **given, **wrong))
            assert [(one.field, one.message) for one in refused.value.findings] == [(field, words)]
        assert not Inspection.objects.exists()
        row = INSPECTIONS.record(world.clerk, Inspection(problem="公告没有张贴", mend_by=date(2026, 11, 25), **given))
        assert [line.due_on for line in deadlines.board()] == [date(2026, 11, 25)]
        done = {"mended_on": date(2026, 11, 20), "mending": "已张贴"}
        INSPECTIONS.change(world.clerk, row, done, row.version)
        assert deadlines.board() == []


# -- what the page warns of


def test_a_day_of_the_calendar_on_a_day_off_is_told_and_not_moved(world, browse):
    with action(SET_UP, actor=None):
        Holiday.objects.update_or_create(day=date(2026, 11, 29), defaults={"name": "样本节", "basis": "通知"})
    with world.in_township():
        campaign = planned(world)
    page = browse(world.clerk).get(reverse("elections-calendar", args=[world.township.code, campaign.pk]))
    assert "样本节放假，不顺延" in page.content.decode()


def test_whether_the_last_day_of_appeals_moves_with_a_day_off_is_left_open(world, browse):
    """Five days forward from the publication, unlike what is counted back from election day (民法典二百零三)."""
    on = date(2026, 11, 20)
    with action(SET_UP, actor=None):
        Holiday.objects.update_or_create(day=on + timedelta(days=5), defaults={"name": "样本节", "basis": "通知"})
    with world.in_township():
        campaign = planned(world)
        published(world, level_of(campaign), on)
    page = browse(world.clerk).get(reverse("elections-calendar", args=[world.township.code, campaign.pk]))
    assert "样本节放假，是否顺延法律没有写明" in page.content.decode()


def test_districts_nobody_was_told_or_trained_in_are_named(world, browse):
    with world.in_township():
        campaign = planned(world)
        CAMPAIGN.take("carry-districts", world.clerk, campaign, election=level_of(campaign), former=world.term)
        districts = list(work.districts_of(campaign))
        assert work.uncovered(campaign, Coverage.Kind.TRAINING, districts) == districts
        with action(SET_UP, actor=None):
            of = {"township": world.township, "campaign": campaign, "kind": "training", "held_on": BEGUN, "what": "会"}
            Coverage.objects.create(district=districts[0], **of)
            assert districts[0] not in work.uncovered(campaign, Coverage.Kind.TRAINING, districts)
            Coverage.objects.create(district=None, **of)
        assert work.uncovered(campaign, Coverage.Kind.TRAINING, districts) == []
    page = browse(world.clerk).get(reverse("elections-calendar", args=[world.township.code, campaign.pk]))
    assert "宣传发动还没有覆盖的选区" in page.content.decode()
    assert "业务培训还没有覆盖的选区" not in page.content.decode()


def test_a_county_election_of_the_same_day_has_steps_of_its_own(world):
    with world.in_township():
        campaign = planned(world, term_of(world), term_of(world, Level.COUNTY, 19))
        assert [one.election.term.level for one in work.tasks(campaign) if one.key == "publish_roll"] == [
            Level.TOWNSHIP,
            Level.COUNTY,
        ]


def test_many_districts_are_told_by_their_numbers():
    def rows(level, *numbers):
        return [District(term=Term(level=level), number=number, name=f"{number}村") for number in numbers]

    town = rows("township", *range(1, 6), 7)
    assert spans(town[:2]) == "第1选区（1村）、第2选区（2村）"
    assert spans(town) == "第1至5、7选区，共6个"
    assert spans(town + rows("county", 3)) == "乡镇第1至5、7选区，共6个；县级第3选区（3村）"
    assert spans([]) == ""


def test_what_was_done_on_paper_is_entered_at_once(world, browse):
    """A township that comes late to the system has a dozen steps behind it."""
    with world.in_township():
        campaign = planned(world, local=True)
        first, second, *_, last = work.waiting(campaign)
        assert [one for one in work.waiting(campaign) if one.key == "publish_roll"] == []
        CAMPAIGN.take("done", world.clerk, campaign, tasks=[first, second], as_planned=True, on=first.planned_on)
        assert [work.done_on(one) for one in list(work.tasks(campaign))[:2]] == [first.planned_on, second.planned_on]
        assert first not in work.waiting(campaign)
        with pytest.raises(Refused, match="还没有到"):
            CAMPAIGN.take("done", world.clerk, campaign, tasks=[last], as_planned=True, on=first.planned_on)
        assert last in work.waiting(campaign)
    page = reverse("elections-calendar", args=[world.township.code, campaign.pk])
    client = browse(world.clerk)
    assert "登记完成" in client.get(page).content.decode()
    shown = client.get(reverse("elections-campaign-done", args=[world.township.code, campaign.pk])).content.decode()
    assert shown.count('name="tasks"') == 12
    assert "乡镇公布代表候选人名单及基本情况" in shown


def test_nothing_is_entered_as_done_where_nothing_waits(world):
    with world.in_township():
        campaign = begun(world, election_day=E)
        with pytest.raises(Refused, match="日程里没有还没完成的事项。"):
            CAMPAIGN.take("done", world.clerk, campaign, tasks=[], as_planned=False, on=BEGUN)
        CAMPAIGN.take("plan", world.clerk, campaign, local=False)
        waiting = work.waiting(campaign)
        with clock.frozen(E):
            CAMPAIGN.take("done", world.clerk, campaign, tasks=waiting, as_planned=True, on=E)
            with pytest.raises(Refused, match="日程里没有还没完成的事项。"):
                CAMPAIGN.take("done", world.clerk, campaign, tasks=waiting, as_planned=False, on=E)
        assert [work.done_on(task_of(campaign, one.key)) for one in waiting] == [one.planned_on for one in waiting]


def test_what_was_done_in_several_districts_is_entered_once(world, browse):
    with world.in_township():
        campaign = planned(world)
        CAMPAIGN.take("carry-districts", world.clerk, campaign, election=level_of(campaign), former=world.term)
        with action(SET_UP, actor=None):
            term = level_of(campaign).term
            District.objects.create(township=world.township, term=term, number=2, name="西村", seats=2)
        districts = list(work.districts_of(campaign))
    assert len(districts) == 2
    client = browse(world.clerk)
    url = reverse("elections-coverage-new", args=[world.township.code, campaign.pk])
    answer = client.get(url)
    assert "many-choices" in answer.content.decode()
    form = answer.context["form"]
    assert "district" not in form.fields
    sent = {"kind": "training", "held_on": BEGUN.isoformat(), "what": "组长培训会", "number": "30"}
    sent |= {"key": form["key"].initial or form["key"].value(), "districts": [one.pk for one in districts]}
    for _ in range(2):  # sent twice it is entered once
        assert client.post(url, sent).status_code == 302
    with world.in_township():
        rows = Coverage.objects.kept().filter(what="组长培训会")
        assert sorted(row.district_id for row in rows) == sorted(one.pk for one in districts)
        assert {row.number for row in rows} == {30}
        assert work.uncovered(campaign, Coverage.Kind.TRAINING, districts) == []
        one = rows.first()
    page = client.get(reverse("elections-coverage-edit", args=[world.township.code, one.pk])).context["form"]
    assert "districts" not in page.fields
    assert page.initial["district"] == one.district_id


@pytest.mark.parametrize(
    ("replied", "said"), [(date(2026, 10, 8), ""), (date(2026, 10, 7), "批复日期不能早于呈送日期")]
)
def test_a_request_is_answered_on_its_day_at_the_earliest(world, replied, said):
    with world.in_township():
        row = Submission(
            township=world.township,
            campaign=begun(world, term_of(world), election_day=E),
            kind=Submission.Kind.REQUEST,
            node=Submission.Node.START,
            addressee="镇党委",
            submitted_on=date(2026, 10, 8),
            paper="请示",
            replied_on=replied,
        )
        if said:
            with pytest.raises(Refused, match=said):
                SUBMISSIONS.record(world.clerk, row)
        else:
            assert SUBMISSIONS.record(world.clerk, row).replied_on == replied
