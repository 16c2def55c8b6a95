"""What offices paste is repaired and reported; words are never changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.documents.cleaning import clean


@pytest.mark.parametrize(
    ("pasted", "repaired", "code"),
    [
        ("选举会组成人 员关", "选举会组成人员关", "space"),
        ("有待加强;代表履职", "有待加强；代表履职", "semicolon"),
        ("共有,三人", "共有，三人", "comma"),
        ("时间:2026年", "时间：2026年", "colon"),
        ("同意(赞成)", "同意（赞成）", "brackets"),
        ("(一)加强领导", "（一）加强领导", "brackets"),
        ("(1)加强领导", "（1）加强领导", "level-brackets"),
        ("人人见面...", "人人见面……", "dots"),
        ("主席团--代表", "主席团——代表", "dash"),
        ("２０２６年", "2026年", "fullwidth"),
        ("１．加强", "1.加强", "fullwidth"),
        ("共 12 人", "共12人", "number-space"),
        ('说"好"的', "说“好”的", "quotes"),
        ("镇\u200b人大", "镇人大", "invisible"),
        ("赵\ue863", "赵䶮", "private"),
    ],
)
def test_clean_repairs_and_reports(pasted, repaired, code):
    text, notes = clean(pasted)
    assert text == repaired
    assert code in {note.code for note in notes if note.changed}


@pytest.mark.parametrize(
    "fine", ["增长3.5%，达到1,234万元。", "见GB/T 9704-2012。", "时间为8:30。", "（一）“三查”——自查……"]
)
def test_clean_leaves_correct_text_alone(fine):
    assert clean(fine) == (fine, [])


def test_clean_reports_placeholders_and_leaves_them():
    text, notes = clean("共选出代表**名，**镇")
    assert text == "共选出代表**名，**镇"
    assert [(note.code, note.count, note.changed) for note in notes] == [("placeholder", 2, False)]
    assert "占位符" in str(notes[0])


def test_clean_reports_an_unknown_private_character():
    text, notes = clean("王\ue5e5")
    assert text == "王\ue5e5"
    assert notes[-1].samples == ("U+E5E5",)


@given(st.text("镇人大主席团，。；：“”（）——……2026年\n"))
def test_clean_never_loses_a_hanzi(text):
    def keep(value):
        return re.sub("[^\u4e00-\u9fff]", "", value)

    assert keep(clean(text)[0]) == keep(text)


@given(st.text("镇人大，;:?!() .-…—12０１\n"))
def test_clean_twice_changes_nothing_more(text):
    once = clean(text)[0]
    assert clean(once)[0] == once
