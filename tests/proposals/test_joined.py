"""Several suggestions handled together (并案): numbers stay, one handling, each its own reply and rating."""

import pytest
from django.db import IntegrityError, transaction

from congress import clock
from congress.assembly.models import Session
from congress.guard.action import action, lock
from congress.models import AuditEvent, Message
from congress.steps import standing_of
from congress.web.todo import waiting_for
from proposals import queries
from proposals.actions import joining
from proposals.life import SUGGESTION
from proposals.models import Assignment, Extension, Reply, Suggestion, Talk
from proposals.stages import Stage
from tests.proposals.helpers import SET_UP, answer, assigned, at, day, refused, registered, text_of

pytestmark = pytest.mark.django_db
go = SUGGESTION.take


def stage(row) -> Stage:
    return queries.stage_of(queries.fresh(row))


def joined_pair(world, **values):
    """Two registered suggestions, the second joined to the first on 03-18."""
    main, other = registered(world), registered(world, title="关于同一条渠的建议", **values)
    go("join", world.clerk, other, main=main, on=day(3, 18))
    return main, other


@pytest.fixture
def pair(town):
    return joined_pair(town)


def test_f24_joined_suggestions_keep_their_numbers_are_handled_as_one_and_answered_each(town, pair):
    main, other = pair
    assert {row.number for row in Suggestion.objects.all()} == {"2022-001", "2022-002"}
    go("assign", town.chair, main, lead=town.unit, assisting=[town.other_unit], difficult=True, on=day(3, 20))
    go("sign", town.handler, main, on=day(3, 21))
    go("sign", town.other_handler, main, on=day(3, 22))
    go("advise", town.other_handler, main, advice="配合。", on=day(3, 25))
    go("talk", town.handler, main, way="visit", summary="看了现场。", on=day(4, 10))
    for row in (main, other):
        assert stage(row) is Stage.TALKED
        assert sorted(Assignment.objects.filter(suggestion=row).values_list("part", "signed_on", "advice_on")) == [
            ("assist", day(3, 22), day(3, 25)),
            ("lead", day(3, 21), None),
        ]
        assert Talk.objects.filter(suggestion=row).count() == 1
        for step in ("assign", "sign", "talk"):
            assert AuditEvent.objects.filter(verb=f"proposals.{step}", subject_id=str(row.pk)).exists(), step
    go("reply", town.handler, main, text="已经修复。", grade="A", contact="王工", on=day(5, 1))
    assert (stage(main), stage(other)) == (Stage.REPLIED, Stage.TALKED)
    go("reply", town.handler, other, on=day(5, 2))
    assert set(Reply.objects.values_list("suggestion__number", "text", "grade")) == {
        ("2022-001", "已经修复。", "A"),
        ("2022-002", "已经修复。", "A"),
    }
    go("rate", town.deputy_user, main, attitude="good", result="good", on=day(5, 3))
    go("rate", town.deputy_user, other, attitude="good", result="bad", reason="没有修到", on=day(5, 3))
    assert (stage(main), stage(other)) == (Stage.CLOSED, Stage.REOPENED)
    # The main one is done with: the other goes on by itself.
    go("reopen", town.chair, other, lead=town.unit, on=day(5, 5))
    assert (stage(main), stage(other)) == (Stage.CLOSED, Stage.ASSIGNED)


def test_each_is_told_with_its_own_messages(town, pair):
    main, other = pair
    go("assign", town.chair, main, lead=town.unit, on=day(3, 20))
    for row in pair:
        told = Message.objects.filter(key__startswith=f"suggestion:{row.pk}:assigned")
        assert set(told.values_list("recipient__username", flat=True)) == {"handler", "deputy"}
    note = Message.objects.get(key=f"suggestion:{other.pk}:joined:2022-03-18")
    assert (note.recipient, note.title.split("：")[0]) == (town.deputy_user, f"您的建议与第{main.number}号并案办理")
    assert not Message.objects.filter(key__startswith=f"suggestion:{main.pk}:joined").exists()


def test_what_goes_along_is_not_offered_on_the_joined_one_which_leads_there(world, browse):
    with world.in_township():
        main, other = joined_pair(world)
    client = browse(world.chair)
    answered = client.get(at(world, "suggestion-assign", other.pk))
    assert answered.status_code == 409
    page = text_of(answered)
    assert f"已并入第{main.number}号，随之办理" in page
    assert f'href="{at(world, "suggestion", main.pk)}"' in page
    page = text_of(client.get(at(world, "suggestion-assign", main.pk)))
    assert f"一并办理：{other}。" in page
    with clock.frozen(day(3, 22)):
        sent = {"version": "", "lead": str(world.unit.pk), "on": "2022-03-20"}
        done = client.post(at(world, "suggestion-assign", main.pk), sent, follow=True)
    assert f"一并办理：{other}。" in text_of(done)
    page = text_of(browse(world.clerk).get(at(world, "suggestion", other.pk)))
    assert f"并入第{main.number}号，随之办理，分别答复" in page
    assert f'href="{at(world, "suggestion", main.pk)}"' in page
    page = text_of(browse(world.clerk).get(at(world, "suggestion", main.pk)))
    assert f"第{other.number}号并入这一件，一并办理" in page


def test_the_unit_finds_the_main_one_to_sign_for_and_both_to_reply_to(world, browse):
    def waiting() -> dict[str, int]:
        with world.in_township():
            standing = standing_of(world.handler, world.township)
            return {one.label: one.count for one in waiting_for(standing) if one.count}

    with world.in_township():
        main, other = joined_pair(world)
        go("assign", world.chair, main, lead=world.unit, on=day(3, 20))
    with clock.frozen(day(6, 15)):
        assert waiting() == {"代表建议待签收": 1, "代表建议7天内到期": 2}
        page = text_of(browse(world.handler).get(at(world, "handling")))
        assert (str(main) in page, str(other) in page) == (True, False)
        with world.in_township():
            go("sign", world.handler, main, on=day(3, 21))
        page = text_of(browse(world.handler).get(at(world, "handling")))
        assert (str(main) in page, str(other) in page) == (True, True)
        assert waiting() == {"代表建议7天内到期": 2}


def test_the_reply_of_the_joined_one_begins_with_the_words_of_the_main_one(world, browse):
    with world.in_township():
        main, other = joined_pair(world)
        go("assign", world.chair, main, lead=world.unit, on=day(3, 20))
        client, url = browse(world.handler), at(world, "suggestion-reply", other.pk)
        go("sign", world.handler, main, on=day(3, 21))
        assert "渠段已经修复" not in text_of(client.get(url))
        go("reply", world.handler, main, text="渠段已经修复。", grade="B", promised_on=day(9, 30), on=day(4, 1))
    page = text_of(client.get(url))
    assert 'value="2022-09-30"' in page
    assert "渠段已经修复。</textarea>" in page


def test_extensions_and_returns_go_along(town, pair):
    main, other = pair
    go("assign", town.chair, main, lead=town.unit, on=day(3, 20))
    go("ask-extension", town.handler, main, new_due=day(8, 1), reason="汛期", on=day(4, 1))
    refused(
        lambda: go("ask-extension", town.handler, other, new_due=day(8, 1), reason="汛期", on=day(4, 2)),
        f"已并入第{main.number}号",
    )
    go("extension", town.chair, main, decision="agree", on=day(4, 2))
    assert [queries.due_of(queries.fresh(row)).date for row in pair] == [day(8, 1)] * 2
    assert Extension.objects.count() == 2
    go("return", town.handler, main, reason="不归我们管", on=day(4, 3))
    go("reassign", town.chair, main, lead=town.other_unit, on=day(4, 4))
    assert [stage(row) for row in pair] == [Stage.ASSIGNED] * 2
    assert [queries.answering_shares(queries.fresh(row))[0].unit for row in pair] == [town.other_unit] * 2


def test_parts_of_units_that_answer_separately_go_along_unit_by_unit(town, pair):
    main, other = pair
    go("assign", town.chair, main, way="separate", separate=[town.unit, town.other_unit], on=day(3, 20))
    answer(town, main, town.handler, on=day(4, 1))
    signed = [[share.signed_on for share in queries.answering_shares(queries.fresh(row))] for row in pair]
    assert signed == [[day(4, 1), None]] * 2
    # The water station has answered the main one alone; the education office still signs for both at once.
    go("sign", town.other_handler, main, on=day(4, 2))
    assert queries.answering_shares(queries.fresh(other))[1].signed_on == day(4, 2)
    go("talk", town.handler, other, way="phone", summary="谈了。", on=day(4, 3))
    assert Talk.objects.get().suggestion == other


def test_when_one_of_them_refuses_nothing_is_done_and_it_is_named(town, pair):
    main, other = pair
    with action(SET_UP, actor=None):
        other = Suggestion.objects.get(pk=other.pk)
        other.registered_on = day(3, 25)
        other.save()
    found = refused(
        lambda: go("assign", town.chair, main, lead=town.unit, on=day(3, 20)),
        f"一并办理的{other}：交办日期2022年3月20日",
    )
    assert {finding.field for finding in found} == {"on"}
    assert not Assignment.objects.exists()
    assert not AuditEvent.objects.filter(verb="proposals.assign").exists()
    go("assign", town.chair, main, lead=town.unit, on=day(3, 25))
    assert Assignment.objects.count() == 2


def test_an_extension_that_only_one_of_them_allows_says_which(town):
    main, other = registered(town), registered(town, title="关于同一条渠的建议")
    with action(SET_UP, actor=None):
        town.county.province = "shandong"
        town.county.save()
        session = Session(township=town.township, term=town.term, number=2, opened_on=day(3, 15), closed_on=day(3, 16))
        session.save()
        main = Suggestion.objects.get(pk=main.pk)
        main.session = session
        main.save()
    go("join", town.chair, other, main=main, on=day(3, 18))
    go("assign", town.chair, main, lead=town.unit, on=day(3, 20))
    dues = [queries.due_of(queries.fresh(row)).date for row in (main, other)]
    assert dues == [day(5, 16), day(6, 20)]
    taking = {"new_due": day(6, 10), "reason": "汛期"}
    refused(lambda: go("ask-extension", town.handler, main, on=day(4, 1), **taking), f"一并办理的{other}：延至")
    assert not Extension.objects.exists()
    go("part", town.chair, other, on=day(4, 1))
    go("ask-extension", town.handler, main, on=day(4, 1), **taking)
    assert Extension.objects.get().suggestion == main


def test_the_joined_one_goes_on_alone_when_the_main_one_ends_or_it_is_parted(town, pair):
    main, other = pair
    third = registered(town, title="关于同一条渠的第三件建议")
    go("join", town.chair, third, main=main, on=day(3, 18))
    refused(lambda: go("part", town.clerk, third, on=day(3, 17)), "早于并案日期")
    go("part", town.clerk, third, on=day(3, 19))
    go("withdraw", town.deputy_user, main, reason="已经解决", on=day(3, 19))
    for row in (other, third):
        go("assign", town.chair, row, lead=town.unit, on=day(3, 20))
    assert [stage(row) for row in (main, other, third)] == [Stage.WITHDRAWN, Stage.ASSIGNED, Stage.ASSIGNED]
    page = [
        entry.text for entry in queries.suggestion_thread(standing_of(town.chair, town.township), queries.fresh(third))
    ]
    assert f"并入第{main.number}号办理，编号不变，分别答复" in page
    assert "解除并案，单独办理" in page


def test_there_are_no_chains(town, pair):
    main, other = pair
    third = registered(town, title="关于另一条渠的建议")
    refused(lambda: go("join", town.clerk, third, main=other, on=day(3, 18)), "不能并入")
    refused(lambda: go("join", town.clerk, main, main=third, on=day(3, 18)), "已有建议并入这一件")
    refused(lambda: go("join", town.clerk, other, main=third, on=day(3, 18)), f"已并入第{main.number}号")
    refused(lambda: go("join", town.clerk, third, main=third, on=day(3, 18)), "不能并入")
    go("part", town.clerk, other, on=day(3, 18))
    go("join", town.clerk, other, main=third, on=day(3, 19))
    assert queries.fresh(other).joined_to == third
    assert queries.fresh(other).parted_on is None


def test_a_main_one_that_is_assigned_while_the_other_is_joined_stays_alone(town, monkeypatch):
    main, other = registered(town), registered(town, title="关于同一条渠的建议")

    def lock_late(row):
        """Somebody else was faster between the look at the main one and its lock."""
        with action(SET_UP, actor=None):
            Suggestion.objects.filter(pk=row.pk).update(assigned_on=day(3, 18))
        return lock(row)

    monkeypatch.setattr(joining, "lock", lock_late)
    [late] = refused(lambda: go("join", town.clerk, other, main=main, on=day(3, 18)), "刚刚有人改动了这两件建议")
    assert late.field == "main"
    assert queries.fresh(other).joined_to is None


def test_the_page_says_on_what_ground_suggestions_are_joined(world, browse):
    with world.in_township():
        row, _ = registered(world), registered(world)
        with action(SET_UP, actor=None):
            world.county.province = "shandong"
            world.county.save()
    page = text_of(browse(world.chair).get(at(world, "suggestion-join", row.pk)))
    assert "内容相同的建议可以并案办理，但应当分别答复代表" in page
    assert "《山东省人民代表大会代表建议、批评和意见办理工作条例》（2017年修正）第二十条第二款，可以参照" in page


def test_only_what_waits_to_be_assigned_is_joined(town):
    given, waiting = assigned(town), registered(town, title="关于同一条渠的建议")
    refused(lambda: go("join", town.clerk, waiting, main=given, on=day(3, 21)), "没有可以并入的建议")
    third = registered(town, title="关于第三条渠的建议")
    refused(lambda: go("join", town.clerk, waiting, main=given, on=day(3, 21)), "不能并入")
    refused(lambda: go("join", town.clerk, given, main=third, on=day(3, 21)), "不能并案")
    refused(lambda: go("join", town.clerk, waiting, main=third, on=day(3, 16)), "早于登记日期")
    refused(lambda: go("join", town.handler, waiting, main=third, on=day(3, 21)), "由主席、办事员办理")
    refused(lambda: go("join", town.clerk, waiting, on=day(3, 21)), "请选择并入哪一件")
    assert [queries.fresh(row).joined_to for row in (given, waiting, third)] == [None, None, None]


def test_the_numbers_of_confidential_ones_lead_nowhere_for_those_who_may_not_read_them(world, browse):
    with world.in_township():
        main, other = (
            registered(world, confidential=True),
            registered(world, title="关于同一条渠的建议", lead=world.deputies[1], actor=world.clerk),
        )
        go("join", world.clerk, other, main=main, on=day(3, 18))
        with action(SET_UP, actor=None):
            world.deputies[0].account = None
            world.deputies[0].save()
    page = text_of(browse(world.deputy_user).get(at(world, "suggestion", other.pk)))
    assert f"并入第{main.number}号" in page
    assert at(world, "suggestion", main.pk) not in page
    assert "灌溉渠的建议" not in page


def test_the_ledger_says_to_which_one_it_is_joined(world, browse):
    with world.in_township():
        main, other = joined_pair(world)
    client, url = browse(world.clerk), at(world, "suggestions")
    book = b"".join(client.get(url, {"format": "csv"})).decode("utf-8-sig")
    assert [line.count(main.number) for line in book.splitlines() if other.title in line] == [1]
    assert other.title in text_of(client.get(url, {"q": f"{main.number} 同一条渠"}))


def test_pages_cost_no_more_queries_for_three_pairs_than_for_one(world, browse, django_assert_max_num_queries):
    def more() -> Suggestion:
        with world.in_township():
            main, _ = joined_pair(world)
            go("assign", world.chair, main, lead=world.unit, on=day(3, 20))
        return main

    def asked(user, url) -> int:
        with django_assert_max_num_queries(120) as seen:
            assert browse(user).get(url).status_code == 200
        return len(seen)

    with clock.frozen(day(6, 1)):
        main = more()
        pages = [
            (world.clerk, at(world, "suggestions")),
            (world.handler, at(world, "handling")),
            (world.clerk, at(world, "suggestion", main.pk)),
        ]
        for page in pages:
            asked(*page)  # the first visit fills caches
        one = [asked(*page) for page in pages]
        more()
        more()
        assert [asked(*page) for page in pages] == one


def test_the_database_holds_that_nothing_is_joined_to_itself_or_on_no_day(town, pair):
    for values in ({"joined_to_id": pair[1].pk}, {"joined_on": None}, {"joined_to": None}):
        with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
            Suggestion.objects.filter(pk=pair[1].pk).update(**values)
