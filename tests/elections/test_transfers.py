"""Voters handed over between townships: asked, accepted, refused, taken back; on exactly one list all the time."""

from datetime import date

import pytest
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from elections import actions
from elections.actions import lists
from elections.actions.roll import Basis
from elections.life import TRANSFER
from elections.models import Registration, RollChange, Transfer, Voter
from elections.queries import statistics
from elections.queries.roll import equation
from tests.cast import SET_UP
from tests.elections.work import on_roll, registered, set_up
from tests.spreadsheets.books import id_number

ON = date(2026, 11, 1)
WOMAN = id_number(2, "19800305")
COUNTY, BEYOND = Transfer.Reach.COUNTY, Transfer.Reach.BEYOND


@pytest.fixture
def both(world):
    """The election works of two neighbours, and a voter on the first one's roll."""
    here, there = set_up(world.township), set_up(world.neighbour, "MARK")
    with scope.township(world.township):
        person = registered(world.clerk, here, "林小满", gender="", birth_date=None, id_number=WOMAN)
    return here, there, person


def asked(world, here, person, **values) -> Transfer:
    said = {"reach": COUNTY, "cause": Transfer.Cause.HOME, "sent_on": ON, "other_township": world.neighbour} | values
    with scope.township(world.township):
        return actions.ask(world.clerk, person, here.campaign, **said)


def inbox(world) -> Transfer:
    return Transfer.objects.kept().get(township=world.neighbour)


def take(world, key, row, user, **data):
    with scope.township(row.township):
        return TRANSFER.take(key, user, TRANSFER.find(row.pk), on=ON, **data)


def listed(world, here, there) -> list[str]:
    """The townships on whose rolls the person stands, at the township's level."""
    found = []
    for town, work in ((world.township, here), (world.neighbour, there)):
        with scope.township(town):
            rows = Registration.objects.kept().filter(on_roll=True, election=work.town_level)
            found += [str(town) for _ in rows]
    return found


def test_until_it_is_accepted_the_voter_stays_on_the_senders_list(world, both):
    here, there, person = both
    asked(world, here, person)
    assert listed(world, here, there) == ["云溪镇"]
    with scope.township(world.neighbour):
        waiting = inbox(world)
        assert (waiting.name, waiting.id_number, waiting.state) == ("林小满", WOMAN, "asked")
        assert waiting.other_township == world.township


def test_accepted_the_voter_changes_lists_in_one_moment(world, both):
    here, there, person = both
    out = asked(world, here, person)
    with scope.township(world.neighbour):
        waiting = inbox(world)
    take(world, "accept", waiting, world.neighbour_clerk, group=there.groups[1])
    assert listed(world, here, there) == ["石桥乡"]
    with scope.township(world.neighbour):
        taken = Voter.objects.get(id_index=WOMAN)
        assert (on_roll(taken, there.town_level), on_roll(taken, there.county_level)) == ([2], [7])
    with scope.township(world.township):
        out.refresh_from_db()
        assert (out.state, out.answered_on) == ("accepted", ON)
        assert set(RollChange.objects.values_list("kind", flat=True)) == {"transferred"}
        event = AuditEvent.objects.filter(verb="elections.transfer_told", chain=world.township.pk).get()
        assert (event.actor_id, event.detail) == (world.neighbour_clerk.pk, {"结果": "已接收"})
        assert "林小满" not in event.subject_label


def test_refused_the_voter_stays_where_they_were(world, both):
    here, there, person = both
    out = asked(world, here, person)
    with scope.township(world.neighbour):
        waiting = inbox(world)
    take(world, "refuse", waiting, world.neighbour_clerk, answer="户籍不在本乡")
    assert listed(world, here, there) == ["云溪镇"]
    with scope.township(world.township):
        out.refresh_from_db()
        assert (out.state, out.answer) == ("refused", "户籍不在本乡")


def test_taken_back_nobody_can_accept_it_any_more(world, both):
    here, there, person = both
    out = asked(world, here, person)
    take(world, "take-back", out, world.clerk, answer="本人改在这里参加")
    with scope.township(world.neighbour):
        waiting = inbox(world)
        assert waiting.state == "taken_back"
    with pytest.raises(Refused, match="这件转移已撤回"):
        take(world, "accept", waiting, world.neighbour_clerk, group=there.groups[0])
    assert listed(world, here, there) == ["云溪镇"]


def test_who_died_meanwhile_is_taken_over_by_nobody(world, both):
    here, there, person = both
    asked(world, here, person)
    with scope.township(world.township):
        entry = person.registrations.filter(election=here.town_level).get()
        actions.change(world.clerk, entry, RollChange.Kind.DIED, ON, Basis(paper="死亡证明"))
    with scope.township(world.neighbour):
        waiting = inbox(world)
    with pytest.raises(Refused, match="不在转出方的选民册上"):
        take(world, "accept", waiting, world.neighbour_clerk, group=there.groups[0])
    assert listed(world, here, there) == []


def test_who_stands_in_both_places_is_left_in_one(world, both):
    here, there, person = both
    with scope.township(world.neighbour):
        registered(world.neighbour_clerk, there, "林小满", gender="", birth_date=None, id_number=WOMAN)
    assert listed(world, here, there) == ["云溪镇", "石桥乡"]
    asked(world, here, person, cause=Transfer.Cause.DUPLICATE)
    with scope.township(world.neighbour):
        waiting = inbox(world)
    take(world, "accept", waiting, world.neighbour_clerk, group=there.groups[0])
    assert listed(world, here, there) == ["石桥乡"]


def test_a_voter_is_handed_over_once_at_a_time(world, both):
    here, _, person = both
    asked(world, here, person)
    with pytest.raises(Refused, match="已有一件转出"):
        asked(world, here, person)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"other_township": None}, "other_township", "请选择对方乡镇。"),
        ({"reach": BEYOND, "other_township": None, "other_place": " "}, "other_place", "请填写对方的县、乡镇和选区。"),
    ],
)
def test_without_the_other_side_nothing_is_asked(world, both, values, field, words):
    here, _, person = both
    with pytest.raises(Refused) as refused:
        asked(world, here, person, **values)
    assert [(one.field, one.message) for one in refused.value.findings] == [(field, words)]
    with scope.township(world.township):
        assert not Transfer.objects.exists()


def test_who_is_not_on_the_roll_is_not_handed_over(world, both):
    here, _, person = both
    with scope.township(world.township):
        entry = person.registrations.filter(election=here.town_level).get()
        actions.change(world.clerk, entry, RollChange.Kind.DIED, ON, Basis(paper="死亡证明"))
    with pytest.raises(Refused, match="该选民不在选民册上，不能转出"):
        asked(world, here, person)
    with scope.township(world.township):
        assert not Transfer.objects.exists()


def test_what_the_other_side_has_ended_meanwhile_is_not_answered(world, both):
    """Two people at once: the row here still waits, that of the sender was taken back already."""
    here, there, person = both
    out = asked(world, here, person)
    with scope.township(world.township), action(SET_UP, actor=None):
        out.state, out.answered_on = Transfer.State.TAKEN_BACK, ON
        out.save()
    with scope.township(world.neighbour):
        waiting = inbox(world)
    for key, said in (("accept", {"group": there.groups[0]}), ("refuse", {"answer": "户籍不在本乡"})):
        with pytest.raises(Refused, match="对方已将这件转移标为已撤回"):
            take(world, key, waiting, world.neighbour_clerk, **said)
    with scope.township(world.neighbour):
        assert inbox(world).state == "asked"
    assert listed(world, here, there) == ["云溪镇"]


def test_each_side_sees_its_own_row_alone(world, both):
    here, _, person = both
    asked(world, here, person)
    for town in (world.township, world.neighbour):
        with scope.township(town):
            assert Transfer.objects.count() == 1


def test_a_paper_from_afar_ends_the_entries_here(world, both):
    here, there, person = both
    out = asked(world, here, person, reach=BEYOND, other_township=None, other_place="远山区城关镇第3选区")
    assert out.pair is None
    take(world, "confirmed", out, world.clerk, answer="回执1号")
    assert listed(world, here, there) == []


def test_what_the_neighbour_answers_here_is_not_entered_for_it(world, both):
    here, _, person = both
    out = asked(world, here, person)
    with pytest.raises(Refused, match="对方在本系统内答复"):
        take(world, "confirmed", out, world.clerk, answer="回执1号")


def test_an_outsider_is_registered_when_the_papers_are_here(world, both):
    here, _, _ = both
    person = {"name": "王远来", "gender": "male", "birth_date": date(1985, 1, 2)}
    with scope.township(world.township):
        row = Transfer(
            township=world.township,
            campaign=here.campaign,
            reach=BEYOND,
            cause=Transfer.Cause.MOVED,
            sent_on=ON,
            other_place="外省",
            **person,
        )
        actions.receive(world.clerk, row)
    with pytest.raises(Refused, match="选民资格证明"):
        take(world, "accept", row, world.clerk, group=here.groups[0])
    take(world, "material", row, world.clerk, certificate="外省选民资格证明1号")
    take(world, "accept", row, world.clerk, group=here.groups[0])
    with scope.township(world.township):
        entry = Registration.objects.get(voter__name="王远来", election=here.town_level)
        assert entry.ground == "outside"


def test_each_step_is_taken_by_its_own_side_and_after_it_was_asked(world, both):
    here, there, person = both
    out = asked(world, here, person)
    with scope.township(world.neighbour):
        waiting = inbox(world)
    wrong = [
        (out, world.clerk, "accept", {"group": here.groups[0]}),
        (out, world.clerk, "refuse", {"answer": "户籍不在本乡"}),
        (waiting, world.neighbour_clerk, "take-back", {"answer": "本人改在这里参加"}),
    ]
    for row, user, key, said in wrong:
        with pytest.raises(Refused, match="这一步由另一方办理"):
            take(world, key, row, user, **said)
    with scope.township(world.township), pytest.raises(Refused, match="不能早于提出日期2026年11月1日") as refused:
        TRANSFER.take("take-back", world.clerk, TRANSFER.find(out.pk), on=date(2026, 10, 31), answer="误提")
    assert [one.field for one in refused.value.findings] == ["on"]
    assert listed(world, here, there) == ["云溪镇"]


def test_who_comes_from_outside_the_county_is_entered_with_the_place_and_a_birth_date(world, both, browse):
    here, _, _ = both
    client, url = (
        browse(world.clerk),
        reverse("elections-transfer-receive", args=[world.township.code, here.campaign.pk]),
    )
    form = client.get(url).context["form"]
    assert COUNTY not in [key for key, _ in form.fields["reach"].choices], "within the county it comes by itself"
    assert form["sent_on"].label == "收到日期"
    sent = {"name": "王远来", "gender": "male", "birth_date": "1985-01-02", "reach": BEYOND, "cause": "moved"}
    sent |= {"ethnicity": "汉族", "sent_on": "2026-11-01", "key": str(form["key"].value())}
    wrong = client.post(url, sent | {"birth_date": "", "other_place": "外省"}).context["form"]
    assert list(wrong.errors) == ["birth_date"]
    assert wrong["name"].value() == "王远来"
    assert list(client.post(url, sent).context["form"].errors) == ["other_place"]
    assert client.post(url, sent | {"reach": COUNTY, "other_place": "石桥乡"}).status_code == 200
    with scope.township(world.township):
        assert not Transfer.objects.exists()
    assert client.post(url, sent | {"other_place": "外省清河镇"}).status_code == 302
    with scope.township(world.township):
        row = Transfer.objects.get()
    assert (row.direction, row.number, row.other_place, row.pair) == ("in", 1, "外省清河镇", None)


def test_a_double_of_the_county_is_found_by_one_audited_question(world, both):
    here, there, _ = both
    with scope.township(world.neighbour):
        registered(world.neighbour_clerk, there, "林小满", gender="", birth_date=None, id_number=WOMAN)
    with scope.township(world.township):
        for number in ("", WOMAN):
            found = actions.elsewhere(world.clerk, here.campaign, number)
            assert [(one.township, one.district) for one in found] == [(world.neighbour, "第1选区（东村MARK）")]
            event = AuditEvent.objects.filter(verb="elections.ask_duplicates").latest("seq")
            assert event.detail["查到"] == 1
            assert WOMAN not in str(event.detail)
        assert actions.elsewhere(world.clerk, here.campaign, id_number(9, "19800305")) == []
        assert Voter.objects.filter(township=world.neighbour).count() == 0


def test_a_double_of_the_county_stands_against_the_freeze(world, both):
    here, there, person = both
    with scope.township(world.neighbour):
        registered(world.neighbour_clerk, there, "林小满", gender="", birth_date=None, id_number=WOMAN)
    with scope.township(world.township), pytest.raises(Refused, match="石桥乡1人"):
        lists.ask(world.clerk, here.town_level)
    asked(world, here, person, cause=Transfer.Cause.DUPLICATE)
    with scope.township(world.neighbour):
        waiting = inbox(world)
    take(world, "accept", waiting, world.neighbour_clerk, group=there.groups[0])
    with scope.township(world.neighbour):
        assert lists.ask(world.neighbour_clerk, there.town_level).voters == 1


def test_the_township_reads_nothing_of_the_neighbour_after_asking(world, both):
    here, _, _ = both
    with scope.township(world.township):
        actions.elsewhere(world.clerk, here.campaign)
        assert not Registration.objects.filter(township=world.neighbour).exists()


def test_who_went_elsewhere_is_called_the_same_in_both_sums(world, both):
    here, there, person = both
    asked(world, here, person)
    with scope.township(world.neighbour):
        waiting = inbox(world)
    take(world, "accept", waiting, world.neighbour_clerk, group=there.groups[0])
    with scope.township(world.township):
        formula = equation(here.town_level).formula
        assert "转出1" in formula
        assert statistics.total(statistics.facts(here.town_level)).formula == formula
