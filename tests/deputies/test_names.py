"""Names at every door: the form, the correction, the list, the paper, and rows that were written before."""

import pytest
from django.urls import reverse

from congress.guard.action import Refused, action
from congress.models import Document
from congress.names.strokes import CONVENTIONS
from deputies import actions
from deputies.life import CORRECTION
from deputies.models import Deputy
from deputies.models.names import KEYS
from tests.cast import SET_UP, make_deputy

NEWEST = "王\U0002ebf0"


def typed(**values) -> dict:
    given = {"name": "赵一", "gender": "male", "ethnicity": "汉族", "party": "masses", "occupation": "other"}
    return given | values


@pytest.fixture
def send(world, browse):
    client = browse(world.clerk)
    return lambda name: client.post(reverse("deputies-new", args=[world.township.code]), typed(name=name))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("张 伟", "张伟"),
        ("买买提 • 吐尔逊", "买买提·吐尔逊"),
        ("⼀⻢", "一马"),
        ("张\ufe00伟", "张伟"),
        (NEWEST, NEWEST),
        ("\U000323b0\U0002ebf1", "\U000323b0\U0002ebf1"),
    ],
)
def test_the_form_keeps_a_name_in_its_one_form(world, send, name, kept):
    assert send(name).status_code == 302
    with world.in_township():
        saved = Deputy.objects.get(name=kept)
        assert all(getattr(saved, key) for key in KEYS)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("=1+1", "只能是文字"),
        ("王□伟", "“□”不是文字"),
        ("王\ue5e5", "U+E5E5"),
        ("张⺮", "偏旁部首"),
        ("\u200b", "请填写"),
    ],
)
def test_the_form_refuses_what_is_no_name_and_loses_nothing(world, send, name, said):
    answer = send(name)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    if name.isprintable():
        assert f'value="{name}"' in answer.content.decode()
    with world.in_township():
        assert not Deputy.objects.filter(gender="male", name=name).exists()


def test_the_action_and_the_correction_ask_the_same_function(world):
    with world.in_township():
        with pytest.raises(Refused, match="不是文字"):
            actions.save_deputy(world.clerk, Deputy(township=world.township, **typed(name="王□伟")))
        own = world.deputies[0]
        with pytest.raises(Refused, match="偏旁部首"):
            actions.ask_correction(world.deputy_user, own, "name", "张⺮")
        asked = actions.ask_correction(world.deputy_user, own, "name", "张 伟")
        CORRECTION.take("accept", world.clerk, asked)
        assert Deputy.objects.get(pk=own.pk).name == "张伟"


def test_a_character_newer_than_the_tables_stands_last_on_the_list(world, browse):
    with world.in_township(), action(SET_UP, actor=None):
        for name in (NEWEST, "王一", "\U0002ebf0一", "龘龘"):
            make_deputy(world.township, name, term=world.term)
    client = browse(world.clerk)
    for sort in ("name", "surname", "pinyin"):
        page = client.get(reverse("deputies-list", args=[world.township.code]), {"sort": sort}).context["page"]
        names = [row.name for row in page]
        assert names[-1] == "\U0002ebf0一", sort
        assert names.index("王一") + 1 == names.index(NEWEST), sort


def test_the_list_is_ordered_by_surname_with_the_short_names_first(world, browse):
    with world.in_township(), action(SET_UP, actor=None):
        for name in ("田大利", "田富"):
            make_deputy(world.township, name, term=world.term)
    client, url = browse(world.clerk), reverse("deputies-list", args=[world.township.code])

    def order(sort: str) -> list[str]:
        return [row.name for row in client.get(url, {"sort": sort}).context["page"] if row.name.startswith("田")]

    assert order("name") == ["田大利", "田富"]
    assert order("surname") == ["田富", "田大利"]
    assert "姓氏笔画" in client.get(url).content.decode()


def test_the_list_is_narrowed_to_a_district_and_taken_along_with_it(world, browse):
    client, url = browse(world.clerk), reverse("deputies-list", args=[world.township.code])
    first = client.get(url)
    shown = next(one for one in first.context["filters"] if one["param"] == "district")
    choices = {label: value for value, label in shown["choices"]}
    with world.in_township(), action(SET_UP, actor=None):
        lone = make_deputy(world.township, "无区一")
    value = choices["第1选区（云溪村）"]
    rows = [row.name for row in client.get(url, {"district": value}).context["page"]]
    assert lone.name not in rows
    assert set(rows) == {"曾田", "单木"}
    table = client.get(url, {"format": "csv", "sort": "name"}).content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("序号,姓名")
    assert "选区" in table[0]
    assert [line.split(",")[0] for line in table[1:]] == ["1", "2", "3"]
    assert sum("第1选区（云溪村）" in line for line in table) == 2


@pytest.mark.parametrize(("order", "names"), [("xingming", ["田大利", "田富"]), ("xingshi", ["田富", "田大利"])])
def test_the_paper_is_in_the_order_that_was_chosen_and_says_so(world, browse, order, names):
    with world.in_township(), action(SET_UP, actor=None):
        for name in ("田大利", "田富"):
            make_deputy(world.township, name, term=world.term)
    client = browse(world.clerk)
    form = {"issued_on": "2022-03-01", "convention": order}
    client.post(reverse("deputies-roster-issue", args=[world.township.code]), form)
    with world.in_township():
        context = Document.objects.get(kind="deputies.roster").context
    assert [row[1] for row in context["rows"] if row[1].startswith("田")] == names
    assert CONVENTIONS[order] in "".join(context["notes"])
    draft = client.get(reverse("deputies-roster-draft", args=[world.township.code]), {"order": order})
    assert draft.content.startswith(b"%PDF")


def test_a_name_no_font_has_is_noted_and_the_roster_is_issued(world, browse):
    with world.in_township(), action(SET_UP, actor=None):
        make_deputy(world.township, NEWEST, term=world.term)
    client, url = browse(world.clerk), reverse("deputies-roster-issue", args=[world.township.code])
    assert f"以“〓”代替，请在纸面上手写填入：{NEWEST}" in client.get(url).content.decode()
    assert client.post(url, {"issued_on": "2022-03-01", "convention": "xingming"}).status_code == 302
    with world.in_township():
        document = Document.objects.select_related("file").get(kind="deputies.roster")
        assert bytes(document.file.content).startswith(b"%PDF")
    assert "王〓" in [row[1] for row in document.context["rows"]]
    assert [note for note in document.context["notes"] if "U+2EBF0" in note and "王〓" in note]


def test_the_page_of_a_deputy_names_the_characters_to_check(world, browse):
    with world.in_township(), action(SET_UP, actor=None):
        rare = make_deputy(world.township, NEWEST, term=world.term)
    client = browse(world.clerk)
    page = client.get(reverse("deputies-detail", args=[world.township.code, rare.pk])).content.decode()
    assert "U+2EBF0：笔画表中没有" in page
    plain = client.get(reverse("deputies-detail", args=[world.township.code, world.deputies[0].pk])).content.decode()
    assert "生僻字" not in plain
