"""What the search box finds, in lists that are searched in different ways."""

from datetime import date

import pytest
from django.db.models import Q
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import action
from congress.web import search
from congress.web.conditions import NOTHING, any_of
from congress.web.search import Name, Tables, Within, asked_first, condition
from deputies.models import Activity, ActivityAttendance, Deputy, Group
from proposals.models import Suggestion
from tests.architecture.samples import FILL
from tests.cast import make_deputy

pytestmark = pytest.mark.django_db

DAY = date(2022, 6, 10)


@pytest.fixture
def names(world, browse):
    """The names a query finds on the roster, in their order."""
    client = browse(world.clerk)

    def ask(query: str, **more) -> list[str]:
        answer = client.get(reverse("deputies-list", args=[world.township.code]), {"q": query, **more})
        assert answer.status_code == 200
        return [deputy.name for deputy in answer.context["page"]]

    return ask


@pytest.fixture
def people(world):
    """Some deputies more, whom a query must tell apart."""
    with scope.township(world.township), action(FILL, actor=None):
        for name in ("张伟", "张伟民", "王张伟", "章薇", "赵文", "买买提·吐尔逊", "王\U0002ebf0"):
            make_deputy(world.township, name, term=world.term)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "query",
    ["买买提·吐尔逊", "买买提•吐尔逊", "买买提吐尔逊", "买买提 吐尔逊", "吐尔逊 买买提", "maimaiti", "买买提。吐尔逊"],
)
def test_a_name_is_found_with_any_dot_or_none(names, query):
    assert names(query) == ["买买提·吐尔逊"]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("query", ["张伟", "张 伟", "张　伟", " 张伟 ", "张\u200b伟"])
def test_the_name_itself_comes_before_its_beginning_and_its_part(names, query):
    assert names(query) == ["张伟", "张伟民", "王张伟"]


@pytest.mark.usefixtures("people")
def test_the_whole_spelling_comes_before_its_beginning_and_initials(names):
    assert names("zhangwei") == ["张伟", "章薇", "张伟民", "王张伟"]
    assert names("zw")[:2] == ["张伟", "张伟民"]
    assert {"章薇", "赵文", "王张伟"} <= set(names("zw"))
    assert names("zhangwei", sort="-name")[-1] == "王张伟"


@pytest.mark.usefixtures("people")
def test_a_character_newer_than_the_tables_is_found(names):
    assert names("\U0002ebf0") == names("wang \U0002ebf0") == ["王\U0002ebf0"]


def test_words_from_several_columns_narrow_together(world, names):
    with scope.township(world.township), action(FILL, actor=None):
        group = Group.objects.create(township=world.township, name="第三小组")
        deputy = world.deputies[0]
        Deputy.objects.filter(pk=deputy.pk).update(employer_post="石罅村党支部书记", group=group)
    assert names("石罅") == names("小组 石罅") == names(f"石罅 {deputy.name} 女 第三") == [deputy.name]
    assert names("石罅 没有的词") == []


def test_people_of_a_record_find_it_until_they_are_taken_out(world, browse):
    with scope.township(world.township), action(FILL, actor=None):
        activity = Activity.objects.create(
            township=world.township, kind="inspection", title="看渠道", held_on="2022-05-01", place="村口"
        )
        part = ActivityAttendance.objects.create(township=world.township, activity=activity, deputy=world.deputies[0])
    client, url = browse(world.clerk), reverse("deputies-activities", args=[world.township.code])

    def titles(query):
        return [row.title for row in client.get(url, {"q": query}).context["page"]]

    for query in (world.deputies[0].name, f"{world.deputies[0].name} 村口", "2022-05", "2022年5月1日 渠道", "视察 渠"):
        assert titles(query) == ["看渠道"], query
    with scope.township(world.township), action(FILL, actor=None):
        ActivityAttendance.objects.filter(pk=part.pk).update(withdrawn_at="2022-06-01T00:00:00Z")
    assert titles(world.deputies[0].name) == []


def test_a_number_that_is_no_year_is_looked_for_neither_among_days_nor_in_spellings():
    assert condition(Deputy, "birth_date", "5211") == NOTHING != condition(Deputy, "birth_date", "1975")
    assert "search_text" not in str(condition(Deputy, Name("name"), "5211"))
    assert "search_text" in str(condition(Deputy, Name("name"), "zw"))


@pytest.mark.parametrize(
    ("word", "how"), [("农场", "contains"), ("3", "contains"), ("WPS农场", "icontains"), ("é", "icontains")]
)
def test_only_words_with_letters_of_two_cases_are_compared_without_regard_to_case(word, how):
    assert condition(Deputy, "employer_post", word).children[-1] == (f"employer_post__{how}", word)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("hardly", [0, 1, 500])
def test_a_short_table_asked_first_finds_what_a_join_finds_however_many_bear_the_word(world, monkeypatch, hardly):
    monkeypatch.setattr(search, "HARDLY", hardly)
    finds = ["title", Name("attendances__deputy__name")]
    with scope.township(world.township):
        with action(FILL, actor=None):
            for deputy in Deputy.objects.filter(name__startswith="张"):
                held = Activity.objects.create(township=world.township, title="视察", kind="inspection", held_on=DAY)
                ActivityAttendance.objects.create(township=world.township, activity=held, deputy=deputy)
        joined = any_of(condition(Activity, find, "伟民") for find in finds)
        answers = [set(search.found(Activity.objects.kept(), finds, word)) for word in ("张", "伟民", "没有的")]
        assert [len(one) for one in answers] == [2, 1, 0]
        assert answers[1] == set(Activity.objects.kept().filter(joined))


def test_places_in_short_tables_are_asked_first_whatever_leads_there():
    hidden = Within(Name("lead__name"), Q(confidential=False))
    assert asked_first(Suggestion, Name("cosigners__deputy__name")) == (Deputy, Name("name"))
    assert asked_first(Suggestion, hidden) == (Deputy, Name("name"))
    assert asked_first(Deputy, "group__name") == (Group, "name")
    for model, here in ((Deputy, Name("name")), (Activity, "title"), (Activity, "attendances__note")):
        assert asked_first(model, here) is None  # its own, or of a table that grows


def test_where_nobody_bears_the_word_nothing_is_joined_and_what_is_hidden_stays_so(world):
    hidden = Within(Name("lead__name"), Q(confidential=False))
    tables = Tables()
    with scope.township(world.township):
        known = Deputy.objects.get(name="曾田")
        tables.meet([(Deputy, Name("name"), word) for word in ("渠", "曾田")])
        assert condition(Suggestion, hidden, "渠", tables) == NOTHING
        found = condition(Suggestion, hidden, "曾田", tables)
    assert found == Q(lead__in=[known.pk]) & Q(confidential=False)
