"""The first file of a township that has no term yet: it brings term, districts, groups and stations with it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress import clock, imports
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.imports import batches
from congress.models import ImportBatch, Membership, Role, Township, User
from deputies.imports.words import terms_in, terms_named
from deputies.models import Deputy, District, Group, Mandate, Station, Term
from tests.cast import PASSWORD, SET_UP
from tests.spreadsheets.books import workbook

HEAD = ["姓名", "性别", "出生年月", "选区", "代表小组", "联络站"]
ROWS = [
    ["赵一", "男", "1970-01", "第一选区", "东片组", "东山联络站"],
    ["钱二", "女", "1971-02", "1", "东片组", "东山联络站"],
    ["孙三", "男", "1972-03", "第3选区（南庄村）", "西片组", None],
    ["李四", "男", "1973-04", "西岭村", "西片组", None],
]
FILE = workbook([["新塘镇第十八届人民代表大会代表名册"], HEAD, *ROWS])
NEW = {"term": "new", "elected_on": "2021-10-20", "started_on": "2021-11-10"}


@pytest.fixture
def empty(world):
    """A township in which nothing was registered, and its clerk."""
    with action(SET_UP, actor=None):
        town = Township.objects.create(
            county=world.county, code="990101103000", name="新塘镇", document_word="新塘人发", population=20000
        )
    with scope.accounts(), action(SET_UP, actor=None):
        clerk = User(username="newclerk", display_name="新塘办事员", must_change_password=False)
        clerk.set_password(PASSWORD)
        clerk.save()
        Membership.objects.create(user=clerk, role=Role.CLERK, township=town)
    return town, clerk


def upload(empty, data=FILE, **changed):
    town, clerk = empty
    kind = imports.kind_of("deputies.roster")
    return imports.upload(clerk, town, kind, options=NEW | changed, data=data, file_name="名册.xlsx")


def standing(model):
    return model.objects.filter(withdrawn_at=None)


def test_what_will_be_made_is_shown_and_nothing_is_made_before(empty):
    with scope.township(empty[0]):
        preview = imports.preview_of(upload(empty))
        assert [row.status for row in preview.rows] == ["new"] * 4, preview.errors
        assert preview.makes == [
            "届次：乡镇第十八届，2021年11月10日起（代表名额请导入后补填）",
            "选区3个：第1选区（第1选区，2名）、第3选区（南庄村，1名）、第2选区（西岭村，1名）",
            "代表小组2个：东片组、西片组",
            "联络站1个：东山联络站",
        ]
        assert not standing(Term).exists()


def test_taking_makes_them_and_undoing_takes_them_back(empty):
    town, clerk = empty
    with scope.township(town):
        batch = imports.take(clerk, upload(empty), only_good=False)
        term = Term.objects.get()
        assert (term.number, term.level, term.started_on) == (18, "township", date(2021, 11, 10))
        placed = Mandate.objects.select_related("deputy__group", "district")
        assert {(m.deputy.name, m.district.number, m.deputy.group.name) for m in placed} == {
            ("赵一", 1, "东片组"),
            ("钱二", 1, "东片组"),
            ("孙三", 3, "西片组"),
            ("李四", 2, "西片组"),
        }
        assert Station.objects.get().name == "东山联络站"
        again = imports.preview_of(upload(empty))
        assert [row.status for row in again.rows] == ["unchanged"] * 4
        assert again.makes == []
        assert imports.undo(clerk, batch) == {}
        for model in (Term, District, Group, Station, Deputy, Mandate):
            assert not standing(model).exists(), model
        assert imports.take(clerk, upload(empty), only_good=False).counts["taken"] == 4


def test_what_others_came_to_need_stays(empty):
    town, clerk = empty
    with scope.township(town):
        batch = imports.take(clerk, upload(empty), only_good=False)
        with action(SET_UP, actor=None):
            late = Deputy.objects.create(
                township=town, name="周五", gender="male", group=Group.objects.get(name="东片组")
            )
            Mandate.objects.create(township=town, deputy=late, term=Term.objects.get(), elected_on=date(2023, 1, 5))
        held = imports.undo(clerk, batch)
        assert {(each.name, each.reason) for each in held.values()} == {
            ("第十八届", "已有代表资格"),
            ("东片组", "已有代表"),
        }
        assert {row.name for row in standing(Group)} == {"东片组"}
        assert not standing(District).exists()


def test_a_file_that_does_not_name_its_term_asks_for_it(empty):
    with scope.township(empty[0]):
        with pytest.raises(Refused, match="请填写"):
            upload(empty, data=workbook([HEAD, *ROWS]))
        assert upload(empty, data=workbook([HEAD, *ROWS]), number=17).counts["new"] == 4


def test_without_a_term_the_people_go_in_and_what_is_left_out_is_said(empty):
    town, clerk = empty
    with scope.township(town):
        batch = upload(empty, term="", elected_on=None, create=True)
        preview = imports.preview_of(batch)
        assert [row.status for row in preview.rows] == ["new"] * 4, preview.errors
        assert preview.left == ["没有选择届次：4行的选区等代表资格信息没有导入，可以“修改导入选项”"]
        batches.look_again(clerk, batch, options=NEW)
        assert "届次：乡镇第十八届" in imports.preview_of(batch).makes[0]


def test_more_than_three_of_a_new_district_are_warned_about(empty):
    rows = [[f"赵{'一二三四'[n]}", "男", "1970-01", "5", None, None] for n in range(4)]
    with scope.township(empty[0]):
        preview = imports.preview_of(upload(empty, data=workbook([["第十八届"], HEAD, *rows])))
        assert "第5选区应选3名，导入后有4名" in preview.warnings
        assert "第5选区（第5选区，3名）" in preview.makes[1]


def test_in_a_township_that_has_districts_an_unknown_one_is_made_only_on_demand(world, bring):
    rows = [["姓名", "性别", "选区"], ["赵一", "男", "9"]]
    with world.in_township():
        batch = bring(rows)
        assert "随导入一并登记" in str(imports.preview_of(batch).errors[0])
        batches.look_again(world.clerk, batch, options=batch.mapping["options"] | {"create": True})
        assert imports.preview_of(batch).makes == ["选区1个：第9选区（第9选区，1名）"]


def test_the_way_by_hand_in_an_empty_township(empty, browse):
    town, clerk = empty
    client, url = browse(clerk), reverse("import-new", args=[town.code, "deputies.roster"])
    page = client.get(url).content.decode()
    assert '<option value="new" selected>' in page
    asked = client.post(url, {"term": "new", "file": SimpleUploadedFile("名册.xlsx", FILE)})
    assert {"elected_on", "started_on"} <= set(asked.context["form"].errors)
    nameless = SimpleUploadedFile("名册.xlsx", workbook([HEAD, *ROWS]))
    errors = client.post(url, NEW | {"file": nameless}).context["form"].errors
    assert errors == {"number": ["文件标题里没有写第几届，请填写。"]}
    with scope.township(town):
        assert not ImportBatch.objects.exists()
    answer = client.post(url, NEW | {"file": SimpleUploadedFile("名册.xlsx", FILE)})
    shown = client.get(answer.url).content.decode()
    assert "随导入一并登记" in shown
    assert "第3选区（南庄村，1名）" in shown
    with scope.township(town):
        batch = ImportBatch.objects.get()
    options = reverse("import-options", args=[town.code, batch.pk])
    form = client.get(options).context["form"]
    assert (form["term"].value(), form["started_on"].value(), "file" in form.fields) == ("new", "2021-11-10", False)
    assert client.post(options, {"term": ""}).url == answer.url
    assert "没有选择届次" in client.get(answer.url).content.decode()
    client.post(options, NEW)
    client.post(reverse("import-take", args=[town.code, batch.pk]))
    with scope.township(town):
        assert standing(Mandate).count() == 4


@pytest.mark.parametrize(
    ("text", "named", "told"),
    [
        ("第十八届人民代表大会", [18], {18}),
        ("第十六届、第十七届", [16, 17], {16, 17}),
        ("十六、十七届", [17], {16, 17}),
        ("17", [], {17}),
        ("连任", [], set()),
    ],
)
def test_terms_as_people_write_them(text, named, told):
    assert (terms_named(text), terms_in(text)) == (named, told)


def test_districts_bring_their_term_too(empty, browse):
    town, clerk = empty
    client, url = browse(clerk), reverse("import-new", args=[town.code, "deputies.districts"])
    file = workbook(
        [["新塘镇第十八届选区划分方案"], ["选区号", "选区名称", "应选名额"], [1, "东庄村", 2], [2, "南庄村", 1]]
    )
    said = {"term": "new", "started_on": "2021-11-10"}
    answer = client.post(url, said | {"file": SimpleUploadedFile("选区.xlsx", file)})
    assert "届次：乡镇第十八届，2021年11月10日起" in client.get(answer.url).content.decode()
    with scope.township(town):
        batch = imports.take(clerk, ImportBatch.objects.get(), only_good=False)
        assert {row.term.number for row in standing(District).select_related("term")} == {18}
        with action(SET_UP, actor=None):
            late = Deputy.objects.create(township=town, name="周五", gender="male")
            seat = Mandate.objects.create(
                township=town, deputy=late, term=Term.objects.get(), elected_on=date(2021, 10, 20)
            )
        assert [each.reason for each in imports.undo(clerk, batch).values()] == ["已有代表资格"]
        with action(SET_UP, actor=None):
            seat.withdrawn_at = clock.now()
            seat.save()
        assert imports.undo(clerk, batch) == {}
        assert not standing(Term).exists()


def test_a_term_without_districts_takes_those_of_the_first_roster(empty):
    town = empty[0]
    with scope.township(town):
        with action(SET_UP, actor=None):
            term = Term.objects.create(township=town, number=18, started_on=date(2021, 11, 10))
        preview = imports.preview_of(upload(empty, term=str(term.pk)))
        assert (preview.counts["new"], preview.makes[0][:4]) == (4, "选区3个")
