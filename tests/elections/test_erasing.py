"""A voter is erased when the roll needs them no longer: who it was is gone, and every number stays what it was."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.guard.action import Refused, action
from congress.models import AuditEvent, DataKey
from congress.people import keys
from congress.people.erased import ERASED
from congress.people.requests import ask_erasing
from elections import queries
from elections.actions import lists, pages, roll
from elections.actions import voters as voters_acts
from elections.actions.carrying import carry
from elections.life import VOTER_LIST
from elections.models import (
    Appeal,
    Campaign,
    Election,
    Exclusion,
    PoolEntry,
    PublishedPage,
    Registration,
    RegistrationRequest,
    RollChange,
    Transfer,
    Voter,
)
from elections.models.voters import same_age
from elections.queries import statistics
from elections.queries.roll import equation, undecided
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, freeze, voters
from tests.elections.test_lists import LATER, PLACES, PUBLISHED
from tests.people.erasing import WHY, erased
from tests.people.test_erase_elsewhere import dump

NUMBER, PHONE, ADDRESS, BORN = "11010519491231002X", "13800138000", "东山村欧阳巷七号", date(1949, 12, 31)
CLOSED, AFTER = date(2026, 12, 28), date(2032, 1, 5)


def begun(world) -> Election:
    """An election on whose roll somebody stands with all that a roll knows, sealed under one key with three others."""
    found = campaign(world)
    voters(found, "丁一", "于二", "王三", "欧阳测")
    with action(SET_UP, actor=None):
        one = person()
        one.id_number, one.phone, one.address, one.birth_date = NUMBER, PHONE, ADDRESS, BORN
        one.remark, one.employer, one.village = "欧阳测的备注", "欧阳测的单位", "东山村"
        one.save()
    return found


@pytest.fixture
def election(world):
    with world.in_township():
        yield begun(world)


def person(name="欧阳测") -> Voter:
    return Voter.objects.select_related("data_key").get(name=name)


def published(world, election):
    made = freeze(world, election)
    return VOTER_LIST.take("publish", world.clerk, made, on=PUBLISHED, **PLACES)


def told_of(world, election, found, whom) -> None:
    """What else is kept of the person: corrected, appealed against, handed over, looked for, kept off, struck off."""
    entry = Registration.objects.select_related("election", "voter").get(voter=whom)
    whom.name = "欧阳试"
    voters_acts.save_voter(world.clerk, whom)
    work = election.campaign
    with action(SET_UP, actor=None):
        appeal = Appeal.objects.create(
            township=world.township,
            voter_list=found,
            kind=Appeal.Kind.LISTED,
            appellant="于二",
            subject="欧阳试",
            registration=entry,
            words="欧阳试已迁出",
            received_on=date(2026, 11, 30),
            phone="13900139000",
        )
        said = {"township": world.township, "campaign": work, "voter": whom, "name": "欧阳试", "phone": PHONE}
        born = {"gender": "female", "birth_date": BORN, "id_number": NUMBER}
        for n, direction in enumerate(Transfer.Direction.values, start=1):
            Transfer.objects.create(
                **said,
                **born,
                direction=direction,
                number=n,
                reach="beyond",
                other_place="欧阳试新家",
                cause="moved",
                sent_on=LATER,
                state="accepted",
            )
        PoolEntry.objects.create(**said, village="东山村", clue="问欧阳试的哥哥", owner="陈责任", due_on=LATER)
        RegistrationRequest.objects.create(
            **said, **born, receipt="R12345678", household="local", village="欧阳巷", state="accepted"
        )
        Exclusion.objects.create(
            township=world.township, voter=whom, ground="deprived", body="court", paper="欧阳试案判决书", since=LATER
        )
    entry.refresh_from_db()
    basis = roll.Basis(paper="欧阳试的迁移证", body="court", reason="欧阳试迁出")
    roll.change(world.clerk, entry, RollChange.Kind.MOVED_OUT, LATER, basis)
    VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    with action(SET_UP, actor=None):
        Appeal.objects.filter(pk=appeal.pk).update(decision="欧阳试确已迁出", upheld=True)


def close(election, on=CLOSED) -> None:
    with action(SET_UP, actor=None):
        Campaign.objects.filter(pk=election.campaign_id).update(closed_on=on)


def at_the_time(monkeypatch, day=AFTER) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)


@pytest.fixture
def over(world, election, monkeypatch):
    """All is told and the work is closed, so long ago that the appeal is kept no longer."""
    found = published(world, election)
    told_of(world, election, found, person())
    close(election)
    at_the_time(monkeypatch)
    return found


def test_of_a_voter_nothing_is_left_but_the_entry_with_its_place_days_and_grounds(world, election, over):
    who = person("欧阳试")
    entry = Registration.objects.get(voter=who)
    counts = erased(who)
    assert counts == {
        "elections.voter": 1,
        "elections.registration": 1,
        "elections.transfer": 2,
        "elections.poolentry": 1,
        "elections.registrationrequest": 1,
        "elections.appeal": 1,
        "elections.rollchange": 2,
        "elections.exclusion": 1,
        "elections.publishedpage": 1,
    }
    row = Voter.objects.get(pk=who.pk)
    assert row.name == row.id_number == row.phone == row.address == ERASED
    assert (row.id_index, row.tail_index, row.remark, row.employer, row.stroke_key) == (None, None, "", "", "")
    assert row.gender == Voter.Gender.FEMALE
    after = Registration.objects.get(pk=entry.pk)
    assert (after.district_id, after.ground, after.registered_on, after.on_roll) == (
        entry.district_id,
        entry.ground,
        entry.registered_on,
        False,
    )
    struck = RollChange.objects.get(registration=entry, kind=RollChange.Kind.MOVED_OUT)
    assert (struck.happened_on, struck.body, struck.paper, struck.reason) == (LATER, "court", "", "")
    appeal = Appeal.objects.get()
    assert (appeal.kind, appeal.upheld, appeal.received_on) == ("listed", True, date(2026, 11, 30))
    assert appeal.phone == appeal.subject == appeal.appellant == ERASED


def test_the_others_sealed_under_the_same_key_are_read_as_before(world, election, over):
    who, other = person("欧阳试"), person("丁一")
    assert who.data_key_id == other.data_key_id
    with action(SET_UP, actor=None):
        other.phone = "13700137000"
        other.save()
    shared = who.data_key_id
    erased(who)
    assert person("丁一").phone == "13700137000"
    assert not keys.is_destroyed(DataKey.objects.get(pk=shared))
    row = Voter.objects.select_related("data_key").get(pk=who.pk)
    assert row.data_key_id != shared
    assert keys.is_destroyed(row.data_key)
    assert row.phone_sealed.token == b""
    with pytest.raises(Refused, match="已经销毁"):
        erased(row)


def test_the_last_one_under_a_key_takes_the_key_along(world, election, over):
    key = person("欧阳试").data_key
    with action(SET_UP, actor=None):
        alone = keys.new_data_key(world.township.pk, "elections.roll")
        alone.save(force_insert=True)
        Voter.objects.filter(data_key=key).exclude(name="欧阳试").update(data_key=alone)
    erased(person("欧阳试"))
    assert keys.is_destroyed(DataKey.objects.get(pk=key.pk))


def test_the_list_says_how_many_were_erased_and_not_that_it_was_changed(client, world, election, over):
    assert [one.holds for one in queries.proven(over)] == [True, True]
    before = (statistics.by_age(election), equation(election), lists.sums(RollChange.objects.all()))
    counted = [queries.fingerprint(queries.lines(election, n))[0] for n in (0, 1)]
    erased(person("欧阳试"))
    assert queries.proven(over) == [queries.Proof(0, True, 1), queries.Proof(1, True)]
    assert [queries.fingerprint(queries.lines(election, n))[0] for n in (0, 1)] == counted == [4, 3]
    assert (statistics.by_age(election), equation(election), lists.sums(RollChange.objects.all())) == before
    client.force_login(world.clerk)
    shown = client.get(reverse("elections-list-of-voters", args=[world.township.code, over.pk]) + "?prove=1")
    said = shown.content.decode()
    assert "已按规定销毁1人的信息" in said
    assert "不一致，请查操作记录" not in said
    with action(SET_UP, actor=None):  # and one that is missing besides is still told
        Registration.objects.filter(voter__name="于二").update(withdrawn_at=clock.now(), withdrawn_reason="x")
    assert [one.holds for one in queries.proven(over)] == [False, False]


def test_the_page_of_the_list_shows_nobody_erased(world, election, over):
    assert "欧阳试" not in str(PublishedPage.objects.values_list("lines", flat=True))  # told anew by the supplement
    erased(person("欧阳试"))
    assert not PublishedPage.objects.exclude(lines=[]).filter(district=1).exists()
    with action(SET_UP, actor=None):
        pages.renew(over)
    assert str(ERASED) not in str(list(PublishedPage.objects.values_list("lines", flat=True)))


def test_nobody_is_erased_while_the_election_is_under_way(world, election):
    published(world, election)
    with pytest.raises(Refused, match=r"2026年换届选举”还没有结束.*依法必须保存") as refused:
        erased(person())
    assert "第二十七条" in str(refused.value.findings[0].citation)
    assert person().phone == PHONE
    with pytest.raises(Refused, match="还没有结束"):  # nor asked for
        ask_erasing(world.clerk, person(), "本人要求")


def test_who_is_on_the_roll_stays_until_the_next_general_election_is_over(world, election, monkeypatch):
    close(election)
    with pytest.raises(Refused, match="选民登记长期有效"):
        erased(person())
    later = campaign(world, name="2031年换届选举", election_day=date(2031, 12, 20), later=2)
    erasable = person()
    with pytest.raises(Refused, match="选民登记长期有效"):
        erased(erasable)
    close(later, date(2031, 12, 30))
    erased(erasable)


def test_who_was_struck_off_after_the_election_stays_until_the_next_one_is_over(world, election, monkeypatch):
    entry = Registration.objects.select_related("election", "voter").get(voter__name="欧阳测")
    roll.change(world.clerk, entry, RollChange.Kind.DIED, date(2026, 12, 24), roll.Basis(paper="死亡证明"))
    close(election)
    with pytest.raises(Refused, match="保存到下一次换届选举结束"):
        erased(person())


def test_an_appeal_keeps_the_voter_for_five_years_after_the_work(world, election, over, monkeypatch):
    at_the_time(monkeypatch, date(2031, 12, 27))
    with pytest.raises(Refused, match=r"结束后五年（2031年12月28日）"):
        erased(person("欧阳试"))
    with pytest.raises(Refused, match="结束后五年"):
        erased(Appeal.objects.get())
    at_the_time(monkeypatch, date(2031, 12, 28))
    assert erased(Appeal.objects.get()) == {"elections.appeal": 1}


def test_what_no_voter_stands_behind_is_erased_for_itself_when_the_work_is_over(world, election):
    born = {"gender": "female", "birth_date": BORN}
    way = {"direction": "in", "number": 1, "reach": "beyond", "cause": "moved", "sent_on": LATER, "state": "refused"}
    kinds = {
        Transfer: born | way,
        PoolEntry: {"owner": "陈责任", "due_on": LATER},
        RegistrationRequest: born | {"receipt": "R12345678", "household": "local", "village": "x"},
    }
    said = {"township": world.township, "campaign": election.campaign, "name": "欧阳外", "phone": PHONE}
    with action(SET_UP, actor=None):
        rows = [model.objects.create(**said, **values) for model, values in kinds.items()]
    for row in rows:
        with pytest.raises(Refused, match="还没有结束"):
            erased(row)
    close(election)
    for row in rows:
        erased(type(row).objects.get(pk=row.pk))
        left = type(row).objects.get(pk=row.pk)
        assert left.name == left.phone == ERASED


def test_two_who_were_erased_are_no_pair_and_nobody_erased_is_carried_over_or_entered_again(
    world, election, monkeypatch
):
    voters(election, "欧阳甲", "欧阳乙")
    close(election)
    later = campaign(world, name="2031年换届选举", election_day=date(2031, 12, 20), later=2)
    close(later, date(2031, 12, 30))
    for name in ("欧阳甲", "欧阳乙"):
        erased(person(name))
    assert undecided(election.campaign) == []
    next_one = campaign(world, name="2036年换届选举", election_day=date(2036, 12, 20), later=3)
    assert carry(world.clerk, next_one).entries == 4
    gone = Voter.objects.filter(name=str(ERASED)).select_related("data_key", "township").first()
    with pytest.raises(Refused, match="已按规定销毁，不能再填写"):
        voters_acts.save_voter(world.clerk, gone)


def test_the_birthday_goes_and_the_age_on_every_election_day_stays(world, election):
    days = [date(2026, 12, 20), date(2021, 10, 20)]
    told = {
        date(1949, 12, 31): date(1949, 12, 21),
        date(1949, 12, 20): date(1949, 10, 21),
        date(1949, 3, 4): date(1949, 1, 1),
        date(1948, 2, 29): date(1948, 1, 1),
    }
    for born, kept in told.items():
        with action(SET_UP, actor=None):
            Voter.objects.filter(pk=person().pk).update(birth_date=born)
            Voter.objects.filter(pk=person().pk).update(birth_date=same_age(days))
        assert person().birth_date == kept
        for day in days:
            ages = [day.year - one.year - ((day.month, day.day) < (one.month, one.day)) for one in (born, kept)]
            assert ages[0] == ages[1]


def test_the_page_of_a_voter_leads_to_the_request_by_two(browse, world, election, over):
    who = person("欧阳试")
    asking = reverse("erasure-new", args=[world.township.code, "elections.voter", who.pk])
    shown = browse(world.clerk).get(reverse("elections-voter", args=[world.township.code, who.pk]))
    assert asking in shown.content.decode()
    said = browse(world.clerk).get(asking).content.decode()
    assert "欧阳试" in said
    assert NUMBER not in said
    assert browse(world.clerk).post(asking, {"reason": WHY}).status_code == 302
    with world.in_township():
        assert AuditEvent.objects.filter(verb="people.ask_erasing").exists()


def test_a_dump_after_erasing_holds_nothing_of_the_voter(transactional_db, world, monkeypatch):
    with world.in_township():
        election = begun(world)
        told_of(world, election, published(world, election), person())
        close(election)
        who = person("欧阳试")
        with action(SET_UP, actor=None):
            Registration.objects.filter(voter=who).update(paper="欧阳路派出所7号")
    at_the_time(monkeypatch)
    indexes = [bytes(index).hex() for index in (who.id_index, who.tail_index)]
    told = ["欧阳测", "欧阳试", "ouyangshi", "问欧阳试的哥哥", "欧阳巷", "欧阳路", "1949-12-31", *indexes]
    before = dump()
    assert [word for word in told if word not in before] == []
    ciphertext = who.phone_sealed.token.hex()
    with world.in_township():
        erased(who)
    after = dump()
    assert [word for word in [*told, PHONE, NUMBER, ADDRESS, ciphertext] if word in after] == []
    assert str(who.pk) in after
