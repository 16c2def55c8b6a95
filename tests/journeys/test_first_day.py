"""The first day of a township: the roster is imported with its term and districts, and what comes next is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import action
from congress.models import Category, Membership, Unit
from deputies.models import Deputy, District, Mandate, Station, Term
from tests.cast import SET_UP

NEW = "990101102000"
ROSTER = "姓名\t性别\t选区\n王试一\t女\t1\n李试二\t男\t2\n"


@pytest.fixture
def clerk(world, browse):
    """The clerk, moved to a township that has nothing yet."""
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.filter(user=world.clerk).update(township=world.neighbour)
    with scope.township(world.neighbour), action(SET_UP, actor=None):
        for model in (Mandate, District, Term, Deputy, Unit, Station, Category):
            model.objects.update(withdrawn_at="2022-01-01T00:00:00Z")
    return browse(world.clerk)


def waiting(client) -> list[str]:
    """What stands on the first page: tasks of the first day, and lines of what waits."""
    context = client.get(reverse("township_home", args=[NEW])).context
    return [line.task.key for line in context["beginning"]] + [line.label for line in context["todos"]]


def test_after_the_roster_came_the_clerk_is_told_what_waits_for_the_chair(world, clerk):
    url = reverse("import-new", args=[NEW, "deputies.roster"])
    page = clerk.get(url).context["form"]
    form = {name: page[name].value() or "" for name in page.fields if name != "file"}
    form |= {"text": ROSTER, "elected_on": "2021-10-20", "started_on": "2021-11-10", "number": "17", "seats": "2"}
    answer = clerk.post(url, form)
    assert answer.status_code == 302, answer.context["form"].errors
    preview = clerk.get(answer.url).context["preview"]
    with scope.township(world.neighbour):
        assert preview.errors == []
    assert clerk.post(f"{answer.url}take/", {}).status_code == 302
    lines = waiting(clerk)
    assert {"代表信息等待主席审核", "approval"} < set(lines)
    assert not {"roster", "terms", "districts"} & set(lines)


def test_a_file_must_be_chosen_again_where_something_else_was_wrong(world, clerk):
    url = reverse("import-new", args=[NEW, "deputies.roster"])
    term = clerk.get(url).context["form"]["term"].value()
    answer = clerk.post(url, {"file": SimpleUploadedFile("花名册.csv", ROSTER.encode()), "term": term})
    assert answer.status_code == 200
    assert answer.context["form"].fields["file"].help_text == "请再选一次刚才的文件。"


def test_a_district_known_by_its_number_alone_is_not_named_twice(world):
    with world.in_township():
        assert str(District(number=2, name="第2选区")) == "第2选区"
        assert str(District(number=2, name="东山村")) == "第2选区（东山村）"
