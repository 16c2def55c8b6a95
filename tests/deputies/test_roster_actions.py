"""Entries and mandates: what the actions write and what they refuse."""

from datetime import date, timedelta

import pytest

from congress import clock
from congress.guard.action import Conflict, Refused, action
from congress.keeping import version_of
from congress.models import AuditEvent
from deputies import actions
from deputies.life import MANDATE
from deputies.models import Deputy, District, Level, Mandate, Suspension, Term
from tests.cast import SET_UP
from tests.deputies.conftest import MAN, WOMAN


def entry(town, **values) -> Deputy:
    return Deputy(township=town, **{"name": "赵一", "gender": "male", **values})


def fields_of(refused) -> list[str]:
    return [getattr(finding, "field", "") for finding in refused.value.findings]


def test_a_new_entry_waits_and_can_be_found_and_sorted(world, town):
    saved = actions.save_deputy(world.clerk, entry(town, name="曾国秀"))
    assert saved.state == Deputy.State.PENDING
    assert " zengguoxiu" in saved.search_text
    assert saved.stroke_key
    assert saved.pinyin_key.startswith("zeng")


def test_the_id_number_brings_the_birth_date_along(world, town):
    saved = actions.save_deputy(world.clerk, entry(town, id_number=MAN.lower()))
    assert saved.birth_date == date(1975, 8, 12)
    assert Deputy.objects.get(id_index=MAN) == saved


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"id_number": MAN, "gender": "female"}, ["gender"]),
        ({"id_number": MAN, "birth_date": date(1975, 8, 13)}, ["birth_date"]),
        ({"id_number": MAN, "gender": "female", "birth_date": date(1975, 8, 13)}, ["birth_date", "gender"]),
        ({"id_number": MAN[:-1] + ("0" if MAN[-1] != "0" else "1")}, ["id_number"]),
    ],
)
def test_number_sex_and_birth_date_must_agree(world, town, values, fields):
    with pytest.raises(Refused) as refused:
        actions.save_deputy(world.clerk, entry(town, **values))
    assert fields_of(refused) == fields
    assert MAN not in str(refused.value)


def test_a_party_named_in_full_is_of_the_class_it_counts_in(world, town):
    with pytest.raises(Refused, match="“民盟盟员”与政治面貌不一致") as refused:
        actions.save_deputy(world.clerk, entry(town, party="cpc", affiliation="民盟盟员"))
    assert fields_of(refused) == ["affiliation"]
    assert not Deputy.objects.filter(affiliation="民盟盟员").exists()
    assert actions.save_deputy(world.clerk, entry(town, party="democratic", affiliation="民盟盟员")).pk


def test_one_number_stands_once_in_the_roster(world, town, woman):
    with pytest.raises(Refused) as refused:
        actions.save_deputy(world.clerk, entry(town, gender="female", id_number=WOMAN))
    assert fields_of(refused) == ["id_number"]
    assert [one.about for one in refused.value.findings] == [woman]
    mistaken = actions.save_deputy(world.clerk, entry(town, id_number=MAN))
    actions.withdraw_deputy(world.clerk, mistaken, "录错了人", version_of(mistaken))
    assert actions.save_deputy(world.clerk, entry(town, id_number=MAN)).pk != mistaken.pk


def test_two_editors_find_out_about_each_other(world, town, woman):
    first, second = Deputy.objects.get(pk=woman.pk), Deputy.objects.get(pk=woman.pk)
    first.employer_post = "甲"
    actions.save_deputy(world.clerk, first, str(woman.version))
    with pytest.raises(Conflict):
        actions.save_deputy(world.chair, second, str(woman.version))


def test_the_event_of_a_change_names_what_differs_and_tells_nothing_of_the_person(world, town, woman):
    changed = Deputy.objects.get(pk=woman.pk)
    changed.employer_post, changed.phone, changed.presidium_member = "云溪小学教师", "13900001234", True
    actions.save_deputy(world.clerk, changed, version_of(changed))
    told = AuditEvent.objects.filter(verb="deputies.save").latest("seq").detail
    assert told == {"项目": {"employer_post": [], "phone": [], "presidium_member": ["否", "是"]}}


def test_the_chair_approves_many_with_one_event(world, town):
    waiting = [actions.save_deputy(world.clerk, entry(town, name=name)) for name in ("赵一", "钱二", "孙三")]
    actions.withdraw_deputy(world.clerk, waiting[2], "录错了人", version_of(waiting[2]))
    assert actions.approve(world.chair, [*waiting, world.deputies[0]]) == 2
    assert Deputy.objects.filter(pk__in=[row.pk for row in waiting], state="approved").count() == 2
    assert AuditEvent.objects.filter(verb="deputies.approve").count() == 1
    assert actions.approve(world.chair, waiting) == 0


def test_an_entry_others_depend_on_stays(world, town, woman):
    with pytest.raises(Refused, match="请写明撤回原因"):
        actions.withdraw_deputy(world.clerk, woman, " ", version_of(woman))
    with pytest.raises(Refused, match="已有代表资格1条"):
        actions.withdraw_deputy(world.clerk, woman, "录错了人", version_of(woman))
    with pytest.raises(Refused, match="已开通账号"):
        actions.withdraw_deputy(world.clerk, world.deputies[0], "录错了人", version_of(world.deputies[0]))
    MANDATE.take("withdraw", world.clerk, woman.mandates.get(), reason="登错了人")
    actions.withdraw_deputy(world.clerk, woman, "录错了人", version_of(woman))
    woman.refresh_from_db()
    assert woman.withdrawn_reason == "录错了人"
    with pytest.raises(Refused, match="已经撤回"):
        actions.withdraw_deputy(world.clerk, woman, "再撤一次", version_of(woman))


def test_a_seat_is_registered_once_a_term(world, town, woman):
    county = actions.TERMS.record(
        world.clerk, Term(township=town, level=Level.COUNTY, number=18, seats=200, started_on=date(2021, 12, 1))
    )
    seat = actions.add_mandate(world.clerk, woman, county, elected_on=date(2021, 11, 20))
    assert seat.level == Level.COUNTY
    with pytest.raises(Refused) as refused:
        actions.add_mandate(world.clerk, woman, county, elected_on=date(2021, 11, 20))
    assert fields_of(refused) == ["term"]


def test_a_seat_needs_days_in_order_and_a_district_of_its_term(world, town, woman):
    term = actions.TERMS.record(world.clerk, Term(township=town, number=16, seats=50, started_on=date(2016, 11, 10)))
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        actions.add_mandate(
            world.clerk,
            woman,
            term,
            elected_on=tomorrow,
            confirmed_on=date(2016, 1, 1),
            district=District.objects.get(term=world.term),
        )
    assert fields_of(refused) == ["district", "elected_on", "confirmed_on"]
    assert [finding.message for finding in refused.value.findings] == [
        "选区不属于所选的届。",
        "当选日期不能晚于今天。",
        "资格确认日期不能早于当选日期。",
    ]
    assert not Mandate.objects.filter(term=term).exists()


def test_the_end_of_a_seat_names_who_decides(world, town, woman):
    day, seat = date(2023, 5, 1), woman.mandates.get()
    MANDATE.take("end", world.clerk, seat, on=day, reason="resigned", is_chair_or_vice=True)
    ruling = actions.end_ruling("resigned", day, seat.level, True)
    assert "全体代表的过半数" in ruling.decided_by
    assert any("主席、副主席" in finding.message for finding in ruling.also)
    seat = woman.mandates.get()
    assert (seat.ended_on, seat.end_reason) == (date(2023, 5, 1), "resigned")
    with pytest.raises(Refused, match="已于2023年5月1日终止"):
        MANDATE.take("end", world.clerk, seat, on=date(2023, 6, 1), reason="died")


def test_no_office_falls_with_the_seat_of_who_holds_none(world, town, woman):
    assert actions.end_ruling("resigned", date(2023, 5, 1), woman.mandates.get().level).also == ()


def test_a_county_seat_ends_under_the_law_of_the_county(world, town, woman):
    term = Term(township=town, level=Level.COUNTY, number=18, seats=200, started_on=date(2021, 12, 1))
    county = actions.TERMS.record(world.clerk, term)
    seat = actions.add_mandate(world.clerk, woman, county, elected_on=date(2021, 11, 20))
    MANDATE.take("end", world.clerk, seat, on=date(2025, 5, 1), reason="resigned", is_chair_or_vice=True)
    ruling = actions.end_ruling("resigned", date(2025, 5, 1), seat.level, True)
    assert ruling.decided_by == "县级人大常委会以组成人员的过半数接受"
    assert (ruling.announced_by, ruling.announcement.article) == ("县级人大常委会", 63)
    assert ruling.also == ()


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [(date(2020, 1, 1), "moved", "ended_on"), (date(2099, 1, 1), "moved", "ended_on")],
)
def test_a_seat_does_not_end_before_it_began_or_after_today(world, town, woman, day, reason, field):
    with pytest.raises(Refused) as refused:
        MANDATE.take("end", world.clerk, woman.mandates.get(), on=day, reason=reason)
    assert fields_of(refused) == [field]


def test_ordered_resignation_exists_since_the_edition_of_2025(world, town, woman):
    seat = woman.mandates.get()
    with pytest.raises(Refused, match="2025年修正") as refused:
        MANDATE.take("end", world.clerk, seat, on=date(2024, 5, 1), reason="ordered")
    assert fields_of(refused) == ["reason"]
    MANDATE.take("end", world.clerk, seat, on=date(2025, 6, 1), reason="ordered")
    assert actions.end_ruling("ordered", date(2025, 6, 1), seat.level).label == "责令辞职被接受"


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("reason", [one for one in Mandate.End.values if one != Mandate.End.VOID])
def test_every_reason_has_its_ground_in_the_law_at_every_level(reason, level):
    ruling = actions.end_ruling(reason, date(2025, 6, 1), level)
    assert ruling.citation.held
    assert ruling.decision.held
    assert bool(ruling.announced_by) == (reason != Mandate.End.EXPIRED)


@pytest.mark.parametrize("level", Level.values)
def test_a_void_election_ends_no_mandate_but_is_found_out_apart(level):
    with pytest.raises(Refused, match="当选无效不是代表资格终止"):
        actions.end_ruling(Mandate.End.VOID, date(2025, 6, 1), level)


def test_a_seat_rests_and_is_taken_up_again(world, town, woman):
    seat = woman.mandates.get()
    with pytest.raises(Refused) as refused:
        MANDATE.take("suspend", world.clerk, seat, on=date(2020, 1, 1), ground="detained")
    assert fields_of(refused) == ["since"]
    seat = MANDATE.take("suspend", world.clerk, seat, on=date(2023, 1, 5), ground="detained")
    with pytest.raises(Refused, match="已登记暂时停止"):
        MANDATE.take("suspend", world.clerk, seat, on=date(2023, 2, 5), ground="serving")
    with pytest.raises(Refused) as refused:
        MANDATE.take("resume", world.clerk, seat, on=date(2023, 1, 4))
    assert fields_of(refused) == ["until"]
    seat = MANDATE.take("resume", world.clerk, seat, on=date(2023, 6, 1))
    with pytest.raises(Refused, match="没有暂时停止"):
        MANDATE.take("resume", world.clerk, seat, on=date(2023, 7, 1))
    with pytest.raises(Refused, match="上一次恢复日期2023年6月1日"):
        MANDATE.take("suspend", world.clerk, seat, on=date(2023, 5, 31), ground="serving")
    MANDATE.take("suspend", world.clerk, seat, on=date(2023, 8, 1), ground="serving", decision="渝0101刑初5号判决书")
    assert list(Suspension.objects.values_list("since", "until", "ground", "decision")) == [
        (date(2023, 1, 5), date(2023, 6, 1), "detained", ""),
        (date(2023, 8, 1), None, "serving", "渝0101刑初5号判决书"),
    ]


def test_a_seat_that_ended_while_it_rested_is_not_taken_up_again(world, town, woman):
    seat = MANDATE.take("suspend", world.clerk, woman.mandates.get(), on=date(2023, 1, 5), ground="detained")
    seat = MANDATE.take("end", world.clerk, seat, on=date(2023, 3, 1), reason="moved")
    with pytest.raises(Refused, match="终止"):
        MANDATE.take("resume", world.clerk, seat, on=date(2023, 6, 1))


def test_a_page_that_showed_other_suspensions_is_an_old_one(world, town, woman):
    seat = woman.mandates.get()
    shown = version_of(seat)
    MANDATE.take("suspend", world.clerk, seat, on=date(2023, 1, 5), ground="detained")
    with pytest.raises(Conflict):
        MANDATE.take("resume", world.clerk, seat, on=date(2023, 6, 1), version=shown)


def test_an_ended_seat_is_not_taken_up_again(world, town, woman):
    seat = woman.mandates.get()
    MANDATE.take("suspend", world.clerk, seat, on=date(2023, 1, 5), ground="detained")
    MANDATE.take("end", world.clerk, seat, on=date(2023, 5, 1), reason="rights")
    with pytest.raises(Refused, match="代表资格已经终止"):
        MANDATE.take("resume", world.clerk, seat, on=date(2023, 6, 1))


def test_a_seat_that_rested_is_not_taken_back(world, town, woman):
    seat = woman.mandates.get()
    MANDATE.take("suspend", world.clerk, seat, on=date(2023, 1, 5), ground="detained")
    with pytest.raises(Refused, match="已有暂停执行职务1条"):
        MANDATE.take("withdraw", world.clerk, seat, reason="登错了")
    MANDATE.take("unsuspend", world.clerk, seat, reason="登错了人")
    MANDATE.take("withdraw", world.clerk, seat, reason="登错了")


def test_an_ended_seat_neither_rests_nor_is_withdrawn(world, town, woman):
    MANDATE.take("end", world.clerk, woman.mandates.get(), on=date(2023, 5, 1), reason="moved")
    seat = woman.mandates.get()
    with pytest.raises(Refused, match="该代表资格已于2023年5月1日终止"):
        MANDATE.take("end", world.clerk, seat, on=date(2023, 6, 1), reason="resigned")
    assert woman.mandates.get().end_reason == "moved"
    with pytest.raises(Refused, match="不再适用暂停"):
        MANDATE.take("suspend", world.clerk, seat, on=date(2023, 6, 1), ground="serving")
    with pytest.raises(Refused, match="已终止的代表资格是履职历史，不能撤回"):
        MANDATE.take("withdraw", world.clerk, seat, reason="登错了")


@pytest.mark.parametrize(
    ("field", "value", "state"),
    [
        ("name", "改名人", "pending"),
        ("gender", "male", "pending"),
        ("ethnicity", "回族", "pending"),
        ("birth_date", date(1980, 1, 2), "pending"),
        ("id_number", MAN, "pending"),
        ("phone", "13800138000", "approved"),
        ("employer_post", "云溪村村委会主任", "approved"),
        ("name", None, "approved"),
    ],
)
def test_an_approved_entry_that_names_another_person_waits_again(world, town, woman, field, value, state):
    actions.approve(world.chair, [woman])
    entry = Deputy.objects.get(pk=woman.pk)
    setattr(entry, field, value if value is not None else getattr(entry, field))
    with action(SET_UP, actor=None):
        entry.save()
    entry.refresh_from_db()
    assert entry.state == state


def test_the_chair_approves_it_anew(world, town, woman):
    actions.approve(world.chair, [woman])
    entry = Deputy.objects.get(pk=woman.pk)
    entry.name = "改名人"
    actions.save_deputy(world.clerk, entry, entry.version)
    assert actions.approve(world.chair, [entry]) == 1
    assert Deputy.objects.get(pk=woman.pk).state == Deputy.State.APPROVED
