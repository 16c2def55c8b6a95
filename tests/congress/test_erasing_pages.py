"""A person is erased by two: one asks with a reason, another carries it out; nobody else comes near."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Erasure
from congress.people import requests
from congress.people.erased import ERASED
from deputies.models import Deputy, District, Mandate
from proposals.models import Matter, Reception, ReceptionDeputy, Visitor
from tests.cast import SET_UP, make_deputy
from tests.elections.work import registered, set_up

PHONE, WHY = "13800138000", "任期届满已满五年"


@pytest.fixture
def former(world):
    """A deputy without a mandate that runs."""
    with world.in_township(), action(SET_UP, actor=None):
        return make_deputy(world.township, "欧阳测", phone=PHONE)


def at(world, name, *rest) -> str:
    return reverse(name, args=[world.township.code, *rest])


def ask(world, browse, who, person, reason=WHY):
    return browse(who).post(at(world, "erasure-new", person._meta.label_lower, person.pk), {"reason": reason})


def only(world) -> Erasure:
    with world.in_township():
        return Erasure.objects.get()


def settle(world, browse, who, **values):
    found = only(world)
    return browse(who).post(at(world, "erasure", found.pk), {"version": found.version, **values})


def name_of(world, person) -> str:
    with world.in_township():
        return Deputy.objects.get(pk=person.pk).name


def test_one_asks_and_another_carries_out(world, browse, former):
    deputy_page = browse(world.clerk).get(at(world, "deputies-detail", former.pk)).content.decode()
    asking = at(world, "erasure-new", "deputies.deputy", former.pk)
    assert asking in deputy_page
    shown = browse(world.clerk).get(asking).content.decode()
    assert "欧阳测" in shown
    assert PHONE not in shown
    assert ask(world, browse, world.clerk, former).status_code == 302
    home = browse(world.chair).get(at(world, "township_home")).content.decode()
    assert "销毁申请待确认" in home
    assert "销毁申请待确认" not in browse(world.clerk).get(at(world, "township_home")).content.decode()
    assert WHY in browse(world.chair).get(at(world, "erasures")).content.decode()
    assert name_of(world, former) == "欧阳测"
    assert settle(world, browse, world.chair, what="carry_out", word="销毁").status_code == 302
    assert name_of(world, former) == str(ERASED)
    done = browse(world.clerk).get(at(world, "erasure", only(world).pk)).content.decode()
    assert "云溪主席" in done
    assert "确认销毁" not in done
    with world.in_township():
        verbs = AuditEvent.objects.filter(verb__startswith="people.").order_by("seq").values_list("verb", "actor_id")
        assert list(verbs) == [
            ("people.ask_erasing", world.clerk.pk),
            ("people.erase", world.chair.pk),
            ("people.carry_out_erasing", world.chair.pk),
        ]


def test_what_the_law_forbids_is_said_to_the_one_who_asks(world, browse):
    """And not to the second one, days later."""
    with world.in_township():
        seated = world.deputies[0]
    page = reverse("erasure-new", args=[world.township.code, "deputies.deputy", seated.pk])
    answer = browse(world.clerk).post(page, {"reason": "本人要求"})
    assert "资格尚未终止" in answer.content.decode()
    assert 'value="本人要求"' in answer.content.decode(), "nothing typed is lost"
    with world.in_township():
        assert not Erasure.objects.exists()


def test_who_asked_cannot_confirm(world, browse, former):
    ask(world, browse, world.clerk, former)
    answer = settle(world, browse, world.clerk, what="carry_out", word="销毁")
    assert "申请人不能自己确认" in answer.content.decode()
    assert name_of(world, former) == "欧阳测"


def test_the_database_itself_asks_for_two(world, former):
    with world.in_township():
        made = requests.ask_erasing(world.clerk, former, WHY)
        with pytest.raises(IntegrityError, match="erasure_by_two"), transaction.atomic(), action(SET_UP, actor=None):
            Erasure.objects.filter(pk=made.pk).update(carried_out_at=clock.now(), carried_out_by=world.clerk)


@pytest.mark.parametrize("word", ["", "确定", "销"])
def test_the_word_must_be_typed(world, browse, former, word):
    ask(world, browse, world.clerk, former)
    answer = settle(world, browse, world.chair, what="carry_out", word=word)
    assert "销毁后不可恢复" in answer.content.decode()
    assert name_of(world, former) == "欧阳测"


def test_a_request_can_be_turned_down_with_a_reason_and_made_again(world, browse, former):
    ask(world, browse, world.clerk, former)
    said = settle(world, browse, world.chair, what="withdraw", reason="").content.decode()
    assert "请写明撤回的原因" in said
    assert settle(world, browse, world.chair, what="withdraw", reason="尚未届满，退回").status_code == 302
    assert (only(world).withdrawn_reason, name_of(world, former)) == ("尚未届满，退回", "欧阳测")
    page = browse(world.clerk).get(at(world, "erasure", only(world).pk)).content.decode()
    assert "尚未届满，退回" in page
    assert ask(world, browse, world.clerk, former).status_code == 302


@pytest.mark.parametrize("reason", ["短", "欧阳测本人要求", f"电话{PHONE}停用"])
def test_a_reason_that_may_not_be_kept_is_refused_at_the_field(world, browse, former, reason):
    answer = ask(world, browse, world.clerk, former, reason)
    assert answer.status_code == 200
    said = answer.context["form"].errors["reason"][0]
    assert "不要写身份证号或电话号码" in said if PHONE in reason else "依据" in said
    assert reason in answer.content.decode()  # nothing typed is lost


def test_it_is_asked_once_and_done_once(world, browse, former):
    ask(world, browse, world.clerk, former)
    assert "已经申请过" in ask(world, browse, world.chair, former).content.decode()
    with world.in_township():
        stale = Erasure.objects.get()
    settle(world, browse, world.chair, what="carry_out", word="销毁")
    with world.in_township():
        for settled in (
            lambda: requests.carry_out(world.chair, stale),
            lambda: requests.withdraw(world.chair, stale, "再想一想吧"),
        ):
            with pytest.raises(Refused, match="这份申请已经办结。"):
                settled()
        assert Erasure.objects.get().withdrawn_at is None
        with pytest.raises(Refused, match="已经销毁"):
            requests.ask_erasing(world.chair, Deputy.objects.get(pk=former.pk), WHY)


def test_an_old_page_is_told(world, browse, former):
    ask(world, browse, world.clerk, former)
    answer = browse(world.chair).post(
        at(world, "erasure", only(world).pk), {"version": 7, "what": "carry_out", "word": "销毁"}
    )
    assert answer.status_code == 409
    assert name_of(world, former) == "欧阳测"


def test_what_has_come_to_forbid_erasing_since_is_said_at_the_request(world, browse, former):
    """The deputy was elected again between asking and confirming."""
    ask(world, browse, world.clerk, former)
    with world.in_township(), action(SET_UP, actor=None):
        Mandate.objects.create(
            township=world.township,
            deputy=former,
            term=world.term,
            level=world.term.level,
            district=District.objects.get(number=1),
            elected_on=date(2021, 10, 20),
        )
    answer = settle(world, browse, world.chair, what="carry_out", word="销毁")
    assert "资格尚未终止" in answer.content.decode()
    assert only(world).carried_out_at is None


@pytest.mark.parametrize("model", ["congress.unit", "deputies.correction", "congress.nothing", "x"])
def test_only_persons_are_erased(world, browse, model):
    answer = browse(world.clerk).get(at(world, "erasure-new", model, world.unit.pk))
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["deputy_user", "handler", "county_viewer"])
def test_others_do_not_come_near(world, browse, former, who):
    for address in (at(world, "erasures"), at(world, "erasure-new", "deputies.deputy", former.pk)):
        assert browse(getattr(world, who)).get(address).status_code == 403


def test_a_voter_is_erased_by_the_clerk_who_may_see_and_the_chair_who_may_not(world, browse):
    with world.in_township(), action(SET_UP, actor=None):
        reception = Reception.objects.create(
            township=world.township, station=world.station, held_on=date(2022, 3, 2), people=1, recorded_by=world.clerk
        )
        ReceptionDeputy.objects.create(township=world.township, reception=reception, deputy=world.deputies[0])
        voter = Visitor.objects.create(township=world.township, reception=reception, name="钱来访", phone=PHONE)
        matter = Matter.objects.create(
            township=world.township,
            reception=reception,
            number="1",
            category=world.category,
            visitor=voter,
            words="路灯不亮",
        )
    asking = at(world, "erasure-new", "proposals.visitor", voter.pk)
    assert asking in browse(world.clerk).get(at(world, "proposals-matter", matter.pk)).content.decode()
    assert asking not in browse(world.chair).get(at(world, "proposals-matter", matter.pk)).content.decode()
    assert browse(world.chair).get(asking).status_code == 404
    assert ask(world, browse, world.clerk, voter).status_code == 302
    shown = browse(world.chair).get(at(world, "erasure", only(world).pk)).content.decode()
    assert "钱来访" not in shown
    assert settle(world, browse, world.chair, what="carry_out", word="销毁").status_code == 302
    with scope.township(world.township):
        assert Visitor.objects.get(pk=voter.pk).phone == ERASED


def test_what_forbids_it_is_told_before_anybody_writes_down_a_ground(world, browse, former):
    serving = browse(world.clerk).get(at(world, "erasure-new", "deputies.deputy", world.deputies[0].pk))
    free = browse(world.clerk).get(at(world, "erasure-new", "deputies.deputy", former.pk))
    assert len(serving.context["findings"]) == 1
    assert str(serving.context["findings"][0].message) in serving.content.decode()
    assert free.context["findings"] == []


def test_accounts_and_messages_are_told_of_those_alone_of_whom_texts_speak(world, browse, former):
    of_a_deputy = browse(world.clerk).get(at(world, "erasure-new", "deputies.deputy", former.pk)).content.decode()
    assert "只担任代表的账号随之停用" in of_a_deputy
    with world.in_township():
        whom = registered(world.clerk, set_up(world.township))
    of_a_voter = browse(world.clerk).get(at(world, "erasure-new", "elections.voter", whom.pk)).content.decode()
    assert "只担任代表的账号" not in of_a_voter
    assert "名单上有他的，以后只能核对人数" in of_a_voter
