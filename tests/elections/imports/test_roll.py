"""The roll of voters from a table: compared, taken, taken back."""

from datetime import date

import pytest

from congress import clock, imports
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent, DataKey, ImportRow
from deputies.models import District, Level, Term
from elections.models import Campaign, Election, Registration, RollChange, Voter, VoterGroup, VoterList
from tests.cast import SET_UP
from tests.elections.imports.rolls import HEAD, citizen, election_under_way, line, options_of, roll_of, said
from tests.spreadsheets.books import id_number


def test_a_roll_is_registered_under_one_key_and_bears_its_batch(world, under, bring, take):
    with world.in_township():
        keys = DataKey.objects.count()
        batch = take(bring([citizen(1, 住址="东山村5号", 户号="12"), line("钱二", 选民小组="2", 工作单位="供销社")]))
        assert roll_of(under) == [("赵乙", 1, "东山一组"), ("钱二", 1, "2")]
        man, woman = Voter.objects.get(name="赵乙"), Voter.objects.get(name="钱二")
        assert (man.gender, man.birth_date, man.id_number) == ("male", date(1975, 8, 12), id_number(1, "19750812"))
        assert (man.address, man.household_no, man.household, man.evidence) == ("东山村5号", "12", "local", "id_card")
        assert Voter.objects.get(id_index=id_number(1, "19750812")) == man
        assert Voter.objects.get(name="赵乙", tail_index=man.id_number[-4:]) == man
        assert (woman.id_number, woman.evidence, woman.employer, woman.ethnicity) == (None, "hukou", "供销社", "汉族")
        assert " qe" in woman.search_text or " qianer" in woman.search_text
        assert woman.stroke_key
        assert DataKey.objects.count() == keys + 3, "of the batch, of its roll, of the group"
        entry = Registration.objects.get(voter=man)
        assert (entry.ground, entry.way, entry.registered_on) == ("carried", "import", date(2026, 11, 1))
        assert {entry.batch_id, man.batch_id} == {batch.pk}
        assert list(ImportRow.objects.values_list("subject_type", flat=True)) == ["elections.votergroup"]


def test_a_roll_is_compared_with_the_one_that_stands(world, under, bring, take):
    rows = [citizen(n) for n in range(5)]
    with world.in_township():
        take(bring(rows))
        rows[1] = citizen(1, 住址="新村8号")
        rows[2] = citizen(2, 选区="2", 选民小组="1")
        batch = bring([*rows[:4], citizen(7)])
        statuses = [row.status.value for row in imports.preview_of(batch).rows]
        assert statuses == ["unchanged", "changed", "moved", "unchanged", "new", "absent"]
        absent = list(imports.preview_of(batch).rows)[-1]
        assert (absent.values["name"], absent.values["district"]) == ("赵戊", "第1选区（东山村）")
        assert any("不会因此除名" in words for words in imports.preview_of(batch).warnings)
        batch = take(batch)
        assert roll_of(under) == [
            ("赵丁", 1, "东山一组"),
            ("赵丙", 2, "1"),
            ("赵乙", 1, "东山一组"),
            ("赵戊", 1, "东山一组"),
            ("赵甲", 1, "东山一组"),
            ("赵辛", 1, "东山一组"),
        ]
        assert Voter.objects.get(name="赵乙").address == "新村8号"
        change = RollChange.objects.get()
        assert (change.kind, change.registration.district.number) == ("transferred", 1)
        assert "选民名册" in change.paper or "粘贴的内容" in change.paper


def test_undoing_a_roll_gives_back_the_one_before(world, under, bring, take):
    rows = [citizen(n) for n in range(4)]
    with world.in_township():
        take(bring(rows))
        before = roll_of(under)
        second = take(bring([citizen(1, 住址="新村8号"), citizen(2, 选区="2", 选民小组="3"), citizen(9), rows[0]]))
        assert roll_of(under) != before
        assert imports.undo(world.clerk, second) == {}
        assert roll_of(under) == before
        assert Voter.objects.get(name="赵乙").address is None
        assert not RollChange.objects.kept().exists()
        assert not VoterGroup.objects.kept().filter(district=under.districts[1]).exists()
        assert not Voter.objects.kept().filter(name="赵癸").exists()
        again = take(bring([citizen(9)]))
        assert again.counts["taken"] == 1


def test_an_entry_that_was_changed_since_keeps_the_one_before_from_coming_back(world, under, bring, take):
    with world.in_township():
        take(bring([citizen(1)]))
        second = take(bring([citizen(1, 选区="2", 选民小组=None)]))
        with action(SET_UP, actor=None):
            entry = Registration.objects.get(batch=second)
            entry.card_no = 8
            entry.save()
        assert len(imports.undo(world.clerk, second)) == 3
        assert roll_of(under) == [("赵乙", 2, "")]
        assert RollChange.objects.kept().count() == 1


def test_undoing_keeps_whom_something_came_after(world, under, bring, take):
    with world.in_township():
        batch = take(bring([citizen(1), citizen(2), citizen(3)]))
        entry = Registration.objects.get(voter__name="赵乙")
        with action(SET_UP, actor=None):
            RollChange.objects.create(
                township=world.township,
                registration=entry,
                election=under.election,
                kind="died",
                happened_on=date(2026, 11, 2),
            )
            third = Voter.objects.get(name="赵丁")
            third.remark = "外出务工"
            third.save()
        held = imports.undo(world.clerk, batch)
        assert sorted((one.name, one.reason) for one in held.values()) == [
            ("第1选区（东山村）选民登记", "已有选民册变动"),
            ("赵丁", "导入后又有变动"),
            ("赵乙", "已有选民登记"),
        ]
        assert roll_of(under) == [("赵乙", 1, "东山一组")]


def test_a_known_voter_without_entry_is_registered_and_stays_one_person(world, under, bring, take):
    with world.in_township():
        first = take(bring([citizen(1), citizen(2)]))
        with action(SET_UP, actor=None):
            Registration.objects.filter(voter__name="赵乙").update(on_roll=False)
        batch = bring([citizen(1, 选区="2", 选民小组=None), citizen(2)])
        assert [row.status.value for row in imports.preview_of(batch).rows] == ["changed", "unchanged"]
        take(batch)
        assert roll_of(under) == [("赵丙", 1, "东山一组"), ("赵乙", 2, "")]
        assert Voter.objects.kept().count() == 2
        assert first.counts["taken"] == 2


def test_without_a_number_equal_names_and_birthdays_are_asked_about_and_never_merged(world, under, bring, take):
    """X-U03."""
    with world.in_township():
        take(bring([line("钱二", 户号="5")]))
        batch = bring([line("钱二", 户号="6")])
        (row,) = imports.preview_of(batch).rows
        assert row.status == "new"
        assert "不能认定是同一人" in row.question.text
        assert row.question.choices[0][1] == "钱二（1980年03月生，第1选区（东山村），第1小组（东山一组），户号5）"
        take(batch)
        assert len(roll_of(under)) == 2
        again = bring([line("钱二", 户号="6")])
        assert imports.preview_of(again).rows[0].status == "unchanged", "it says what stands already"


def test_the_same_lines_without_numbers_in_one_table_stay_two_people_and_are_named(world, under, bring):
    with world.in_township():
        batch = bring([line("钱二", 户号="5"), line("钱二", 户号="6"), line("钱二", 户号="5")])
        assert said(batch) == [
            ("new", []),
            ("new", ["与第2行相同的内容不足以认定是一个，按两个导入"]),
            ("duplicate", ["第4行：与第2行重复"]),
        ]


def test_of_repeated_numbers_each_is_named_with_the_row_it_repeats(world, under, bring, take):
    rows = [citizen(serial, f"19{60 + serial % 30}0101") for serial in range(104)]
    repeated = [rows[n] for n in range(11)]
    with world.in_township():
        batch = bring([*rows, *repeated])
        assert (batch.counts["new"], batch.counts["duplicate"]) == (104, 11)
        told = [row.errors[0].message for row in imports.preview_of(batch).rows if row.status == "duplicate"]
        assert told == [f"与第{2 + n}行重复" for n in range(11)]
        take(batch)
        assert len(roll_of(under)) == 104


def test_one_number_in_two_districts_is_named_with_both(world, under, bring):
    """X-U01: nobody is entered in two districts by one number."""
    with world.in_township():
        batch = bring([citizen(1), citizen(1, 选区="西山村")])
        words = said(batch)[1][1][0]
        assert "与第2行重复：前一处选区“第1选区（东山村）”，这一行是“第2选区（西山村）”" in words


def test_two_clerks_with_overlapping_villages_end_with_one_row_a_person(world, under, bring, take):
    with world.in_township():
        first, second = bring([citizen(1), citizen(2)]), bring([citizen(2), citizen(3)])
        take(first)
        with pytest.raises(Refused, match="有了变化"):
            take(second)
        take(bring([citizen(2), citizen(3)]))
        assert [name for name, *_ in roll_of(under)] == ["赵丁", "赵丙", "赵乙"]
        assert Voter.objects.kept().count() == 3


def test_a_table_of_others_is_taken_although_the_roll_has_grown(world, under, bring, take):
    with world.in_township():
        first, second = bring([citizen(1)]), bring([citizen(2)])
        take(first)
        take(second)
        assert len(roll_of(under)) == 2


def test_a_table_that_waited_until_the_work_was_closed_is_not_taken(world, under, bring, take):
    with world.in_township():
        batch = bring([citizen(1)])
        with action(SET_UP, actor=None):
            Campaign.objects.update(closed_on="2026-12-30")
        with pytest.raises(Refused, match="这次选举工作已经结束或者撤回"):
            take(batch)
        assert not Voter.objects.exists()


def test_a_row_without_district_stands_in_the_one_chosen_for_all_while_that_is_there(world, under, bring, take):
    with world.in_township():
        chosen = {"district": str(under.districts[1].pk)}
        batch = bring([line("甲某", 选区=None, 选民小组=None)], **chosen)
        with action(SET_UP, actor=None):
            District.objects.filter(pk=under.districts[1].pk).update(withdrawn_at="2026-11-20T02:00Z")
        ((status, told),) = said(bring([line("乙某", 选区=None, 选民小组=None)], **chosen))
        assert (status, "没有写选区" in str(told)) == ("wrong", True)
        with action(SET_UP, actor=None):
            District.objects.filter(pk=under.districts[1].pk).update(withdrawn_at=None)
        take(batch)
        assert roll_of(under) == [("甲某", 2, "")]


def test_a_frozen_list_takes_no_more_tables(world, under, bring, take):
    with world.in_township():
        batch = bring([citizen(1)])
        with action(SET_UP, actor=None):
            VoterList.objects.create(
                township=world.township,
                election=under.election,
                asked_by=world.clerk,
                confirmed_by=world.chair,
                frozen_at="2026-11-20T02:00Z",
                voters=0,
                fingerprint="0" * 64,
            )
        with pytest.raises(Refused, match="已经定稿"):
            take(batch)
        with pytest.raises(Refused, match="已经定稿"):
            bring([citizen(2)])


def test_who_came_of_age_since_the_last_election_day_is_newly_eighteen(world, under, bring, take):
    with world.in_township():
        take(
            bring(
                [
                    line("甲某", 出生日期="2003-12-21"),
                    line("乙某", 出生日期="2003-12-20"),
                    line("丙某", 登记类型="迁入"),
                ]
            )
        )
        grounds = dict(Registration.objects.values_list("voter__name", "ground"))
        assert grounds == {"甲某": "newly_18", "乙某": "carried", "丙某": "moved_in"}


def test_one_entry_registers_for_both_levels_where_the_group_says_the_district(world, under, bring, take):
    with world.in_township():
        with action(SET_UP, actor=None):
            term = Term.objects.create(township=world.township, level=Level.COUNTY, number=18, seats=2)
            places = [
                District.objects.create(township=world.township, term=term, number=n, name=f"县{n}", seats=1)
                for n in (1, 2)
            ]
            days = {"begun_on": under.campaign.begun_on, "election_day": under.campaign.election_day}
            county = Election.objects.create(township=world.township, campaign=under.campaign, term=term, **days)
            under.group.county_district = places[0]
            under.group.save()
            VoterGroup(
                township=world.township, district=under.districts[1], county_district=places[1], number=5, name="西五"
            ).save()
        batch = bring([citizen(1), citizen(2, 选民小组="9")])
        assert any(
            "1人没有写选民小组，或者小组没有填写县级选区" in words for words in imports.preview_of(batch).warnings
        )
        first = take(batch)
        there = Registration.objects.kept().filter(election=county, on_roll=True)
        assert [(row.voter.name, row.district.number) for row in there] == [("赵乙", 1)]
        second = take(bring([citizen(1, 选区="2", 选民小组="5"), citizen(2, 选民小组="9")]))
        assert [(row.voter.name, row.district.number) for row in there.all()] == [("赵乙", 2)]
        assert RollChange.objects.filter(kind="transferred").count() == 2
        assert imports.undo(world.clerk, second) == {}
        assert [(row.voter.name, row.district.number) for row in there.all()] == [("赵乙", 1)]
        assert imports.undo(world.clerk, first) == {}
        assert not Registration.objects.kept().exists()


def test_who_stands_in_another_township_is_told_with_row_and_place_and_the_asking_is_in_the_trail(world, under, bring):
    theirs = election_under_way(world, world.neighbour)
    with scope.township(world.neighbour):
        kind = imports.kind_of("elections.roll")
        text = "\n".join("\t".join(cell or "" for cell in row) for row in [HEAD, citizen(1), citizen(4)])
        batch = imports.upload(world.clerk, world.neighbour, kind, options=options_of(theirs), text=text)
        imports.take(world.clerk, batch, only_good=False)
    with world.in_township():
        preview = imports.preview_of(bring([citizen(3), citizen(1)]))
        assert [row.status.value for row in preview.rows] == ["new", "new"]
        assert preview.warnings == [
            "第3行在石桥乡第1选区（东山村）也有登记，请核对并办理转移（一人只能在一个选区登记，选举法二十七）"
        ]
        (asked,) = AuditEvent.objects.filter(verb="elections.ask_duplicates")
        assert asked.detail == {"查询": "待登记的名册", "查到": 1}


def test_one_moved_voter_does_not_make_a_whole_district_missing(world, under, bring, take):
    """The sheet of one village names somebody of another: that village's others are no finding."""
    with world.in_township():
        take(bring([citizen(n) for n in range(4)] + [citizen(n, 选区="2", 选民小组=None) for n in range(4, 8)]))
        batch = bring([citizen(0, 选区="2", 选民小组=None), citizen(1), citizen(2)])
        preview = imports.preview_of(batch)
        assert [row.values["name"] for row in preview.rows if row.status == "absent"] == ["赵丁"]
        told = [warning for warning in preview.warnings if "没有核对缺了谁" in warning]
        assert told == ["表里只有个别人的选区，没有核对缺了谁：第2选区（西山村）表里1人、选民册上4人"]


def test_a_district_renamed_since_the_preview_sends_the_table_back(world, under, bring, take):
    with world.in_township():
        batch = bring([citizen(1)])
        with action(SET_UP, actor=None):
            District.objects.filter(pk=under.districts[0].pk).update(name="西山")
        with pytest.raises(Refused, match="第2行现在不能导入：选区1是“西山”"):
            take(batch)
        assert roll_of(under) == []


def test_a_group_withdrawn_since_the_preview_sends_the_table_back(world, under, bring, take):
    with world.in_township():
        batch = bring([citizen(1)])
        with action(SET_UP, actor=None):
            VoterGroup.objects.update(withdrawn_at=clock.now(), withdrawn_reason="误登")
        with pytest.raises(Refused, match="预览之后“第1小组（东山一组）”改了名称或者已经撤回，请重新上传后再导入。"):
            take(batch)
        assert roll_of(under) == []
