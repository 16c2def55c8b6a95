"""A person is not a name: whom a row means, what is asked, and what may be written over."""

from datetime import date

import pytest

from congress import clock, imports
from congress.guard.action import Refused, action
from congress.imports import batches
from congress.people.erase import erase
from congress.people.erased import ERASED
from deputies.actions import withdraw_deputy
from deputies.imports.identity import Person, same
from deputies.models import Deputy, District, Mandate
from tests.cast import SET_UP, make_deputy
from tests.spreadsheets.books import id_number

HEAD = ["姓名", "性别", "出生年月", "单位及职务", "手机", "选区"]
FIRST = ["王试强", "男", "1970-03", "砚南村村民", "13800040001", "1"]
SECOND = ["王试强", "男", "1988-11", "砚北村教师", "13800040002", "2"]


@pytest.fixture(autouse=True)
def second_district(world):
    with world.in_township(), action(SET_UP, actor=None):
        District.objects.create(township=world.township, term=world.term, number=2, name="东山村", seats=3)


def standing(name: str):
    return Deputy.objects.filter(name=name, withdrawn_at=None).order_by("birth_date")


def approve_all():
    with action(SET_UP, actor=None):
        Deputy.objects.filter(state="pending").update(state="approved", approved_at=clock.now())


def rows_of(batch):
    return imports.preview_of(batch).rows


def test_a_second_person_of_the_same_name_is_asked_about_and_stays_a_second_person(world, bring, take):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        batch = bring([HEAD, SECOND])
        (row,) = rows_of(batch)
        assert (row.status, row.question.answer) == ("new", "")
        assert "王试强（1970年03月生，第1选区（云溪村），砚南村村民）" in row.question.choices[0][1]
        take(batch)
        assert list(standing("王试强").values_list("birth_date", "employer_post")) == [
            (date(1970, 3, 1), "砚南村村民"),
            (date(1988, 11, 1), "砚北村教师"),
        ]


def test_the_answer_same_person_writes_over_the_entry_and_it_waits_for_approval_again(world, bring, take):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        approve_all()
        batch = bring([HEAD, SECOND])
        (row,) = rows_of(batch)
        batches.look_again(world.clerk, batch, answers={row.name: row.question.choices[0][0]})
        (row,) = rows_of(batch)
        assert row.status == "changed"
        assert "原已审核，导入后重新等待主席审核" in row.notes
        take(batch)
        (one,) = standing("王试强")
        assert (one.employer_post, one.state, one.approved_at) == ("砚北村教师", "pending", None)
        assert Mandate.objects.get(deputy=one).district.number == 2
        assert imports.undo(world.clerk, batch) == {}
        one.refresh_from_db()
        assert (one.employer_post, one.state, one.birth_date) == ("砚南村村民", "approved", date(1970, 3, 1))
        assert one.approved_at is not None


def test_a_row_of_another_birth_does_not_touch_an_entry_with_an_id_number(world, bring, take):
    number = id_number(2, "19910812")
    with world.in_township():
        with action(SET_UP, actor=None):
            known = make_deputy(
                world.township, "马芷琴", term=world.term, id_number=number, birth_date=date(1991, 8, 12)
            )
        batch = bring([HEAD[:4], ["马芷琴", "男", "1955-01", "另一村的同名村民"]])
        (row,) = rows_of(batch)
        assert row.question is not None
        batches.look_again(world.clerk, batch, answers={row.name: str(known.pk)})
        (row,) = rows_of(batch)
        assert row.status == "wrong", "the check of the form runs against the entry as it would become"
        assert "出生日期与身份证号不一致" in str(row.errors[0])
        batches.look_again(world.clerk, batch, answers={row.name: ""})
        take(batch)
        known.refresh_from_db()
        assert (known.birth_date, known.gender, known.state) == (date(1991, 8, 12), "female", "approved")
        assert standing("马芷琴").count() == 2


def test_another_id_number_is_another_person_without_a_question(world, bring, take):
    one, other = id_number(1, "19750812"), id_number(3, "19750812")
    with world.in_township():
        take(bring([["姓名", "身份证号", "单位及职务"], ["张伟", one, "砚南村村民"]]))
        batch = bring([["姓名", "身份证号", "单位及职务"], ["张伟", other, "砚南村村民"]])
        (row,) = rows_of(batch)
        assert (row.status, row.question) == ("new", None)
        take(batch)
        assert {entry.id_number for entry in standing("张伟")} == {one, other}


def test_a_corrected_name_is_found_by_the_id_number(world, bring):
    number = id_number(1, "19750812")
    with world.in_township():
        with action(SET_UP, actor=None):
            make_deputy(world.township, "张玮", gender="male", id_number=number, birth_date=date(1975, 8, 12))
        (row,) = rows_of(bring([["姓名", "身份证号"], ["张伟", number]], term=None))
        assert row.changes["name"] == ["张玮", "张伟"]


@pytest.mark.parametrize("columns", [HEAD, HEAD[:3], [HEAD[0], HEAD[1], HEAD[3]], [HEAD[0], HEAD[1], HEAD[5]]])
def test_with_two_namesakes_on_the_roster_the_same_row_changes_nothing(world, bring, take, columns):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        take(bring([HEAD, SECOND]))
        row = [FIRST[HEAD.index(heading)] for heading in columns]
        assert [row.status for row in rows_of(bring([columns, row]))] == ["unchanged"]


def test_with_two_namesakes_a_row_that_fits_neither_is_asked_about_both(world, bring, take):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        take(bring([HEAD, SECOND]))
        (row,) = rows_of(bring([HEAD[:4], ["王试强", "男", "1970-03", "竹埂村会计"]]))
        assert (row.status, len(row.question.choices)) == ("new", 2)


def test_birth_and_district_or_post_are_enough(world, bring, take):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        moved = bring([HEAD, [*FIRST[:5], "2"]])
        (row,) = rows_of(moved)
        assert (row.status, row.question, set(row.changes)) == ("changed", None, {"district"})
        promoted = [*FIRST[:3], "砚南村会计", *FIRST[4:]]
        (row,) = rows_of(bring([HEAD, promoted]))
        assert (row.status, row.question, set(row.changes)) == ("changed", None, {"employer_post"})


def test_two_rows_of_a_file_are_one_person_two_persons_or_a_contradiction(world, bring):
    with world.in_township():
        rows = rows_of(bring([HEAD, FIRST, SECOND, FIRST, [*FIRST[:4], "13900000000", "1"]]))
        assert [row.status for row in rows] == ["new", "new", "duplicate", "duplicate"]
        assert str(rows[2].errors[0]) == "第4行：与第2行重复"
        assert str(rows[3].errors[0]) == "第5行：与第2行重复，但手机不一致，请核对后只留一处"
        short = rows_of(bring([["姓名", "性别", "单位及职务"], ["钱二", "男", "甲村"], ["钱二", "男", "乙村"]]))
        assert [row.status for row in short] == ["new", "new"]
        assert "第2行" in short[1].notes[0]


def test_two_rows_that_mean_one_entry_are_told(world, bring, take):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        by_post = ["王试强", "男", "1970-03", "砚南村村民", "13900000001", None]
        by_district = ["王试强", "男", "1970-03", None, "13900000002", "1"]
        rows = rows_of(bring([HEAD, by_post, by_district]))
        assert [row.status for row in rows] == ["changed", "duplicate"]
        assert "但手机不一致" in str(rows[1].errors[0])


def test_namesakes_of_one_month_and_district_come_back_unchanged_when_their_posts_tell_them_apart(world, bring, take):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        twin = ["王试强", "男", "1970-03", "砚南村会计", "13900000001", "1"]
        batch = bring([HEAD, twin])
        assert rows_of(batch)[0].changes.keys() == {"employer_post", "phone"}
        with action(SET_UP, actor=None):
            make_deputy(world.township, "王试强", term=world.term, gender="male", birth_date=date(1970, 3, 9),
                        employer_post="砚南村会计", phone="13900000001")  # fmt: skip
        assert [row.status for row in rows_of(bring([HEAD, FIRST, twin]))] == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (Person("甲", number="1"), Person("甲", number="2"), False),
        (Person("甲", number="1"), Person("乙", number="1"), True),
        (Person("甲", birth="1970-03", post="村民"), Person("甲", birth="1970-03-12", post="村民"), True),
        (Person("甲", "1", "1970-03-12", post="村民"), Person("甲", birth="1970-03", post="村民"), True),
        (Person("甲", "1", "1970-03-12", post="村民"), Person("甲", birth="1970-03", post="会计"), None),
        (Person("甲", birth="1970-03-11", post="村民"), Person("甲", birth="1970-03-12", post="村民"), False),
        (Person("甲", birth="1970-03", district="1"), Person("甲", birth="1970-03", district="1"), True),
        (Person("甲", birth="1970-03"), Person("甲", birth="1970-03"), None),
        (Person("甲", post="村民", district="1"), Person("甲", post="村民", district="1"), None),
        (Person("甲", birth="1970-03", post="村民"), Person("甲", birth="1971-03", post="村民"), False),
        (Person("甲", birth="1970-03", post="村民"), Person("乙", birth="1970-03", post="村民"), False),
    ],
)
def test_what_makes_two_one(one, other, answer):
    assert same(one, other) is answer
    assert same(other, one) is answer


def test_an_entry_that_came_or_went_since_the_preview_stops_the_table(world, bring, take):
    with world.in_township():
        came, went = bring([HEAD, FIRST]), bring([HEAD, FIRST])
        take(came)
        with pytest.raises(Refused, match="有了变化"):
            take(went)
        batch = bring([HEAD, [*FIRST[:3], "砚南村会计", *FIRST[4:]]])
        (known,) = standing("王试强")
        with action(SET_UP, actor=None):
            Mandate.objects.filter(deputy=known).update(withdrawn_at=clock.now())
        withdraw_deputy(world.clerk, known, "登错了", known.version)
        with pytest.raises(Refused, match="有了变化"):
            take(batch)


def test_an_entry_changed_by_another_hand_since_the_preview_stops_the_table(world, bring, take):
    with world.in_township():
        take(bring([HEAD, FIRST]))
        batch = bring([HEAD, [*FIRST[:3], "砚南村会计", *FIRST[4:]]])
        (known,) = standing("王试强")
        with action(SET_UP, actor=None):
            known.employer_post = "砚南村主任"
            known.save()
        with pytest.raises(Refused, match="有了变化"):
            take(batch)


def test_imports_are_undone_in_reverse_order(world, bring, take):
    with world.in_township():
        first = take(bring([HEAD, FIRST]))
        second = take(bring([HEAD, [*FIRST[:5], "2"]]))
        third = take(bring([HEAD, [*FIRST[:3], "砚南村会计", FIRST[4], "2"]]))
        assert [each.reason for each in imports.undo(world.clerk, first).values()] == ["导入后又有变动", "已有代表资格"]
        for batch in (third, second, first):
            assert imports.undo(world.clerk, batch) == {}
        assert not standing("王试强").exists()


def test_a_hand_between_two_imports_still_keeps_the_first(world, bring, take):
    with world.in_township():
        first = take(bring([HEAD, FIRST]))
        second = take(bring([HEAD, [*FIRST[:5], "2"]]))
        assert imports.undo(world.clerk, second) == {}
        with action(SET_UP, actor=None):
            mandate = Mandate.objects.get(deputy__name="王试强", withdrawn_at=None)
            mandate.confirmed_on = date(2021, 11, 1)
            mandate.save()
        assert "导入后又有变动" in {each.reason for each in imports.undo(world.clerk, first).values()}
        assert standing("王试强").exists()


def test_what_an_import_wrote_over_somebody_erased_since_is_not_brought_back(world, bring, take):
    with world.in_township():
        first = take(bring([HEAD, FIRST]))
        second = take(bring([HEAD, [*FIRST[:3], "砚南村会计", *FIRST[4:]]]))
        (known,) = standing("王试强")
        with action(SET_UP, actor=None):
            Mandate.objects.filter(deputy=known).update(ended_on=date(2023, 1, 5), end_reason="died", version=1)
        erase(known, actor=world.clerk, reason="本人申请，保存期已满")
        assert "个人信息已按规定销毁，不能恢复原值" in {
            each.reason for each in imports.undo(world.clerk, second).values()
        }
        known.refresh_from_db()
        assert (known.employer_post, known.phone) == ("", ERASED)
        assert imports.what_holds(first)


def test_rows_of_erased_people_in_our_own_list_are_stepped_over(world, bring):
    with world.in_township():
        preview = imports.preview_of(bring([HEAD[:2], [str(ERASED), "男"], ["钱二", "男"]]))
        assert ([row.values["name"] for row in preview.rows], preview.errors) == (["钱二"], [])
        assert preview.skipped == [["", 2, "已按规定销毁的记录"]]
