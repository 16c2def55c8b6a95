"""Who is named: every lawful nominee stands, and off leads the own word, foreign funding or death, each on record."""

from datetime import date

import pytest

from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import DueDay
from deputies.models import Level
from elections.actions import candidates as acts
from elections.actions import committees, nominations
from elections.actions.nominations import Signature
from elections.life import NOMINATION, NOMINEE
from elections.models import (
    Committee,
    CommitteeMember,
    DistrictDay,
    NominatingBody,
    Nomination,
    Nominee,
    Vetting,
    VettingUnit,
)
from elections.queries import candidates as queries
from elections.queries.candidate_lists import facts_of
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, campaign, districts, voters

NAMES = ["丁一", "于二", "王三", "张四", "李五", "赵六", "孙七", "周八", "吴九", "郑十"]
ON = date(2026, 12, 1)


@pytest.fixture
def election(world):
    """Ten voters of the first district and two of the second; two seats each; the township's scope is open."""
    with scope.township(world.township):
        found = campaign(world)
        voters(found, *NAMES)
        voters(found, "外甲", "外乙", district=2)
        yield found


def named(world, election, name="欧阳明", district=0, **values) -> Nominee:
    given = {"gender": "male", "birth_date": date(1980, 1, 2), "employer_post": "教师"} | values
    place = districts(election)[district]
    return acts.NOMINEES.record(
        world.clerk, Nominee(township=world.township, election=election, district=place, name=name, **given)
    )


def signed(world, nominee, *names, on=ON) -> Nomination:
    row = Nomination(township=world.township, nominee=nominee, kind=Nomination.Kind.VOTERS, submitted_on=on)
    nominations.NOMINATIONS.record(world.clerk, row)
    nominations.enter_signers(world.clerk, row, [Signature(name) for name in names])
    return fresh(row)


def by(world, nominee, *bodies, on=ON) -> Nomination:
    row = Nomination(township=world.township, nominee=nominee, kind=Nomination.Kind.BODIES, submitted_on=on)
    nominations.NOMINATIONS.record(world.clerk, row, lambda made: nominations.set_bodies(made, bodies))
    return fresh(row)


def body(world, election, name="云溪镇总工会", rank="township") -> NominatingBody:
    row = NominatingBody(township=world.township, campaign=election.campaign, name=name, kind="people", rank=rank)
    return acts.BODIES.record(world.clerk, row)


def fresh(row) -> Nomination:
    return NOMINATION.read(Nomination.objects.filter(pk=row.pk)).get()


def codes(found) -> list[str]:
    return [("" if one.blocking else "~") + one.code for one in found]


def take(world, row, step, on=ON, **data):
    life = NOMINATION if isinstance(row, Nomination) else NOMINEE
    return life.take(step, world.clerk, row, on=on, **data)


def lawful(election) -> list[str]:
    return [one.name for facts in facts_of(election).values() for one in facts.lawful]


def test_two_of_eleven_signers_who_stand_on_another_list_make_nine(world, election):
    """X-N01: the form is entered as it is, holds nine signatures and is not accepted."""
    row = signed(world, named(world, election), *NAMES[:9], "外甲", "外乙")
    assert [one.counts for one in queries.signers(row)] == [True] * 9 + [False] * 2
    assert codes(queries.nomination_findings(row)) == ["nomination.too_few_signers", "~nomination.not_counted"]
    with pytest.raises(Refused, match="须10人以上，现有9人"):
        take(world, row, "accept")
    assert lawful(election) == []


def test_a_form_is_refused_for_what_the_law_says_and_for_nothing_else(world, election):
    row = signed(world, named(world, election), *NAMES)
    with pytest.raises(Refused, match="不能退回"):
        take(world, row, "refuse")
    take(world, row, "accept")
    assert lawful(election) == ["欧阳明"]
    nine = signed(world, named(world, election, "周七"), *NAMES[:9])
    take(world, nine, "refuse")
    assert "须10人以上" in Nomination.objects.get(pk=nine.pk).refusal
    assert lawful(election) == ["欧阳明"]


def test_signatures_over_all_forms_are_counted_by_people_not_by_forms(world, election):
    """Two seats: the third person a voter names is one too many; two forms for one person are one."""
    first = named(world, election, "甲一")
    signed(world, first, *NAMES)
    signed(world, first, *NAMES)
    second = signed(world, named(world, election, "乙二"), *NAMES)
    assert codes(queries.nomination_findings(second)) == []
    third = signed(world, named(world, election, "丙三"), *NAMES[1:], "丁一")
    assert codes(queries.nomination_findings(third)) == ["nomination.above_seats"]
    assert {one.named for one in queries.signers(third)} == {3}
    with pytest.raises(Refused, match="超过本选区应选名额2名"):
        take(world, third, "accept")
    # What was refused names nobody, and whoever did not accept was no candidate.
    take(world, third, "refuse")
    assert codes(queries.nomination_findings(fresh(second))) == []
    take(world, third, "reopen", reason="再核对")
    take(world, first, "answer", consent="declined", paper="本人声明")
    assert codes(queries.nomination_findings(fresh(third))) == []


def test_a_struck_signature_and_one_of_somebody_off_the_roll_count_no_more(world, election):
    row = signed(world, named(world, election), *NAMES)
    one = queries.signers(row)[0]
    nominations.SIGNERS.change(world.clerk, one, {"struck": "本人声明没有签名"}, one.version)
    assert codes(queries.nomination_findings(row)) == ["nomination.too_few_signers", "~nomination.not_counted"]


def test_a_line_that_was_withdrawn_is_written_again_for_the_same_voter(world, election):
    row = signed(world, named(world, election), *NAMES)
    one = queries.signers(row)[0]
    nominations.SIGNERS.withdraw(world.clerk, one, "登错了行", one.version)
    told = nominations.enter_signers(world.clerk, fresh(row), [Signature(one.written)])
    assert told == {"found": 1, "several": 0, "nowhere": 0}
    told = nominations.enter_signers(world.clerk, fresh(row), [Signature(one.written)])
    assert told == {"found": 0, "several": 1, "nowhere": 0}  # who signed already is not counted twice


def test_lines_are_read_with_card_numbers_and_what_is_none_is_said(world, election):
    found, wrong = nominations.read_lines("王芳 23\n  丁一\n\n王　芳，7\n2345\n")
    assert found == [Signature("王芳", 23), Signature("丁一"), Signature("王芳", 7)]
    assert wrong == ["2345"]
    long = "欧" * 40
    assert nominations.read_lines(f"{long}\n{long}阳") == ([Signature(long)], [f"{long}阳"])


def test_of_several_with_one_name_the_card_number_tells_and_without_it_nobody_is_guessed(world, election):
    twins = voters(election, "王芳", "王芳", district=1)
    row = signed(world, named(world, election), "丁一")
    told = nominations.enter_signers(world.clerk, row, [Signature("王芳"), Signature("没有"), Signature("丁一")])
    assert told == {"found": 0, "several": 2, "nowhere": 1}
    open_line = queries.signers(row)[1]
    assert set(nominations.may_be(open_line).values_list("pk", flat=True)) == {one.pk for one in twins}
    nominations.SIGNERS.change(world.clerk, open_line, {"registration": twins[1]}, open_line.version)
    assert [one.counts for one in queries.signers(row)] == [True, True, False, False]


def test_a_body_names_no_more_than_the_seats_and_stands_on_the_right_level(world, election):
    """X-N03: the county's union names for no township's seat; a joint form counts for each body."""
    union, women = body(world, election), body(world, election, "云溪镇妇联")
    rows = [by(world, named(world, election, name), union) for name in ("甲一", "乙二")]
    assert codes(queries.nomination_findings(rows[1])) == []
    joint = by(world, named(world, election, "丙三"), union, women)
    assert codes(queries.nomination_findings(joint)) == ["nomination.party_above_seats"]
    assert "云溪镇总工会" in queries.nomination_findings(joint)[0].message
    elsewhere = by(world, named(world, election, "丁四", district=1), union)
    assert codes(queries.nomination_findings(elsewhere)) == []
    county = by(world, named(world, election, "戊五", district=1), body(world, election, "县总工会", "county"))
    assert codes(queries.nomination_findings(county)) == ["nomination.body_rank"]
    with pytest.raises(Refused, match="县级的不推荐"):
        take(world, county, "accept")
    assert codes(queries.nomination_findings(by(world, named(world, election, "己六")))) == ["nomination.no_body"]


def test_the_share_of_bodies_is_told_where_the_place_has_one_and_stops_nobody(world, election):
    """X-N05: in 上海 generally not above a fifth of all seats: one of four is above it."""
    for name in ("甲一", "乙二"):
        take(world, by(world, named(world, election, name), body(world, election, f"{name}协会")), "accept")
    assert codes(queries.election_findings(election)) == []
    election.township.county.province = "shanghai"
    assert codes(queries.election_findings(election)) == ["~nomination.party_share"]


def test_local_advice_removes_nobody_and_a_ground_of_the_law_needs_its_paper(world, election):
    """X-N04, X-I01: “lives here three years” is advice; the nominee stands on the first list all the same."""
    nominee = named(world, election)
    take(world, signed(world, nominee, *NAMES), "accept")
    unit = acts.VETTING_UNITS.record(
        world.clerk, VettingUnit(township=world.township, campaign=election.campaign, name="派出所", days=3)
    )
    assert nominations.ask(world.clerk, election.campaign, [nominee], [unit], ON) == 1
    with pytest.raises(Refused, match="这些单位都已经送过，没有需要再送的。"):
        nominations.ask(world.clerk, election.campaign, [nominee], [unit], ON)
    asked = Vetting.objects.get()
    assert asked.due_on == date(2026, 12, 4)
    advice = {"opinion": "advice", "words": "居住不满三年", "answered_on": date(2026, 12, 3)}
    said = nominations.VETTINGS.change(world.clerk, asked, advice, asked.version)
    assert lawful(election) == ["欧阳明"]
    assert "nominee" not in "".join(one.code for one in queries.nominee_findings(nominee) if one.blocking)
    with pytest.raises(Refused, match="证明文件"):
        nominations.VETTINGS.change(world.clerk, said, {"opinion": "legal", "ground": "deprived"}, said.version)
    proven = {"opinion": "legal", "ground": "deprived", "paper": "（2025）刑初1号判决书"}
    nominations.VETTINGS.change(world.clerk, said, proven, said.version)
    assert "nominee.deprived" in codes(queries.nominee_findings(nominee))


def test_whoever_does_not_accept_says_so_on_paper_and_stays_on_record(world, election):
    """X-N06: told to those who named, and in 上海 to the voters; nobody is dropped in silence."""
    nominee = named(world, election)
    take(world, signed(world, nominee, *NAMES), "accept")
    with pytest.raises(Refused, match="书面材料"):
        take(world, nominee, "answer", consent="declined", paper="")
    take(world, nominee, "answer", consent="declined", paper="本人书面声明")
    assert lawful(election) == []
    assert queries.nominees(election).get().left_how == Nominee.Left.DECLINED
    nominee = Nominee.objects.get()
    nominee.township.county.province = "shanghai"
    assert "~nominee.declined" in codes(queries.nominee_findings(nominee))
    take(world, nominee, "tell")
    with pytest.raises(Refused, match="2026年12月1日已经告知。"):
        take(world, nominee, "tell", on=date(2026, 12, 2))
    nominee = Nominee.objects.get()
    assert nominee.told_on == ON
    nominee.township.county.province = "shanghai"
    assert "~nominee.declined" not in codes(queries.nominee_findings(nominee))


def test_declared_seats_elsewhere_and_untrue_particulars_are_told_and_remove_nobody(world, election):
    nominee = named(world, election)
    take(world, signed(world, nominee, *NAMES), "accept")
    assert "~nominee.undeclared" in codes(queries.nominee_findings(nominee))
    said = {"mandates_where": " ", "mandates_related": None}
    with pytest.raises(Refused) as refused:
        take(world, nominee, "declare", mandates="yes", residence="no", funding="no", **said)
    assert [(one.field, one.message) for one in refused.value.findings] == [
        ("mandates_where", "请写明在哪里担任人大代表。"),
        ("mandates_related", "请选择两个行政区域有没有隶属关系。"),
    ]
    assert Nominee.objects.get().declared_on is None
    said = {"mandates": "yes", "mandates_where": "东山县", "mandates_related": False, "residence": "yes"}
    take(world, nominee, "declare", funding="no", **said)
    with pytest.raises(Refused, match="2026年12月1日已登记声明。"):
        take(world, nominee, "declare", funding="yes", **said)
    nominee = Nominee.objects.get()
    assert codes(queries.nominee_findings(nominee)) == ["~nominee.residence", "~deputies.two_unrelated"]
    take(world, nominee, "untrue", untrue="学历不是大专", how="张贴通报")
    with pytest.raises(Refused, match="已经登记通报。"):
        take(world, nominee, "untrue", untrue="职务不是教师", how="会上说明")
    told = Nominee.objects.get()
    assert (told.untrue, told.untrue_told_on, told.untrue_told_how) == ("学历不是大专", ON, "张贴通报")
    assert lawful(election) == ["欧阳明"]


def test_foreign_funding_is_found_by_declaration_and_leads_off_by_a_step_on_record(world, election):
    nominee = named(world, election)
    row = signed(world, nominee, *NAMES)
    take(world, nominee, "declare", mandates="no", residence="no", funding="yes")
    assert "nominee.funded" in codes(nominations.against(fresh(row)))
    with pytest.raises(Refused, match="境外"):
        take(world, fresh(row), "accept")
    take(world, nominee, "leave", how="funded", paper="选委会决定1号")
    with pytest.raises(Refused, match=r"2026年12月1日已登记退出：.*境外"):
        take(world, nominee, "leave", how="withdrew", paper="本人声明")
    assert Nominee.objects.get().left_how == "funded"
    assert "nominee.funded" not in codes(queries.nominee_findings(Nominee.objects.get()))
    take(world, nominee, "return", reason="登错了人")
    with pytest.raises(Refused, match="没有登记退出。"):
        take(world, nominee, "return", reason="又点了一次")
    assert Nominee.objects.get().stands


def test_who_accepted_does_not_answer_twice(world, election):
    nominee = named(world, election)
    take(world, nominee, "answer", consent="agreed", paper="")
    with pytest.raises(Refused, match="2026年12月1日已登记接受推荐。"):
        take(world, nominee, "answer", on=date(2026, 12, 2), consent="declined", paper="本人书面声明")
    kept = Nominee.objects.get()
    assert (kept.consent, kept.consent_on, kept.left_on) == (Nominee.Consent.AGREED, ON, None)


def test_who_is_under_age_or_sits_in_the_committee_or_stands_twice_is_told(world, election):
    young = named(world, election, birth_date=date(2008, 12, 21))
    row = signed(world, young, *NAMES)
    with pytest.raises(Refused, match="不满十八周岁"):
        take(world, row, "accept")
    committee = committees.COMMITTEES.record(
        world.clerk,
        Committee(
            township=world.township,
            election=election,
            name="云溪镇选举委员会",
            appointed_by="清江县人大常委会",
            appointed_on=date(2026, 9, 2),
        ),
    )
    committees.MEMBERS.record(
        world.clerk,
        CommitteeMember(township=world.township, committee=committee, name="周七", appointed_on=date(2026, 9, 2)),
    )
    member = named(world, election, "周七")
    again = named(world, election, "周七", district=1)
    assert codes(queries.nominee_findings(member)) == [
        "~nominee.undeclared",
        "~committee.must_resign",
        "~nominee.twice",
    ]
    sits, twice = (one.message for one in queries.nominee_findings(member)[1:])
    assert sits.endswith("补任由县级人大常委会任命（同名的请核对）")
    assert twice == f"同一级选举中，{again.district}也推荐了同名同日出生的人，请核对。"
    take(world, again, "leave", how="withdrew", paper="本人声明")
    assert "~nominee.twice" not in codes(queries.nominee_findings(member))


def test_a_nomination_before_the_list_where_the_place_forbids_it_is_entered_and_not_accepted(world, election):
    """X-F05: in 山东 nominations come after the list."""
    row = signed(world, named(world, election), *NAMES)
    row.township.county.province = "shandong"
    assert codes(queries.nomination_findings(row)) == ["nomination.before_roll"]


def test_a_settled_form_is_changed_only_after_it_was_opened_again(world, election):
    row = signed(world, named(world, election), *NAMES)
    take(world, row, "accept")
    with pytest.raises(Refused, match="重新核对"):
        nominations.enter_signers(world.clerk, row, [Signature("外甲")])
    with pytest.raises(Refused, match="重新核对"):
        nominations.NOMINATIONS.change(world.clerk, fresh(row), {"number": "7"}, fresh(row).version)


def test_names_stand_in_the_order_of_strokes_and_none_is_left_out(world, election):
    """N05: 丁试甲 于试丙 上官试 王试 王试乙."""
    for name in ("王试乙", "上官试", "丁试甲", "王试", "于试丙"):
        take(world, by(world, named(world, election, name), body(world, election, f"{name}协会")), "accept")
    assert lawful(election) == ["丁试甲", "于试丙", "上官试", "王试", "王试乙"]
    told = queries.proposers(Nomination.objects.all())
    assert sorted(told.values()) == sorted(f"{name}协会" for name in lawful(election))


def test_the_districts_of_a_county_level_elect_by_their_own_list(world, election):
    """A signature counts for the level on whose list the voter stands."""
    county = campaign(world, level=Level.COUNTY, name="县级", election_day=ELECTION_DAY)
    row = signed(world, named(world, county, district=0), *NAMES)
    assert codes(queries.nomination_findings(row)) == ["nomination.too_few_signers", "~nomination.not_counted"]


def test_signatures_checked_on_paper_count_by_their_number_and_say_what_nobody_compared(world, election):
    """What was done before this system was there is entered with its number."""
    row = signed(world, named(world, election))
    nominations.NOMINATIONS.change(world.clerk, row, {"paper_signers": 9}, row.version)
    assert codes(queries.nomination_findings(fresh(row))) == ["nomination.too_few_signers", "~nomination.on_paper"]
    row = fresh(row)
    nominations.NOMINATIONS.change(world.clerk, row, {"paper_signers": 12}, row.version)
    take(world, fresh(row), "accept")
    assert lawful(election) == ["欧阳明"]


def test_an_opinion_that_is_waited_for_has_a_day_and_leaves_the_board_with_the_answer(world, election):
    unit = acts.VETTING_UNITS.record(
        world.clerk, VettingUnit(township=world.township, campaign=election.campaign, name="派出所", days=3)
    )
    nominations.ask(world.clerk, election.campaign, [named(world, election)], [unit], ON)
    due = DueDay.objects.open().get(key="elections.vetting")
    assert due.due_on == date(2026, 12, 4)
    asked = Vetting.objects.get()
    said = {"opinion": "clear", "answered_on": date(2026, 12, 3)}
    nominations.VETTINGS.change(world.clerk, asked, said, asked.version)
    assert not DueDay.objects.open().filter(key="elections.vetting").exists()


def test_what_was_checked_is_taken_back_only_after_it_was_opened_again(world, election):
    """A form that holds, and its signatures, cannot be withdrawn past the check: its nominee would leave the list unseen."""
    row = signed(world, named(world, election), *NAMES)
    take(world, row, "accept")
    one = queries.signers(row)[0]
    for keeping, gone in ((nominations.NOMINATIONS, fresh(row)), (nominations.SIGNERS, one)):
        with pytest.raises(Refused, match="重新核对"):
            keeping.withdraw(world.clerk, gone, "登错了", gone.version)
    assert lawful(election) == ["欧阳明"]
    take(world, fresh(row), "reopen", reason="登到了别人名下")
    nominations.SIGNERS.withdraw(world.clerk, one, "登错了", one.version)
    assert codes(queries.nomination_findings(fresh(row))) == ["nomination.too_few_signers"]


def test_whoever_has_a_form_stays_in_the_district_whose_voters_signed_it(world, election):
    nominee = named(world, election)
    other = districts(election)[1]
    moved = acts.NOMINEES.change(world.clerk, nominee, {"district": other}, nominee.version)
    signed(world, moved, *NAMES)
    with pytest.raises(Refused, match="不能改选区"):
        acts.NOMINEES.change(world.clerk, moved, {"district": districts(election)[0]}, moved.version)
    acts.NOMINEES.change(world.clerk, moved, {"native_place": "清江"}, moved.version)


def test_a_districts_own_day_decides_who_is_of_age_and_until_when_a_form_may_come(world, election):
    young = named(world, election, birth_date=date(2008, 12, 22))
    row = signed(world, young, *NAMES)
    assert "nominee.age" in codes(nominations.against(row))
    with action(SET_UP, actor=None):
        DistrictDay.objects.create(
            township=world.township,
            election=election,
            district=districts(election)[0],
            day=date(2026, 12, 22),
            reason="山洪",
            consented_on=date(2026, 12, 1),
        )
    assert "nominee.age" not in codes(nominations.against(fresh(row)))
    late = fresh(row)
    nominations.NOMINATIONS.change(world.clerk, late, {"submitted_on": date(2026, 12, 21)}, late.version)
    late = fresh(row)
    with pytest.raises(Refused, match="选举日以前"):
        nominations.NOMINATIONS.change(world.clerk, late, {"submitted_on": date(2026, 12, 22)}, late.version)
