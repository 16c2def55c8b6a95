"""The pages of nomination: what a form of each kind asks for, and what the list says of each person."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from deputies.models import District
from elections.actions import nominations
from elections.listings.candidates import NAMED_BY, standing_of, vetted
from elections.models import Nomination, NominationSigner, Vetting, VettingUnit
from elections.queries import candidates as queries
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, voters
from tests.elections.test_candidates import NAMES, ON, acts, body, by, named, signed, take


@pytest.fixture
def election(world):
    with scope.township(world.township):
        found = campaign(world)
        voters(found, *NAMES)
        yield found


def test_the_list_says_by_whom_each_is_named_where_each_stands_and_what_units_say(world, election):
    union = body(world, election)
    both, joint, none, waits = (named(world, election, name) for name in ("甲一", "乙二", "丙三", "丁四"))
    for row in (by(world, both, union), signed(world, both, *NAMES), signed(world, joint, *NAMES)):
        take(world, row, "accept")
    signed(world, waits, "丁一")
    unit = acts.VETTING_UNITS.record(
        world.clerk, VettingUnit(township=world.township, campaign=election.campaign, name="派出所")
    )
    nominations.ask(world.clerk, election.campaign, [both, joint, waits], [unit], ON)
    for person, opinion in ((joint, "clear"), (waits, "advice")):
        row = Vetting.objects.get(nominee=person)
        said = {"opinion": opinion, "answered_on": ON, "words": "外出"}
        nominations.VETTINGS.change(world.clerk, row, said, row.version)
    told = {
        one.name: (NAMED_BY.get((one.by_bodies, one.by_voters), ""), standing_of(one).word, vetted(one).word)
        for one in queries.nominees(election)
    }
    assert told == {
        "甲一": ("团体推荐、选民联名", "列入名单", "待答复"),
        "乙二": ("选民联名", "列入名单", "没有不同意见"),
        "丙三": ("", "还没有有效的推荐表", "没有送审"),
        "丁四": ("", "推荐表待核对", "有地方建议"),
    }
    assert none.stands


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({"kind": "bodies", "lines": "丁一"}, "lines", "政党、人民团体推荐的没有选民签名"),
        ({"kind": "bodies", "paper_signers": "12"}, "paper_signers", "政党、人民团体推荐的没有联名人数"),
        (
            {"kind": "voters", "lines": "丁一\n1234"},
            "lines",
            "有1行不是“姓名 选民证号”的样子：“1234”，请改正",
        ),
        ({"kind": "voters", "bodies": "union"}, "bodies", "选民联名推荐的不选政党、人民团体"),
    ],
)
def test_what_does_not_belong_to_the_kind_of_form_is_said_at_its_field_and_nothing_is_kept(
    world, election, browse, sent, field, says
):
    union, nominee = body(world, election), named(world, election)
    address = reverse("elections-nomination-new", args=[world.township.code, nominee.pk])
    more = {"bodies": [str(union.pk)]} if sent.get("bodies") else {}
    answer = browse(world.clerk).post(address, {"submitted_on": ON.isoformat()} | sent | more)
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert says in str(form.errors[field])
    assert form["lines"].value() == sent.get("lines")
    assert not Nomination.objects.exists()


def test_a_form_is_entered_with_its_signatures_and_more_are_added_on_its_page(world, election, browse):
    nominee, client = named(world, election), browse(world.clerk)
    address = reverse("elections-nomination-new", args=[world.township.code, nominee.pk])
    sent = {"kind": "voters", "submitted_on": ON.isoformat(), "lines": "\n".join(NAMES[:9])}
    shown = client.get(address)
    assert f"登记推荐表：{nominee.name}" in shown.content.decode()
    form = shown.context["form"]
    page = client.post(address, sent | {"key": form["key"].value()}, follow=True)
    row = Nomination.objects.get()
    assert "共9人签名，有效9人；须10人以上" in page.content.decode()
    more = reverse("elections-signers", args=[world.township.code, row.pk])
    page = client.post(more, {"lines": f"{NAMES[9]}\n没有这人"}, follow=True).content.decode()
    assert "1人待核对" in page
    assert "共11人签名，有效10人" in page
    assert list(NominationSigner.objects.order_by("line").values_list("line", flat=True)) == list(range(1, 12))


def test_a_form_has_no_more_lines_than_one_may_have(world, election, browse, monkeypatch):
    monkeypatch.setattr(nominations, "LINES", 3)
    row = signed(world, named(world, election), *NAMES[:2])
    client, address = browse(world.clerk), reverse("elections-signers", args=[world.township.code, row.pk])
    answer = client.post(address, {"lines": "\n".join(NAMES[2:4])})
    assert "一份推荐表最多登记3行签名。" in str(answer.context["form"].errors["lines"])
    assert NominationSigner.objects.count() == 2
    assert client.post(address, {"lines": NAMES[2]}).status_code == 302
    assert NominationSigner.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"opinion": "clear"}, "answered_on", "已经答复的，请填写答复日期。"),
        ({"answered_on": date(2026, 11, 30)}, "answered_on", "答复日期不能早于送审日期。"),
        ({"due_on": date(2026, 11, 30)}, "due_on", "答复期限不能早于送审日期。"),
        (
            {"opinion": "legal", "answered_on": ON, "paper": "判决书"},
            "ground",
            "请选择是哪一种法定情形；法律没有规定的条件，选“地方建议”。",
        ),
        ({"opinion": "legal", "answered_on": ON, "ground": "deprived"}, "paper", "法定情形须有证明文件，请填写。"),
        ({"opinion": "clear", "answered_on": ON, "ground": "deprived"}, "ground", "只有“法定情形”才选择这一项。"),
        ({"opinion": "advice", "answered_on": ON, "words": " "}, "words", "请写明建议的内容。"),
    ],
)
def test_an_opinion_that_lacks_its_day_ground_or_words_is_refused_at_its_field(world, election, values, field, words):
    unit = acts.VETTING_UNITS.record(
        world.clerk, VettingUnit(township=world.township, campaign=election.campaign, name="派出所", days=3)
    )
    nominations.ask(world.clerk, election.campaign, [named(world, election)], [unit], ON)
    asked = Vetting.objects.get()
    with pytest.raises(Refused) as refused:
        nominations.VETTINGS.change(world.clerk, asked, values, asked.version)
    assert [(one.field, one.message) for one in refused.value.findings] == [(field, words)]
    assert Vetting.objects.get().opinion == Vetting.Opinion.WAITING
    same = {"opinion": "clear", "answered_on": ON, "due_on": ON}
    assert nominations.VETTINGS.change(world.clerk, asked, same, asked.version).answered_on == ON


def test_no_blank_form_is_printed_where_no_district_elects(world, election, browse):
    empty = campaign(world, later=2, name="另一次")
    with action(SET_UP, actor=None):
        District.objects.filter(term=empty.term).update(withdrawn_at=clock.now())
    address = reverse("elections-nomination-forms", args=[world.township.code, empty.pk])
    answer = browse(world.clerk).post(address, {"kind": "voters"})
    assert answer.context["form"].errors == {"district": ["这次选举还没有选区。"]}
