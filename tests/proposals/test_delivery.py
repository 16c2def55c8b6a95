"""Every hand-over reaches somebody, or says that it did not."""

import io
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text

from congress.guard.action import action
from congress.models import AuditEvent, Document, Message, Unit
from congress.steps import standing_of
from proposals import queries
from proposals.documents import printed, slip_of_matter, slip_of_share
from proposals.life import MATTER, SUGGESTION
from proposals.models import Matter, Suggestion
from tests.proposals.helpers import SET_UP, a_matter, at, day, log, new_matter, refused, registered, text_of

BUREAU = "区交通运输局"


@pytest.fixture
def town(world):
    with world.in_township():
        with action(SET_UP, actor=None):
            world.users["bureau"] = Unit.objects.create(township=world.township, name=BUREAU)
        yield world


@pytest.fixture
def given(town):
    """Given to a unit without account, the water station assisting."""
    return given_to_the_bureau(town)


def given_to_the_bureau(world, **values):
    row = registered(world, **values)
    return SUGGESTION.take("assign", world.chair, row, lead=world.bureau, assisting=[world.unit], on=day(3, 20))


def words_of(pdf: bytes) -> str:
    return "".join(extract_text(io.BytesIO(pdf)).split())


def share(row, unit):
    return queries.share_of(queries.fresh(row), unit)


def todos(world, client) -> dict:
    answer = client.get(reverse("township_home", args=[world.township.code]))
    return {line.label: line for line in answer.context["todos"]}


# -- what is said


def test_the_word_after_assigning_tells_whom_it_reached_and_whom_not(town, browse):
    row = registered(town)
    sent = {"version": "", "on": "2022-03-20", "way": "lead", "lead": town.bureau.pk, "assisting": [town.unit.pk]}
    page = text_of(browse(town.chair).post(at(town, "suggestion-assign", row.pk), sent, follow=True))
    assert f"已通知水利站（1个账号）；{BUREAU}没有账号，请打印交办单送达。" in page
    assert "承办单位会收到消息" not in page
    assert at(town, "suggestion-slip", row.pk, share(row, town.bureau).pk) in page
    assert Message.objects.filter(recipient=town.handler, title__contains="收到交办").count() == 1


def test_the_word_after_a_reply_says_whether_the_deputy_was_told(town):
    step = SUGGESTION.step("reply")
    row = queries.fresh(given_to_the_bureau(town))
    attempt = SUGGESTION.attempt("reply", None, row)
    assert "已通知领衔代表" in step.speak(step.said, attempt)
    own = queries.fresh(given_to_the_bureau(town, actor=town.clerk, lead=town.deputies[1], title="另一件"))
    assert "领衔代表没有账号" in step.speak(step.said, SUGGESTION.attempt("reply", None, own))


# -- the slip


def test_the_slip_says_what_is_given_until_when_and_brings_its_return(town, given):
    pdf = printed([slip_of_share(queries.fresh(given), share(given, town.bureau))])
    words = words_of(pdf)
    for said in ("代表建议交办单", BUREAU, "曾田", "2022年6月20日", "回执（2022-001）", "签收人", "签收日期"):
        assert said in words
    assert "〔" not in words  # it is no official document and takes no number
    assert extract_text(io.BytesIO(pdf)).count("\f") == 1  # one page
    assert not Document.objects.exists()


def test_slips_of_two_units_lie_beside_each_other_in_a_folder(town, given, browse):
    row = queries.fresh(given)
    names = [
        saved_as(browse(town.clerk), town, "suggestion-slip", row.pk, share(row, unit).pk)
        for unit in (town.bureau, town.unit)
    ]
    assert names == [f"云溪镇_代表建议交办单2022-001{unit}_20220320.pdf" for unit in (BUREAU, "水利站")]
    matter = MATTER.take("unit", town.clerk, a_matter(town), unit=town.bureau, on=day(3, 16))
    name = saved_as(browse(town.clerk), town, "matter-slip", matter.pk)
    assert name == f"云溪镇_反映事项交办单{matter.number}{BUREAU}_20220316.pdf"


def saved_as(client, town, name, *parts) -> str:
    """What a browser calls the paper when it keeps it."""
    return unquote(client.get(at(town, name, *parts))["Content-Disposition"]).rpartition("''")[2]


def test_what_was_typed_on_several_lines_runs_on_in_a_cell(town):
    row = given_to_the_bureau(town, proposal="第一，修路\n\n第二，装灯。 \n第三，管护")
    rows = dict(slip_of_share(queries.fresh(row), share(row, town.bureau))["rows"])
    assert rows["具体建议"] == "第一，修路；第二，装灯。第三，管护"
    assert rows["交办单位"] == "云溪镇人民代表大会主席团 2022年3月20日（盖章）"


def test_each_slip_names_who_handles_it_beside_the_unit(town, given):
    row = queries.fresh(given)
    told = {unit: dict(slip_of_share(row, share(given, unit))["rows"]) for unit in (town.bureau, town.unit)}
    assert (told[town.bureau]["办理方式"], told[town.bureau]["协办单位"]) == ("主办", "水利站")
    assert (told[town.unit]["办理方式"], told[town.unit]["主办单位"]) == ("协办", BUREAU)


def test_the_slip_names_who_signed_the_suggestion_as_well(town):
    row = given_to_the_bureau(town, cosigners=[town.deputies[1]])
    slip = lambda: dict(slip_of_share(queries.fresh(row), share(row, town.bureau))["rows"])  # noqa: E731
    assert "联名代表" not in slip()  # not confirmed
    with action(SET_UP, actor=None):
        row.cosigners.update(confirmed_on=day(3, 16))
    assert slip()["联名代表"] == town.deputies[1].name
    with action(SET_UP, actor=None):
        Suggestion.objects.update(confidential=True)
    assert "联名代表" not in slip()


def test_the_slip_of_a_confidential_suggestion_names_no_deputy(town):
    row = given_to_the_bureau(town, confidential=True)
    words = words_of(printed([slip_of_share(queries.fresh(row), share(row, town.bureau))]))
    assert "曾田" not in words
    assert "应代表要求不公开" in words


def test_the_slip_of_a_matter_brings_the_voters_words_and_no_voter(town):
    row = MATTER.take("unit", town.clerk, a_matter(town), unit=town.bureau, on=day(3, 16), note="请看现场")
    slip = slip_of_matter(MATTER.find(row.pk))
    words = words_of(printed([slip]))
    assert "村里的灌溉渠塌了一段" in words
    assert re.fullmatch(r"[^，]+日，即[^=（]+接待 \+ \d+日（[^（）]+）", dict(slip["rows"])["办理期限"])
    assert "请看现场" in words


def test_a_character_no_font_has_keeps_no_slip_from_being_printed(town):
    row = given_to_the_bureau(town, title="关于\U000f0000渠的建议")
    assert "〓" in words_of(printed([slip_of_share(queries.fresh(row), share(row, town.bureau))]))


# -- delivered, signed for


def test_a_slip_is_delivered_once_and_comes_back_signed(town, given):
    SUGGESTION.take("deliver", town.clerk, given, unit=town.bureau, on=day(3, 21))
    assert share(given, town.bureau).delivered_on == day(3, 21)
    said = f"交办单已于2022年3月21日送达{BUREAU}"
    refused(lambda: SUGGESTION.take("deliver", town.chair, given, unit=town.bureau, on=day(3, 22)), said)
    assert share(given, town.bureau).delivered_on == day(3, 21)
    refused(lambda: SUGGESTION.take("deliver", town.handler, given, unit=town.bureau), "权限")
    refused(lambda: SUGGESTION.take("sign", town.clerk, given, unit=town.bureau, on=day(3, 22)), "填写签收人")
    SUGGESTION.take("sign", town.clerk, given, unit=town.bureau, on=day(3, 22), signed_by="赵六")
    texts = [
        (one.text, one.note, one.actor)
        for one in queries.suggestion_thread(standing_of(town.clerk, town.township), SUGGESTION.find(given.pk))
    ]
    assert (f"交办单送达{BUREAU}", "", "云溪办事员") in texts
    assert (f"{BUREAU}签收", "签收人：赵六", "云溪办事员") in texts


def test_a_unit_with_an_account_signs_without_naming_a_signer(town, given):
    SUGGESTION.take("sign", town.handler, given, on=day(3, 21))
    assert share(given, town.unit).signed_by == ""


def test_the_slip_is_not_delivered_before_it_was_given(town, given):
    refused(lambda: SUGGESTION.take("deliver", town.clerk, given, unit=town.bureau, on=day(3, 19)), "早于")
    assert share(given, town.bureau).delivered_on is None


# -- what waits for the clerk


def test_what_reached_nobody_waits_for_the_clerk_until_the_paper_was_delivered(town, given, browse):
    client = browse(town.clerk)
    line = todos(town, client)["代表建议交办单待送达"]
    assert line.count == 1
    assert [row.pk for row in client.get(line.url).context["page"]] == [given.pk]
    SUGGESTION.take("deliver", town.clerk, given, unit=town.bureau, on=day(3, 21))
    assert "代表建议交办单待送达" not in todos(town, client)
    assert "代表建议交办后未签收" in todos(town, browse(town.chair))


def test_a_unit_that_opens_the_page_has_read_it(town, given, browse):
    unread = at(town, "suggestions") + "?delivered=unopened"
    assert [row.pk for row in browse(town.clerk).get(unread).context["page"]] == [given.pk]
    assert "已通知1个账号，未读，未签收" in text_of(browse(town.chair).get(at(town, "suggestion", given.pk)))
    browse(town.handler).get(at(town, "suggestion", given.pk))
    assert "已通知1个账号，已读，未签收" in text_of(browse(town.chair).get(at(town, "suggestion", given.pk)))
    assert list(browse(town.clerk).get(unread).context["page"]) == []


def test_a_matter_waits_for_its_slip_the_same_way(town, browse):
    row = MATTER.take("unit", town.clerk, a_matter(town), unit=town.bureau, on=day(3, 16))
    page = at(town, "matter", row.pk)
    assert "没有账号，交办单未送达" in text_of(browse(town.clerk).get(page))
    assert todos(town, browse(town.clerk))["转办事项交办单待送达"].count == 1
    MATTER.take("deliver", town.clerk, row, on=day(3, 17))
    assert "2022年3月17日书面送达" in text_of(browse(town.clerk).get(page))
    refused(lambda: MATTER.take("deliver", town.clerk, row, on=day(3, 18)), "交办单已于2022年3月17日送达")
    assert "转办事项交办单待送达" not in todos(town, browse(town.clerk))
    MATTER.take("return", town.clerk, Matter.objects.get(pk=row.pk), on=day(3, 18), reason="不是")
    assert Matter.objects.get(pk=row.pk).delivered_on is None


# -- a deputy's hand-over passes the clerk


def test_a_deputys_hand_over_is_a_proposal_the_clerk_confirms_in_one_click(town, browse):
    row = log(town, matter=new_matter(town, channel="unit", unit=town.bureau, text="请修路")).matters.get()
    assert (row.channel, row.unit_id, row.proposed_unit_id) == ("", None, town.bureau.pk)
    assert Message.objects.filter(recipient=town.clerk, title__contains=f"代表建议转办{BUREAU}").count() == 1
    assert todos(town, browse(town.clerk))["反映事项待分流"].hint == "其中代表已提出转办意见的1件"
    agree = at(town, "matter-agree", row.pk)
    assert f'action="{agree}"' in text_of(browse(town.clerk).get(at(town, "matter", row.pk)))
    page = text_of(browse(town.clerk).post(agree, {"version": str(row.version)}, follow=True))
    assert f"已转办{BUREAU}；{BUREAU}没有账号，请打印交办单送达。" in page
    row.refresh_from_db()
    assert (row.channel, row.unit_id, row.answer) == ("unit", town.bureau.pk, "请修路")


def test_the_clerk_may_decide_otherwise_than_proposed(town):
    row = log(town, matter=new_matter(town, channel="unit", unit=town.bureau)).matters.get()
    refused(lambda: MATTER.take("unit", town.deputy_user, row, unit=town.unit, on=day(3, 16)), "由办事员确认")
    refused(lambda: MATTER.take("agree", town.deputy_user, row, on=day(3, 16)), "由办事员或者主席确认")
    MATTER.take("propose", town.deputy_user, row, unit=town.unit, note="", on=day(3, 16))
    MATTER.take("answer", town.clerk, row, on=day(3, 16), answer="已经答复。")
    assert AuditEvent.objects.filter(subject_id=row.pk, verb="proposals.propose_unit").count() == 1


def test_where_the_township_says_so_a_deputy_hands_over_directly_and_the_unit_is_told(town):
    with action(SET_UP, actor=None):
        town.township.clerk_hands_over = False
        town.township.save()
    row = log(town, matter=new_matter(town, channel="unit", unit=town.unit)).matters.get()
    assert row.channel == "unit"
    assert Message.objects.filter(recipient=town.handler, title__contains="收到转办").count() == 1
    MATTER.take("redirect", town.deputy_user, row, unit=town.bureau, note="", on=day(3, 16))
    other = a_matter(town)
    refused(lambda: MATTER.take("propose", town.deputy_user, other, unit=town.unit), "可以直接转办")


def test_the_form_of_a_reception_says_what_became_of_its_hand_over(town, browse):
    sent = {
        "key": "6a3c8a04-6f0c-4a3e-8f61-0c5a8b6f7d10",
        "held_on": "2022-03-15",
        "station": town.station.pk,
        "deputies": [town.deputies[0].pk],
        "people": "1",
        "words": "路坏了",
        "category": town.category.pk,
        "channel": f"unit:{town.bureau.pk}",
    }
    page = text_of(browse(town.deputy_user).post(at(town, "reception-new"), sent, follow=True))
    assert f"已登记。转办{BUREAU}的意见已交办事员确认。" in page
    sent |= {"words": "渠坏了", "key": "6a3c8a04-6f0c-4a3e-8f61-0c5a8b6f7d11", "channel": f"unit:{town.unit.pk}"}
    page = text_of(browse(town.clerk).post(at(town, "reception-new"), sent, follow=True))
    assert "已登记。已通知水利站（1个账号）。" in page
