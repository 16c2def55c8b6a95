"""What groups said, preliminary votes, meetings, rules for ballots: their pages and forms, and the gates that read them."""

from datetime import date

import pytest
from django import forms as django_forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.guard.action import Refused, action
from congress.models import Document
from elections.actions import consultations as acts
from elections.actions.candidate_lists import VOTING_RULES
from elections.documents.issue import PAPERS, issue
from elections.forms.consultations import ConsultationForm, PreliminaryForm, counted_text, parse_counted
from elections.models import (
    CandidateMeeting,
    CandidateNotice,
    Consultation,
    DistrictDay,
    PreliminaryVote,
    VotingRules,
)
from elections.queries import campaigns
from elections.queries.gates import gate_facts
from elections.stages import gates
from tests.cast import SET_UP
from tests.elections.campaigns import districts
from tests.elections.candidates import (
    FIRST_ON,
    FORMAL_ON,
    PLACES,
    drawn,
    leave,
    named,
    preliminary,
    published,
    settled,
    step,
    talk,
)
from tests.elections.papers import judged, text_of
from tests.elections.test_campaigns import in_province


def read(election):
    """The election as the pages of a campaign read it."""
    found = campaigns.campaigns().get(pk=election.campaign_id)
    return campaigns.levels(found)[0], found


def test_numbers_are_typed_beside_names_and_every_wrong_line_is_named(election):
    one, two = named(election, "丁一", "于二")
    assert parse_counted("丁一 12\n于二：3人", [one, two]) == {str(one.pk): 12, str(two.pk): 3}
    assert counted_text({str(two.pk): 3, str(one.pk): 12}, [one, two]) == "丁一 12\n于二 3"
    with pytest.raises(django_forms.ValidationError) as wrong:
        parse_counted("丁一\n王三 4\n于二 1\n于二 2", [one, two])
    assert wrong.value.messages == [
        "“丁一”没有写数字。",
        "“王三”不是这个选区的候选人，应从丁一、于二中填写。",
        "于二写了两次。",
    ]


def test_a_record_of_a_group_is_entered_through_its_page_and_a_wrong_one_loses_nothing(world, election, browse):
    one, _ = named(election, "丁一", "于二")
    group = districts(election)[0].voter_groups.first()
    client, url = browse(world.clerk), reverse("elections-consultation-new", args=[world.township.code, election.pk])
    sent = {
        "group": group.pk,
        "round": 1,
        "held_on": "2026-12-08",
        "expected": 30,
        "present": 20,
        "opinions": "丁一 21",
        "agreed": "on",
        "recorder": "记录员",
    }
    answer = client.post(url, sent)
    form = answer.context["form"]
    assert "不能多于到会的20人" in str(form.errors["opinions"])
    assert form["opinions"].value() == "丁一 21"
    wrong = client.post(url, sent | {"opinions": "无此人 3"}).context[
        "form"
    ]  # a line that cannot be read is told at its field
    assert "不是这个选区的候选人" in str(wrong.errors["opinions"])
    assert client.post(url, sent | {"opinions": "丁一 20"}).status_code == 302
    row = Consultation.objects.get()
    assert (row.opinions, row.agreed) == ({str(one.pk): 20}, True)
    told = client.get(reverse("elections-consultation", args=[world.township.code, row.pk])).content.decode()
    for words in ("丁一 20", "应到30人，到会20人", "较为一致", "第1轮"):
        assert words in told, words
    shown = client.get(reverse("elections-consultation-edit", args=[world.township.code, row.pk]))
    assert shown.context["form"]["opinions"].value() == "丁一 20"


def test_only_groups_of_this_election_that_were_not_withdrawn_may_be_chosen(world, election):
    first, *others = [group for each in districts(election) for group in each.voter_groups.order_by("number")]
    with action(SET_UP, actor=None):
        first.withdrawn_at = clock.now()
        first.save()
    form = ConsultationForm(instance=Consultation(township=world.township, election=election))
    assert list(form.fields["group"].queryset) == others != []


def test_a_preliminary_vote_is_offered_only_where_the_nominees_exceed_the_margin(world, election):
    """Field row 33: the button is absent otherwise."""
    named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    named(election, "张四", "李五", "赵六", district=2)
    published(world, election, "first", FIRST_ON)
    form = PreliminaryForm(instance=PreliminaryVote(township=world.township, election=election))
    assert [one.number for one in form.fields["district"].queryset] == [1]


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"recovered": "601"}, "recovered", "收回选票不能多于参加预选的600人"),
        ({"results": "甲一 601"}, "results", "一名候选人的得票不能多于参加预选的600人"),
        ({"results": "无此人 3"}, "results", "不是这个选区的候选人"),
    ],
)
def test_numbers_of_a_preliminary_vote_agree_or_are_told_at_their_field(world, election, browse, values, field, says):
    one, *_ = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    named(election, "张四", "李五", "赵六", district=2)
    published(world, election, "first", FIRST_ON)
    client, url = browse(world.clerk), reverse("elections-preliminary-new", args=[world.township.code, election.pk])
    sent = {"district": districts(election)[0].pk, "held_on": "2026-12-10", "how": "meeting", "results": "甲一 600"}
    sent |= {"registered": "900", "took_part": "600", "recovered": "600", "void": "0"}
    form = client.post(url, sent | values).context["form"]
    assert list(form.errors) == [field]
    assert says in str(form.errors[field])
    assert form[field].value() == values[field]
    assert not PreliminaryVote.objects.exists()
    assert client.post(url, sent).status_code == 302
    assert PreliminaryVote.objects.get().results == {str(one.pk): 600}
    told = client.get(reverse("elections-preliminary", args=[world.township.code, PreliminaryVote.objects.get().pk]))
    for words in ("选民900，参加600，收回600，废票0", "甲一 600", "召开选民大会", "还没有确认"):
        assert words in told.content.decode(), words


@pytest.mark.parametrize(
    ("votes", "values", "field", "words"),
    [
        (0, {"confirmed_on": date(2026, 12, 11)}, "results", "还没有登记得票，不能登记确认。"),
        (310, {"confirmed_on": date(2026, 12, 9)}, "confirmed_on", "确认日期不能早于预选日期。"),
        (0, {"noticed_on": date(2026, 12, 11)}, "noticed_on", "预选公告日期不能晚于预选日期。"),
        (310, {"registered": None}, "registered", "填写得票的，请同时填写选民数。"),
        (310, {"held_on": date(2026, 12, 20)}, "held_on", "预选应在选举日2026年12月20日以前。"),
        (310, {"took_part": None}, "took_part", "填写得票的，请同时填写参加预选的人数。"),
    ],
)
def test_a_preliminary_vote_that_contradicts_itself_is_refused_at_its_field(
    world, election, votes, values, field, words
):
    one, *_ = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    with pytest.raises(Refused) as refused:
        preliminary(world, election, {one: votes} if votes else {}, **values)
    assert [(each.field, each.message) for each in refused.value.findings] == [(field, words)]
    assert not PreliminaryVote.objects.exists()


@pytest.mark.parametrize(("province", "blocking"), [("zhejiang", True), ("beijing", False)])
def test_a_preliminary_vote_without_a_notice_is_told_by_the_article_of_the_province(
    world, election, province, blocking
):
    one, *_ = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    in_province(world, province)
    row = preliminary(world, election, {one: 310})
    told = next(each for each in acts.preliminary_findings(row) if each.code == "preliminary.notice")
    assert (told.blocking, told.field) == (blocking, "noticed_on")
    row = acts.PRELIMINARIES.change(world.clerk, row, {"noticed_on": date(2026, 12, 9)}, row.version)
    assert "preliminary.notice" not in [each.code for each in acts.preliminary_findings(row)]


def test_what_happened_on_one_day_and_with_everybody_there_contradicts_nothing(world, election):
    one, *_ = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    day = date(2026, 12, 10)
    assert preliminary(world, election, {one: 310}, noticed_on=day, confirmed_on=day).confirmed_on == day
    assert talk(world, election, present=30).present == 30
    with pytest.raises(Refused, match="到会人数不能多于应到人数。"):
        talk(world, election, round=2, present=31)


def test_no_meeting_is_planned_on_election_day_and_one_that_was_held_is_told_as_unlawful(world, election):
    """X-F07: introductions close at 00:00 of election day."""
    row = CandidateMeeting(
        township=world.township,
        election=election,
        district=districts(election)[0],
        held_on=election.election_day,
        place="投票站门口",
    )
    with clock.frozen(date(2026, 12, 18)), pytest.raises(Refused, match="必须停止代表候选人的介绍"):
        acts.MEETINGS.record(world.clerk, row)
    with clock.frozen(date(2026, 12, 21)):
        acts.MEETINGS.record(world.clerk, row)
    assert [one.code for one in acts.meeting_findings(row)] == ["introduction.election_day"]
    facts = gate_facts(*read(election), world.township)
    line = next(one for one in gates.poll_gate(facts, date(2026, 12, 21)) if "介绍已停止" in one.label)
    assert (line.met, "第1选区" in line.note) == (False, True)


def test_rules_for_ballots_tell_the_ground_of_each_line_and_what_is_narrower_than_the_article(world, election, browse):
    """X-B02, X-B04: each is the article's or local practice, and fixed before the day."""
    row = VotingRules(
        township=world.township,
        election=election,
        abstain_write_in="void",
        fixed_on=date(2026, 12, 1),
        paper="选举办法",
    )
    VOTING_RULES.record(world.clerk, row)
    told = browse(world.clerk).get(reverse("elections-voting-rules", args=[world.township.code, row.pk]))
    page = told.content.decode()
    assert "多于应选名额的作废（选举法第四十四条第二款）" in page
    assert "只该处不计，其余部分有效（法律没有规定，由本地确定）" in page
    assert "条文没有规定弃权的不能另选他人" in page


def test_the_gate_reads_the_lists_and_not_the_days_that_were_typed(world, election):
    named(election, "丁一", "于二", "王三")
    named(election, "张四", "李五", "赵六", district=2)
    first = drawn(world, election, "first")
    for row in first.values():
        step(world, row, "lock", FIRST_ON)
    step(world, first[1], "publish", FIRST_ON, **PLACES)
    assert gate_facts(*read(election), world.township).nominated_on is None
    step(world, first[2], "publish", date(2026, 12, 5), **PLACES)
    facts = gate_facts(*read(election), world.township)
    assert (facts.nominated_on, facts.unsettled) == (date(2026, 12, 5), "第1选区（东山村）、第2选区（西山村）")
    line = next(one for one in gates.candidates_gate(facts) if "依法定稿" in one.label)
    assert (line.met, line.stops, line.where) == (False, True, "candidates")


def test_a_district_left_without_a_surplus_keeps_the_gate_shut_and_alarms_on_the_board(world, election, browse):
    """X-I04."""
    found = settled(world, election)
    for row in found.values():
        step(world, row, "publish", FORMAL_ON, **PLACES)
    facts = gate_facts(*read(election), world.township)
    assert (facts.final_on, facts.unsettled, facts.short, facts.untold_changes) == (FORMAL_ON, "", "", "")
    leave(found[1].entries.get(position=1).nominee)
    facts = gate_facts(*read(election), world.township)
    assert (facts.short, facts.untold_changes) == ("第1选区（东山村）",) * 2
    told = browse(world.clerk).get(reverse("elections-candidate-board", args=[world.township.code, election.pk]))
    assert "不能自动递补" in told.content.decode()


def test_the_board_asks_as_much_for_two_districts_with_lists_as_for_none(world, election, browse):
    client = browse(world.clerk)
    url = reverse("elections-candidate-board", args=[world.township.code, election.pk])

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    talk(world, election)
    named(election, "丁一", "于二", "王三")
    drawn(world, election, "first")
    asked()
    before = asked()
    named(election, "张四", "李五", "赵六", district=2)
    drawn(world, election, "first")
    talk(world, election, 2)
    assert asked() == before


def test_several_lists_are_closed_and_published_at_once_from_their_list(world, election, browse):
    """Twenty-four districts are one page: what is ticked goes through the door, and what is refused says why."""
    named(election, "丁一", "于二", "王三")
    named(election, "张四", district=2)
    found = drawn(world, election, "first")
    named(election, "李五", district=2)
    client = browse(world.clerk)
    url = reverse("elections-candidates-of-several-lock", args=[world.township.code])
    ticked = {"ticked": [str(row.pk) for row in found.values()], "on": "2026-12-04", "sent": "on"}
    ticked |= {f"version-{row.pk}": row.version for row in found.values()}
    told = client.post(url, ticked)
    assert "漏列被推荐的候选人1名" in told.content.decode()
    states = {}
    for number, row in found.items():
        row.refresh_from_db()
        states[number] = row.locked_at is not None
    assert states == {1: True, 2: False}


@pytest.mark.parametrize("key", ["candidates", "formal", "changed", "preliminary"])
def test_every_notice_is_issued_and_right_in_form(world, election, key, tmp_path):
    found = settled(world, election)[1]
    subject = election
    if key == "changed":
        step(world, found, "publish", FORMAL_ON, **PLACES)
        leave(found.entries.get(position=2).nominee)
        step(world, found, "notice", date(2026, 12, 17))
        subject = CandidateNotice.objects.get()
    if key == "preliminary":
        with action(SET_UP, actor=None):
            subject = PreliminaryVote.objects.create(
                township=world.township, election=election, district=districts(election)[0], held_on=date(2026, 12, 10)
            )
    made, _ = issue(world.chair, PAPERS[key], world.township, subject, issued_on=date(2026, 12, 4))
    assert isinstance(made, Document)
    pdf = bytes(made.file.content)
    assert judged(pdf, "report", tmp_path) == []
    words = {
        "candidates": "以姓名笔画为序（逐字比较笔画数",
        "formal": "正式代表候选人6名",
        "changed": "于二：本人书面退出，不再列为代表候选人",
        "preliminary": "根据预选时得票多少的顺序",
    }
    assert words[key] in text_of(pdf)


def test_who_left_a_closed_list_waits_on_the_home_page_until_a_notice_tells_it(world, election, browse):
    found = settled(world, election)[1]
    step(world, found, "publish", FORMAL_ON, **PLACES)
    client, home = browse(world.clerk), reverse("home")
    assert "退出的候选人待公告" not in client.get(home, follow=True).content.decode()
    leave(found.entries.get(position=2).nominee)
    assert "退出的候选人待公告" in client.get(home, follow=True).content.decode()


def test_a_group_of_a_district_that_votes_later_may_talk_until_its_own_day(world, election):
    """选举法十一: the district's own election day counts, and not that of the level."""
    place, _ = districts(election)
    with action(SET_UP, actor=None):
        DistrictDay.objects.create(
            township=world.township,
            election=election,
            district=place,
            day=date(2026, 12, 27),
            reason="汛期",
            consented_on=date(2026, 11, 1),
            paper="决定",
        )
    assert talk(world, election, held_on=date(2026, 12, 26)).pk
    with pytest.raises(Refused, match="讨论、协商应在选举日2026年12月27日以前"):
        talk(world, election, round=2, held_on=date(2026, 12, 27))
    with pytest.raises(Refused, match="讨论、协商应在选举日2026年12月20日以前"):
        talk(world, election, 2, held_on=date(2026, 12, 20))
