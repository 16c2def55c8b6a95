"""Issuing: whose a paper is, by which series it is numbered, and that typesetting keeps nobody from a number."""

import re
from dataclasses import replace
from datetime import date

import pytest

from congress import numbers
from congress.documents import kit
from congress.documents.issuers import PRESIDIUM, Issuer, issuer_of
from congress.documents.numbering import TRIES, Numbering
from congress.guard.action import Refused
from congress.models import Document, NumberSequence, StoredFile

DAY = date(2026, 11, 5)
NOTICES = Numbering(
    numbers.Series("tests.notice", "公告编号", lambda township, year, serial: f"第{serial}号", lambda subject: subject),
    re.compile(r"第?(?P<serial>[1-9]\d{0,3})号?"),
    lambda township, day: "第3号",
)


def printed(context, draft):
    return f"%PDF {context['office']} {context['number']}".encode()


KIND = kit.DocumentKind("tests.paper", "通知", printed)
NOTICE = replace(KIND, key="tests.notice", numbering=NOTICES)


def last(world, series="document", year=2026) -> int:
    row = NumberSequence.objects.filter(township=world.township, series=series, year=year).first()
    return row.last if row else 0


def issue(world, kind=KIND, **values):
    given = {"title": "通知", "context": {}, "subject": world.term, "issued_on": DAY, "again": True} | values
    return kit.issue(world.chair, kind, world.township, **given)


def test_a_paper_bears_the_name_of_the_body_whose_it_is(world):
    committee = Issuer("tests", "选举委员会", lambda township, subject: f"{township.name}{subject.number}届选举委员会")
    with world.in_township():
        presidiums = issue(world)
        credentials = issue(world, replace(KIND, issuer=issuer_of("credentials")))
        committees = issue(world, replace(KIND, issuer=committee))
    assert bytes(presidiums.file.content).startswith("%PDF 云溪镇人民代表大会主席团 ".encode())
    assert credentials.context["office"] == "云溪镇人民代表大会代表资格审查委员会"
    assert committees.context["office"] == "云溪镇17届选举委员会"
    assert [one.issuer for one in (presidiums, credentials, committees)] == ["presidium", "credentials", "tests"]


def test_a_signature_leaves_room_for_a_seal_where_the_body_has_one():
    assert PRESIDIUM.signature("主席团", "2026年11月5日").sealed
    assert not issuer_of("credentials").signature("资格审查委员会", "2026年11月5日").sealed


def test_notices_count_within_their_subject_whatever_the_year(world):
    other = world.deputies[0]
    with world.in_township():
        given = [
            issue(world, NOTICE, subject=subject, issued_on=day)
            for subject, day in [
                (world.term, DAY),
                (world.term, date(2027, 1, 5)),
                (other, DAY),
                (world.term, date(2027, 1, 6)),
            ]
        ]
        assert last(world) == 0
    assert [one.number for one in given] == ["第1号", "第2号", "第1号", "第3号"]
    assert [one.year for one in given] == [2026, 2027, 2026, 2027]


def test_notices_go_on_after_the_one_that_was_posted_on_paper(world):
    with world.in_township():
        assert issue(world, NOTICE, number="第4号").number == "第4号"
        assert issue(world, NOTICE, number="6").number == "第6号"
        assert issue(world, NOTICE).number == "第7号"
        with pytest.raises(Refused, match="第4号已用于《通知》"):
            issue(world, NOTICE, number="4号")
        with pytest.raises(Refused, match="公告编号的写法如“第3号”"):
            issue(world, NOTICE, number="云溪人发〔2026〕4号")
        assert issue(world, NOTICE, number="4", subject=world.deputies[0]).number == "第4号"


def test_a_kind_without_a_series_bears_no_number_however_many_there_are(world):
    with world.in_township():
        papers = [issue(world, replace(KIND, numbering=None)) for _ in range(2)]
        assert last(world) == 0
    assert [(one.number, str(one)) for one in papers] == [("", "通知"), ("", "通知")]


def test_no_number_is_taken_while_a_paper_is_typeset(world):
    taken = []

    def watched(context, draft):
        taken.append(last(world))
        return printed(context, draft)

    with world.in_township():
        document = issue(world, replace(KIND, compose=watched))
        assert last(world) == 1
    assert (taken, document.serial) == ([0], 1)


def test_a_paper_overtaken_while_it_was_typeset_bears_the_number_it_then_gets(world):
    made = []

    def overtaken(context, draft):
        made.append(context["number"])
        if len(made) == 1:
            numbers.next_number(world.township, "document", 2026)
        return printed(context, draft)

    with world.in_township():
        document = issue(world, replace(KIND, compose=overtaken))
        assert last(world) == 2
    assert made == ["云溪人发〔2026〕1号", "云溪人发〔2026〕2号"]
    assert document.number == made[-1]
    assert made[-1].encode() in bytes(document.file.content)


def test_a_paper_overtaken_each_time_takes_its_number_first_in_the_end(world):
    made, held = [], []

    def overtaken(context, draft):
        made.append(context["number"])
        held.append(last(world))
        if len(made) <= TRIES:
            numbers.next_number(world.township, "document", 2026)
        return printed(context, draft)

    with world.in_township():
        document = issue(world, replace(KIND, compose=overtaken))
        assert (last(world), document.serial) == (TRIES + 1, TRIES + 1)
    assert len(made) == TRIES + 1
    assert held[-1] == document.serial
    assert made[-1].encode() in bytes(document.file.content)


@pytest.mark.parametrize("fault", [RuntimeError, SystemExit])
def test_a_paper_that_ends_half_made_leaves_no_gap_and_no_half_document(world, fault):
    def broken(context, draft):
        raise fault("typesetting ended")

    with world.in_township():
        before = StoredFile.objects.count()
        with pytest.raises(fault):
            issue(world, replace(KIND, compose=broken))
        assert (last(world), Document.objects.count(), StoredFile.objects.count()) == (0, 0, before)
        assert issue(world).serial == 1


def test_the_same_paper_issued_by_somebody_else_meanwhile_is_refused_and_uses_no_number(world):
    def slow(context, draft):
        issue(world)
        return printed(context, draft)

    with world.in_township():
        with pytest.raises(Refused, match="已印发过"):
            issue(world, replace(KIND, compose=slow), again=False)
        assert (last(world), Document.objects.count()) == (0, 0)  # the other one stood in the same transaction here


def test_a_correction_has_its_reason_and_is_made_on_the_newest_once(world):
    with world.in_township():
        first = issue(world)
        with pytest.raises(Refused, match="更正重发必须写明原因。"):
            issue(world, corrects=first, reason=" ")
        second = issue(world, corrects=first, reason="日期有误")
        with pytest.raises(Refused, match="该文件已被更正过，请在最新一份上更正。"):
            issue(world, corrects=first, reason="还有一处")
        assert issue(world, corrects=second, reason="还有一处").corrects == second
        assert (last(world), Document.objects.count()) == (3, 3)
