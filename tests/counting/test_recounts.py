"""Units drawn by lot in public and counted again: by the same seed of two people, beside the first, with what differs told."""

import hashlib
import io

import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text

from congress.counting import documents
from congress.counting.actions import Given
from congress.counting.actions.recounts import checked
from congress.counting.forms.recounts import DrawForm, SeedForm
from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.models import Count, CountEntry, Recount
from congress.counting.tally.draw import drawn, otherwise
from congress.guard.action import Refused
from script import verify_result
from tests.counting.room import codes, facts, good, opened, settled, signed, unit_facts, unit_of
from tests.counting.sheets import paper, sheet

SEED = "31415926535897932384"
BOXES = tuple(Given(f"{word}号票箱", 100, 100) for word in "一二三四五")


def test_a_seed_draws_by_the_smallest_hashes_whatever_the_order():
    print_ = "ab" * 32
    order = sorted(range(1, 6), key=lambda unit: hashlib.sha256(f"{SEED}\t{print_}\t{unit}".encode()).hexdigest())
    assert drawn(SEED, print_, range(1, 6), 2) == tuple(sorted(order[:2]))
    assert drawn(SEED, print_, [5, 3, 1, 2, 4], 2) == drawn(SEED, print_, range(1, 6), 2)
    assert list(drawn(SEED, print_, range(1, 6), 2)) == verify_result.drawn(SEED, print_, range(1, 6), 2)
    assert drawn(SEED, print_, [7], 1) == (7,)


def test_every_unit_is_drawn_about_as_often_as_any_other():
    often = dict.fromkeys(range(1, 6), 0)
    for seed in range(1000):
        for unit in drawn(str(seed), "ab" * 32, range(1, 6), 2):
            often[unit] += 1
    assert all(330 < number < 470 for number in often.values()), often


def test_what_differs_is_told_by_the_words_of_the_ballot():
    ballot = paper("甲", "乙")
    first = sheet(ballot, 40, {"甲": 30, "乙": 10}, write_ins={"丙": 2})
    again = sheet(ballot, 40, {"甲": 29, "乙": 10}, write_ins={"丁": 2})
    found = otherwise(ballot, first, ballot, again)
    assert found == [("甲 赞成", 30, 29), ("甲 弃权", 10, 11), ("另选 丙", 2, 0), ("另选 丁", 0, 2)]
    assert otherwise(ballot, first, ballot, first) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("31415", "现在是5位，至少20位：少了可能有人事先算好。"),
        ("3141592653589793238x", "只写当众掷出的数字"),
        ("", "必须填写"),
    ],
)
def test_a_seed_is_of_digits_and_long_enough(given, says):
    form = SeedForm({"seed": given, "version": "1"})
    assert any(says in each for each in form.errors["seed"]) or (not given and form.errors["seed"])


def test_spaces_between_the_digits_do_not_count():
    form = DrawForm({"seed": "3141592653 5897932384", "size": "2", "on": "2022-06-05", "version": "1"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["seed"] == SEED


# -- in the room

pytestmark = pytest.mark.django_db


def closed(room, *given: Given) -> Count:
    """A count of these boxes, alike, signed and closed."""
    count = opened(room, *given, registered=1000)
    for at in range(len(given)):
        unit = unit_of(count, at)
        settled(room, unit, good(count, yes=(60, 40), valid=100, void=0))
        signed(room, unit)
    finish(room, count)
    return count


def finish(room, count) -> None:
    """Two sign the whole and close."""
    for user in (room.chair, room.clerk):
        COUNT.take("sign", user, count, capacity="scrutineer", note="已查明")
    COUNT.take("close", room.clerk, count)
    COUNT.take("confirm", room.chair, count)


def lot(room, count, size: int = 2) -> Recount:
    """Clerk and chair enter the seed."""
    COUNT.take("draw", room.clerk, count, size=size, seed=SEED)
    COUNT.take("draw-confirm", room.chair, count, seed=SEED)
    return Recount.objects.get(count=count)


def read_again(room, row: Recount, yes=(60, 40)) -> None:
    """The drawn boxes are read again and the recount is closed; the first of them with these votes."""
    again = row.again
    COUNT.take("open", room.clerk, again)
    COUNT.take("confirm", room.chair, again)
    for at in range(len(row.drawn)):
        unit = unit_of(again, at)
        settled(room, unit, good(again, yes=yes if at == 0 else (60, 40), valid=100, void=0))
        signed(room, unit)
    finish(room, again)


def test_two_people_enter_one_seed_and_the_units_it_draws_are_a_count_of_their_own(room):
    count = closed(room, *BOXES)
    print_ = facts(count).fingerprint
    with pytest.raises(Refused, match="只有5个计票单元"):
        COUNT.take("draw", room.clerk, count, size=6, seed=SEED)
    COUNT.take("draw", room.clerk, count, size=2, seed=SEED)
    with pytest.raises(Refused) as refused:
        COUNT.take("draw", room.chair, count, size=2, seed=SEED)
    assert "recount.asked" in codes(refused)
    with pytest.raises(Refused, match="您是提出的人"):
        COUNT.take("draw-confirm", room.clerk, count, seed=SEED)
    with pytest.raises(Refused, match="与第一人录入的不同"):
        COUNT.take("draw-confirm", room.chair, count, seed=SEED[::-1])
    assert Recount.objects.get().drawn == []
    COUNT.take("draw-confirm", room.chair, count, seed=SEED)
    row = Recount.objects.get()
    assert row.drawn == list(drawn(SEED, print_, range(1, 6), 2))
    again = facts(row.again)
    assert [one.unit.name for one in again.read] == [BOXES[number - 1].name for number in row.drawn]
    assert again.count.measure == "none"
    assert [one.label for one in again.paper.names] == ["甲", "乙"]
    assert [one.words for one in checked(facts(count))] == ["正在复核"]
    with pytest.raises(Refused, match="抽查复核的单元是当众抽出的，不能撤回。"):
        COUNT.take("discard", room.clerk, row.again, reason="误建")
    assert Count.objects.kept().filter(pk=row.again_id).exists()


def test_what_is_drawn_is_read_beside_the_first_and_what_differs_is_told_and_printed(room, browse):
    count = closed(room, *BOXES)
    row = lot(room, count)
    before, entries = facts(count).fingerprint, CountEntry.objects.count()
    with pytest.raises(Refused, match="还没有由两人结束"):
        documents.of_recount(facts(count), checked(facts(count))[0])
    read_again(room, row, yes=(59, 41))
    (found,) = checked(facts(count))
    name = BOXES[row.drawn[0] - 1].name
    wanted = [("甲 赞成", 60, 59), ("甲 弃权", 40, 41), ("乙 赞成", 40, 41), ("乙 弃权", 60, 59)]
    assert found.differences == [(name, *one) for one in wanted]
    assert (facts(count).fingerprint, facts(count).stage.value) == (before, "closed")
    assert CountEntry.objects.count() == entries + 4
    said = extract_text(io.BytesIO(documents.of_recount(facts(count), found))).replace("\n", "")
    assert SEED in said
    assert "由两人重新开启原来的计票更正" in said
    clerk, code = browse(room.clerk), room.township.code
    shown = clerk.get(reverse("counting-count", args=[code, count.pk])).content.decode()
    assert "与原来不同的4处" in shown
    assert SEED in shown
    paper_url = reverse("counting-recount-paper", args=[code, row.pk])
    assert paper_url in shown
    assert clerk.get(paper_url)["Content-Type"] == "application/pdf"
    with pytest.raises(Refused, match="这本身就是抽查复核"):
        COUNT.take("draw", room.clerk, row.again, size=1, seed=SEED)


def test_who_draws_is_shown_what_is_fixed_before_the_dice_are_thrown(room, browse):
    count = closed(room, *BOXES[:2])
    said = browse(room.clerk).get(COUNT.url(count, "draw")).content.decode()
    for words in ("抽取以前已经确定的", "2个", facts(count).fingerprint, "任何人都能重做"):
        assert words in said


def test_where_nothing_differs_that_is_said_and_what_waits_is_told_as_waiting(room, browse):
    count = closed(room, *BOXES[:2])
    COUNT.take("draw", room.clerk, count, size=1, seed=SEED)
    page = browse(room.clerk).get(reverse("counting-count", args=[room.township.code, count.pk])).content.decode()
    assert "等待另一人录入种子数字" in page
    assert SEED not in page
    COUNT.take("draw-revoke", room.chair, count, reason="骰子落地")
    with pytest.raises(Refused, match="没有等待录入种子数字"):
        COUNT.take("draw-confirm", room.chair, count, seed=SEED)
    COUNT.take("draw", room.clerk, count, size=1, seed=SEED)
    COUNT.take("draw-confirm", room.chair, count, seed=SEED)
    row = Recount.objects.kept().get()
    assert row.number == 2
    read_again(room, row)
    (found,) = checked(facts(count))
    assert found.words == "与原来一致"
    said = extract_text(io.BytesIO(documents.of_recount(facts(count), found))).replace("\n", "")
    assert "各栏与原来一致" in said


def test_a_count_that_reads_otherwise_since_is_not_drawn_from(room):
    count = opened(room, *BOXES[:2], registered=1000)
    with pytest.raises(Refused, match="计票结束以后才能抽查"):
        COUNT.take("draw", room.clerk, count, size=1, seed=SEED)
    count = closed(room, *BOXES[2:4])
    COUNT.take("draw", room.clerk, count, size=1, seed=SEED)
    COUNT.take("reopen", room.clerk, count, reason="再看一遍")
    COUNT.take("confirm", room.chair, count)
    unit = unit_of(count)
    for which, user in (("1", room.teller), ("2", room.teller2)):
        UNIT.take("send-back", room.clerk2, unit, which=which, look_at=[], reason="重数")
        entry = unit_facts(unit).seats[int(which)].entry
        ENTRY.take("finish", user, entry, sheet=good(count, yes=(59, 41), valid=100, void=0), explanation="重数")
    with pytest.raises(Refused, match="提出抽查以后计票有变化"):
        COUNT.take("draw-confirm", room.chair, count, seed=SEED)
