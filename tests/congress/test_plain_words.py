"""What pages say to people who know nothing of programs: forms, the trail, holidays, the first page's buttons."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.core.management import call_command
from django.urls import reverse

from congress import history
from congress.guard.action import action
from congress.models import Holiday, Role, Unit
from congress.permissions import Standing
from congress.web import nav
from congress.web.forms import PlainForm, RecordForm
from congress.web.forms_people import AccountForm
from congress.web.forms_places import CountyForm
from deputies.models import Group
from deputies.queries import traces
from tests.architecture.source import product
from tests.cast import SET_UP
from tests.proposals.helpers import log, registered


class _Form(PlainForm):
    title = forms.CharField(max_length=4)
    way = forms.ChoiceField(choices=[("a", "甲")])
    count = forms.IntegerField(min_value=1)
    on = forms.DateField()
    own = forms.CharField(error_messages={"required": "自己的话"})
    paper = forms.FileField()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "", "请填写。"),
        ("title", "一二三四五", "最多4个字，现在有5个字，请删短一些。"),
        ("way", "", "请选择。"),
        ("count", "0", "不能小于1。"),
        ("count", "几个", "请填写整数。"),
        ("on", "2026-02-30", "日期不对，请按“2026-11-23”的样子填写。"),
        ("on", "0022-02-03", "年份应在1900到2100之间，请检查。"),
        ("own", "", "自己的话"),
        ("paper", "", "请选择文件。"),
    ],
)
def test_a_form_says_what_to_do(field, typed, said):
    assert _Form({field: typed}).errors[field] == [said]


def test_a_line_break_is_one_character_as_it_is_to_whoever_types_it():
    class Form(PlainForm):
        text = forms.CharField(max_length=5, widget=forms.Textarea)

    form = Form({"text": "一二\r\n四五"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "一二\n四五"
    assert not Form({"text": "一二\r\n四五"}, initial={"text": "一二\n四五"}).has_changed()


def test_what_nobody_sees_is_not_taken_and_a_password_stays_as_it_came():
    class Form(PlainForm):
        text = forms.CharField()
        secret = forms.CharField(widget=forms.PasswordInput)

    form = Form({"text": "水利\u200b站\u202e", "secret": "a\u200bb"})
    assert form.is_valid()
    assert form.cleaned_data == {"text": "水利站", "secret": "a\u200bb"}


def test_no_browser_cuts_what_is_pasted_and_what_is_too_long_comes_back_whole():
    pasted = "一二三四五六七"
    form = _Form({"title": pasted})
    assert form.errors["title"] == ["最多4个字，现在有7个字，请删短一些。"]
    assert f'value="{pasted}"' in str(form["title"])
    assert "maxlength" not in str(form)


def test_nobody_becomes_chair_because_the_list_began_with_it(db):
    form = AccountForm({"username": "liming01", "display_name": "某人", "role": ""})
    assert form.errors["role"] == ["请选择。"]
    assert "---" not in str(form)


def _event(**detail):
    return SimpleNamespace(subject_type="proposals.suggestion", detail=detail)


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"难度大": False, "新建": True}, "难度大：否；新建"),
        ({"行": "3abad756-c705-40f1-bdd1-5f80289a30c5", "SHA-256": "ab", "分类": "A 已解决"}, "分类：A 已解决"),
        ({"项目": ["title", "category"]}, "项目：标题、类别"),
        ({"fields": ["title"], "reason": "通知开会"}, "项目：标题；理由：通知开会"),
        ({"提示": [], "来自事项": "", "逾期天数": 0}, "逾期天数：0"),
        ({"rows": {"deputies.deputy": 1}}, "行数：代表1"),
    ],
)
def test_the_trail_speaks_chinese(detail, words):
    assert history.detail_words(_event(**detail)) == words


def test_holidays_have_their_chinese_names(world):
    call_command("load_holidays", 2026, stdout=None)
    assert Holiday.objects.get(day=date(2026, 2, 17)).name == "春节"
    assert not [row for row in Holiday.objects.all() if (row.name + row.basis).isascii() or "calendar" in row.basis]


def test_the_first_page_begins_with_what_is_done_most(world, browse):
    new = reverse("proposals-reception-new", args=[world.township.code])
    home = reverse("township_home", args=[world.township.code])
    for user in (world.clerk, world.deputy_user):
        assert f'class="btn btn-primary" href="{new}"' in browse(user).get(home).content.decode()
    assert new not in browse(world.handler).get(home).content.decode()


def test_shortcuts_go_only_to_what_is_allowed(world):
    viewer = Standing(world.clerk, world.township, roles=frozenset({str(Role.COUNTY)}))
    assert nav.shortcuts_for(viewer) == []


def test_the_rules_of_a_county_are_chosen_by_name(world, browse):
    answer = browse(world.system).get(reverse("administration-county-new")).content.decode()
    assert '<option value="zhejiang">浙江省</option>' in answer
    assert "登记县级行政区" in answer
    form = {
        "code": "990124000000",
        "name": "云外县",
        "kind": "县",
        "province": "nowhere",
        "congress_name": "云外县人大",
    }
    assert CountyForm(form).errors["province"]
    assert not CountyForm(form | {"province": "zhejiang"}).errors


def test_the_auditor_reads_the_page_the_menu_names(world, browse):
    answer = browse(world.auditor).get(reverse("administration-audit")).content.decode()
    assert "<title>审计记录" in answer.replace("\n", "")


def test_what_is_wrong_with_the_whole_form_is_said_once(world, browse):
    url = reverse("import-new", args=[world.township.code, "deputies.roster"])
    answer = browse(world.clerk).post(url, {"text": " "}).content.decode()
    assert answer.count("请选择一个文件，或者粘贴表格内容，二者选一。") == 1


PAGES = [source for source in product(".html") if source.path.startswith("templates/")]
TECHNICAL = {  # where a digest is what the page is for
    "templates/congress/document.html",
    "templates/congress/trust.html",
}


def test_a_state_stands_after_a_blank_and_not_after_a_comma():
    assert PAGES
    assert [source.path for source in PAGES if re.search(r"[，、]\s*\{% (status|deadline) ", source.text)] == []


def test_no_digest_stands_on_a_page_of_the_office():
    shown = re.compile(r"\{\{[^}]*(sha256|sm3|rows_hash|\.hash)\b")
    assert [source.path for source in PAGES if shown.search(source.text) and source.path not in TECHNICAL] == []


def test_what_a_deputy_did_is_called_what_it_is(world):
    with world.in_township():
        log(world, people=2)
        assert traces(world.deputies[0]) == [("接待选民", 1, "次")]
        registered(world)
        assert ("代表建议", 1, "件") in traces(world.deputies[0])


def test_groups_stand_in_the_order_of_their_numbers(world, browse):
    with world.in_township(), action(SET_UP, actor=None):
        for name in ("第三代表小组", "第十一代表小组", "第二代表小组", "第一代表小组"):
            Group.objects.create(township=world.township, name=name)
    rows = browse(world.clerk).get(reverse("deputies-groups", args=[world.township.code])).context["page"]
    assert [row.name for row in rows] == ["第一代表小组", "第二代表小组", "第三代表小组", "第十一代表小组"]
    chosen = browse(world.clerk).get(reverse("deputies-list", args=[world.township.code])).context
    (choices,) = [one["choices"] for one in chosen["folded_filters"] if one["param"] == "group"]
    assert [label for _, label in choices][-1] == "第十一代表小组"


NEW = "deputies-new deputies-station-new deputies-term-new deputies-activity-new unit-new category-new member-new"


@pytest.mark.parametrize("name", [*NEW.split(), "assembly-session-new"])
def test_no_choice_is_a_row_of_dashes(world, browse, name):
    page = browse(world.clerk).get(reverse(name, args=[world.township.code]), {"kind": "visit"}).content.decode()
    assert "<option" in page or name in ("deputies-station-new", "deputies-activity-new")
    assert "-----" not in page


class OpenForm(RecordForm):
    """One whose name is left open, as where it is looked up under what another field says."""

    class Meta:
        model = Unit
        fields = ("name", "level")

    def clean(self):
        values = super().clean()
        values.pop("name")
        return values


@pytest.mark.parametrize(("level", "said"), [("", "level"), ("township", "name")])
def test_what_is_left_open_because_of_another_field_is_not_said_to_be_missing(world, level, said):
    with world.in_township():
        form = OpenForm({"name": "水利站", "level": level}, instance=Unit(township=world.township))
        assert [*form.errors] == [said]
