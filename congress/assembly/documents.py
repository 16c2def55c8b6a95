"""The minutes of a presidium meeting, begun from what is recorded: a text for a word processor, in which the office goes on."""

import re

from congress.assembly.models import PresidiumMeeting
from congress.documents.text import Block, Heading, Paragraph, Signature, Title, typed_lines
from congress.wording import chinese_date

# 纪要 names who came, was excused and sat in at its end (GB/T 9704 10.3); nobody's name is recorded, so that is written there.
WHO_CAME = ("出席：", "请假：", "列席：")


def _sentences(text: str) -> list[str]:
    """What was entered line by line, or else between semicolons, each as a sentence; one that is asked stays a question."""
    lines = typed_lines(text)
    parts = (part.strip(" \t　；;。") for part in (lines if len(lines) > 1 else re.split("[；;]", text)))
    return [part if part.endswith(("？", "！", "?", "!")) else f"{part}。" for part in parts if part]


def minutes(meeting: PresidiumMeeting) -> tuple[Block, ...]:
    """Title, who was expected and came, what it was about, what was decided."""
    office, on = meeting.township.presidium_name, chinese_date(meeting.held_on)
    came = f"，应到{meeting.entitled}人，实到{meeting.present}人" if meeting.present else ""
    parts = (("一、会议议题", meeting.topics), ("二、会议决定", meeting.decisions))
    told = [(heading, sentences) for heading, text in parts if (sentences := _sentences(text))]
    return (
        Title.of(f"{office}\n会议纪要"),
        Paragraph.of(f"{on}，{office}召开会议{came}。现纪要如下。"),
        *(
            block
            for heading, sentences in told
            for block in (Heading(1, heading), *(Paragraph.of(sentence) for sentence in sentences))
        ),
        *(Paragraph.of(who) for who in WHO_CAME),
        Signature(office, on),
    )


def minutes_word(meeting: PresidiumMeeting) -> bytes:
    """The same as a file for a word processor."""
    from congress.documents import word, word_sheet  # noqa: PLC0415  weight: as in kit.word_copy

    office = meeting.township.presidium_name
    return word.write(minutes(meeting), title=f"{meeting}纪要稿", author=office, mark=word_sheet.TO_BE_SIGNED)
