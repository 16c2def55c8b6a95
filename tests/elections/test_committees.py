"""Two levels, two committees: who may lead what, who is in it, who has to leave it."""

from datetime import date

import pytest
from django.urls import reverse

from congress.guard.action import Refused
from congress.web.table import Badge
from deputies.models import Level
from elections.actions.committees import COMMITTEES, DECISIONS, MEMBERS
from elections.models import Committee, CommitteeDecision, CommitteeMember
from elections.queries.committees import committee_findings, leading_name, led_by, members
from tests.elections.test_campaigns import BEGUN, begun, in_province, level_of, term_of

pytestmark = pytest.mark.django_db
Post = CommitteeMember.Post


def committee(world, election, kind=Committee.Kind.OWN) -> Committee:
    given = {"name": "云溪镇选举委员会", "appointed_by": "清江县人大常委会", "appointed_on": BEGUN}
    return COMMITTEES.record(world.clerk, Committee(township=world.township, election=election, kind=kind, **given))


def member(world, of: Committee, name: str, **values) -> CommitteeMember:
    given = {"appointed_on": BEGUN} | values
    return MEMBERS.record(world.clerk, CommitteeMember(township=world.township, committee=of, name=name, **given))


def test_the_township_leads_its_own_level_and_works_for_the_county_on_the_other(world):
    with world.in_township():
        own = level_of(begun(world))
        county = level_of(begun(world, term_of(world, Level.COUNTY, 19), name="县级"))
        for election, kind in (
            (own, Committee.Kind.ENTRUSTED),
            (own, Committee.Kind.BRANCH),
            (county, Committee.Kind.OWN),
        ):
            with pytest.raises(Refused, match="主持"):
                committee(world, election, kind)
        assert committee(world, own).kind == Committee.Kind.OWN
        assert committee(world, county, Committee.Kind.BRANCH).pk


@pytest.mark.parametrize(
    ("pack", "number", "wanted"), [("shanghai", 14, True), ("shandong", 14, False), ("national", 3, False)]
)
def test_the_size_is_that_of_the_place_and_warns(world, pack, number, wanted):
    in_province(world, pack)
    with world.in_township():
        row = committee(world, level_of(begun(world)))
        for each in range(number):
            member(world, row, f"丁试{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[each]}", post=Post.MEMBER if each else Post.CHAIR)
        found = committee_findings(row, list(members(row)))
    assert ["committee.size"] * wanted == [one.code for one in found]
    assert not any(one.blocking for one in found)


def test_a_committee_without_a_chair_in_office_is_told_where_it_leads(world):
    with world.in_township():
        own = committee(world, level_of(begun(world)))
        county = level_of(begun(world, term_of(world, Level.COUNTY, 19), name="县级"))
        branch = committee(world, county, Committee.Kind.BRANCH)
        chair = member(world, own, "丁试甲", post=Post.CHAIR)
        for of in (own, branch):
            member(world, of, "王试乙")
            assert committee_findings(of, list(members(of))) == []
        MEMBERS.change(world.clerk, chair, {"left_on": date(2026, 12, 1)}, chair.version)
        (found,) = committee_findings(own, list(members(own)))
        assert (found.message, found.blocking) == ("选举委员会还没有登记主任。", False)


def test_a_member_who_becomes_a_candidate_resigns_and_is_replaced_by_the_county(world, browse):
    with world.in_township():
        row = committee(world, level_of(begun(world)))
        chair = member(world, row, "丁试甲", post=Post.CHAIR)
        with pytest.raises(Refused, match="选举委员会已有主任。"):
            member(world, row, "王试乙", post=Post.CHAIR)
        MEMBERS.change(world.clerk, chair, {"candidate_on": date(2026, 11, 30)}, chair.version)
        assert [one.code for one in committee_findings(row, list(members(row)))] == ["committee.must_resign"]
    page = browse(world.clerk).get(reverse("elections-campaign", args=[world.township.code, row.election.campaign_id]))
    assert "应当辞去选举委员会职务" in page.content.decode()
    with world.in_township():
        chair.refresh_from_db()
        with pytest.raises(Refused, match="被补任的成员还没有离开选委会，请先登记离开的日期。"):
            member(world, row, "王试乙", replaces=chair)
        MEMBERS.change(world.clerk, chair, {"left_on": date(2026, 12, 1)}, chair.version)
        chair.refresh_from_db()
        member(world, row, "王试乙", post=Post.CHAIR, replaces=chair, appointed_on=date(2026, 12, 3))
        assert committee_findings(row, list(members(row))) == []


def test_nobody_is_replaced_by_the_same_member_nor_leaves_before_the_appointment(world):
    with world.in_township():
        one = member(world, committee(world, level_of(begun(world))), "丁试甲", left_on=date(2026, 12, 1))
        for values, field, words in (
            ({"replaces": one}, "replaces", "不能补任自己的职务。"),
            ({"left_on": date(2026, 8, 31)}, "left_on", "离开选委会的日期不能早于任命日期。"),
        ):
            with pytest.raises(Refused) as refused:
                MEMBERS.change(world.clerk, one, values, one.version)
            assert [(each.field, each.message) for each in refused.value.findings] == [(field, words)]
        one.refresh_from_db()
        assert (one.replaces, one.left_on) == (None, date(2026, 12, 1))
        assert MEMBERS.change(world.clerk, one, {"left_on": BEGUN}, one.version).left_on == BEGUN


def test_the_committee_decides_nothing_before_it_is_appointed_and_the_countys_papers_are_entered_as_they_came(world):
    with world.in_township():
        own = committee(world, level_of(begun(world)))
        county = level_of(begun(world, term_of(world, Level.COUNTY, 19), name="县级"))
        entrusted = committee(world, county, Committee.Kind.ENTRUSTED)
        early = {"subject": "day", "decided_on": date(2026, 8, 30), "paper": "第1号公告", "township": world.township}
        with pytest.raises(Refused, match="不能早于"):
            DECISIONS.record(world.clerk, CommitteeDecision(committee=own, **early))
        assert DECISIONS.record(world.clerk, CommitteeDecision(committee=entrusted, **early)).pk
        assert DECISIONS.record(world.clerk, CommitteeDecision(committee=own, **early | {"decided_on": BEGUN})).pk


def test_members_stand_in_the_order_of_their_posts(world, browse):
    with world.in_township():
        of = committee(world, level_of(begun(world)))
        for name, post in (("委甲", Post.MEMBER), ("副乙", Post.VICE), ("主丙", Post.CHAIR)):
            member(world, of, name, post=post)
        assert [one.name for one in members(of)] == ["主丙", "副乙", "委甲"]
    page = browse(world.clerk).get(reverse("elections-member-list", args=[world.township.code, of.pk]))
    text = page.content.decode()
    assert text.index("主丙") < text.index("副乙") < text.index("委甲")
    with world.in_township():
        for row in members(of):
            stands = {"主丙": {"candidate_on": date(2026, 11, 30)}, "副乙": {"left_on": date(2026, 12, 1)}}.get(
                row.name
            )
            if stands:
                MEMBERS.change(world.clerk, row, stands, row.version)
    page = browse(world.clerk).get(reverse("elections-member-list", args=[world.township.code, of.pk]))
    assert [(line[0]["value"], line[-1]["value"]) for line in page.context["lines"]] == [
        ("主丙", Badge("已成为候选人，应当辞去", "bad")),
        ("副乙", Badge("已离开")),
        ("委甲", Badge("在任", "good")),
    ]
    assert "已成为候选人，应当辞去" in page.content.decode()
    own = browse(world.clerk).get(reverse("elections-committee", args=[world.township.code, of.pk]))
    assert [label for label, _ in own.context["breadcrumbs"]][-1] == "云溪镇选举委员会"


def test_one_member_after_the_other_is_entered_from_one_page(world, browse):
    with world.in_township():
        of = committee(world, level_of(begun(world)))
    page = reverse("elections-member-new", args=[world.township.code, of.pk])
    client = browse(world.clerk)
    assert "保存，再登记一个" in client.get(page).content.decode()
    sent = {"name": "委甲", "post": "member", "appointed_on": BEGUN}
    answer = client.post(page, sent | {"again": "1"})
    assert answer.url == page
    assert client.post(page, sent | {"name": "委乙"}).url != page
    with world.in_township():
        assert [one.name for one in members(of)] == ["委甲", "委乙"]


def test_the_form_names_the_congress_that_appoints(world, browse):
    """Counties are entered with their name; the full name of the standing committee may be left empty."""
    with world.in_township():
        election = level_of(begun(world))
    page = reverse("elections-committee-new", args=[world.township.code, election.pk])
    assert browse(world.clerk).get(page).context["form"]["appointed_by"].value() == "清江县人民代表大会常务委员会"


def by_election(world, level: Level = Level.TOWNSHIP, number: int = 0):
    term = term_of(world, level, number) if number else world.term
    return level_of(begun(world, term, name=f"{Level(level).label}补选", how="by_election"))


@pytest.mark.parametrize(
    ("pack", "name", "appointed_by"),
    [
        ("zhejiang", "云溪镇人民代表大会主席团", "选举实施细则》（2021年修正）第五十九条第一款"),
        ("shandong", "云溪镇人民代表大会主席团", "第五十七条第二款"),
        ("beijing", "", "清江县人民代表大会常务委员会"),
        ("national", "云溪镇选举委员会", "清江县人民代表大会常务委员会"),
    ],
)
def test_who_leads_a_by_election_is_who_the_province_says(world, browse, pack, name, appointed_by):
    in_province(world, pack)
    with world.in_township():
        election = by_election(world)
        kind = Committee.Kind.BY_LAW if led_by(election) else Committee.Kind.OWN
        page = browse(world.clerk).get(reverse("elections-committee-new", args=[world.township.code, election.pk]))
        given = page.context["form"].initial
    assert (given["kind"], given["name"]) == (kind, name)
    assert appointed_by in given["appointed_by"]


def test_the_presidium_leads_where_the_rules_say_so_and_an_election_committee_beside_is_told(world):
    in_province(world, "zhejiang")
    with world.in_township():
        election, general = by_election(world), level_of(begun(world))
        assert leading_name(election) == "云溪镇人民代表大会主席团"
        wrong = committee(world, election)
        (found,) = committee_findings(wrong, [])
        assert (found.code, found.message, found.blocking) == (
            "committee.by_election",
            "本地的补选由乡镇人大主席团主持",
            False,
        )
        row = COMMITTEES.change(world.clerk, wrong, {"kind": Committee.Kind.BY_LAW}, wrong.version)
        assert committee_findings(row, []) == []
        with pytest.raises(Refused, match="只有补选"):
            committee(world, general, Committee.Kind.BY_LAW)
        assert not Committee.objects.filter(election=general).exists()


def test_the_standing_committee_leads_where_seats_of_the_county_are_filled(world):
    in_province(world, "zhejiang")
    with world.in_township():
        election = by_election(world, Level.COUNTY, 19)
        assert leading_name(election) == "清江县人民代表大会常务委员会"
        in_province(world, "beijing")
        election.refresh_from_db()
        assert leading_name(type(election).objects.get(pk=election.pk)) == "清江县补选机构"


def test_the_page_of_a_by_election_names_who_leads_it_and_what_is_to_be_entered(world, browse):
    in_province(world, "zhejiang")
    with world.in_township():
        pages = [
            reverse("elections-campaign", args=[world.township.code, one.campaign_id])
            for one in (by_election(world), level_of(begun(world)))
        ]
    led, general = (browse(world.clerk).get(page).content.decode() for page in pages)
    assert "本地的补选由乡镇人大主席团主持，还没有登记" in led
    assert "登记主持机关（机构）" in led
    assert "登记选举委员会" not in led
    assert "登记选举委员会" in general
    assert "主持机关" not in general
