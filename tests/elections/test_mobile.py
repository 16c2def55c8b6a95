"""Mobile boxes: for whom the law knows them, who goes along, when they are mixed, and the papers of each."""

from datetime import date

import pytest
from django.urls import reverse

from congress.documents.inspection import check
from congress.guard.action import Refused, action
from congress.printing import printed
from elections.actions.mobile import BOXES, VOTERS
from elections.documents.mobile import LIST, REGISTERS
from elections.listings.mobile import BOXES as LISTED
from elections.models import MobileBox, MobileVoter, PollStaff, ProxyVote, Registration
from elections.queries.mobile import all_findings, box_findings, named, voter_findings
from tests.cast import SET_UP
from tests.elections.campaigns import districts, moved, voters
from tests.elections.papers import place, text_of
from tests.elections.test_places import beside, codes, kept
from tests.elections.test_staff import recorded

Reason, Role = MobileVoter.Reason, PollStaff.Role


def box(world, election, number: int = 1, district: int = 1, **values) -> MobileBox:
    given = {"district": districts(election)[district - 1], "route": "五组", "leaves_at": "08:00"} | values
    row = MobileBox(township=election.township, campaign=election.campaign, number=number, **given)
    row.clean_fields(exclude=["id"])
    return BOXES.record(world.clerk, row)


def entries(election, *names: str) -> list[Registration]:
    rows = Registration.objects.kept().filter(election=election, voter__name__in=names).select_related("voter")
    return sorted(rows, key=lambda row: names.index(row.voter.name))


def votes(world, there: MobileBox, entry: Registration, reason=Reason.UNWELL, said="") -> MobileVoter:
    row = MobileVoter(township=there.township, box=there, registration=entry, reason=reason, said=said)
    return VOTERS.record(world.clerk, row)


def test_ten_voters_are_not_counted_by_themselves(world, election):
    """X-M02: a box of ten is mixed with another; from twenty on it is a unit of its own."""
    there = box(world, election)
    people = voters(election, *(f"程{number}号" for number in range(20)))
    for entry in people[:10]:
        votes(world, there, entry)
    (found,) = [one for one in box_findings(there) if one.code == "mobile_box.small"]
    assert (found.citation.article, found.blocking) == (40, False)
    assert "10人，不足20人，不能单独计票" in found.message
    spot = kept(world, election)
    there = BOXES.change(world.clerk, there, {"mixed_with": spot}, there.version)
    assert "将与选定的票箱混合后计票" in next(
        one.message for one in box_findings(there) if one.code == "mobile_box.small"
    )
    for entry in people[10:]:
        votes(world, there, entry)
    assert "mobile_box.small" not in codes(box_findings(there))
    with pytest.raises(Refused, match="只能与本选区的票箱混合"):
        BOXES.change(world.clerk, there, {"mixed_with": kept(world, election, 2)}, there.version)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"number": 0}, "number", "箱号应为正整数。"),
        ({"leaves_at": "08:00", "returns_at": "08:00"}, "returns_at", "返回时间应晚于出发时间。"),
    ],
)
def test_a_box_has_a_number_and_comes_back_after_it_left(world, election, values, field, words):
    with pytest.raises(Refused) as refused:
        box(world, election, **values)
    assert [(one.field, one.message) for one in refused.value.findings] == [(field, words)]
    assert not MobileBox.objects.exists()


def test_a_reason_the_law_does_not_know_is_warned_of_and_kept(world, election):
    """X-M04: 单位工作忙 is neither illness nor scattered homes without transport (选举法三十八)."""
    there = box(world, election)
    first, second = entries(election, "丁一", "于二")
    with pytest.raises(Refused, match="请写明是什么原因"):
        votes(world, there, first, Reason.OTHER)
    row = votes(world, there, first, Reason.OTHER, "单位工作忙")
    votes(world, there, second, Reason.REMOTE)
    (found,) = voter_findings(row)
    assert (found.blocking, found.citation.article) == (False, 38)
    assert "患有疾病等原因行动不便或者居住分散并且交通不便" in found.message
    assert "1名选民：" in next(one.message for one in box_findings(there) if one.code == "mobile_box.reason")


def test_two_go_with_a_box_and_the_province_says_how_many_watch(world, election):
    """N27: a mobile box has two escorts on record and is counted with its district."""
    there = box(world, election)
    assert codes(box_findings(there)) == ["mobile_box.monitors", "mobile_box.escorts"]
    recorded(world, election, "程监", mobile=there)
    recorded(world, election, "程随", Role.GUIDE, mobile=there)
    assert box_findings(there) == []
    place(world, province="shandong")
    assert [(one.code, one.blocking) for one in box_findings(MobileBox.objects.get())] == [
        ("mobile_box.monitors", True)
    ]


def test_where_the_register_is_signed_it_is_asked_for_after_the_day(world, election):
    place(world, province="shanghai")
    there = box(world, election)
    assert "mobile_box.register" not in codes(box_findings(there))
    with action(SET_UP, actor=None):
        election.campaign.election_day = election.campaign.election_day.replace(year=2021)
        election.campaign.save()
    assert "mobile_box.register" in codes(box_findings(MobileBox.objects.get()))
    own = moved(election, date(2026, 12, 24), 1)  # the district votes later
    assert "mobile_box.register" not in codes(box_findings(MobileBox.objects.get()))
    assert "mobile_box.register" not in codes(all_findings(MobileBox.objects.get().campaign))
    with action(SET_UP, actor=None):
        own.day = date(2021, 12, 24)
        own.save()
    assert "mobile_box.register" in codes(box_findings(MobileBox.objects.get()))
    (signed,) = [column for column in LISTED.columns if column.key == "signed"]
    assert signed.value(there) == ""
    BOXES.change(world.clerk, there, {"signed": True}, there.version)
    assert signed.value(MobileBox.objects.get()) == "已签名"
    assert "mobile_box.register" not in codes(box_findings(MobileBox.objects.get()))


def test_what_is_said_of_many_boxes_stands_in_few_lines(world, election):
    for number in range(1, 9):
        box(world, election, number)
    there = MobileBox.objects.order_by("number")
    people = voters(election, *(f"程{number}号" for number in range(28)))
    for number, row in enumerate(there[:7], start=1):
        for entry in people[:number]:
            votes(world, row, entry)
        del people[:number]
    found = all_findings(election.campaign)
    lone = [one.message for one in found if one.code == "mobile_box.monitors"]
    assert lone == ["第1选区流动票箱1号、第1选区流动票箱2号、第1选区流动票箱3号等8个：流动票箱应当有监票人负责"]
    small = [one.message for one in found if one.code == "mobile_box.small"]
    assert len(small) == 6
    assert small[-1] == "同样的情况另有2条，见各条的页面"


def test_more_than_thirty_per_cent_of_a_district_asks_for_a_note(world, election):
    there = box(world, election)
    for entry in entries(election, "丁一", "于二"):
        votes(world, there, entry)
    told = [one.message for one in all_findings(election.campaign) if one.code == "mobile_box.share"]
    assert told == ["第1选区（东山村）：在流动票箱投票的有2人，超过登记选民4人的30%，请写明原因"]
    BOXES.change(world.clerk, there, {"why_many": "多为卧床老人"}, there.version)
    assert "mobile_box.share" not in codes(all_findings(election.campaign))


def test_who_votes_by_proxy_does_not_vote_at_a_mobile_box_as_well(world, election):
    """选举法五: one vote each; a proxy that was agreed to and a place at a mobile box are told against each other."""
    there = box(world, election)
    first, agent = entries(election, "丁一", "于二")
    votes(world, there, first)
    assert "mobile_box.proxied" not in codes(box_findings(there))
    with action(SET_UP, actor=None):
        ProxyVote.objects.create(
            township=world.township,
            election=election,
            number=1,
            principal=first,
            agent=agent,
            agent_name="于二",
            place=1,
            reason=ProxyVote.Reason.AWAY,
            form=ProxyVote.Form.WRITTEN,
            came_on=date(2026, 12, 1),
            state=ProxyVote.State.AGREED,
        )
    assert [(one.code, one.blocking) for one in box_findings(MobileBox.objects.get())][-1] == (
        "mobile_box.proxied",
        True,
    )


def test_only_voters_of_the_district_vote_there_and_each_once(world, election):
    there = box(world, election)
    mine, other = entries(election, "丁一", "张四")
    with pytest.raises(Refused, match="只收本选区选民册上的选民"):
        votes(world, there, other)
    votes(world, there, mine)
    assert named(there, "张四") == (None, "第1选区（东山村）的选民册上没有“张四”")
    voters(election, "王三", birth_date="1950-01-02")
    found, told = named(there, "王三")
    assert found is None
    assert "有2名“王三”" in told
    assert named(there, "王三/1950-01-02")[0].voter.birth_date.year == 1950


def test_the_registers_and_the_list_name_each_with_the_reason(world, browse, election):
    beside(world, election)
    there = box(world, election)
    votes(world, there, entries(election, "丁一")[0])
    votes(world, there, entries(election, "于二")[0], Reason.OTHER, "单位工作忙")
    register = printed(REGISTERS, election.campaign)
    text = text_of(register)
    for word in (
        "第1选区流动票箱1号投票登记册",
        "丁一",
        "患有疾病等原因行动不便",
        "乡镇票",
        "县级票",
        "签名（盖章）",
        "路线：五组",
    ):
        assert word in text
    assert [row.title for row in check(register, "table") if not row.ok] == []
    assert "单位工作忙" in text_of(printed(LIST, election.campaign))
    client = browse(world.clerk)
    for name, pk in (("register", there.pk), ("registers", election.campaign_id), ("names", election.campaign_id)):
        answer = client.get(reverse(f"elections-mobile-{name}", args=[world.township.code, pk]))
        assert answer["Content-Type"] == "application/pdf"


def test_a_name_that_is_not_on_the_roll_is_said_at_its_field_and_stays_typed(world, browse, election):
    there = box(world, election)
    address = reverse("elections-mobile-voter-new", args=[world.township.code, election.campaign_id])
    answer = browse(world.clerk).post(
        address, {"box": there.pk, "registration": "李无", "reason": "unwell", "said": ""}
    )
    assert "选民册上没有“李无”" in str(answer.context["form"].errors["registration"])
    assert 'value="李无"' in answer.content.decode()


@pytest.mark.parametrize(
    ("reason", "said", "words"),
    [
        (Reason.UNWELL, "卧床", "选了法律写明的原因，不用另写。"),
        (Reason.REMOTE, "山高", "选了法律写明的原因，不用另写。"),
        (Reason.OTHER, " ", "请写明是什么原因。"),
    ],
)
def test_a_reason_is_told_in_words_where_the_law_names_none_and_nowhere_else(
    world, browse, election, reason, said, words
):
    there = box(world, election)
    address = reverse("elections-mobile-voter-new", args=[world.township.code, election.campaign_id])
    answer = browse(world.clerk).post(
        address, {"box": there.pk, "registration": "丁一", "reason": reason, "said": said}
    )
    assert words in str(answer.context["form"].errors["said"])
    assert not MobileVoter.objects.exists()


@pytest.mark.parametrize("missing", ["box", "registration"])
def test_a_voter_without_box_and_a_box_without_voter_are_asked_for_at_their_field(world, browse, election, missing):
    given = {"box": box(world, election).pk, "registration": "丁一", "reason": "unwell", "said": ""}
    address = reverse("elections-mobile-voter-new", args=[world.township.code, election.campaign_id])
    answer = browse(world.clerk).post(address, given | {missing: ""})
    assert [*answer.context["form"].errors] == [missing]
    assert not MobileVoter.objects.exists()
