"""A roll is destroyed when its time is over: by two persons, whoever it alone knew, and every number stays."""

from datetime import date

import pytest
from django.urls import reverse

from congress import audit, clock
from congress.guard.action import Refused, action
from congress.imports import batches
from congress.imports.content import befores
from congress.models import AuditEvent, DataKey, Erasure, ImportBatch, Job, PrintedPaper
from congress.people import keys, requests
from congress.people.erased import ERASED
from congress.printing import PAPERS
from elections import queries
from elections.actions import destroying
from elections.life import CAMPAIGN
from elections.models import (
    Appeal,
    Campaign,
    Exclusion,
    PoolEntry,
    PublishedPage,
    Registration,
    Transfer,
    Voter,
    VoterGroup,
    VoterList,
)
from elections.queries import statistics
from elections.queries.roll import equation
from elections.tasks import run_destroying
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, voters
from tests.elections.test_erasing import (
    ADDRESS,
    AFTER,
    NUMBER,
    PHONE,
    at_the_time,
    begun,
    close,
    person,
    published,
    told_of,
)
from tests.people.erasing import WHY
from tests.people.test_erase_elsewhere import dump
from tests.spreadsheets.books import id_number

LEADER = "13600136000"


def carried_to_a_later_one(world, name):
    """A later general election that is over as well, on whose roll this one still stands."""
    later = campaign(world, name="2031年换届选举", election_day=date(2031, 12, 20), later=2)
    voters(later, "新人")
    with action(SET_UP, actor=None):
        Registration.objects.create(
            township=world.township,
            voter=person(name),
            election=later,
            district=later.term.districts.first(),
            ground="carried",
            way="carried",
            registered_on=date(2031, 9, 1),
        )
    close(later, date(2031, 12, 30))


def finished(world):
    """An election work that is over, with its list, papers and a group whose leader has a number; a later one has one of its
    voters; another is kept off for years."""
    election = begun(world)
    found = published(world, election)
    told_of(world, election, found, person())
    with action(SET_UP, actor=None):
        Exclusion.objects.all().update(until=date(2028, 1, 1))
        group = VoterGroup.objects.filter(district__number=1).get()
        group.leader, group.leader_phone = "欧阳组长", LEADER
        group.save()
        Exclusion.objects.create(
            township=world.township,
            voter=person("王三"),
            ground="deprived",
            body="court",
            paper="判",
            since=date(2027, 1, 1),
        )
    close(election)
    carried_to_a_later_one(world, "丁一")
    return election


@pytest.fixture
def over(world, monkeypatch):
    with world.in_township():
        election = finished(world)
        at_the_time(monkeypatch)
        yield election


def work(election) -> Campaign:
    return Campaign.objects.get(pk=election.campaign_id)


def destroyed(election, actor=None):
    return destroying.destroy(work(election), actor=actor, reason=WHY)


def figures(election):
    """Every number that is told of an election."""
    changes = [
        statistics.by_age,
        statistics.by_way,
        statistics.by_ground,
        statistics.by_day,
        statistics.by_group,
        statistics.by_district,
        equation,
    ]
    told = [one(election) for one in changes]
    told += [(one.key, one.value) for one in statistics.indicators(statistics.facts(election))]
    return told, queries.on_roll(election).count(), queries.of_gender(queries.on_roll(election))


def test_whom_the_roll_alone_knew_is_gone_and_whom_a_later_one_or_the_law_needs_stays(world, over):
    assert dict(destroying.preview(work(over))) == {
        "将销毁的选民": "2 人",
        "留到以后的选民": "2 人",
        "选民转移": "2 条",
        "未取得联系的选民": "1 条",
        "网上登记申请": "1 条",
        "选民名单申诉": "1 条",
        "选民小组长的姓名和电话": "1 条",
    }
    counts = destroyed(over)
    assert counts == {
        "elections.transfer": 2,
        "elections.poolentry": 1,
        "elections.registrationrequest": 1,
        "elections.appeal": 1,
        "elections.nominationsigner": 0,
        "elections.proxyvote": 0,
        "elections.detainedvoting": 0,
        "elections.mobilevoter": 0,
        "elections.votergroup": 1,
        "elections.rollchange": 2,
        "elections.exclusion": 1,
        "elections.voter": 2,
    }
    assert sorted(Voter.objects.exclude(name=str(ERASED)).values_list("name", flat=True)) == ["丁一", "新人", "王三"]
    for row in [*Voter.objects.filter(name=str(ERASED)), *Transfer.objects.all(), *PoolEntry.objects.all()]:
        assert row.name == ERASED
        assert row.phone in (ERASED, None)
    group = VoterGroup.objects.get(pk__in=VoterGroup.objects.filter(district__number=1, district__term=over.term))
    assert (group.leader, group.leader_phone, group.name) == ("", ERASED, "东山村一组")
    assert Appeal.objects.get().phone == ERASED
    assert not PublishedPage.objects.filter(voter_list__election=over).exclude(lines=[]).exists()
    assert work(over).roll_destroyed_on == AFTER


def test_every_number_of_the_election_is_what_it_was_and_it_is_done_once(world, over):
    before = figures(over)
    found = queries.frozen_list(over)
    destroyed(over)
    assert figures(over) == before
    assert queries.proven(found) == [queries.Proof(0, True, 2), queries.Proof(1, True, 1)]
    with pytest.raises(Refused, match="此前已经销毁"):
        destroyed(over)
    with pytest.raises(Refused, match="选民册已按规定销毁，不能再重新打开"):
        CAMPAIGN.take("reopen", world.clerk, CAMPAIGN.find(over.campaign_id), on=AFTER)


def test_papers_that_lie_finished_go_with_it(world, over):
    paper = PrintedPaper(township=world.township, owner=world.clerk, kind="elections.forms", title="选民登记表")
    paper.pages, paper.size = 1, 9
    PAPERS.keep(paper, b"%PDF-1.7\n")
    destroyed(over)
    paper.refresh_from_db()
    assert paper.content is None


def test_the_key_of_a_batch_goes_when_nobody_is_left_under_it_and_not_before(world, over):
    shared = person("丁一").data_key_id
    with action(SET_UP, actor=None):
        alone = keys.new_data_key(world.township.pk, "elections.roll")
        alone.save(force_insert=True)
        two = Voter.objects.get(name="于二")
        two.data_key, two.phone = alone, "13500135000"
        two.save()
    destroyed(over)
    assert keys.is_destroyed(DataKey.objects.get(pk=alone.pk))
    assert not keys.is_destroyed(DataKey.objects.get(pk=shared))
    assert Voter.objects.get(pk=two.pk).phone == ERASED
    with action(SET_UP, actor=None):
        stays = person("丁一")
        stays.phone = "13400134000"
        stays.save()
    assert person("丁一").phone == "13400134000"


def test_it_is_refused_while_the_law_needs_the_roll(world, over, monkeypatch):
    for day, said in ((date(2031, 12, 27), r"五年（2031年12月28日）"),):
        at_the_time(monkeypatch, day)
        with pytest.raises(Refused, match=said):
            destroyed(over)
    at_the_time(monkeypatch)
    latest = Campaign.objects.get(name="2031年换届选举")
    with pytest.raises(Refused, match="下一次换届选举结束以前"):
        destroying.check(latest)
    with action(SET_UP, actor=None):
        Campaign.objects.filter(pk=latest.pk).update(closed_on=None)
    with pytest.raises(Refused, match="还没有结束"):
        destroying.check(Campaign.objects.get(pk=latest.pk))
    with pytest.raises(Refused, match="下一次换届选举结束以前"):
        destroyed(over)
    assert Voter.objects.filter(name="于二").exists()


def test_a_table_of_this_work_that_waits_forbids_it(world, over):
    options = {"election": str(over.pk), "source": "police", "registered_on": "2026-10-01"}
    with action(SET_UP, actor=None):
        VoterList.objects.update(withdrawn_at=clock.now(), withdrawn_reason="x")
    head = "选区\t姓名\t性别\t出生日期"
    batches.upload(
        world.clerk,
        world.township,
        batches.kind_of("elections.roll"),
        options=options,
        text=f"{head}\n东山村\t赵六\t女\t1980-01-02",
    )
    with pytest.raises(Refused, match="请先放弃这份表格"):
        destroyed(over)


def test_what_imports_kept_to_restore_goes_for_those_who_go_and_stays_for_the_others(world, monkeypatch):
    with world.in_township():
        election = begun(world)
        options = {"election": str(election.pk), "source": "police", "registered_on": "2026-10-01", "create": True}
        numbers = {name: id_number(n, "19800304") for n, name in ((2, "丁一"), (4, "于二"))}
        with action(SET_UP, actor=None):
            for name, number in numbers.items():
                one = person(name)
                one.id_number, one.employer = number, f"{name}的旧厂"
                one.save()
        rows = "".join(f"\n东山村\t{name}\t{number}\t{name}的新厂" for name, number in numbers.items())
        kind = batches.kind_of("elections.roll")
        text = "选区\t姓名\t身份证号\t工作单位" + rows
        batch = batches.upload(world.clerk, world.township, kind, options=options, text=text)
        batch = batches.take(world.clerk, batch, only_good=False)
        kept = {str(person(name).pk) for name in ("丁一", "于二")}
        assert kept <= befores(batch).keys()
        close(election)
        carried_to_a_later_one(world, "丁一")
        at_the_time(monkeypatch)
        stays = str(person("丁一").pk)
        destroyed(election)
        assert kept & befores(ImportBatch.objects.get(pk=batch.pk)).keys() == {stays}


def at(world, name, *rest):
    return reverse(name, args=[world.township.code, *rest])


def test_a_number_typed_into_a_group_whose_leader_was_erased_is_answered_in_words(world, browse, over):
    destroyed(over)
    group = VoterGroup.objects.get(district__number=1, district__term=over.term)
    typed = {"district": group.district_id, "number": 1, "name": group.name, "leader": "陈组长", "leader_phone": LEADER}
    address = at(world, "elections-group-edit", group.pk)
    answer = browse(world.clerk).post(address, typed | {"version": group.version})
    assert answer.context["form"].errors == {
        "__all__": ["个人信息已按规定销毁，不能再填写；同一个人再来办理的，另行登记。"]
    }
    assert "陈组长" in answer.content.decode()  # nothing typed is lost


def test_one_asks_another_confirms_and_a_job_destroys(world, browse, over):
    shown = browse(world.clerk).get(at(world, "elections-campaign", over.campaign_id)).content.decode()
    asking = at(world, "erasure-new", "elections.campaign", over.campaign_id)
    assert asking in shown
    page = browse(world.clerk).get(asking).content.decode()
    assert "申请销毁选民册" in page
    assert "2 人" in page
    assert "欧阳" not in page
    assert browse(world.clerk).post(asking, {"reason": WHY}).status_code == 302
    with world.in_township():
        found = Erasure.objects.get()
    settle = {"version": found.version, "what": "carry_out", "word": "销毁"}
    own = browse(world.clerk).post(at(world, "erasure", found.pk), settle).content.decode()
    assert "申请人不能自己确认" in own
    assert browse(world.chair).post(at(world, "erasure", found.pk), settle).status_code == 302


def test_the_job_carries_the_request_out_and_says_so_in_the_trail(world, over):
    made = requests.ask_erasing(world.clerk, work(over), WHY)
    job = Job(kind=destroying.JOB, owner=world.clerk, township=world.township, arguments={"erasure": str(made.pk)})
    assert run_destroying(job, None)["state"] == Job.State.FAILED  # the one who asked
    job.owner = world.chair
    assert "销毁" in run_destroying(job, None)["note"]
    made.refresh_from_db()
    assert made.carried_out_by == world.chair
    event = AuditEvent.objects.get(verb="elections.destroy_roll")
    assert (event.actor_id, event.detail) == (world.chair.pk, {"reason": WHY})
    erasing = AuditEvent.objects.get(verb="people.erase")
    assert (erasing.subject_id, erasing.detail["rows"]["elections.voter"]) == (str(over.campaign_id), 2)


def test_a_dump_after_destroying_holds_nobody_the_roll_alone_knew(transactional_db, world, monkeypatch):
    with world.in_township():
        election = finished(world)
        who = person("欧阳试")
    at_the_time(monkeypatch)
    told = ["欧阳", "ouyangshi", "于二", "1949-12-31", bytes(who.id_index).hex(), who.phone_sealed.token.hex()]
    before = dump()
    assert [word for word in told if word not in before] == []
    with world.in_township():
        destroyed(election)
    after = dump()
    assert [word for word in [*told, PHONE, NUMBER, ADDRESS, LEADER] if word in after] == []
    assert "丁一" in after
    audit.anchor()
    assert list(audit.verify()) == []
