"""The pages of imports: who gets in, what they show, what they do."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from congress import imports
from congress.guard.action import action
from congress.imports import batches
from congress.models import ImportBatch, Job
from deputies.models import Deputy
from tests.cast import SET_UP
from tests.imports.books import MAN, person, roster, two_people

KIND = "deputies.roster"
NAMES = (
    "import-batch",
    "import-mapping",
    "import-answers",
    "import-options",
    "import-take",
    "import-drop",
    "import-undo",
    "import-errors",
)


@pytest.fixture
def at(world):
    """Addresses of the township."""
    return lambda name, *args: reverse(name, args=[world.township.code, *args])


@pytest.fixture
def send(world, browse, at):
    """Upload a table through the page as the clerk."""

    def act(data: bytes, **changed):
        form = {"term": str(world.term.pk), "elected_on": "2021-10-20", "file": SimpleUploadedFile("名册.xlsx", data)}
        return browse(world.clerk).post(at("import-new", KIND), form | changed)

    return act


def batch_of(world) -> ImportBatch:
    with world.in_township():
        return ImportBatch.objects.latest("created_at")


def test_from_upload_to_undoing_by_hand(world, browse, at, send):
    answer = send(two_people())
    batch = batch_of(world)
    assert answer.url == at("import-batch", batch.pk)
    client = browse(world.clerk)
    page = client.get(answer.url).content.decode()
    assert "全部导入 2 人" in page
    assert "登记到：乡镇第十七届" in page
    assert "138****8000" in page
    assert [secret for secret in (MAN, "13800138000", "1975-08-12") if secret in page] == []
    assert client.post(at("import-take", batch.pk), follow=True).content.decode().count("已导入2行")
    with world.in_township():
        assert Deputy.objects.kept().filter(name="王大川").exists()
    assert "已导入" in client.get(at("imports")).content.decode()
    assert "撤回新增的 4 条记录" in client.get(at("import-undo", batch.pk)).content.decode()
    assert "已全部撤销" in client.post(at("import-undo", batch.pk), follow=True).content.decode()
    with world.in_township():
        assert not Deputy.objects.kept().filter(name="王大川").exists()
    assert client.get(at("import-undo", batch.pk)).url == at("import-batch", batch.pk)


def test_the_preview_is_filtered_and_says_what_is_wrong_where(world, browse, at, send):
    send(roster(person(1, "赵一"), person(2, "钱二", 政治面貌="老百姓"), person(3, "孙三")))
    client, url = browse(world.clerk), at("import-batch", batch_of(world).pk)
    page = client.get(url)
    assert "只导入无误的 2 人" in page.content.decode()
    wrong = client.get(url, {"status": "wrong"}, headers={"HX-Request": "true"})
    assert "第4行G列：政治面貌“老百姓”" in wrong.content.decode()
    assert "赵一" not in wrong.content.decode()
    assert "<html" not in wrong.content.decode()
    book = load_workbook(io.BytesIO(client.get(at("import-errors", batch_of(world).pk)).content)).active
    rows = list(book.iter_rows(values_only=True))
    assert rows[1][1] == "钱二"
    assert "老百姓" in rows[1][-1]
    assert client.post(at("import-take", batch_of(world).pk)).status_code == 409
    assert client.post(at("import-take", batch_of(world).pk), {"only_good": "1"}).status_code == 302
    assert client.get(at("import-errors", batch_of(world).pk)).status_code == 404


def test_columns_are_named_by_hand(world, browse, at, send):
    odd = ["编号", "大名", "男女", "啥族", "哪年", "号码甲", "成分", "念书", "干啥的", "号码乙", "片区", "别的"]
    answer = send(roster(person(1, "王大川", 性别="男", 身份证号=MAN), head=odd))
    client = browse(world.clerk)
    form = client.get(answer.url, follow=True).context["form"]
    fields = {form.labels[name]: name for name in form.labels}
    assert MAN not in client.get(answer.url, follow=True).content.decode()
    url = at("import-mapping", batch_of(world).pk)
    twice = client.post(url, {fields["大名"]: "name", fields["男女"]: "name"})
    told = {fields[label]: ["“姓名”对应了2列，请只保留1列。"] for label in ("大名", "男女")}
    assert twice.context["form"].errors == told
    without = client.post(url, {fields["男女"]: "gender", fields["啥族"]: "ethnicity"})
    assert "还缺少必填的列：姓名" in without.content.decode()
    named = {fields["大名"]: "name", fields["男女"]: "gender", fields["号码甲"]: "id_number"}
    assert client.post(url, named).url == at("import-batch", batch_of(world).pk)
    assert batch_of(world).counts["new"] == 1


def test_a_table_is_given_up(world, browse, at, send):
    send(two_people())
    batch = batch_of(world)
    client = browse(world.clerk)
    assert client.get(at("import-drop", batch.pk)).url == at("import-batch", batch.pk)
    assert client.post(at("import-drop", batch.pk)).url == at("imports")
    assert "上传的内容已清除" in client.get(at("import-batch", batch.pk)).content.decode()
    assert client.post(at("import-take", batch.pk)).status_code == 409


def test_nothing_or_both_is_refused_and_what_was_chosen_stays(world, browse, at, send):
    assert "二者选一" in send(b"", file="", text="").content.decode()
    both = send(two_people(), text="姓名\t性别\n赵一\t男")
    assert "二者选一" in both.content.decode()
    assert "赵一" in both.content.decode()
    dated = send(two_people(), elected_on="")
    assert "登记代表资格要填当选日期" in dated.content.decode()


def test_pasted_rows_go_the_same_way(world, browse, at, send):
    answer = send(b"", file="", text="姓名\t性别\n赵一\t男\n钱二\t女\n")
    assert answer.status_code == 302
    assert batch_of(world).counts["new"] == 2


def test_large_tables_go_to_a_job(world, browse, at, send, monkeypatch):
    send(two_people())
    batch = batch_of(world)
    monkeypatch.setattr(batches, "INLINE", 1)
    client = browse(world.clerk)
    answer = client.post(at("import-take", batch.pk))
    with world.in_township():
        job = Job.objects.get(kind="imports.take")
    assert answer.url == at("job", job.pk)
    assert client.get(at("import-batch", batch.pk)).url == at("job", job.pk)


def test_the_template_lists_what_the_township_has(world, browse, at):
    book = load_workbook(io.BytesIO(browse(world.clerk).get(at("import-template", KIND)).content))
    assert "联络站" in [cell.value for cell in book.worksheets[0][2]]
    assert "云溪联络站" in [cell for row in book["选项"].iter_rows(values_only=True) for cell in row]


def test_only_clerk_and_chair_import_and_only_at_home(world, browse, at, send):
    send(two_people())
    pk = batch_of(world).pk
    urls = [at("imports"), at("import-new", KIND), at("import-template", KIND), *(at(name, pk) for name in NAMES)]
    for user in (world.deputy_user, world.handler, world.county_viewer):
        assert {browse(user).get(url).status_code for url in urls} == {403}
    assert {browse(world.neighbour_clerk).get(url).status_code for url in urls} == {404}
    next_door = [reverse(name, args=[world.neighbour.code, pk]) for name in NAMES]
    assert {browse(world.neighbour_clerk).get(url).status_code for url in next_door} == {404}
    assert browse(world.clerk).get(at("import-new", "no.such.kind")).status_code == 404


def test_a_table_opens_to_nobody_who_may_not_bring_in_its_kind(world, browse, at, send):
    send(two_people())
    pk = batch_of(world).pk
    assert browse(world.chair).get(at("import-batch", pk)).status_code == 200
    with world.in_township(), action(SET_UP, actor=None):
        ImportBatch.objects.filter(pk=pk).update(kind="proposals.suggestions")  # registered by the clerk alone
    assert {browse(world.chair).get(at(name, pk)).status_code for name in NAMES} == {403}


def test_the_list_asks_as_many_questions_for_three_batches_as_for_one(world, browse, at, send):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(3):
        send(two_people())
        client = browse(world.clerk)
        client.get(at("imports"))
        with CaptureQueriesContext(connection) as queries:
            client.get(at("imports"))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_kinds_are_registered_once(monkeypatch):
    class Other(imports.ImportKind):
        key = KIND

    with pytest.raises(ValueError, match="registered twice"):
        imports.register(Other)
    assert imports.register(imports.kind_of(KIND)) is imports.kind_of(KIND)


def test_the_reason_of_a_wrong_row_stands_in_a_row_of_its_own_below_it(world, browse, at, send):
    send(roster(person(1, "赵一", 政治面貌="老百姓")))
    page = browse(world.clerk).get(at("import-batch", batch_of(world).pk)).content.decode()
    row, note = page.index("赵一"), page.index("第3行G列：政治面貌“老百姓”")
    between = page[row:note]
    assert between.count("<tr") == 1
    assert 'class="row-note"' in between


def test_questions_are_answered_on_the_page(world, browse, at, send):
    send(roster(person(1, "赵一", 工作单位及职务="甲村")))
    client = browse(world.clerk)
    client.post(at("import-take", batch_of(world).pk))
    send(roster(person(1, "赵一", 出生年月="1990.01", 工作单位及职务="乙村", 选区=None)))
    url = at("import-batch", batch_of(world).pk)
    page = client.get(url)
    shown = page.content.decode()
    assert "1人与已登记的同名，不能认定是同一人" in shown
    (line,) = page.context["lines"]
    assert "（1980年03月生，第1选区（云溪村），甲村）" in shown
    asked = client.get(url, {"status": "asked"}, headers={"HX-Request": "true"})
    assert "赵一" in asked.content.decode()
    known = line["question"].choices[0][0]
    answers = at("import-answers", batch_of(world).pk)
    assert client.get(answers).url == url
    assert client.post(answers, {f"answer-{line['name']}": known}).url == url
    assert [row["status"] for row in client.get(url).context["lines"]] == ["更新"]
    client.post(answers, {f"answer-{line['name']}": "somebody else"})
    assert [row["status"] for row in client.get(url).context["lines"]] == ["新增"]


def test_what_was_not_read_stands_on_the_page_and_sheets_are_chosen(world, browse, at, send):
    from tests.imports.test_whole_file import HEAD, ONE, TWO, book

    send(book(("东片", [HEAD, ONE, ["合计", "1名"]]), ("西片", [HEAD, TWO]), ("旧表", [HEAD, TWO]), hidden=("旧表",)))
    client, pk = browse(world.clerk), batch_of(world).pk
    shown = client.get(at("import-batch", pk)).content.decode()
    assert "隐藏的工作表“旧表”（2行）没有读取" in shown
    assert "读取了：“东片”1行、“西片”1行" in shown
    assert "跳过了 1 行：合计行 1 行" in shown
    form = client.get(at("import-mapping", pk)).context["form"]
    assert form["sheets"].value() == ["东片", "西片"]
    fields = {name: form[name].value() for name in form.labels}
    client.post(at("import-mapping", pk), fields | {"sheets": ["西片"]})
    page = client.get(at("import-batch", pk))
    assert "工作表“东片”（3行）没有选择读取" in page.content.decode()
    assert len(page.context["lines"]) == 1


def test_a_batch_that_was_decided_has_no_options_any_more(world, browse, at, send):
    send(two_people())
    client, pk = browse(world.clerk), batch_of(world).pk
    client.post(at("import-take", pk))
    assert client.get(at("import-options", pk)).url == at("import-batch", pk)
    assert client.post(at("import-answers", pk), {"answer-0-3": "x"}).status_code == 409


def test_the_tables_stand_under_what_they_are_of(world, browse, at):
    page = browse(world.clerk).get(at("imports")).content.decode()
    offered = re.findall(
        r'<span class="muted" id="imports-\d">(.+?)</span>|<use [^>]*></use></svg>(导入[^<]+)</a>', page
    )
    words = [group or kind for group, kind in offered]
    assert [word for word in words if not word.startswith("导入")] == ["建议", "代表", "选举"]
    assert words.index("代表") < words.index("导入代表花名册") < words.index("选举") < words.index("导入选民册")
    assert words.index("导入承办单位") < words.index("代表")
    assert "导入" not in "".join(re.findall(r'class="btn btn-primary"[^>]*>(.*?)</a>', page))
