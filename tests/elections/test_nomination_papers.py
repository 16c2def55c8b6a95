"""The forms of nomination on paper: what they ask, what they cite, where their code leads."""

import io

import pikepdf
import pytest
from django.urls import reverse
from pdfminer.high_level import extract_pages

from congress.documents.inspection import check
from congress.guard.action import action
from congress.printing import printed
from elections.documents import nominations as papers
from elections.models import Nomination
from elections.queries.candidates import districts_of
from tests.cast import SET_UP
from tests.documents.test_cards import MM, beneath
from tests.elections.papers import text_of
from tests.elections.test_candidates import named

Kind = Nomination.Kind


def forms(election, kind) -> bytes:
    options = {"kind": kind, "site": "https://x.example/"}
    codes = [one["text"] for one in papers.nomination_forms(election, options)["parts"] if one["is"] == "code"]
    page = reverse("elections-nominee-new", args=[election.township.code, election.pk])
    assert codes == [f"https://x.example{page}?district={one.pk}" for one in districts_of(election)]
    return printed(papers.FORM, election, options)


def test_the_form_of_voters_asks_for_twelve_signatures_and_names_the_seats(world, election):
    pdf = forms(election, Kind.VOTERS)
    told = text_of(pdf)
    assert told.count("代表候选人推荐表") == 2
    assert "应选代表2名" in told
    assert "选民10人以上联名可以推荐；每一选民参加联名推荐的人数不得超过应选名额。" in told
    assert "依据选举法第三十条" in told
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 2  # one sheet a district
    assert [row.title for row in check(pdf, "report") if not row.ok] == []


@pytest.mark.parametrize("kind", [Kind.VOTERS, Kind.BODIES])
@pytest.mark.parametrize("name", ["东山村", "第二十四村民委员会", "东山村民委员会、西山村民委员会、城关社区"])
def test_nothing_stands_under_the_code_and_a_form_is_one_page_whatever_the_district_is_called(election, kind, name):
    with action(SET_UP, actor=None):
        for district in districts_of(election):
            district.name = name
            district.save()
    sheets = list(extract_pages(io.BytesIO(forms(election, kind))))
    assert len(sheets) == 2
    for sheet in sheets:
        left, right, under = beneath(sheet)
        assert 15 < (right - left) / MM < 21
        assert under == []


def test_the_form_of_bodies_asks_for_seals_and_no_signatures(world, election):
    told = text_of(forms(election, Kind.BODIES))
    assert "盖章" in told
    assert "选民证号" not in told


def test_what_a_nominee_states_has_what_is_known_and_the_three_questions(world, election):
    nominee = named(world, election, resume="从教二十年。", native_place="浙江清江")
    pdf = printed(papers.STATEMENT, nominee)
    told = text_of(pdf)
    for words in (
        "欧阳明",
        "从教二十年",
        "长期居留许可",
        "境外机构、组织、个人",
        "其他行政区域",
        "第三十条、第三十五条",
    ):
        assert words in told
    assert [row.title for row in check(pdf, "report") if not row.ok] == []


def test_the_code_of_a_form_leads_to_the_page_with_its_district_chosen(world, election, browse):
    district = districts_of(election).last()
    address = reverse("elections-nominee-new", args=[world.township.code, election.pk])
    form = browse(world.clerk).get(address, {"district": str(district.pk)}).context["form"]
    assert form["district"].value() == str(district.pk)


@pytest.mark.parametrize("chosen", [True, False])
def test_forms_are_downloaded_for_one_district_or_all(world, election, browse, chosen):
    address = reverse("elections-nomination-forms", args=[world.township.code, election.pk])
    sent = {"kind": "bodies", "district": str(districts_of(election).first().pk) if chosen else ""}
    answer = browse(world.clerk).post(address, sent)
    assert answer["Content-Type"] == "application/pdf"
    assert text_of(b"".join(answer)).count("代表候选人推荐表") == (1 if chosen else 2)


def test_the_sheet_of_a_nominee_whose_name_no_font_draws_is_answered_with_a_word(world, election, browse):
    nominee = named(world, election, "欧阳\U0003134f")
    address = reverse("elections-nominee-statement", args=[world.township.code, nominee.pk])
    answer = browse(world.clerk).get(address, follow=True)
    assert answer.status_code == 200
    assert "U+3134F" in answer.content.decode()
