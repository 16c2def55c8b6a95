"""The pages of an import of the roll: what the clerk sees before and after."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.models import ImportBatch
from elections.models import Registration
from tests.elections.imports.rolls import HEAD, citizen, roll_of
from tests.spreadsheets.books import id_number


def sent(client, world, under, rows):
    """The page of the batch after a table was pasted."""
    text = "\n".join("\t".join(str(cell or "") for cell in row) for row in [HEAD, *rows])
    form = {
        "text": text,
        "election": under.election.pk,
        "source": "village",
        "registered_on": "2026-11-01",
        "create": "on",
    }
    address = reverse("import-new", args=[world.township.code, "elections.roll"])
    answer = client.post(address, form | {"key": client.get(address).context["form"]["key"].value()}, follow=True)
    assert answer.status_code == 200
    return answer


def test_a_clerk_brings_a_roll_in_looks_at_it_and_takes_it_back(world, under, browse, bring, take):
    with world.in_township():
        take(bring([citizen(n) for n in range(3)]))
        before = roll_of(under)
    client = browse(world.clerk)
    rows = [citizen(0), citizen(1, 选区="2", 选民小组="2"), citizen(7), citizen(8, 备注="病故")]
    page = sent(client, world, under, rows)
    shown = page.content.decode()
    for words in (
        "新增",
        "转移",
        "无变化",
        "错误",
        "表中没有",
        "名册来源",
        "不会因此除名",
        "选民小组1个",
        "写着“病故”",
    ):
        assert words in shown
    assert id_number(7, "19750812") not in shown
    with world.in_township():
        batch = ImportBatch.objects.latest("created_at")
    at = reverse("import-batch", args=[world.township.code, batch.pk])
    only = client.get(at, {"status": "absent"}).content.decode()
    assert "赵丙" in only
    assert "赵辛" not in only
    taken = client.post(reverse("import-take", args=[world.township.code, batch.pk]), {"only_good": "1"}, follow=True)
    assert "已导入2行" in taken.content.decode()
    assert "<dt>转移</dt><dd>1人</dd>" in taken.content.decode()
    undo = reverse("import-undo", args=[world.township.code, batch.pk])
    asked = client.get(undo).content.decode()
    assert (
        "撤回新增的 5 条记录" in asked
    )  # a voter and an entry, another entry, its group, the change that moved somebody
    assert "恢复被更新的 1 条记录的原值" in asked
    assert "已全部撤销" in client.post(undo, follow=True).content.decode()
    with world.in_township():
        assert roll_of(under) == before
        assert Registration.objects.kept().count() == 3


def test_the_preview_asks_the_database_as_often_for_many_rows_as_for_few(world, under, browse):
    client, counts = browse(world.clerk), []
    for number in (1, 3):
        sent(client, world, under, [citizen(n) for n in range(number)])
        with world.in_township():
            batch = ImportBatch.objects.latest("created_at")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("import-batch", args=[world.township.code, batch.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_next_village_is_asked_no_more_than_its_table(world, under, browse):
    client = browse(world.clerk)
    page = sent(client, world, under, [citizen(1)])
    form = client.get(page.context["new_url"]).context["form"]
    held = {name: form[name].value() for name in ("election", "source", "registered_on", "district")}
    told = {"election": str(under.election.pk), "source": "village", "registered_on": "2026-11-01", "district": None}
    assert held == told
    done = client.post(f"{page.request['PATH_INFO']}take/", {}, follow=True)
    assert done.context["new_url"] == page.context["new_url"]
    assert done.context["back_url"] == reverse("elections-roll", args=[world.township.code, under.election.pk])
