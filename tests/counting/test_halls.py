"""A secret vote of the hall: a stack of codes, two people who open and two who close, and nothing that stands for a vote."""

import re
import time

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from congress.counting.actions import halls as acts
from congress.counting.life import HALL
from congress.counting.models import HallCode, HallQuestion, HallTotal, HallVote
from congress.counting.queries.halls import HallFacts, HallStage
from congress.guard.action import Refused
from congress.models import AuditEvent, RowHistory
from congress.steps import standing_of
from congress.web.todo import waiting_for
from tests.counting.room import DAY

pytestmark = pytest.mark.django_db
ASKED = ("关于政府工作报告的决议", "关于财政预算的决议")


@pytest.fixture
def hall(room) -> HallVote:
    """Prepared for six of eight."""
    return prepared(room)


def prepared(world, **more) -> HallVote:
    values = {"title": "第一次表决", "scale": "vote", "held_on": DAY, "deputies": 8, "present": 6, "questions": ASKED}
    return acts.prepare(world.clerk, world.township, **values | more)


def opened(world, row: HallVote) -> list[str]:
    codes = acts.draw(world.clerk, row)
    HALL.take("open", world.clerk, row)
    HALL.take("confirm", world.chair, row)
    return codes


def closed(world, row: HallVote) -> None:
    HALL.take("close", world.chair, row)
    HALL.take("confirm", world.clerk, row)


def facts(row: HallVote) -> HallFacts:
    return HallFacts(HALL.find(row.pk))


def cast(world, row: HallVote, code: str, *marks: str) -> None:
    given = dict(zip((one.pk for one in facts(row).row.asked), marks, strict=False))
    acts.cast(world.township, code, given)


def test_sums_are_told_when_nobody_votes_any_more_and_say_what_passes(room, hall):
    codes = opened(room, hall)
    for code in codes[:5]:
        cast(room, hall, code, "yes", "no")
    assert (facts(hall).cast, facts(hall).lines) == (5, [])
    cast(
        room, hall, codes[5].lower()[:5] + " " + codes[5].lower()[5:]
    )  # as one types it; nothing chosen is an abstention
    closed(room, hall)
    first, second = facts(hall).lines
    assert first.numbers == {"yes": 5, "no": 0, "abstain": 1}
    assert second.numbers == {"yes": 0, "no": 5, "abstain": 1}
    assert [one.outcome.passed for one in (first, second)] == [True, False]  # five of eight is more than half of all
    assert facts(hall).holds
    assert facts(hall).stage == HallStage.CLOSED


def test_a_rating_has_its_own_answers_and_no_majority(room):
    row = prepared(room, scale="rating", questions=("派出所", "卫生院"))
    codes = opened(room, row)
    cast(room, row, codes[0], "good", "fair")
    cast(room, row, codes[1], "poor", "fair")
    closed(room, row)
    assert [line.numbers for line in facts(row).lines] == [
        {"good": 1, "fair": 0, "poor": 1, "abstain": 0},
        {"good": 0, "fair": 2, "poor": 0, "abstain": 0},
    ]
    assert [line.outcome for line in facts(row).lines] == [None, None]


def test_a_code_is_known_in_the_wide_letters_of_a_chinese_keyboard(room, hall):
    code = opened(room, hall)[0]
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code.lower())
    cast(room, hall, f"{wide[:5]}　{wide[5:]}", "yes", "yes")
    assert facts(hall).cast == 1


def test_a_code_is_good_once_and_only_while_the_vote_is_open(room, hall):
    codes = acts.draw(room.clerk, hall)
    with pytest.raises(Refused, match="还没有开启"):
        cast(room, hall, codes[0], "yes")
    HALL.take("open", room.clerk, hall)
    with pytest.raises(Refused, match="还没有开启"):
        cast(room, hall, codes[0], "yes")
    HALL.take("confirm", room.chair, hall)
    cast(room, hall, codes[0], "yes")
    for bad in (codes[0], "2222222222"):
        with pytest.raises(Refused, match="不对，或者已经用过"):
            cast(room, hall, bad, "no")
    HALL.take("close", room.clerk, hall)
    with pytest.raises(Refused, match="已经结束"):
        cast(room, hall, codes[1], "yes")
    HALL.take("revoke", room.chair, hall, reason="还有人没有投")
    cast(room, hall, codes[1], "yes")
    assert facts(hall).cast == 2


def test_a_stack_printed_again_replaces_the_one_before_until_somebody_asks_to_open(room, hall):
    old, new = acts.draw(room.clerk, hall), acts.draw(room.clerk, hall)
    assert len({*old, *new}) == 12
    assert HallCode.objects.kept().count() == 6
    HALL.take("open", room.clerk, hall)
    with pytest.raises(Refused, match="表决已经提出开启，不能再印制表决码；要重印的先撤销开启。"):
        acts.draw(room.clerk, hall)
    assert HallCode.objects.count() == 12
    HALL.take("confirm", room.chair, hall)
    with pytest.raises(Refused, match="不对"):
        cast(room, hall, old[0], "yes")
    cast(room, hall, new[0], "yes")


def test_two_different_people_open_and_close(room, hall):
    with pytest.raises(Refused, match="还没有印制表决码"):
        HALL.take("open", room.clerk, hall)
    acts.draw(room.clerk, hall)
    HALL.take("open", room.clerk, hall)
    with pytest.raises(Refused, match="两个不同的人"):
        HALL.take("confirm", room.clerk, hall)
    with pytest.raises(Refused, match="等待开启"):
        HALL.take("discard", room.chair, hall, reason="误建")
    HALL.take("revoke", room.clerk, hall, reason="人还没到齐")
    assert facts(hall).stage == HallStage.PREPARED
    HALL.take("open", room.clerk, hall)
    HALL.take("confirm", room.chair, hall)
    HALL.take("close", room.clerk, hall)
    with pytest.raises(Refused, match="两个不同的人"):
        HALL.take("confirm", room.clerk, hall)
    HALL.take("confirm", room.chair, hall)
    for key, data in (("close", {}), ("revoke", {"reason": "重来"})):
        with pytest.raises(Refused, match="已结束"):
            HALL.take(key, room.chair, hall, **data)


def test_what_changed_behind_the_close_is_said_and_not_confirmed(room, hall, browse):
    cast(room, hall, opened(room, hall)[0], "yes", "yes")
    HALL.take("close", room.clerk, hall)
    HallTotal.objects.filter(mark="yes").update(number=2)
    assert not facts(hall).holds
    with pytest.raises(Refused, match="票数与投票的人数不一致，请停止使用并查明。"):
        HALL.take("confirm", room.chair, hall)
    assert facts(hall).stage == HallStage.CLOSING
    HallTotal.objects.filter(mark="yes").update(number=1)
    HALL.take("confirm", room.chair, hall)
    page = at(room, "counting-hall", hall.pk)
    assert "不一致" not in browse(room.clerk).get(page).content.decode()
    HallTotal.objects.filter(mark="yes").update(number=0)
    HallTotal.objects.filter(mark="no").update(number=1)
    assert "票数与结束时不一致" in browse(room.clerk).get(page).content.decode()


def test_asking_to_close_and_taking_it_back_tells_no_sum_however_often(room, hall, browse):
    """Or one person alone would look after every vote: what two looks differ by is what somebody voted."""
    codes = opened(room, hall)
    for code, mark in zip(codes[:2], ("yes", "no"), strict=True):
        cast(room, hall, code, mark, mark)
        HALL.take("close", room.clerk, hall)
        for page in (at(room, "counting-hall", hall.pk), HALL.url(hall, "confirm")):
            shown = browse(room.chair).get(page, follow=True).content.decode()
            assert "已投" in shown
            assert "赞成1" not in shown
        assert (facts(hall).lines, facts(hall).row.fingerprint) == ([], "")
        prints = facts(hall).fingerprint
        HALL.take("revoke", room.clerk, hall, reason="还有人没有投")
    told = " ".join(str(one.detail) for one in AuditEvent.objects.all())
    kept = " ".join(str(one.before) for one in RowHistory.objects.all())
    assert prints not in told + kept
    closed(room, hall)
    assert facts(hall).row.fingerprint == facts(hall).fingerprint


def test_few_people_are_told_of_and_stop_nothing(room, hall, browse):
    acts.draw(room.clerk, hall)
    page = browse(room.clerk).get(HALL.url(hall, "open"), follow=True).content.decode()
    assert "三分之二" not in page, "six of eight are enough"
    row = prepared(room, present=5)
    codes = acts.draw(room.clerk, row)
    page = browse(room.clerk).get(HALL.url(row, "open"), follow=True).content.decode()
    assert "不足全体代表8人的三分之二" in page
    HALL.take("open", room.clerk, row)
    HALL.take("confirm", room.chair, row)
    for code in codes:
        cast(room, row, code, "yes", "yes")
    closed(room, row)
    assert [line.outcome.passed for line in facts(row).lines] == [False, False]
    assert "不能表决" in facts(row).lines[0].outcome.formula


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"questions": ()}, "请至少写一项。"),
        ({"questions": ("甲", "甲")}, "有两项相同，请加以区分。"),
        ({"questions": tuple(map(str, range(31)))}, "一次最多30项，多的请分几次表决。"),
        ({"questions": ("长" * 101,)}, "一项最多100个字。"),
        ({"present": 9}, "出席人数在1和全体代表之间。"),
        ({"present": 0}, "出席人数在1和全体代表之间。"),
    ],
)
def test_what_nobody_could_vote_on_is_refused_at_its_field(room, more, says):
    with pytest.raises(Refused) as refused:
        prepared(room, **more)
    assert [(one.field, one.message) for one in refused.value.findings] == [(*more, says)]
    assert not HallVote.objects.exists()


@pytest.mark.parametrize(
    "more", [{"questions": tuple(map(str, range(30)))}, {"questions": ("长" * 100,)}, {"present": 8}]
)
def test_as_much_as_is_said_may_be_voted_on(room, more):
    assert prepared(room, **more).pk


# -- secrecy


def _rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_no_row_no_time_and_no_transaction_tells_which_answer_a_code_gave(room, hall):
    """Whoever reads all columns, those of the system too, between any two votes, finds what the sums say and nothing else."""
    codes = opened(room, hall)
    events, kept = AuditEvent.objects.count(), RowHistory.objects.count()
    for code, mark in zip(codes, ("yes", "no", "yes", "abstain", "no", "yes"), strict=True):
        with transaction.atomic():
            cast(room, hall, code, mark, mark)
        of_codes = _rows("SELECT xmin::text, version, created_at FROM counting_hallcode")
        of_totals = _rows("SELECT xmin::text, version FROM counting_halltotal")
        assert len({*of_codes}) == 1
        assert len({*of_totals}) == 1
    spent = _rows("SELECT spent FROM counting_hallcode ORDER BY ctid")
    assert spent == [(True,)] * 6
    assert (AuditEvent.objects.count(), RowHistory.objects.count()) == (events, kept)
    linked = {field.name for field in HallCode._meta.get_fields()} & {"question", "mark", "user", "deputy"}
    assert linked == set()
    assert not {field.name for field in HallTotal._meta.get_fields()} & {"code", "user", "deputy"}


def test_the_order_on_the_disk_is_not_the_order_of_voting(room, hall):
    codes = opened(room, hall)
    before = _rows("SELECT digest FROM counting_hallcode ORDER BY ctid")
    cast(room, hall, codes[3], "yes", "yes")
    cast(room, hall, codes[0], "no", "no")
    assert _rows("SELECT digest FROM counting_hallcode ORDER BY ctid") == before


def test_slips_are_printed_in_another_order_than_codes_are_kept(room):
    row = prepared(room, deputies=80, present=60)
    printed = [acts.digest_of(room.township, code) for code in acts.draw(room.clerk, row)]
    kept = [digest for (digest,) in _rows("SELECT digest FROM counting_hallcode ORDER BY ctid")]
    assert sorted(printed) == sorted(kept)
    assert printed != kept


def test_codes_are_kept_as_digests(room, hall):
    codes = acts.draw(room.clerk, hall)
    stored = " ".join(map(str, _rows("SELECT * FROM counting_hallcode")))
    assert not any(code in stored for code in codes)
    told = " ".join(str(one.detail) for one in AuditEvent.objects.all())
    assert not any(code in told for code in codes)


# -- pages


def at(world, name: str, *args) -> str:
    return reverse(name, args=[world.township.code, *args])


def test_the_office_prepares_prints_and_sees_how_many_voted(room, browse):
    client = browse(room.clerk)
    sent = {
        "title": "预算表决",
        "scale": "vote",
        "questions": "关于预算的决议\n\n关于决算的决议",
        "held_on": "2022-06-05",
        "deputies": "8",
        "present": "6",
    }
    answer = client.post(at(room, "counting-hall-new"), sent | {"present": "9"})
    assert "出席人数" in answer.content.decode()
    assert "关于决算的决议" in answer.content.decode()
    client.post(at(room, "counting-hall-new"), sent)
    row = HallVote.objects.get(title="预算表决")
    assert list(HallQuestion.objects.filter(hall=row).values_list("label", flat=True)) == [
        "关于预算的决议",
        "关于决算的决议",
    ]
    shown = client.get(at(room, "counting-hall", row.pk)).content.decode()
    assert "还没有印制" in shown
    pdf = client.post(at(room, "counting-hall-codes", row.pk))
    assert pdf["Content-Type"] == "application/pdf"
    assert HallCode.objects.kept().filter(hall=row).count() == 6
    HALL.take("open", room.clerk, row)
    HALL.take("confirm", room.chair, row)
    shown = client.get(at(room, "counting-hall", row.pk)).content.decode()
    assert "0人" in shown
    assert f"/v/{room.township.code}/" in shown
    again = client.post(at(room, "counting-hall-codes", row.pk)).content.decode()
    assert "不能再印制" in again


def test_somebody_votes_without_an_account_and_is_told_that_it_counts(room, hall):
    codes = opened(room, hall)
    client, address = Client(), reverse("vote", args=[room.township.code])
    assert "表决码" in client.get(address).content.decode()
    assert "请输入纸条上的表决码" in client.post(address, {}).content.decode()
    assert "不对，或者已经用过" in client.post(address, {"code": "AAAAAAAAAA"}).content.decode()
    asked = client.post(address, {"code": codes[0]}).content.decode()
    assert all(question in asked for question in ASKED)
    wrong = client.post(address, {"code": codes[0], "cast": "1", "q1": "nonsense", "q2": "no"}).content.decode()
    assert "关于财政预算的决议" in wrong
    assert facts(hall).cast == 0
    short = client.post(address, {"code": codes[0][:4]}).content.decode()
    assert "表决码有10位，您输了4位" in short
    assert f'value="{codes[0][:4]}"' in short
    sent = {"code": codes[0], "cast": "1", "q1": "yes", "q2": ""}
    back = client.post(address, sent).content.decode()
    assert back.count("这一项还没有选") == 2, "at its question and above, and of the other nothing"
    assert re.search(r'<input[^>]*checked[^>]*value="yes"|<input[^>]*value="yes"[^>]*checked', back)
    assert (facts(hall).cast, "就这样投" in back) == (0, True), "a thumb on the button too early is no vote"
    taken = client.post(address, sent | {"again": "1"})
    assert "您的票已经计入" in taken.content.decode()
    assert taken["Cache-Control"] == "no-store, private"
    again = client.post(address, {"code": codes[0], "cast": "1", "q1": "no"}).content.decode()
    assert "已经用过" in again
    assert "sessionid" not in client.cookies
    closed(room, hall)
    assert [line.numbers["yes"] for line in facts(hall).lines] == [1, 0]


def test_a_browser_that_is_logged_in_votes_as_nobody_and_its_session_is_left_alone(room, hall, browse):
    codes = opened(room, hall)
    client, address = browse(room.clerk), reverse("vote", args=[room.township.code])
    held = client.session
    held["seen"] = int(time.time()) - 600  # so long ago that any page of one's own would write it anew
    held.save()
    before = _rows("SELECT xmin::text, session_data FROM django_session")
    answer = client.post(address, {"code": codes[0], "cast": "1", "q1": "yes", "q2": "no"})
    assert "您的票已经计入" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated
    assert _rows("SELECT xmin::text, session_data FROM django_session") == before
    assert settings.SESSION_COOKIE_NAME not in answer.cookies, "and whoever is logged in stays so"
    client.get(at(room, "counting-halls"))
    assert _rows("SELECT xmin::text, session_data FROM django_session") != before


def test_a_code_of_the_neighbour_opens_nothing_here(room, hall):
    codes = opened(room, hall)
    elsewhere = reverse("vote", args=[room.neighbour.code])
    assert "不对，或者已经用过" in Client().post(elsewhere, {"code": codes[0]}).content.decode()


def test_trying_codes_by_machine_is_stopped(room, hall, settings):
    settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {"vote": 2}
    address = reverse("vote", args=[room.township.code])
    found = [Client().post(address, {"code": "AAAAAAAAAA"}).status_code for _ in range(3)]
    assert found == [200, 200, 429]
    elsewhere = reverse("vote", args=[room.neighbour.code])
    assert Client().post(elsewhere, {"code": "AAAAAAAAAA"}).status_code == 200, "the neighbour's hall votes on"


def test_the_home_page_tells_the_other_one_that_an_opening_or_closing_waits(room, hall):
    def told() -> list[bool]:
        lines = (waiting_for(standing_of(user, room.township)) for user in (room.clerk, room.chair))
        return [any(one.label.startswith("会场表决待另一人") for one in found) for found in lines]

    acts.draw(room.clerk, hall)
    assert told() == [False, False]
    HALL.take("open", room.clerk, hall)
    assert told() == [False, True]
    HALL.take("confirm", room.chair, hall)
    assert told() == [False, False]
    HALL.take("close", room.chair, hall)
    assert told() == [True, False]
