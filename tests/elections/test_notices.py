"""The notices of an election: what they say, by which number, under whose name, and what they never tell."""

import re
from datetime import date

import pytest
from django.urls import reverse

from congress.documents import kit
from congress.guard.action import Refused, action
from congress.models import Document, Job
from congress.work import jobs
from deputies.models import Level, Mandate
from elections.actions import lists
from elections.documents import notices, rolls
from elections.documents.common import grounds
from elections.documents.issue import PAPERS, issue
from elections.life import VOTER_LIST
from elections.models import Committee, CommitteeMember, RollChange, Supplement
from elections.queries.languages import language_findings
from tests.cast import SET_UP
from tests.elections.campaigns import another_vote, campaign, late
from tests.elections.papers import PLAN, frozen, judged, place, said, text_of
from tests.elections.test_lists import LATER, PUBLISHED, strike


def test_notices_of_one_election_count_on_and_another_election_begins_with_one(world, election, monkeypatch):
    monkeypatch.setattr(kit, "_compose", lambda *arguments: b"%PDF")
    other = campaign(world, level=Level.COUNTY, name="县级换届选举")

    def number(about, paper="districts", **values):
        made, _ = issue(world.chair, PAPERS[paper], world.township, about, issued_on=PUBLISHED, again=True, **values)
        return made.number

    given = [number(election), number(election, "registration", entered={"plan": PLAN}), number(election, number="5号")]
    assert [*given, number(election), number(other)] == [
        "公告第1号",
        "公告第2号",
        "公告第5号",
        "公告第6号",
        "公告第1号",
    ]
    assert set(Document.objects.values_list("issuer", flat=True)) == {"election"}


def test_the_countys_notice_bears_the_countys_committee(world, election):
    county = campaign(world, level=Level.COUNTY, name="县级换届选举")
    own, theirs = (notices.districts_notice(one, PUBLISHED) for one in (election, county))
    assert (own["office"], theirs["office"]) == ("云溪镇选举委员会", "清江县选举委员会")
    assert "云溪镇第十八届人民代表大会代表名额" in said(own["parts"])
    assert "清江县第十八届人民代表大会代表名额" in said(theirs["parts"])


def test_the_districts_stand_with_their_seats_and_the_sum(election):
    told = said(notices.districts_notice(election, PUBLISHED)["parts"])
    assert "选举法》第二十五条、第二十六条的规定" in told
    assert "1\t东山村\t东山村\t1200\t2" in told
    assert "合计\t\t2个选区\t2400\t4" in told


def test_the_day_is_printed_with_its_weekday_and_who_is_old_enough(election):
    told = said(notices.registration_notice(election, PLAN, date(2026, 10, 15))["parts"])
    assert "选举日为2026年12月20日（星期日）。" in told
    assert "自2026年10月20日（星期二）起，至2026年11月20日（星期五）止。" in told
    assert "2008年12月20日（含当日）以前出生" in told
    assert "登记选民不作为迁移户口的依据" in told
    assert "居住证" not in told


def test_where_the_province_asks_outsiders_for_two_papers_both_stand_in_the_notice(world, election):
    place(world, province="zhejiang")
    election.township.refresh_from_db()
    election.township.county.refresh_from_db()
    told = said(notices.registration_notice(election, PLAN, date(2026, 10, 15))["parts"])
    assert "还应携带居住证和户籍所在地选区出具的选民资格证明" in told


def test_the_committee_is_named_by_posts_without_those_who_left(world, election):
    with pytest.raises(Refused, match="还没有登记选举委员会。"):
        notices.committee_notice(election, PUBLISHED)
    town = world.township
    with action(SET_UP, actor=None):
        committee = Committee.objects.create(
            township=town,
            election=election,
            name="清江县云溪镇选举委员会",
            appointed_by="清江县人大常委会",
            appointed_on=date(2026, 9, 1),
            paper="清人发〔2026〕8号",
        )
    with pytest.raises(Refused, match="组成人员"):
        notices.committee_notice(election, PUBLISHED)
    with action(SET_UP, actor=None):
        for name, post, left in (
            ("丁一", "member", None),
            ("曾田", "chair", None),
            ("单木", "vice", date(2026, 11, 1)),
        ):
            CommitteeMember.objects.create(
                township=town, committee=committee, name=name, post=post, appointed_on=date(2026, 9, 1), left_on=left
            )
    context = notices.committee_notice(election, PUBLISHED)
    told = said(context["parts"])
    assert context["office"] == "清江县云溪镇选举委员会"
    assert "第十条的规定，经清江县人大常委会2026年9月1日任命（清人发〔2026〕8号）" in told
    assert told.index("主　任：曾田") < told.index("委　员：丁一")
    assert "单木" not in told


def test_a_body_set_up_for_a_by_election_is_told_by_its_own_name_and_ground(world, election):
    place(world, province="beijing")
    with action(SET_UP, actor=None):
        type(election).objects.filter(pk=election.pk).update(how=Mandate.How.BY_ELECTION)
        election = type(election).objects.get(pk=election.pk)
        body = {"kind": Committee.Kind.BY_LAW, "name": "云溪镇人大代表补选工作组", "appointed_by": "清江县人大常委会"}
        shared = {"township": world.township, "appointed_on": date(2026, 9, 1)}
        committee = Committee.objects.create(election=election, **body, **shared)
        CommitteeMember.objects.create(committee=committee, name="曾田", post="chair", **shared)
    context = notices.committee_notice(election, PUBLISHED)
    assert context["title"] == ["云溪镇人大代表补选工作组", "关于公布云溪镇人大代表补选工作组组成人员名单的公告"]
    lead = said(context["parts"])
    assert "第六十条的规定，经清江县人大常委会2026年9月1日任命，设立云溪镇人大代表补选工作组，主持" in lead
    assert "代表的补选。" in lead
    place(world, province="zhejiang")
    with pytest.raises(Refused, match="由乡镇人大主席团主持，不设选举委员会，没有名单要公布。"):
        notices.committee_notice(type(election).objects.get(pk=election.pk), PUBLISHED)


def test_a_notice_keeps_to_the_standard(election, tmp_path):
    context = notices.registration_notice(election, PLAN, date(2026, 10, 15))
    context |= {"number": "公告第2号", "issued_on": "2026-10-15"}
    pdf = notices.REGISTRATION.compose(context, False)
    assert judged(pdf, "report", tmp_path) == []
    assert "（第2号）" in text_of(pdf)
    assert "云溪镇选举委员会2026年10月15日" in text_of(pdf)


def test_articles_of_an_edition_that_is_not_held_are_cited_by_no_notice():
    assert grounds(date(2026, 11, 25), "publish_roll", "roll_appeal").endswith("选举法》第二十八条、第二十九条")
    with pytest.raises(Refused, match="没有收录，不能据以行文"):
        grounds(date(2015, 1, 1), "publish_roll")


def test_posters_name_everybody_once_by_district_and_group_and_nothing_more(world, election, tmp_path):
    context = rolls.gather_roll(frozen(world, election), PUBLISHED, {})
    assert [
        (one["district"], [(name, len(people)) for name, people in one["groups"]]) for one in context["districts"]
    ] == [
        ("第1选区（东山村）", [("第1小组（东山村一组）", 4)]),
        ("第2选区（西山村）", [("第1小组（西山村一组）", 2)]),
    ]
    told = []
    pdf = rolls.compose_roll(
        {**context, "number": "公告第3号", "issued_on": PUBLISHED.isoformat()}, False, lambda *step: told.append(step)
    )
    words = text_of(pdf)
    for name in ("丁一", "于二", "王三", "欧阳小明", "张四", "李五"):
        assert words.count(name) == 1, name
    assert "共6人" in words
    assert "本选区经登记确认的选民共4人，其中男0人、女4人" in words
    assert (
        words.count("即2026年12月3日（星期四）以前，向选举委员会提出申诉。受理地点和电话：镇政府一楼，0571-88880000。")
        == 3
    )
    assert words.count("选举日为2026年12月20日（星期日）") == 3
    assert "1980" not in words
    assert not re.search(r"\d{17}[\dX]", words)
    assert [step[:2] for step in told] == [(1, 3), (2, 3)]
    assert judged(pdf, "names", tmp_path) == []


def test_sex_stands_only_where_local_practice_has_it(world, election):
    found = frozen(world, election)
    assert rolls.gather_roll(found, PUBLISHED, {})["districts"][1]["groups"][0][1] == [("李五", "男"), ("张四", "男")]
    found.shows_gender = False
    context = rolls.gather_roll(found, PUBLISHED, {})
    assert context["columns"] == ["姓名"]
    assert {behind for one in context["districts"] for _, people in one["groups"] for _, behind in people} == {""}


def test_a_list_whose_voters_all_left_before_it_was_frozen_names_nobody(world, election):
    found = lists.ask(world.clerk, election)
    with action(SET_UP, actor=None):
        for row in election.registrations.all():
            RollChange.objects.create(
                township=world.township, registration=row, election=election, kind="died", happened_on=PUBLISHED
            )
    with pytest.raises(Refused, match="名单上还没有选民"):
        rolls.gather_roll(found, PUBLISHED, {})


def test_a_large_district_is_typeset_in_pieces_and_says_so(world, election, monkeypatch):
    monkeypatch.setattr(rolls, "PIECE", 3)
    context = rolls.gather_roll(frozen(world, election), PUBLISHED, {})
    first = list(rolls._pieces_of(context["districts"][0]))
    assert [[(name, len(part), whole) for name, part, whole in piece] for piece in first] == [
        [("第1小组（东山村一组）", 3, 4)],
        [("第1小组（东山村一组）（续）", 1, 4)],
    ]


def test_the_posters_are_made_by_a_job_that_leads_to_the_document(world, election, browse):
    found = frozen(world, election)
    job, _ = issue(world.chair, PAPERS["roll"], world.township, found, issued_on=PUBLISHED)
    assert isinstance(job, Job)
    jobs.run(job.pk, world.township)
    job.refresh_from_db()
    document = Document.objects.get()
    assert (job.state, document.number) == (Job.State.DONE, "公告第1号")
    assert job.result_url == reverse("document", args=[world.township.code, document.pk])
    checked = browse(world.clerk).get(reverse("document-check", args=[world.township.code, document.pk]))
    assert "逐项量测前12页，" in checked.content.decode()
    assert "全部符合" in checked.content.decode()


def supplemented(world, election) -> Supplement:
    found = frozen(world, election)
    late(election, "刘新", LATER)
    strike(world, election, "丁一")
    strike(world, election, "张四", RollChange.Kind.DEPRIVED)
    VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    return Supplement.objects.select_related("voter_list__election__term", "township__county").get()


def test_a_supplement_tells_its_groups_and_a_sum_that_holds(world, election):
    told = said(rolls.supplement_notice(supplemented(world, election), LATER)["parts"])
    assert "2026年11月28日公布选民名单以后" in told
    assert "一、增加1人" in told
    assert "刘新女" in told
    assert "死亡1人" in told
    assert "原登记选民6人，增加1人，减少2人，现有选民5人。" in told


def test_who_lost_the_right_to_vote_is_counted_and_named_only_where_the_committee_decides_so(world, election, browse):
    """选举法二十八 leaves it open: the form tells both readings with their grounds, and counting is what stands."""
    supplement = supplemented(world, election)
    told = said(rolls.supplement_notice(supplement, LATER)["parts"])
    assert "停止行使、被剥夺或者不能行使1人" in told
    assert "张四" not in told
    assert "丁一" in told
    assert "张四" in said(PAPERS["supplement"].gather(supplement, LATER, {"named": True})["parts"])
    address = reverse("elections-paper-supplement", args=[world.township.code, supplement.pk])
    page = browse(world.chair).get(address).content.decode()
    for words in ("选举法第二十八条", "个人信息保护法第二十五条", "做法不一"):
        assert words in page


def test_a_supplement_whose_groups_do_not_make_its_sum_goes_out_under_no_number(world, election):
    supplement = supplemented(world, election)
    supplement.before, supplement.after = 7, 6
    supplement.added = 2
    with pytest.raises(Refused, match="补正不平：原登记7人，逐条计增加1人、减少2人，应为6人"):
        rolls.supplement_notice(supplement, LATER)


@pytest.mark.parametrize(
    ("day", "has", "lacks"),
    [
        (date(2026, 12, 14), ["2026年12月19日（星期六）以前", "2026年12月14日（星期一）以前"], []),
        (date(2026, 12, 18), ["并在2026年12月20日（星期日）投票以前", "起诉的期限已过"], ["12月23日"]),
        (date(2026, 12, 20), ["请向选举委员会提出，由选举委员会核实处理"], ["五日内", "人民法院"]),
        (date(2026, 12, 22), ["请向选举委员会提出，由选举委员会核实处理"], ["五日内", "人民法院"]),
    ],
)
def test_a_supplement_promises_no_appeal_for_which_there_is_no_time(world, election, day, has, lacks):
    """Five days from the notice, suit five days before the election of the 20th: what lies behind or after the vote is not offered."""
    told = said(rolls.supplement_notice(supplemented(world, election), day)["parts"])
    assert [word for word in has if word not in told] == []
    assert [word for word in lacks if word in told] == []


def test_a_supplement_before_a_further_vote_tells_the_day_of_that_one(world, election):
    supplement = supplemented(world, election)
    another_vote(election, date(2026, 12, 27))
    told = said(rolls.supplement_notice(supplement, date(2026, 12, 21))["parts"])
    assert "2026年12月26日（星期六）以前" in told
    assert "投票日为2026年12月27日（星期日）。" in told


def test_a_list_dated_on_election_day_or_later_is_refused_at_its_day(world, election):
    found = frozen(world, election)
    for paper, about in (("roll", found), ("cards", found)):
        with pytest.raises(Refused, match="选举日以前") as refused:
            issue(world.chair, PAPERS[paper], world.township, about, issued_on=election.election_day)
        assert refused.value.findings[0].field == "issued_on"
    with pytest.raises(Refused, match="选举日以前公布"):
        rolls.closing(found, election.election_day, "")


def test_an_autonomous_place_prints_both_writings_or_nothing(world, election):
    place(world, name="清江苗族自治县")
    world.township.county.refresh_from_db()
    with pytest.raises(Refused, match="同时使用当地通用的民族文字"):
        issue(world.chair, PAPERS["districts"], world.township, election, issued_on=PUBLISHED)
    made, found = issue(
        world.chair, PAPERS["districts"], world.township, election, issued_on=PUBLISHED, second_language=True
    )
    assert (made.number, found) == ("公告第1号", [])


def test_a_nationality_township_is_advised_and_not_refused(world):
    world.township.kind = "民族乡"
    (finding,) = language_findings(world.township, False, PUBLISHED)
    assert (finding.blocking, finding.citation.article) == (False, 23)
    assert language_findings(world.township, True, PUBLISHED) == []
