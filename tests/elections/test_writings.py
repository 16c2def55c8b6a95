"""A candidate's name in the writing of a nationality: on lists and ballots beneath the Chinese one, or refused with the reason."""

import io
from datetime import time

import pikepdf
import pytest
from django.urls import reverse

from congress.documents import fonts, writings
from congress.documents.ballots import Ballot, ballots_pdf
from congress.documents.fonts import MissingGlyph
from congress.documents.writings import face_of, from_right, lines, problem
from congress.guard.action import Refused, action
from congress.printing import printed
from elections.actions import rounds as acts
from elections.actions.candidate_lists import against_locking
from elections.actions.candidates import NOMINEES
from elections.documents import ballots as papers
from elections.documents import round_ballots
from elections.documents.candidates import FORMAL, formal_notice
from elections.models import CandidateList, Nominee, PollingPlace, Round
from elections.queries.candidate_lists import ERASED
from elections.queries.candidate_lists import written as reads
from elections.queries.rounds import rounds
from tests.cast import SET_UP
from tests.elections.campaigns import districts, voters
from tests.elections.candidates import FORMAL_ON, PLACES, facts, named, settled, step
from tests.elections.papers import judged, place, text_of
from tests.elections.proofs import LATER
from tests.elections.rounds import PEOPLE, counted, declared, take
from tests.elections.test_ballots import ordered

UIGHUR, TIBETAN, YI, MONGOLIAN = "ئەخمەت", "བསོད་ནམས", "ꀀꀁꀂ", "ᠪᠠᠲᠤ"


def written(name: str, beside: str) -> Nominee:
    with action(SET_UP, actor=None):
        found = Nominee.objects.get(name=name)
        found.name_beside = beside
        found.save()
    return found


COUNTY = "清江壮族自治县"


@pytest.fixture
def autonomous(world):
    place(world, name=COUNTY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Dingh It", ""),
        ("Vangz Sam-Luenz", ""),
        ("丁一", "汉字的姓名填在“姓名”里"),
        ("Dingh 一", "汉字的姓名填在“姓名”里"),
        ("123", "没有文字"),
        ("Dingh\u200bIt", "看不见的或者不是标准编码的字符（U+200B）"),
        ("Dingh\u202eIt", "U+202E"),
        ("\ue000", "U+E000"),
        (MONGOLIAN, "传统蒙古文竖写"),
        (UIGHUR, "现有字体没有，名单和选票不能印制；请把这种文字的字体放入字体目录的office文件夹"),
        (TIBETAN, "“བ”（U+0F56）"),
        (YI, "（U+A000）"),
    ],
)
def test_what_can_be_set_is_known_when_it_is_entered(text, says):
    found = problem(text)
    assert says in found if says else found == ""


def test_writings_from_the_right_are_known():
    assert from_right(UIGHUR)
    assert not any(map(from_right, (TIBETAN, YI, "Dingh It")))


def test_a_font_the_office_put_there_sets_its_writing(tmp_path, monkeypatch):
    """Any font stands in: what counts is that its letters are its own."""
    monkeypatch.setattr(writings, "_faces", lambda base: (*fonts.stack(fonts.Typeface.NAME), _Drawn()))
    assert face_of(UIGHUR).family == "GWWriting0"
    assert problem(UIGHUR) == ""


class _Drawn:
    family = "GWWriting0"

    def has(self, character: str) -> bool:
        return True


def test_it_is_entered_on_the_form_and_refused_at_its_field(world, election, autonomous, browse):
    (row,) = named(election, "丁一")
    url = reverse("elections-nominee-edit", args=[world.township.code, row.pk])
    client = browse(world.clerk)
    values = {name: value for name, value in client.get(url).context["form"].initial.items() if value is not None}
    sent = values | {"version": row.version, "name_beside": UIGHUR}
    answer = client.post(url, sent)
    assert "office文件夹" in answer.context["form"].errors["name_beside"][0]
    assert UIGHUR in answer.content.decode(), "nothing typed is lost"
    assert client.post(url, sent | {"name_beside": "  Dingh   It "}).status_code == 302
    row.refresh_from_db()
    assert row.name_beside == "Dingh It"
    assert "Dingh It" in client.get(reverse("elections-nominee", args=[world.township.code, row.pk])).content.decode()


@pytest.mark.parametrize(
    ("county", "kind", "asked"), [("清江县", "镇", False), ("清江县", "民族乡", True), ("清江壮族自治县", "镇", True)]
)
def test_it_is_asked_where_papers_may_bear_a_second_writing(world, election, browse, county, kind, asked):
    place(world, name=county)
    with action(SET_UP, actor=None):
        world.township.kind = kind
        world.township.save()
    (row,) = named(election, "丁一")
    form = (
        browse(world.clerk).get(reverse("elections-nominee-edit", args=[world.township.code, row.pk])).context["form"]
    )
    assert ("name_beside" in form.fields) is asked


def test_it_stands_on_list_and_ballot_beneath_the_name(world, election, autonomous, tmp_path):
    settled_with_names(world, election)
    ordered(world, election, title_beside="Senjgiz Beu")
    told = text_of(printed(papers.SAMPLE, election))
    assert "丁一DinghIt" in told
    assert "张四CangSiq" in told
    paper = FORMAL.compose(formal_notice(election, FORMAL_ON) | {"number": ""}, draft=False)
    assert "丁一DinghIt" in text_of(paper)
    assert judged(paper, FORMAL.profile, tmp_path) == []


def settled_with_names(world, election):
    found = settled(world, election)
    for row in found.values():
        step(world, row, "unlock", reason="补登当地文字的姓名")
    for name, beside in (("丁一", "Dingh It"), ("于二", "Ij Ngeih"), ("王三", "Vangz Sam"), ("张四", "Cang Siq")):
        written(name, beside)
    for row in found.values():
        row.refresh_from_db()
        step(world, row, "lock")
    return found


def test_names_that_lack_it_are_told_before_the_list_is_closed(world, election, autonomous):
    found = settled(world, election)[1]
    step(world, found, "unlock", reason="补登")
    (told,) = [one for one in against_locking(found, facts(found)) if one.code == "list.unwritten"]
    assert "丁一、于二、王三还没有登记当地文字的姓名" in told.message
    assert not told.blocking
    for name in ("丁一", "于二", "王三"):
        written(name, "Dingh It")
    assert [one for one in against_locking(found, facts(found)) if one.code == "list.unwritten"] == []


def test_elsewhere_nobody_is_asked_unless_somebody_of_the_list_has_one(world, election):
    found = settled(world, election)[1]
    step(world, found, "unlock", reason="核对")
    assert "list.unwritten" not in [one.code for one in against_locking(found, facts(found))]
    written("丁一", "Dingh It")
    assert "list.unwritten" in [one.code for one in against_locking(found, facts(found))]


def test_one_that_is_entered_later_changes_the_list_and_voids_its_ballots(world, election, autonomous):
    found = settled_with_names(world, election)[1]
    first, _ = ordered(world, election, title_beside="Senjgiz Beu")
    step(world, found, "publish", FORMAL_ON, **PLACES)
    written("丁一", "Dingh Itdaih")
    assert facts(found).changed
    with pytest.raises(Refused, match="名单定稿以后有变动"):
        printed(papers.PRINTED, election)
    found.refresh_from_db()
    step(world, found, "notice", FORMAL_ON)
    first.refresh_from_db()
    assert first.void_on == FORMAL_ON


def test_a_list_without_any_reads_as_it_always_did(world, election):
    """What was locked and printed before names had a second writing still holds."""
    found = settled(world, election)[1]
    ordered(world, election)
    (row,) = [one for one in facts(found).entries["formal"] if one.nominee.name == "丁一"]
    assert reads(row.nominee).count("\t") == 6


def test_a_font_that_is_gone_when_ballots_are_ordered_is_refused_with_place_and_name(world, election, autonomous):
    settled(world, election)
    locked_with_unreadable(world, election)
    with pytest.raises(Refused, match=r"“ئەخمەت”中的.*第1位候选人丁一"):
        ordered(world, election, title_beside="Senjgiz Beu")


def locked_with_unreadable(world, election) -> None:
    """A list that was closed while a font was there which is gone since."""
    rows = CandidateList.objects.kept().filter(election=election, kind="formal")
    for row in rows:
        step(world, row, "unlock", reason="补登")
    written("丁一", UIGHUR)
    for row in rows.all():
        step(world, row, "lock")


@pytest.mark.parametrize(("people", "twice", "fits"), [(3, 2, True), (6, 2, True), (16, 0, False)])
def test_names_in_two_writings_push_neither_rules_nor_seal_off_the_page(people, twice, fits):
    names = tuple((f"覃{at}", "东山村村民" if at < twice else "", "Cinz Daihit") for at in range(people))
    rules = tuple(
        f"{at}.在候选人姓名左边的符号栏内，赞成的画“○”，反对的画“×”，弃权的不画任何符号。" for at in range(1, 5)
    )
    ballot = Ballot(
        ("某乡人民代表大会代表选举", "选　票"), "第1选区", 3, names, rules, "某乡选举委员会", beside="Senjgiz Beu"
    )
    if fits:
        pdf = ballots_pdf([ballot], title="选票")
        told = text_of(pdf)
        assert "盖章处" in told
        assert told.count("弃权的不画任何符号") == 4
        assert told.count("CinzDaihit") == people
        with pikepdf.open(io.BytesIO(pdf)) as file:
            assert len(file.pages) == 1
    else:
        with pytest.raises(ValueError, match="一页排不下"):
            ballots_pdf([ballot], title="选票")


def test_a_name_no_font_has_is_never_drawn_as_boxes():
    ballot = Ballot(("选票",), "第1选区", 1, (("艾合买提", "", UIGHUR),), (), "选委会")
    with pytest.raises(MissingGlyph, match="ئەخمەت"):
        ballots_pdf([ballot], title="选票")


def test_it_is_kept_from_none_who_record_by_program(world, election):
    (row,) = named(election, "丁一")
    with pytest.raises(Refused) as refused:
        NOMINEES.change(world.clerk, row, {"name_beside": MONGOLIAN}, row.version)
    assert [one.field for one in refused.value.findings] == ["name_beside"]


def voted(world, election, yes, **more) -> Round:
    """The first vote of the first district, on ballots with both writings, declared."""
    voters(election, *PEOPLE)
    settled_with_names(world, election)
    ordered(world, election, title_beside="Senjgiz Beu")
    with action(SET_UP, actor=None):
        PollingPlace.objects.create(
            township=world.township,
            campaign=election.campaign,
            district=districts(election)[0],
            name="东山村投票站",
            spot="村委会",
            opens_at=time(8),
        )
    row = acts.begin(world.clerk, election)[0]
    counted(world, row, yes, **more)
    declared(world, row)
    return row


def follows(world, row: Round, *names: str) -> Round:
    """The vote that follows, arranged and read as its pages read it."""
    take(world.clerk, row, "follow", LATER, names=list(names), printed=29)
    return rounds().get(follows=row)


def test_the_ballot_of_those_who_are_level_bears_it_too_and_no_line_for_others(world, election, autonomous, browse):
    row = voted(world, election, (15, 11, 11))
    page = browse(world.clerk).get(reverse("elections-round", args=[world.township.code, row.pk])).content.decode()
    assert "样票" not in page, "the first was ordered before it was arranged"
    with pytest.raises(Refused, match="第一次投票的选票在“付印选票”里印制"):
        printed(round_ballots.PRINTED, rounds().get(pk=row.pk))
    again = follows(world, row, "于二", "王三")
    told = text_of(printed(round_ballots.PRINTED, again))
    assert "再次投票选票" in told
    assert "SenjgizBeu" in told
    assert "于二IjNgeih" in told
    assert "王三VangzSam" in told
    assert "丁一" not in told
    assert "存根" in told
    assert "另选" not in told, "between these two and nobody else"
    page = reverse("elections-round", args=[world.township.code, again.pk])
    assert (
        reverse("elections-round-sample", args=[world.township.code, again.pk])
        in browse(world.clerk).get(page).content.decode()
    )


def test_the_ballot_of_another_vote_has_who_was_written_in_and_a_line_for_others(world, election, autonomous):
    another = follows(
        world, voted(world, election, (15, 9, 6), write_ins={"东甲": 8}, identified=("东甲",)), "于二", "东甲"
    )
    told = text_of(printed(round_ballots.SAMPLE, another))
    assert "另行选举选票" in told
    assert "于二IjNgeih" in told
    assert "东甲" in told
    assert "另选他人姓名" in told
    assert "存根" not in told
    written("于二", "")
    with action(SET_UP, actor=None):
        Nominee.objects.filter(name="于二").update(name=str(ERASED))
    assert "于二" in text_of(printed(round_ballots.PRINTED, rounds().get(pk=another.pk))), "the ballot keeps its names"


def test_a_word_wider_than_its_room_takes_as_many_lines_as_it_is_wide():
    word = "Vangz"
    wide = sum(face_of(word).advance(char) for char in word)
    assert [lines(word, wide * part) for part in (1.1, 0.6, 0.4)] == [1, 2, 3]
    assert lines(f"{word} {word}", wide * 1.1) == 2
    assert lines("", 3.0) == 0
