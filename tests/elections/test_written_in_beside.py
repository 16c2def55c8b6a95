"""Somebody whom voters wrote in stands on the next ballot in both writings, as the candidates do (选举法二十三)."""

import copy

import pytest
from django.urls import reverse

from congress.printing import printed
from elections.actions import beside
from elections.documents import round_ballots
from elections.models import Round
from elections.queries.rounds import rounds
from tests.elections import standing
from tests.elections.papers import place, text_of
from tests.elections.proofs import LATER
from tests.elections.rounds import again, begun, counted, declared, line, take
from tests.elections.test_writings import COUNTY, MONGOLIAN, UIGHUR, autonomous, voted
from tests.states import state

__all__ = ["autonomous"]  # its fixture


ASKED_URL = "elections-round-follow"


def entered(world, row: Round, browse, text: str, *names: str):
    """The page on which the next vote is arranged, sent by the clerk."""
    url = reverse(ASKED_URL, args=[world.township.code, row.pk])
    sent = {"on": LATER.isoformat(), "names": list(names), "beside": text, "printed": "29"}
    return browse(world.clerk).post(url, sent | {"version": rounds().get(pk=row.pk).version})


@state(on=standing.six_voters)
def written_in(world, election):
    with world.in_township():
        place(world, name=COUNTY)
        return voted(world, election, (15, 9, 6), write_ins={"东甲": 8}, identified=("东甲",))


@pytest.fixture
def with_written_in(election, written_in):
    """The first vote left a seat open, and somebody was written in."""
    return copy.deepcopy(written_in)


def test_who_was_written_in_is_given_a_second_writing_on_the_next_ballot(world, with_written_in, browse):
    url = reverse(ASKED_URL, args=[world.township.code, with_written_in.pk])
    form = browse(world.clerk).get(url).context["form"]
    assert "只填另选的东甲" in form.fields["beside"].help_text
    assert entered(world, with_written_in, browse, "东甲  Doeng   Gyap", "于二", "东甲").status_code == 302
    another = rounds().get(follows=with_written_in)
    assert [(one.name, one.name_beside) for one in another.listed] == [("于二", ""), ("东甲", "Doeng Gyap")]
    told = text_of(printed(round_ballots.PRINTED, another))
    assert "于二IjNgeih" in told
    assert "东甲DoengGyap" in told
    page = browse(world.clerk).get(reverse("elections-round", args=[world.township.code, another.pk]))
    assert "东甲（Doeng Gyap）" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("东甲 丁一", "东甲：这里填当地文字的姓名，汉字的姓名填在“姓名”里"),
        (f"东甲 {UIGHUR}", "office文件夹"),
        (f"东甲 {MONGOLIAN}", "传统蒙古文竖写"),
        ("东甲", "看不出是哪一位另选人"),
        ("于二 Ij Ngeih", "“于二 Ij Ngeih”里看不出是哪一位另选人"),
        ("东甲 Doeng\n东甲：Gyap", "东甲写了两次"),
        ("东甲 " + "Do" * 41, "最多80个字，现在有82个字"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_the_field_and_nothing_is_lost(world, with_written_in, browse, text, says):
    answer = entered(world, with_written_in, browse, text, "于二", "东甲")
    assert says in answer.context["form"].errors["beside"][0]
    assert text.splitlines()[-1] in answer.content.decode()
    assert not Round.objects.filter(follows=with_written_in).exists()


def test_a_name_left_off_the_ballot_has_no_second_writing_there(world, with_written_in, browse):
    answer = entered(world, with_written_in, browse, "东甲 Doeng Gyap", "于二", "王三")
    assert "看不出是哪一位另选人" in answer.context["form"].errors["beside"][0]


def test_that_one_is_lacking_is_said_and_the_vote_is_arranged(world, with_written_in, browse):
    answer = entered(world, with_written_in, browse, "", "于二", "东甲")
    assert answer.status_code == 302
    shown = browse(world.clerk).get(answer.url).content.decode()
    assert rounds().get(follows=with_written_in).listed[1].name_beside == ""
    assert "东甲" in shown


def test_it_stays_with_the_name_when_they_are_level_and_vote_again(world, with_written_in, browse):
    entered(world, with_written_in, browse, "东甲 Doeng Gyap", "于二", "东甲")
    another = rounds().get(follows=with_written_in)
    line(world, another)
    said = {"filed": 0, "destroyed": 9, "lost": 0, "witnesses": "甲、乙", "settled_note": ""}
    take(world.clerk, another, "settle", LATER, **said)
    take(world.clerk, another, "count", LATER)
    again(world, another, (8, 8))
    declared(world, another, LATER)
    url = reverse(ASKED_URL, args=[world.township.code, another.pk])
    assert browse(world.clerk).get(url).context["form"].initial["beside"] == "东甲 Doeng Gyap"
    take(world.clerk, another, "follow", LATER, names=["于二", "东甲"], printed=29)
    once_more = rounds().get(follows=another)
    assert [one.name_beside for one in once_more.listed] == ["", "Doeng Gyap"]
    assert "东甲DoengGyap" in text_of(printed(round_ballots.SAMPLE, once_more))


@pytest.mark.parametrize(("county", "asked"), [("清江县", False), ("清江壮族自治县", True)])
def test_it_is_asked_of_those_written_in_alone_and_where_papers_bear_one(world, election, browse, county, asked):
    row = begun(world, election)
    counted(world, row, (15, 9, 6), write_ins={"东甲": 8}, identified=("东甲",))
    declared(world, row)
    place(world, name=county)
    url = reverse(ASKED_URL, args=[world.township.code, row.pk])
    assert ("beside" in browse(world.clerk).get(url).context["form"].fields) is asked
    (told,) = beside.findings(rounds().get(pk=row.pk), ["于二", "东甲"], "") or [None]
    assert (told is not None) is asked
    assert told is None or ("东甲还没有当地文字的姓名" in told.message and not told.blocking and told.citation)
    assert beside.asked_of(rounds().get(pk=row.pk), ["于二", "王三"]) == []
