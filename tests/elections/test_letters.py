"""Letters, transfer papers, cards and forms of an election: what each says, and what its code leads back to."""

from datetime import date

import pytest
from django.urls import reverse

from congress.documents.inspection import check
from congress.guard.action import Refused, action
from congress.printing import printed
from elections.documents import cards, letters, registration
from elections.models import Appeal, Transfer
from tests.cast import SET_UP
from tests.elections.papers import frozen, text_of
from tests.elections.test_lists import PUBLISHED


def test_the_decision_tells_the_right_to_sue_and_until_when(world, election):
    found = frozen(world, election)
    with action(SET_UP, actor=None):
        appeal = Appeal(
            township=world.township,
            voter_list=found,
            kind=Appeal.Kind.LISTED,
            appellant="于二",
            subject="丁一",
            words="已迁出多年",
            received_on=date(2026, 12, 1),
        )
    with pytest.raises(Refused, match="还没有作出"):
        letters.decision_letter(appeal, date(2026, 12, 3))
    appeal.decided_on, appeal.upheld, appeal.decision = date(2026, 12, 3), False, "经查证仍在本选区居住"
    context = letters.decision_letter(appeal, date(2026, 12, 3))
    told = "\n".join(context["text"])
    assert context["to"] == "于二"
    assert "（涉及丁一）" in told
    assert "决定：申诉不成立，维持公布的选民名单。经查证仍在本选区居住。" in told
    assert "选举日的五日以前（2026年12月14日（星期一）以前" in told
    assert "向人民法院起诉（《中华人民共和国民事诉讼法》" in told
    pdf = letters.compose_letter({**context, "number": "处理决定第1号", "issued_on": "2026-12-03"}, False)
    assert [row.title for row in check(pdf, "report") if not row.ok] == []


def test_words_of_several_lines_keep_them_and_end_with_one_mark():
    assert letters.sentence("经查，户口  已注销。\r\n\n  不应登记 ") == "经查，户口 已注销。\n不应登记。"
    assert letters.sentence("属实！") == "属实！"
    assert letters.sentence(" \n") == ""


@pytest.mark.parametrize(
    ("reach", "titles", "words"),
    [
        (Transfer.Reach.COUNTY, ["选民划拨登记表"], "接收以前，仍列在本地选民名单上"),
        (Transfer.Reach.CITY, ["选民划拨通知"], "划拨到你处登记、参加选举"),
        (Transfer.Reach.BEYOND, ["选民参选联系单", "选民资格证明"], "具有选民资格，没有被剥夺政治权利"),
    ],
)
def test_one_transfer_has_the_papers_of_its_reach(world, election, reach, titles, words):
    row = Transfer(
        township=world.township,
        campaign=election.campaign,
        direction=Transfer.Direction.OUT,
        reach=reach,
        number=4,
        other_place="临江市西城镇",
        cause=Transfer.Cause.WORK,
        sent_on=date(2026, 10, 9),
        name="丁一",
        gender="male",
        birth_date=date(1980, 3, 4),
    )
    context = letters.transfer_papers(row)
    assert [paper["title"][-1] for paper in context["papers"]] == titles
    assert words in "".join(text for paper in context["papers"] for text in paper["text"])
    assert {paper["number"] for paper in context["papers"]} == {"第4号"}
    row.direction = Transfer.Direction.IN
    with pytest.raises(Refused, match="由转出地开具"):
        letters.transfer_papers(row)


def test_the_papers_of_a_transfer_are_set_each_on_its_page(world, election):
    row = Transfer(
        township=world.township,
        campaign=election.campaign,
        direction="out",
        reach="beyond",
        number=4,
        other_place="临江市西城镇",
        cause="work",
        sent_on=date(2026, 10, 9),
        name="丁一",
        gender="male",
        birth_date=date(1980, 3, 4),
    )
    words = text_of(letters.printed_transfer(row))
    assert words.index("选民参选联系单") < words.index("兹证明丁一")


def test_cards_are_made_where_one_votes_by_card(world, election):
    found = frozen(world, election)
    context = cards.gather_cards(found, PUBLISHED, {"poll": "8时至18时，东山村委会"})
    words = text_of(cards.compose_cards(context, False))
    assert words.count("遗失可补") == 6
    assert words.count("2026年12月20日（星期日）") == 6
    assert words.count("8时至18时，东山村委会") == 6


def test_cards_are_refused_where_one_votes_by_identity_card_alone(world, election, monkeypatch):
    monkeypatch.setattr(cards, "credential", lambda township, on: type("Value", (), {"value": "id"})())
    assert not cards.by_card(world.township, PUBLISHED)
    with pytest.raises(Refused, match="不凭选民证"):
        cards.gather_cards(frozen(world, election), PUBLISHED, {})


def test_the_code_of_a_form_leads_back_to_its_row_and_tells_nothing(world, election):
    row = election.registrations.select_related("voter", "district", "group").first()
    token = registration.token_of(row)
    rows = type(row).objects.kept()
    assert registration.registration_of(token, rows) == row
    assert registration.registration_of(token[:-1] + ("A" if token[-1] != "A" else "B"), rows) is None
    assert registration.registration_of("x", rows) is None
    options = {"registration": str(row.pk), "site": "https://x.example/"}
    (form,) = registration.registration_forms(election, options)["forms"]
    assert form["code"] == f"https://x.example{reverse('elections-form', args=[world.township.code, token])}"
    assert row.voter.name not in token
    assert row.voter.name in text_of(printed(registration.FORMS, election, options))


def test_a_form_is_printed_and_its_code_opens_the_voter(world, election, browse):
    clerk, code = browse(world.clerk), world.township.code
    row = election.registrations.select_related("voter").first()
    one = clerk.get(reverse("elections-registration-form", args=[code, row.pk]))
    assert row.voter.name in text_of(one.content)
    group = row.district.voter_groups.get()
    several = clerk.post(reverse("elections-registration-forms", args=[code, election.pk]), {"group": group.pk})
    assert text_of(several.content).count("选民登记表") == 4
    opened = clerk.get(reverse("elections-form", args=[code, registration.token_of(row)]))
    assert opened["Location"] == reverse("elections-voter", args=[code, row.voter_id])
    assert clerk.get(reverse("elections-form", args=[code, f"{row.pk.hex}:x"])).status_code == 404
    assert (
        browse(world.neighbour_clerk)
        .get(reverse("elections-form", args=[code, registration.token_of(row)]))
        .status_code
        == 404
    )


def test_forms_of_a_group_come_door_by_door(world, election, browse):
    rows = list(election.registrations.filter(district__number=1).select_related("voter"))
    with action(SET_UP, actor=None):
        for row, door in zip(rows, ("10", "9", "100", "2"), strict=True):
            type(row.voter).objects.filter(pk=row.voter_id).update(household_no=door)
    page = reverse("elections-registration-forms", args=[world.township.code, election.pk])
    printed = text_of(browse(world.clerk).post(page, {"group": rows[0].group_id}).content)
    found = sorted((printed.index(row.voter.name), place) for place, row in enumerate(rows))
    assert [place for _, place in found] == [3, 1, 0, 2]
