"""Stages and dates without a database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.law.finding import blocking
from proposals import stages
from proposals.life import rules
from proposals.stages import Extension, Facts, Order, Round, Stage, Strand

START = date(2022, 3, 20)


def led(number: int, since: date, held_since: date | None = None, **values) -> Round:
    """A round with one unit that answers."""
    rated = {name: values.pop(name) for name in ("rated_on", "satisfied") if name in values}
    return Round(number, (Strand(since, held_since or since, **values),), **rated)


FIRST = led(1, START)


def facts(**values) -> Facts:
    return Facts(date(2022, 3, 16), **values)


def handled(**values) -> Facts:
    return facts(registered_on=date(2022, 3, 17), rounds=(_round(**values),))


def _round(**values) -> Round:
    return led(1, START, **values)


SIGNED, TALKED, REPLIED, RATED = (date(2022, 3, 21), date(2022, 4, 10), date(2022, 5, 10), date(2022, 5, 15))


@pytest.mark.parametrize(
    ("life", "stage"),
    [
        (facts(), Stage.SUBMITTED),
        (facts(registered_on=date(2022, 3, 17)), Stage.REGISTERED),
        (facts(declined_on=date(2022, 3, 17)), Stage.DECLINED),
        (handled(), Stage.ASSIGNED),
        (handled(signed_on=SIGNED), Stage.SIGNED),
        (handled(signed_on=SIGNED, returned_on=SIGNED), Stage.RETURNED),
        (handled(signed_on=SIGNED, talked_on=TALKED), Stage.TALKED),
        (handled(signed_on=SIGNED, replied_on=REPLIED), Stage.REPLIED),
        (handled(signed_on=SIGNED, replied_on=REPLIED, rated_on=RATED, satisfied=False), Stage.REOPENED),
        (handled(signed_on=SIGNED, replied_on=REPLIED, rated_on=RATED, satisfied=True), Stage.CLOSED),
        (facts(withdrawn_on=SIGNED, rounds=(FIRST,)), Stage.WITHDRAWN),
        (facts(closed_on=RATED, rounds=(_round(replied_on=REPLIED),)), Stage.CLOSED),
    ],
)
def test_stage_follows_from_the_facts(life, stage):
    assert stages.stage(life) is stage
    assert stage.label
    assert stage.tone
    assert bool(stage.next) is (stage not in stages.ENDED)


@pytest.mark.parametrize(
    ("step", "life", "on", "says"),
    [
        (rules.REGISTER, facts(), date(2022, 3, 15), "早于提出日期"),
        (rules.ASSIGN, facts(registered_on=date(2022, 3, 17)), date(2022, 3, 16), "交办日期2022年3月16日早于受理日期"),
        (rules.SIGN, handled(), date(2022, 3, 19), "签收日期2022年3月19日早于交办日期2022年3月20日"),
        (rules.TALK, handled(signed_on=SIGNED), date(2022, 3, 20), "面商日期2022年3月20日早于签收日期"),
        (rules.REPLY, handled(signed_on=SIGNED), date(2022, 3, 20), "早于签收日期"),
        (rules.RETURN, handled(signed_on=SIGNED), date(2022, 3, 20), "退办日期2022年3月20日早于签收日期"),
        (rules.RATE, handled(signed_on=SIGNED, replied_on=REPLIED), date(2022, 5, 9), "早于答复日期"),
        (
            rules.REOPEN,
            handled(signed_on=SIGNED, replied_on=REPLIED, rated_on=RATED, satisfied=False),
            date(2022, 5, 14),
            "重新交办日期2022年5月14日早于评价日期2022年5月15日",
        ),
        (
            rules.CLOSE,
            handled(signed_on=SIGNED, replied_on=REPLIED),
            date(2022, 5, 9),
            "办结日期2022年5月9日早于答复日期",
        ),
    ],
)
def test_a_date_before_the_fact_it_follows_is_refused_at_its_field(step, life, on, says):
    found = blocking(stages.may(step, life, on))
    assert found
    assert all(finding.field == "on" for finding in found)
    assert any(says in finding.message for finding in found), [f.message for f in found]
    assert not blocking(stages.may(step, life, date(2022, 6, 1)))


@pytest.mark.parametrize("step", [one for one in vars(rules).values() if isinstance(one, Order)])
@pytest.mark.parametrize(
    "life",
    [facts(declined_on=SIGNED), facts(withdrawn_on=SIGNED), facts(closed_on=RATED)],
    ids=["declined", "withdrawn", "closed"],
)
def test_nothing_follows_an_end(step, life):
    (finding,) = stages.may(step, life, date(2022, 7, 1))
    assert finding.blocking
    assert stages.stage(life).label in finding.message


def test_a_reply_without_a_talk_is_a_warning_with_its_article():
    (finding,) = stages.may(rules.REPLY, handled(signed_on=SIGNED), REPLIED)
    assert not finding.blocking
    assert "代表法" in finding.citation.brief


def test_a_first_dissatisfied_rating_cannot_be_closed_but_a_second_can():
    first = _round(signed_on=SIGNED, replied_on=REPLIED, rated_on=RATED, satisfied=False)
    life = facts(registered_on=date(2022, 3, 17), rounds=(first,))
    assert blocking(stages.again_first(life, date(2022, 7, 1)))
    again = led(
        2,
        date(2022, 5, 20),
        signed_on=date(2022, 5, 21),
        replied_on=date(2022, 6, 10),
        rated_on=date(2022, 6, 12),
        satisfied=False,
    )
    life = facts(registered_on=date(2022, 3, 17), rounds=(first, again))
    assert not blocking(stages.again_first(life, date(2022, 7, 1)))


@pytest.mark.parametrize(
    ("pack", "on", "difficult", "closed_on", "due"),
    [
        ("national", date(2022, 11, 30), False, None, date(2023, 2, 28)),
        ("national", date(2023, 2, 28), False, None, date(2023, 5, 28)),
        ("national", date(2022, 3, 20), True, None, date(2022, 9, 20)),
        ("chongqing", date(2022, 3, 20), False, None, date(2022, 6, 20)),
        ("chongqing", date(2022, 3, 20), True, None, date(2022, 9, 20)),
        ("chongqing", date(2022, 3, 20), False, date(2022, 3, 10), date(2022, 5, 20)),
        ("shandong", date(2022, 3, 20), False, date(2022, 3, 10), date(2022, 5, 10)),
        ("shandong", date(2022, 3, 20), False, None, date(2022, 6, 20)),
    ],
)
def test_the_clock_is_the_packs_and_the_editions(pack, on, difficult, closed_on, due):
    life = Facts(
        date(2022, 3, 1), date(2022, 3, 1), difficult=difficult, session_closed_on=closed_on, rounds=(led(1, on),)
    )
    assert stages.due(life, pack).date == due


@pytest.mark.parametrize(("pack", "due"), [("chongqing", date(2022, 5, 20)), ("shandong", date(2022, 5, 20))])
def test_a_session_without_a_closing_day_keeps_its_own_clock_and_says_what_is_missing(pack, due):
    on = date(2022, 3, 20)
    limit = stages.due(Facts(on, on, at_session=True, rounds=(led(1, on),)), pack)
    assert limit.date == due
    assert limit.provisional == (pack == "shandong")
    assert ("补登闭幕日期" in limit.note) == (pack == "shandong")


@pytest.mark.parametrize(
    ("pack", "blocks", "ground"),
    [
        ("national", True, "机关内部惯例，法律没有规定"),
        ("shandong", True, "第二十四条，可以参照"),
        ("zhejiang", True, "第四十三条第一款"),
        ("chongqing", False, "第四十七条第三款"),
        ("shanghai", False, "第二十一条第二款，参照执行"),
    ],
)
def test_closing_after_a_first_dissatisfaction_rests_on_what_the_place_has(pack, blocks, ground):
    bad = _round(signed_on=SIGNED, talked_on=TALKED, replied_on=REPLIED, rated_on=RATED, satisfied=False)
    life = facts(registered_on=date(2022, 3, 17), rounds=(bad,), pack=pack)
    found = stages.again_first(life, date(2022, 5, 20))
    assert [finding.blocking for finding in found] == [blocks]
    assert found[0].ground.endswith(ground)


@pytest.mark.parametrize(("on", "article"), [(date(2022, 3, 20), 42), (date(2025, 4, 1), 51)])
def test_the_article_is_that_of_the_day(on, article):
    life = Facts(on, on, rounds=(led(1, on),))
    assert stages.due(life, "national").citation.article == article


def test_an_agreed_extension_moves_the_day_and_says_why():
    extension = Extension(date(2022, 6, 1), date(2022, 8, 1), date(2022, 6, 10))
    life = handled(signed_on=SIGNED, extensions=(extension,))
    due = stages.due(life, "national")
    assert due.date == date(2022, 8, 1)
    assert "2022年6月20日" in due.formula
    assert "2022年6月10日经主席团同意" in due.formula
    waiting = handled(signed_on=SIGNED, extensions=(Extension(date(2022, 6, 1), date(2022, 8, 1)),))
    assert stages.due(waiting, "national").date == date(2022, 6, 20)


def test_another_unit_does_not_restart_the_clock():
    moved = led(1, START, date(2022, 4, 20))
    life = facts(registered_on=date(2022, 3, 17), rounds=(moved,))
    assert stages.due(life, "national").date == date(2022, 6, 20)


def test_lateness_is_judged_on_the_day_of_the_reply():
    late = handled(signed_on=SIGNED, replied_on=date(2022, 6, 23))
    assert stages.late_by(late, "national", date(2023, 1, 1)) == 3
    assert stages.late_by(handled(signed_on=SIGNED), "national", date(2022, 6, 20)) == 0
    assert stages.late_by(handled(signed_on=SIGNED), "national", date(2022, 6, 25)) == 5
    assert stages.late_by(facts(), "national", date(2023, 1, 1)) == 0


@given(st.dates(date(2016, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_no_reply_lies_before_its_assigning(on, days):
    life = Facts(on, on, rounds=(led(1, on, signed_on=on),))
    reply_on = date.fromordinal(on.toordinal() - days)
    assert bool(blocking(stages.may(rules.REPLY, life, reply_on))) is (days > 0)


def test_a_second_handling_has_its_own_day_and_no_later_one():
    again = led(2, date(2022, 5, 20))
    life = facts(registered_on=date(2022, 3, 17), rounds=(FIRST, again))
    assert stages.first_due(life, again, "national", 2).date == date(2022, 7, 20)
    assert stages.latest_due(life, again, "national", 2) == date(2022, 7, 20)
    assert stages.latest_due(life, FIRST, "national") == date(2022, 9, 20)


def test_nothing_is_late_before_it_is_assigned():
    assert stages.late_by(facts(), "national", date(2023, 1, 1)) == 0
    assert stages.due(facts(), "national") is None
    withdrawn = replace(handled(), withdrawn_on=SIGNED)
    assert stages.late_by(withdrawn, "national", date(2023, 1, 1)) == 0


# -- several that answer

DAYS = st.dates(START, date(2022, 12, 31))
ADVANCE = [Stage.RETURNED, Stage.ASSIGNED, Stage.SIGNED, Stage.TALKED, Stage.REPLIED]


@st.composite
def strands(draw, number: int = 1) -> Strand:
    """A strand at any point of its way, perhaps with an extension."""
    signed, talked, replied = sorted(draw(st.tuples(DAYS, DAYS, DAYS)))
    steps = {"signed_on": signed, "talked_on": talked, "replied_on": replied}
    far = dict(list(steps.items())[: draw(st.integers(0, 3))])
    if "replied_on" not in far and draw(st.booleans()):
        far["returned_on"] = talked
    agreed = draw(st.none() | st.just(Extension(date(2022, 6, 1), date(2022, 8, 1), date(2022, 6, 10))))
    return Strand(START, START, number=number, extensions=(agreed,) if agreed else (), **far)


ROUNDS = st.integers(1, 4).flatmap(lambda count: st.tuples(*(strands(number + 1) for number in range(count))))


def of_strands(them) -> Facts:
    return facts(registered_on=date(2022, 3, 17), rounds=(Round(1, tuple(them)),))


@given(strands())
def test_a_round_of_one_strand_says_what_the_strand_says(only):
    life = of_strands([only])
    for name in ("held_since", "signed_on", "returned_on", "talked_on", "replied_on"):
        assert getattr(life.now, name) == getattr(only, name), name
    assert stages.stage(life) is only.stage
    assert life.of(1) == life
    due = date(2022, 8, 1) if only.extensions else date(2022, 6, 20)
    assert stages.due(life, "national").date == due
    assert stages.in_time(life, life.now, "national") is bool(only.replied_on and only.replied_on <= due)


@given(ROUNDS)
def test_a_round_stands_where_its_least_advanced_strand_stands(them):
    life = of_strands(them)
    parts = [life.of(one.number) for one in them]
    assert [stages.stage(part) for part in parts] == [one.stage for one in them]
    assert stages.stage(life) is min((one.stage for one in them), key=ADVANCE.index)
    replied = [one.replied_on for one in them]
    assert life.now.replied_on == (max(replied) if all(replied) else None)
    assert bool(life.now.signed_on) >= all(one.signed_on for one in them)


@given(ROUNDS, st.dates(date(2022, 6, 1), date(2022, 12, 31)))
def test_the_round_is_due_by_the_first_open_clock_and_late_when_one_was(them, on):
    life = of_strands(them)
    dues = {one.number: stages.due(life.of(one.number), "national").date for one in them}
    waiting = [one for one in them if one.replied_on is None]
    late = [stages.late_by(life.of(one.number), "national", on) for one in waiting or them]
    assert stages.late_by(life, "national", on) == max(late)
    if waiting:
        assert stages.due(life, "national").date == min(dues[one.number] for one in waiting)
        assert not stages.in_time(life, life.now, "national")
    else:
        assert stages.in_time(life, life.now, "national") is all(one.replied_on <= dues[one.number] for one in them)


def test_a_part_of_a_round_says_that_it_is_one():
    two = [Strand(START, START, SIGNED, replied_on=REPLIED), Strand(START, START, number=2)]
    (finding,) = stages.may(rules.REPLY, of_strands(two).of(1), REPLIED)
    assert finding.message == "这一单位分办的部分目前“已答复”，不能答复。"
    assert not blocking(stages.may(rules.SIGN, of_strands(two).of(2), SIGNED))
    (finding,) = stages.may(rules.RATE, of_strands(two), RATED)
    assert finding.message == "这件建议目前“已交办”，不能评价；现在等待承办单位签收。"
