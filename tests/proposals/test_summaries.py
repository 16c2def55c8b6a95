"""What is kept beside suggestions and matters says what their facts say, whoever wrote them and in whatever way."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress import clock
from congress.assembly.models import Session
from congress.guard import touched
from congress.guard.action import action
from congress.guard.bulk import insert_many
from congress.guard.record import record_models
from congress.models import AuditEvent, DueDay, Grounds, Holiday, Message
from congress.work import deadlines, sources, tasks
from proposals import queries
from proposals.life import MATTER, SUGGESTION
from proposals.models import Matter, MatterSummary, OfficePeriod, Suggestion, SuggestionSummary
from proposals.queries.summaries import MATTERS, SUGGESTIONS
from proposals.stages import Stage
from tests.cast import SET_UP
from tests.proposals.helpers import (
    a_matter,
    apart,
    assigned,
    day,
    dissatisfied,
    rated,
    registered,
    replied,
    signed,
    submit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


def differing(source, pk) -> int:
    return sum(len(one) for one in source.changes([pk]))


def open_days(pk) -> list:
    return sorted(DueDay.objects.open().filter(subject=pk).values_list("key", "due_on"))


@pytest.mark.parametrize("make", [submit, registered, assigned, signed, replied, rated, apart])
def test_a_suggestion_is_summed_up_with_every_step(town, make):
    row = queries.fresh(make(town))
    kept = row.summary
    assert kept.stage == queries.stage_of(row)
    assert kept.is_open is (kept.stage != Stage.CLOSED)
    assert kept.owed is queries.owed(row)
    assert differing(SUGGESTIONS, row.pk) == 0


def test_a_refused_step_leaves_the_summary_as_it_was(town):
    row = registered(town)
    with pytest.raises(Exception, match="不能"):
        SUGGESTION.take("reply", town.handler, row, grade="A", text="修好了", on=day(6, 1))
    assert row.summary.stage == Stage.REGISTERED
    assert row.summary.version == SuggestionSummary.objects.get(suggestion=row).version


def test_a_reply_closes_its_day_and_the_reopening_opens_another(town):
    row = signed(town)
    assert open_days(row.pk) == [("suggestion.reply", day(6, 20))]
    row = replied(town)
    assert open_days(row.pk) == []
    assert DueDay.objects.get(subject=row.pk, key="suggestion.reply").is_open is False


def test_a_withdrawn_reception_takes_the_days_of_its_matters_along(town):
    matter = a_matter(town, channel="unit", unit=town.unit)
    assert open_days(matter.pk)
    with action(SET_UP, actor=None):
        matter.reception.withdrawn_at = clock.now()
        matter.reception.save()
    assert open_days(matter.pk) == []
    assert MatterSummary.objects.get(matter=matter).state == "withdrawn"


def test_a_postponed_block_derives_nothing_until_all_is_derived_at_once(world):
    with touched.postponed(), world.in_township():
        row = assigned(world)
        assert not SuggestionSummary.objects.filter(suggestion=row).exists()
    sources.renew(world.township)
    with world.in_township():
        assert SuggestionSummary.objects.get(suggestion=row).stage == Stage.ASSIGNED
        assert open_days(row.pk) == [("suggestion.reply", day(6, 20))]
        after = assigned(world)
        assert after.summary.stage == Stage.ASSIGNED


def test_the_subjects_are_held_before_their_facts_are_read_to_be_told_anew(world):
    """A step taken in between would be told as things were before it."""
    with world.in_township():
        assigned(world)
        a_matter(world)
    with CaptureQueriesContext(connection) as seen:
        sources.renew(world.township)
    sent = [each["sql"] for each in seen]
    for table, fact in (("proposals_suggestion", "proposals_assignment"), ("proposals_matter", "proposals_reception")):
        held = next(at for at, sql in enumerate(sent) if f'FOR UPDATE OF "{table}"' in sql)
        read = max(at for at, sql in enumerate(sent) if f'"{fact}"' in sql)
        before = [at for at, sql in enumerate(sent[:held]) if f'FROM "{fact}"' in sql]
        assert held < read, table
        assert before == [], table


def test_the_reading_of_what_is_derived_costs_the_same_for_one_and_for_three(town):
    def asked(keys) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert all(not len(changes) for changes in SUGGESTIONS.changes(keys))
        return len(seen)

    main, other = registered(town), registered(town)
    SUGGESTION.take("join", town.clerk, other, main=main, on=day(3, 18))
    kinds = [other.pk, replied(town).pk]  # what stands around neither of them is not read
    one = asked(kinds)
    assert asked([*kinds, *(replied(town).pk for _ in range(2))]) == one


def test_what_is_written_in_one_statement_is_noted_like_what_is_saved(town):
    rows = [a_matter(town) for _ in range(2)]
    with action(SET_UP, actor=None):
        Matter.objects.filter(pk__in=[row.pk for row in rows]).update(resolved_on=day(5, 1), answer="好了")
    assert set(MatterSummary.objects.values_list("state", flat=True)) == {"untold"}
    copies = [
        Matter(township=town.township, reception=rows[0].reception, number=f"多{at}", words="x", category=town.category)
        for at in range(120)
    ]
    with action(SET_UP, actor=None):
        insert_many(copies)
    assert MatterSummary.objects.filter(state="waiting").count() == 120


def test_the_closing_of_a_session_moves_the_days_of_its_suggestions(town):
    row = assigned(town)
    with action(SET_UP, actor=None):
        session = Session(township=town.township, term=town.term, number=2, opened_on=day(3, 15))
        session.save()
        row.session = session
        row.save()
    before = open_days(row.pk)
    with action(SET_UP, actor=None):
        session.closed_on = day(3, 18)
        session.save()
    assert differing(SUGGESTIONS, row.pk) == 0
    assert before


def test_a_joined_suggestion_is_signed_for_with_its_main_one(town):
    main, other = registered(town), registered(town)
    SUGGESTION.take("join", town.clerk, other, main=main, on=day(3, 18))
    SUGGESTION.take("assign", town.chair, main, lead=town.unit, on=day(3, 20))
    assert SuggestionSummary.objects.get(suggestion=main).unsigned_units == [town.unit.pk]
    assert SuggestionSummary.objects.get(suggestion=other).unsigned_units == []
    assert differing(SUGGESTIONS, main.pk) == differing(SUGGESTIONS, other.pk) == 0


def test_what_was_joined_stands_alone_once_the_main_one_is_withdrawn(town):
    main, other = registered(town), registered(town)
    SUGGESTION.take("join", town.clerk, other, main=main, on=day(3, 18))
    SUGGESTION.take("assign", town.chair, main, lead=town.unit, on=day(3, 20))
    SUGGESTION.take("withdraw", town.deputy_user, main, reason="已自行解决", on=day(3, 21))
    assert SuggestionSummary.objects.get(suggestion=main).unsigned_units == []
    assert SuggestionSummary.objects.get(suggestion=other).unsigned_units == [town.unit.pk]


def test_a_request_for_more_time_waits_no_more_once_the_reply_has_come(town):
    row = signed(town)
    SUGGESTION.take("ask-extension", town.handler, row, new_due=day(9, 1), reason="汛期", on=day(4, 1))
    assert SuggestionSummary.objects.get(suggestion=row).extension_asked
    SUGGESTION.take("reply", town.handler, row, grade="A", text="已修好。", on=day(4, 20))
    assert not SuggestionSummary.objects.get(suggestion=row).extension_asked


def test_who_opened_the_first_handling_has_not_opened_the_second(town):
    row = dissatisfied(town)
    Message.objects.filter(recipient=town.handler).update(read_at=clock.now())
    unopened = SuggestionSummary.objects.filter(queries.not_delivered()["unopened"])
    assert not unopened.exists()
    with clock.running(clock.now() + timedelta(days=1)):
        SUGGESTION.take("reopen", town.chair, row, lead=town.unit, on=day(5, 21))
        assert [one.suggestion_id for one in unopened.all()] == [row.pk]
        Message.objects.filter(recipient=town.handler).update(read_at=clock.now())
        assert not unopened.all().exists()


def test_facts_of_every_source_are_records_that_are_watched():
    for source in sources.registered():
        for model in source.facts:
            assert model in record_models()
            assert model in touched._watched, (source.name, model)


def test_a_row_changed_behind_the_facts_is_found_and_mended(world):
    with world.in_township():
        row = assigned(world)
    assert "不一致0行" in checked(world)
    with world.in_township(), action(SET_UP, actor=None):
        SuggestionSummary.objects.filter(suggestion=row).update(stage=Stage.CLOSED, is_open=False)
        DueDay.objects.filter(subject=row.pk).update(due_on=day(1, 1))
    with pytest.raises(CommandError, match="共3行与事实不一致"):
        checked(world)  # the summary, the day that is wrong, the one that is missing
    assert "改正3行" in checked(world, mend=True)
    assert "不一致0行" in checked(world)


def checked(world, **options) -> str:
    out = StringIO()
    call_command("check_summaries", township=world.township.code, stdout=out, **options)
    return out.getvalue()


def test_the_command_looks_at_what_is_stale_alone_and_names_a_township_it_does_not_know(world):
    with world.in_township():
        assigned(world)
    assert "改正" in checked(world, mend=True, stale=True)
    assert checked(world, mend=True, stale=True) == ""
    with pytest.raises(CommandError, match="没有代码为999999999999的乡镇"):
        call_command("check_summaries", township="999999999999")


def test_the_nightly_check_mends_and_says_so(world, caplog):
    with world.in_township():
        assigned(world)
        with action(SET_UP, actor=None):
            SuggestionSummary.objects.update(stage=Stage.CLOSED)
    assert tasks.check_summaries() == 1
    assert "1 derived rows differed" in caplog.text
    with world.in_township():
        assert SuggestionSummary.objects.get().stage == Stage.ASSIGNED
        event = AuditEvent.objects.filter(verb="congress.tell_anew", detail__has_key="行数").latest("seq")
        assert event.detail == {"对象": "代表建议", "行数": 1}


@pytest.mark.parametrize("changed", ["period", "holiday", "pack"])
def test_the_sweep_derives_anew_when_what_the_days_hang_on_has_changed(world, changed):
    with world.in_township():
        matter = a_matter(world, channel="unit", unit=world.unit)
        assigned(world)
    deadlines.sweep(world.township, day(5, 1))
    assert not sources.stale(world.township)
    with world.in_township(), action(SET_UP, actor=None):
        if changed == "period":
            OfficePeriod(
                township=world.township, kind="follow_up", value=10, effective_from=day(1, 1), basis="主席团会议"
            ).save()
        elif changed == "holiday":
            Holiday(day=day(6, 3), name="端午节", basis="通知").save()
        else:
            world.county.province = "chongqing"
            world.county.save()
    world.township.refresh_from_db()
    assert sources.stale(world.township)
    deadlines.sweep(world.township, day(5, 1))
    assert not sources.stale(world.township)
    with world.in_township():
        assert Grounds.objects.count() == 1
        assert sources.differing(world.township) == 0
        if changed == "period":
            assert open_days(matter.pk) == [("matter.follow_up", matter.reception.held_on + timedelta(days=10))]
        if changed == "pack":
            assert DueDay.objects.open().filter(key="suggestion.return").exists()


def test_matters_are_summed_up_by_every_way_they_go(town):
    for channel, state in (("", "waiting"), ("unit", "open"), ("on_the_spot", "resolved")):
        values = {"unit": town.unit} if channel == "unit" else {"text": "当场答了"} if channel else {}
        row = a_matter(town, channel=channel, **values)
        assert MatterSummary.objects.get(matter=row).state == state
        assert differing(MATTERS, row.pk) == 0
    handed = a_matter(town, channel="unit", unit=town.unit)
    told = MatterSummary.objects.get(matter=handed)
    assert (told.with_unit, told.unheard, told.proposed) == (town.unit.pk, True, False)
    MATTER.take("resolve", town.handler, handed, answer="修好了", on=day(6, 1))
    told.refresh_from_db()
    assert (told.state, told.with_unit, told.unheard) == ("untold", None, False)
    assert open_days(handed.pk) == []
    assert Suggestion.objects.count() == SuggestionSummary.objects.count()
