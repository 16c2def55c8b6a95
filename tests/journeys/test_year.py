"""A suggestion through a year by the pages, on the days it happened: clocks, lateness, second handling, figures, trail."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from congress import audit, clock
from congress.guard import scope
from congress.models import AuditEvent, Message
from congress.work import deadlines
from proposals.models import Matter, Reception, Suggestion
from reports.models import AnnualReport, FigureUse

TITLE = "关于维修云溪村三组灌溉渠的建议"


class Office:
    """Everybody at the pages of the township, on a day."""

    def __init__(self, world, browse):
        self.world, self.browse = world, browse

    def url(self, name: str, *args) -> str:
        return reverse(name, args=[self.world.township.code, *args])

    def send(self, who: str, on: date, name: str, /, *args, **fields):
        """Somebody sends a form; it must be taken (a redirect)."""
        answer = self.post(who, on, name, *args, **fields)
        errors = answer.context["form"].errors if answer.context and "form" in answer.context else answer.content[:300]
        assert answer.status_code == 302, f"{name} {answer.status_code}: {errors}"
        return answer

    def post(self, who: str, on: date, name: str, /, *args, **fields):
        """Somebody sends a form, whatever comes of it."""
        with clock.frozen(on):
            fields = {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}
            return self.browse(getattr(self.world, who)).post(self.url(name, *args), fields)

    def read(self, who: str, on: date, name: str, *args, query: str = "") -> str:
        """The text of a page."""
        with clock.frozen(on):
            answer = self.browse(getattr(self.world, who)).get(self.url(name, *args) + query)
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    def step(self, who: str, on: date, slug: str, **fields):
        """A step of the only suggestion."""
        row = self.only(Suggestion)
        return self.send(who, on, f"proposals-suggestion-{slug}", row.pk, on=on, version=row.version, **fields)

    def only(self, model):
        with self.world.in_township():
            return model.objects.get()


@pytest.fixture
def office(world, browse):
    return Office(world, browse)


def reception_form(world, **changed) -> dict:
    return {
        "key": str(uuid.uuid4()),
        "held_on": "2022-03-01",
        "station": str(world.station.pk),
        "deputies": [str(world.deputies[0].pk)],
        "people": "12",
        "words": "三组灌溉渠塌了一段，春灌浇不上水。",
        "category": str(world.category.pk),
        "channel": "suggestion",
        **changed,
    }


def suggestion_form(world, **changed) -> dict:
    return {
        "key": str(uuid.uuid4()),
        "lead": str(world.deputies[0].pk),
        "title": TITLE,
        "situation": "三组灌溉渠塌方。",
        "proposal": "请水利站修复。",
        "category": str(world.category.pk),
        "scale": "township",
        "submitted_on": "2022-03-02",
        **changed,
    }


def until_assigned(office: Office) -> None:
    world = office.world
    office.send("deputy_user", date(2022, 3, 1), "proposals-reception-new", **reception_form(world))
    matter = office.only(Matter)
    office.send("deputy_user", date(2022, 3, 2), "proposals-matter-suggestion", matter.pk, **suggestion_form(world))
    office.step("clerk", date(2022, 3, 4), "register")
    office.step("chair", date(2022, 3, 10), "assign", lead=str(world.unit.pk))


def answer(office: Office, signed: date, replied: date, grade: str = "A") -> None:
    office.step("handler", signed, "sign")
    office.step("handler", signed, "talk", way="visit", summary="到现场看过")
    office.step("handler", replied, "reply", grade=grade, text="已经修复")


def test_a_year_of_a_suggestion(office, world):
    until_assigned(office)
    # Three months after 10 March: due on 10 June, not on the 8th (90 days).
    page = office.read("handler", date(2022, 6, 10), "proposals-suggestion", office.only(Suggestion).pk)
    assert "2022年6月10日" in page
    assert "第四十二条" in page  # the edition in force in 2022
    assert "今天到期" in office.read("clerk", date(2022, 6, 10), "deadlines")
    assert "逾期1天" in office.read("clerk", date(2022, 6, 11), "deadlines").replace(" ", "")
    answer(office, date(2022, 6, 10), date(2022, 6, 20))
    page = office.read("clerk", date(2022, 12, 1), "proposals-suggestions")
    assert "逾期10天" in page.replace(" ", ""), "late stays late, also after the reply"
    office.step("deputy_user", date(2022, 6, 25), "rate", attitude="good", result="bad", reason="只修了一半")
    office.step("chair", date(2022, 7, 1), "reopen", lead=str(world.unit.pk))
    answer(office, date(2022, 7, 5), date(2022, 7, 20))
    office.step("deputy_user", date(2022, 7, 25), "rate", attitude="good", result="good", reason="")
    page = office.read("deputy_user", date(2022, 8, 1), "proposals-suggestion", office.only(Suggestion).pk)
    for words in ("接待选民12人次", "只修了一半", "重新交办", "已办结"):
        assert words in page
    with world.in_township():
        assert Matter.objects.get().resolved_on is not None, "the voter's matter is resolved by the suggestion"
    report(office)
    trail(office)


def report(office: Office) -> None:
    """The figures count what the pages say, by the records behind them."""
    on = date(2022, 12, 21)
    office.send("clerk", on, "reports-new", year="2022", cut_off=date(2022, 12, 20))
    kept = office.only(AnnualReport)
    with office.world.in_township():
        figures = {use.key: use for use in FigureUse.objects.all()}
    assert figures["receptions.people"].value == 12
    values = {name: figures[f"suggestions.{name}"].value for name in ("assigned", "replied", "late", "closed")}
    assert values == {"assigned": 1, "replied": 1, "late": 1, "closed": 1}
    assert [row["id"] for row in figures["receptions.people"].rows] == [str(office.only(Reception).pk)]
    assert "12" in office.read("county_viewer", on, "reports-figure", kept.pk, "receptions.people")


def trail(office: Office) -> None:
    """One event for each step, in sentences, and the chain holds."""
    audit.anchor()  # as the scheduler does
    with scope.audit():
        verbs = list(AuditEvent.objects.filter(chain=office.world.township.pk).values_list("verb", flat=True))
        faults = list(audit.verify())
    for verb, times in {
        "proposals.log_reception": 1,
        "proposals.turn_matter": 1,
        "proposals.register": 1,
        "proposals.assign": 1,
        "proposals.sign": 2,
        "proposals.talk": 2,
        "proposals.reply": 2,
        "proposals.rate": 2,
        "proposals.reopen": 1,
        "reports.start": 1,
    }.items():
        assert verbs.count(verb) == times, verb
    assert faults == []
    page = office.read("chair", date(2022, 12, 22), "trail")
    assert "重新交办了代表建议" in page
    assert TITLE not in page or "曾田" not in page


def test_reminders_come_once_a_step_however_often_the_sweep_runs(office, world):
    until_assigned(office)
    for day in (date(2022, 5, 11), date(2022, 5, 11), date(2022, 6, 3), date(2022, 6, 9), date(2022, 6, 10)):
        deadlines.sweep(world.township, day)
    # The machine was off for the week in which the reply fell overdue: one message, not seven.
    deadlines.sweep(world.township, date(2022, 6, 18))
    deadlines.sweep(world.township, date(2022, 6, 18))
    with world.in_township():
        mine = Message.objects.filter(recipient=world.handler, kind="suggestion.reply")
        steps = sorted(int(message.key.rsplit(":", 1)[1]) for message in mine)
    assert steps == [-7, 0, 1, 7, 30]


def test_the_same_form_sent_twice_is_one_record(office, world):
    form = reception_form(world, channel="")
    for _ in range(2):
        office.send("deputy_user", date(2022, 3, 1), "proposals-reception-new", **form)
    assert office.only(Reception).people == 12
    assert office.only(Matter).number == "2022-0001"
    form = suggestion_form(world)
    for _ in range(2):
        office.send("deputy_user", date(2022, 3, 2), "proposals-suggestion-new", **form)
    assert office.only(Suggestion).title == TITLE


def test_who_comes_second_loses_no_word(office, world):
    office.send("deputy_user", date(2022, 3, 2), "proposals-suggestion-new", **suggestion_form(world))
    row = office.only(Suggestion)
    words = {
        name: value for name, value in suggestion_form(world).items() if name not in ("key", "lead", "submitted_on")
    }
    first = words | {"situation": "代表先改好的事由", "version": row.version}
    second = words | {"situation": "办事员后写的很长的事由", "version": row.version}
    office.send("deputy_user", date(2022, 3, 3), "proposals-suggestion-correct", row.pk, **first)
    answer = office.post("clerk", date(2022, 3, 3), "proposals-suggestion-correct", row.pk, **second)
    assert answer.status_code == 409
    assert "办事员后写的很长的事由" in answer.content.decode()
    assert office.only(Suggestion).situation == "代表先改好的事由"


def test_the_county_counts_what_is_overdue_and_cannot_touch_it(office, world):
    until_assigned(office)
    with clock.frozen(date(2022, 6, 15)):
        client = office.browse(world.county_viewer)
        page = client.get(reverse("reports-county-overdue", args=[world.county.code])).content.decode()
        assert "云溪镇" in page
        assert "2022-001" in page
        row = office.only(Suggestion)
        url = office.url("proposals-suggestion-sign", row.pk)
        assert client.post(url, {"on": "2022-06-15", "version": row.version}).status_code == 403


def test_another_unit_and_another_deputy_do_not_answer_for_them(office, world):
    until_assigned(office)
    row = office.only(Suggestion)
    fields = {"on": date(2022, 3, 15), "version": row.version}
    assert office.post(
        "other_handler", date(2022, 3, 15), "proposals-suggestion-sign", row.pk, **fields
    ).status_code in (
        403,
        404,
        409,
    )
    with world.in_township():
        assert Suggestion.objects.get().assignments.get().signed_on is None
