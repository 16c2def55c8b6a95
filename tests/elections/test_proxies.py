"""Proxies: who may vote for whom, three at most, one each, nothing passed on; refused is not lost."""

from dataclasses import replace
from datetime import date, time
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import County
from congress.people.erase import Erasing
from congress.people.erased import ERASED
from elections import erasing
from elections.actions import proxies as acts
from elections.life import PROXY
from elections.models import (
    Committee,
    CommitteeDecision,
    Election,
    MobileBox,
    MobileVoter,
    ProxyVote,
    Registration,
)
from elections.queries import proxies as queries
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, campaign, districts, voters
from tests.elections.test_places import beside

pytestmark = pytest.mark.django_db
CAME, AGREED_ON = date(2026, 10, 20), date(2026, 10, 21)
AWAY = acts.Authority(came_on=CAME, where="外省务工")
CONSENT = {"by": "committee", "approver": "程主任"}


@pytest.fixture
def travel(monkeypatch):
    def to(day):
        monkeypatch.setattr(clock, "today", lambda: day)

    to(date(2026, 11, 1))
    return to


@pytest.fixture
def election(world, travel):
    """Seven voters of the first district and one of the second; the township's scope is open."""
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三", "张四", "李五", "赵六", "孙七")
        voters(found, "周八", district=2)
        yield found


def person(election, name):
    return election.registrations.get(voter__name=name).voter


def entered(world, election, principal, agent, said=AWAY) -> ProxyVote:
    to = acts.Agent(voter=person(election, agent))
    return acts.enter(world.clerk, person(election, principal), to, [election], said)[0]


def agree(world, row, on=AGREED_ON, **said):
    return PROXY.take("agree", world.clerk, row, on=on, **CONSENT | said)


def told(row) -> list[str]:
    return [one.code for one in queries.findings(PROXY.find(row.pk))]


def in_province(world, province):
    with action(SET_UP, actor=None):
        County.objects.filter(pk=world.county.pk).update(province=province)


def test_a_fourth_proxy_is_entered_as_it_came_and_cannot_be_agreed_to_n27(world, election):
    rows = [entered(world, election, name, "孙七") for name in ("丁一", "于二", "王三", "张四")]
    assert [row.place for row in rows] == [1, 2, 3, None]
    for row in rows[:3]:
        agree(world, row)
    with pytest.raises(Refused, match="孙七已接受3份委托，每一选民接受的委托不得超过三人"):
        agree(world, rows[3])
    PROXY.take("cancel", world.clerk, rows[1], on=AGREED_ON, cancelled="revoked")
    agree(world, rows[3])
    assert PROXY.find(rows[3].pk).place == 2


@pytest.mark.parametrize(
    ("days", "field"), [({"until": date(2026, 12, 19)}, "until"), ({"since": date(2026, 12, 21)}, "since")]
)
def test_who_is_at_home_on_polling_day_entrusts_nobody(world, election, days, field):
    row = entered(world, election, "丁一", "于二", replace(AWAY, **days))
    with pytest.raises(Refused, match="由委托人本人投票") as refused:
        agree(world, row)
    assert [one.field for one in refused.value.findings] == [field]
    assert PROXY.find(row.pk).state == "asked"
    agree(world, entered(world, election, "王三", "于二", replace(AWAY, since=ELECTION_DAY, until=ELECTION_DAY)))


@pytest.mark.parametrize(
    ("agent", "words"), [({"name": "丁一"}, "不能委托本人。"), ({"name": ""}, "请填写受托人。")], ids=["self", "nobody"]
)
def test_nobody_entrusts_themselves_or_nobody(world, election, agent, words):
    to = acts.Agent(voter=person(election, agent["name"]) if agent["name"] else None)
    with pytest.raises(Refused) as refused:
        acts.enter(world.clerk, person(election, "丁一"), to, [election], AWAY)
    assert [(one.field, one.message) for one in refused.value.findings] == [("agent", words)]
    assert not ProxyVote.objects.exists()


def test_the_database_itself_holds_a_place_once_and_three_at_most(world, election):
    first, second = (entered(world, election, name, "孙七") for name in ("丁一", "于二"))
    for pk, place in ((second.pk, 1), (first.pk, 4)):
        with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
            ProxyVote.objects.filter(pk=pk).update(place=place)
    outside = acts.Agent(name="程亲", place="西山镇", relative=True)
    made = [acts.enter(world.clerk, person(election, one), outside, [election], AWAY)[0] for one in ("王三", "张四")]
    assert [row.place for row in made] == [1, 2]
    with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
        ProxyVote.objects.filter(pk=made[1].pk).update(place=1)


def test_a_voter_entrusts_one_person_alone_x_q01(world, election):
    first, second = entered(world, election, "丁一", "于二"), entered(world, election, "丁一", "王三")
    assert "proxy.once" in told(second)
    agree(world, first)
    with pytest.raises(Refused, match=r"已委托于二.*一名选民只能委托一人"):
        agree(world, second)
    with pytest.raises(Refused, match="已经登记"):
        entered(world, election, "丁一", "于二")


def test_nothing_is_passed_on_x_q02(world, election):
    agree(world, entered(world, election, "丁一", "于二"))
    onward = entered(world, election, "于二", "王三")
    with pytest.raises(Refused, match="不能转委托"):
        agree(world, onward)
    agree(world, entered(world, election, "张四", "李五"))
    with pytest.raises(Refused, match="不到场，不能再受托"):
        agree(world, entered(world, election, "赵六", "张四"))


def test_who_turns_up_votes_where_the_agent_has_no_ballot_yet_x_q03(world, election):
    row = entered(world, election, "丁一", "于二")
    agree(world, row)
    PROXY.take("cancel", world.clerk, row, on=ELECTION_DAY, cancelled="came")
    assert (PROXY.find(row.pk).state, queries.of_agent(row).count()) == ("cancelled", 0)
    out = entered(world, election, "王三", "于二")
    agree(world, out)
    with action(SET_UP, actor=None):
        ProxyVote.objects.filter(pk=out.pk).update(ballot_on=ELECTION_DAY)
    with pytest.raises(Refused, match="不再发给选票"):
        PROXY.take("cancel", world.clerk, out, on=ELECTION_DAY, cancelled="came")


def test_in_beijing_the_agent_votes_in_the_same_district_x_q05(world, election):
    row = entered(world, election, "丁一", "周八")
    assert "proxy.other_district" not in told(row)
    in_province(world, "beijing")
    with pytest.raises(Refused, match="只能委托本选区的其他选民"):
        agree(world, row)
    agree(world, entered(world, election, "于二", "王三"))


def test_who_is_refused_or_sends_no_letter_keeps_the_vote_x_q06(world, election, client):
    row = entered(world, election, "丁一", "于二")
    PROXY.take("refuse", world.clerk, row, on=AGREED_ON, refusal="不是本人签名")
    assert "选举权利不受影响" in PROXY.step("refuse").said
    agree(world, entered(world, election, "丁一", "王三"))
    assert not any("没有" in label or "放弃" in label for label in ProxyVote.Cancelled.labels)
    client.force_login(world.clerk)
    page = client.get(reverse("elections-proxy", args=[world.township.code, row.pk])).content.decode()
    assert "可以到场投票" in page


def test_a_slip_is_handed_out_once(world, election):
    row = entered(world, election, "丁一", "于二")
    agree(world, row)
    PROXY.take("slip", world.clerk, row, on=AGREED_ON)
    with pytest.raises(Refused, match="委托投票证已于2026年10月21日制发。"):
        PROXY.take("slip", world.clerk, row, on=date(2026, 10, 22))
    assert PROXY.find(row.pk).slip_on == AGREED_ON


def test_an_agent_who_is_no_voter_is_told_and_blocks(world, election):
    who = {"stranger": acts.Agent(name="路人"), "relative": acts.Agent(name="程亲", place="西山镇", relative=True)}
    rows = {
        key: acts.enter(world.clerk, person(election, "丁一"), one, [election], AWAY)[0] for key, one in who.items()
    }
    with pytest.raises(Refused, match="不是选民"):
        agree(world, rows["stranger"])
    warned = [one for one in queries.findings(PROXY.find(rows["relative"].pk)) if one.code == "proxy.relative"]
    assert [one.blocking for one in warned] == [False]
    in_province(world, "zhejiang")
    assert "proxy.relative" not in told(rows["relative"])
    agree(world, rows["relative"])


def test_the_way_it_came_and_the_reason_are_judged_by_the_place(world, election):
    fax = entered(world, election, "丁一", "于二", acts.Authority(came_on=CAME, form="fax"))
    oral = entered(world, election, "王三", "于二", acts.Authority(came_on=CAME, form="other"))
    ill = entered(world, election, "张四", "李五", acts.Authority(came_on=CAME, reason="ill"))
    assert told(fax) == told(oral) == ["proxy.form"]
    assert [one.blocking for one in queries.findings(PROXY.find(ill.pk))] == [False]
    in_province(world, "zhejiang")
    assert (told(fax), told(oral), told(ill)) == ([], ["proxy.form"], [])
    in_province(world, "shandong")
    with pytest.raises(Refused, match="流动票箱"):
        agree(world, ill)
    now = {"reason": "away", "form": "written", "came_on": CAME}
    PROXY.take("correct", world.clerk, oral, **now)
    agree(world, oral)


def test_a_group_consents_by_a_deed_of_the_committee_alone(world, election):
    row = entered(world, election, "丁一", "于二")
    with pytest.raises(Refused, match="授权"):
        agree(world, row, by="group")
    with action(SET_UP, actor=None):
        committee = Committee.objects.create(
            township=world.township, election=election, name="选委会", appointed_by="县常委会", appointed_on=CAME
        )
        deed = CommitteeDecision.objects.create(
            township=world.township, committee=committee, subject="proxies", decided_on=CAME, paper="授权书1号"
        )
    assert agree(world, row, by="group").deed == deed


def test_consent_after_the_vote_and_a_letter_after_it_are_too_late(world, election, travel):
    travel(date(2026, 12, 24))
    row = entered(world, election, "丁一", "于二")
    with pytest.raises(Refused, match="投票以后不能再同意"):
        agree(world, row, on=date(2026, 12, 21))
    late = entered(world, election, "王三", "于二", acts.Authority(came_on=date(2026, 12, 22)))
    assert "proxy.came_late" in told(late)


def test_who_left_the_roll_neither_entrusts_nor_is_entrusted(world, election):
    row = entered(world, election, "丁一", "于二")
    with action(SET_UP, actor=None):
        election.registrations.filter(voter__name="于二").update(on_roll=False)
    with pytest.raises(Refused, match="于二已不在选民名单上"):
        agree(world, row)
    with pytest.raises(Refused, match=r"于二不在乡.*选民名单上"):
        entered(world, election, "于二", "王三")


def test_who_is_listed_for_a_mobile_box_as_well_is_told(world, election):
    row = entered(world, election, "丁一", "于二")
    place = {"township": world.township, "campaign": election.campaign, "district": districts(election)[0]}
    with action(SET_UP, actor=None):
        box = MobileBox.objects.create(**place, number=1, route="东山一组", leaves_at=time(8))
        MobileVoter.objects.create(township=world.township, box=box, registration=row.principal, reason="unwell")
    assert told(row) == ["proxy.mobile"]
    agree(world, row)


def test_a_proxy_of_one_level_sees_the_mobile_box_of_the_other(world, election):
    county = beside(world, election)
    with action(SET_UP, actor=None):
        level = Election.objects.get(campaign=election.campaign, term=county.term)
        for name in ("丁一", "于二"):
            Registration.objects.create(
                township=world.township,
                voter=person(election, name),
                election=level,
                district=county,
                ground=Registration.Ground.CARRIED,
                way=Registration.Way.DOOR,
                registered_on=CAME,
            )
        place = {"township": world.township, "campaign": election.campaign, "district": districts(election)[0]}
        box = MobileBox.objects.create(**place, number=1, route="东山一组", leaves_at=time(8))
        listed = election.registrations.get(voter__name="丁一")
        MobileVoter.objects.create(township=world.township, box=box, registration=listed, reason="unwell")
    assert told(entered(world, level, "丁一", "于二")) == ["proxy.mobile"]


def test_the_share_of_a_district_asks_for_a_note_from_three_tenths_on(world, election):
    for name, agent in (("丁一", "于二"), ("王三", "于二"), ("张四", "李五")):
        agree(world, entered(world, election, name, agent))
    first, second = queries.shares(election).order_by("number")
    assert (first.voters, first.agreed, second.agreed) == (7, 3, 0)
    assert [one.code for one in queries.share_findings(first, ELECTION_DAY)] == ["proxy.share"]
    note = {"election": election, "district": districts(election)[0], "noted_on": CAME, "note": "外出务工多"}
    acts.NOTES.record(world.clerk, acts.ProxyNote(township=world.township, **note))
    noted = queries.shares(election).get(number=1)
    assert noted.noted
    assert queries.share_findings(noted, ELECTION_DAY) == ()


def test_what_waits_for_consent_and_who_left_the_roll_show_among_what_is_to_be_done(world, election, client):
    waits = entered(world, election, "丁一", "于二")
    agree(world, entered(world, election, "王三", "张四"))
    with action(SET_UP, actor=None):
        election.registrations.filter(voter__name="张四").update(on_roll=False)
    client.force_login(world.clerk)
    page = client.get(reverse("township_home", args=[world.township.code])).content.decode()
    assert "委托投票待选举委员会同意" in page
    assert "委托人或者受托人已除名" in page
    listed = client.get(reverse("elections-proxies", args=[world.township.code]), {"off": "yes"}).content.decode()
    assert "王三" in listed
    assert "丁一" not in listed
    agree(world, waits)
    page = client.get(reverse("township_home", args=[world.township.code])).content.decode()
    assert "委托投票待选举委员会同意" not in page


def test_with_a_voter_goes_what_the_proxy_told_of_them_and_the_name_of_who_was_on_no_list(world, election):
    said = acts.Authority(came_on=CAME, reason="detained", where="县看守所")
    outside = acts.Agent(name="程亲", place="西山镇", relative=True)
    row = acts.enter(world.clerk, person(election, "丁一"), outside, [election], said)[0]
    kept = entered(world, election, "于二", "丁一")
    with action(SET_UP, actor=None):
        erasing.roll(Erasing(person(election, "丁一"), None, set()))
    gone, stays = PROXY.find(row.pk), PROXY.find(kept.pk)
    assert (gone.agent_name, gone.agent_place, gone.where) == (str(ERASED), "", "")
    assert stays.where == AWAY.where


@pytest.mark.usefixtures("travel")
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_cannot_both_take_the_last_place(world):
    with scope.township(world.township):
        election = campaign(world)
        voters(election, "丁一", "于二", "王三", "张四", "李五")
        for name in ("丁一", "于二"):
            entered(world, election, name, "李五")
        people = [person(election, name) for name in ("王三", "张四")]
        agent = acts.Agent(voter=person(election, "李五"))
    ready, places = Barrier(2, timeout=20), []

    def enter(principal):
        try:
            with scope.township(world.township):
                ready.wait()
                made = acts.enter(world.clerk, principal, agent, [election], AWAY)
            places.append(made[0].place)
        finally:
            connection.close()

    both = [Thread(target=enter, args=[one]) for one in people]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert sorted(places, key=str) == [3, None]
