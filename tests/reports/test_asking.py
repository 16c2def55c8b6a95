"""A county asks about a number or a row, the township answers, the county reads it; both trails tell."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused
from congress.models import AuditEvent, Message
from reports.actions import asking as actions
from reports.models import CountyAnswer, CountyQuestion

TODAY = date(2022, 12, 21)
CODE = "990101000000"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


def at(world, name, *args):
    return reverse(f"reports-{name}", args=[world.township.code, *args])


def asking(world):
    return scope.county(world.county, world.county.townships.real(), by=world.county_viewer, writes=True)


def ask(world, **values) -> CountyQuestion:
    given = {"about": "2022年接待选民：47人次", "text": "比去年少一半，为什么？", "page": "", "due_on": None}
    with asking(world):
        return actions.ask(world.county_viewer, world.county, world.township, **given | values)


def send(world, browse, **values):
    given = {"township": world.township.code, "about": "接待", "text": "为什么少？", "due_on": "", "page": ""}
    return browse(world.county_viewer).post(reverse("reports-county-ask", args=[CODE]), given | values)


def verbs(chain) -> list[str]:
    with scope.audit():
        return list(AuditEvent.objects.filter(chain=chain).order_by("seq").values_list("verb", flat=True))


def test_asked_answered_and_read(world, browse):
    page = f"/t/{world.township.code}/"
    assert send(world, browse, page=page, due_on="2022-12-28").status_code == 302
    clerk = browse(world.clerk)
    home = clerk.get(page)
    [todo] = [line for line in home.context["todos"] if line.label == "上级询问待答复"]
    [row] = clerk.get(todo.url).context["page"]
    shown = clerk.get(at(world, "question", row.pk))
    assert "为什么少？" in shown.content.decode()
    answer = shown.context["answer_url"]
    assert clerk.post(answer, {"text": "修路期间接待暂停。"}).status_code == 302
    assert [line for line in clerk.get(page).context["todos"] if line.label == "上级询问待答复"] == []
    county = browse(world.county_viewer)
    listed = county.get(reverse("reports-county-questions", args=[CODE])).content.decode()
    assert "修路期间接待暂停。" in listed
    there = county.get(at(world, "question", row.pk))
    assert "修路期间接待暂停。" in there.content.decode()
    assert there.context["answer_url"] == ""
    with scope.user(world.county_viewer):
        told = Message.objects.get(recipient=world.county_viewer, kind="reports.county_answer")
    assert county.get(told.url).status_code == 200


def test_both_trails_tell_of_both(world):
    question = ask(world)
    with scope.township(world.township):
        actions.answer(world.clerk, question, "暂停过。")
    assert verbs(world.township.pk)[-2:] == ["reports.asked_by_county", "reports.answer_county"]
    assert [verb for verb in verbs(0) if verb.startswith("reports.")] == [
        "reports.ask",
        "reports.answered_by_township",
    ]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"due_on": TODAY - timedelta(days=1)}, "due_on", "希望答复的日期已经过去。"),
        ({"page": "/t/990101102000/"}, "township", "询问的页面应当是这个乡镇的页面。"),
        ({"page": "/administration/"}, "township", "询问的页面应当是这个乡镇的页面。"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(world, browse, values, field, said):
    with pytest.raises(Refused) as refused:
        ask(world, **values)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [(field, said)]
    assert send(world, browse, **values).context["form"].errors[field] == [said]
    with scope.reading([world.township]):
        assert not CountyQuestion.objects.exists()
    assert ask(world, due_on=TODAY, page=f"/t/{world.township.code}/deputies/").due_on == TODAY


def test_another_countys_township_a_rehearsal_and_one_that_was_closed_are_not_asked(world, browse):
    with asking(world), pytest.raises(Refused, match="只能询问所辖的乡镇"):
        actions.ask(world.county_viewer, world.far_county, world.township, about="x", text="x", page="", due_on=None)
    for rehearsal, closed_on in ((True, None), (False, TODAY)):
        world.township.rehearsal, world.township.closed_on = rehearsal, closed_on
        with pytest.raises(Refused, match="只能询问所辖的乡镇"):
            ask(world)
    assert "township" in send(world, browse, township="nowhere").context["form"].errors


def test_sent_twice_it_is_asked_once_and_nothing_typed_is_lost(world, browse):
    key = "7f0c5a52-5d4f-4f5c-9a57-0d3a52f5a7aa"
    first, second = (send(world, browse, key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    with scope.reading([world.township]):
        assert CountyQuestion.objects.count() == 1
    wrong = send(world, browse, text="长长的问题", due_on="2022-01-01")
    assert "长长的问题" in wrong.content.decode()
    assert "已经过去" in str(wrong.context["form"].errors["due_on"])


def test_a_question_is_answered_once(world, browse):
    question = ask(world)
    with scope.township(world.township):
        actions.answer(world.clerk, question, "一")
        with pytest.raises(Refused, match="这个询问已经答复"):
            actions.answer(world.clerk, question, "二")
    page = browse(world.clerk).post(at(world, "question-answer", question.pk), {"text": "二"})
    assert "已经答复" in page.content.decode()
    with scope.reading([world.township]):
        assert CountyAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("clerk", 200, 200),
        ("chair", 200, 200),
        ("county_viewer", 200, 403),
        ("deputy_user", 403, 403),
        ("handler", 403, 403),
        ("neighbour_clerk", 404, 404),
        ("far_viewer", 404, 404),
    ],
)
def test_who_reads_a_question_and_who_answers(world, browse, who, read, write):
    question, client = ask(world), browse(world.users[who])
    assert client.get(at(world, "question", question.pk)).status_code == read
    assert client.get(at(world, "questions")).status_code == read
    assert client.get(at(world, "question-answer", question.pk)).status_code == write


@pytest.mark.parametrize(
    ("who", "status"), [("county_viewer", 200), ("far_viewer", 404), ("clerk", 404), ("chair", 404)]
)
def test_only_the_county_asks(world, browse, who, status):
    for name in ("county-ask", "county-questions"):
        assert browse(world.users[who]).get(reverse(f"reports-{name}", args=[CODE])).status_code == status


def test_what_is_late_waits_on_the_countys_first_page(world, browse):
    ask(world, due_on=TODAY)
    client = browse(world.county_viewer)

    def waiting():
        todos = client.get(reverse("county_home", args=[CODE])).context["todos"]
        return [line.count for line in todos if line.label == "询问已过日期没有答复"]

    assert waiting() == []
    with clock.frozen(TODAY + timedelta(days=1)):
        assert waiting() == [1]
        board = client.get(reverse("reports-county-questions", args=[CODE]), {"state": "waiting"})
        assert len(list(board.context["page"])) == 1
        assert list(client.get(board.request["PATH_INFO"], {"state": "answered"}).context["page"]) == []


def test_every_page_of_a_township_leads_a_county_viewer_back_and_asks_about_itself(world, browse):
    for name in ("township_home", "deputies-list", "proposals-suggestions", "deadlines"):
        url = reverse(name, args=[world.township.code])
        client = browse(world.county_viewer)
        text = client.get(url).content.decode()
        assert f'href="{reverse("county_home", args=[CODE])}"' in text
        assert "就本页询问乡镇" in text
        assert "就本页询问乡镇" not in browse(world.clerk).get(url).content.decode()
    client = browse(world.county_viewer)
    form = client.get(reverse("reports-county-ask", args=[CODE]), {"township": world.township.code, "page": url})
    assert form.context["form"]["township"].value() == world.township.code
    assert form.context["form"]["page"].value() == url
