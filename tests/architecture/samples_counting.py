"""One row of everything of a counting room, for the walk over all addresses: a count whose only unit was read alike by two."""

from datetime import date

from congress.counting.models import (
    Count,
    CountEntry,
    CountName,
    CountReader,
    CountSignature,
    CountTurn,
    CountUnit,
    HallCode,
    HallQuestion,
    HallTotal,
    HallVote,
    Recount,
    WrittenIn,
)

DAY = date(2022, 6, 5)


def counting(s) -> None:
    """The count, opened; its name, its unit, two readings that agree, a signature; and a vote in the hall."""
    other = s["vice"].user
    count = _count(s)
    s.make("count_turn", CountTurn, count=count, what="open", number=1, first_by=s.clerk, second_by=other)
    name = s.make("count_name", CountName, count=count, position=1, label=f"丁一{s.mark}")
    unit = s.make("count_unit", CountUnit, count=count, number=1, name=f"一号票箱{s.mark}", issued=40, took_part=40)
    _checked(s, count, other)
    _read(s, unit, name, other)
    s.make(
        "count_signature",
        CountSignature,
        count=count,
        unit=unit,
        signed_by=other,
        capacity="teller",
        signed_on=DAY,
        note=f"已核对{s.mark}",
        fingerprint="0" * 64,
    )
    _hall(s)


def _count(s) -> Count:
    """A vote for one seat in which sixty voters may take part."""
    return s.make(
        "count",
        Count,
        title=f"第一选区投票{s.mark}",
        kind="election",
        measure="direct",
        held_on=DAY,
        seats=1,
        registered=60,
    )


def _checked(s, count: Count, other) -> None:
    """A name that was written in and who that is, and units drawn to be counted again."""
    s.make(
        "written_in",
        WrittenIn,
        count=count,
        number=1,
        names=[f"丁某{s.mark}"],
        person=f"丁某某{s.mark}",
        who="district",
        reason=f"看票{s.mark}",
        first_by=s.clerk,
    )
    s.make(
        "recount",
        Recount,
        count=count,
        number=1,
        seed="31415926535897932384",
        size=1,
        fingerprint="0" * 64,
        drawn_on=DAY,
        drawn=[1],
        first_by=s.clerk,
        second_by=other,
        again=s.make(
            "recount.again", Count, title=f"抽查复核{s.mark}", kind="election", measure="none", held_on=DAY, seats=1
        ),
    )


def _read(s, unit: CountUnit, name: CountName, other) -> None:
    """Two readings of the unit that agree."""
    marks = {"yes": 30, "no": 6, "abstain": 3, "unclear": 0}
    cells = {f"{name.pk}_{mark}": number for mark, number in marks.items()}
    cells |= {"collected": 40, "valid": 39, "blank": 0, "disputed": 0}
    cells |= {"void_overfull": 1, "void_unreadable": 0, "void_foreign": 0, "void_other": 0}
    sheet = {"cells": cells, "write_ins": []}
    for place, user in ((1, s.clerk), (2, other)):
        reader = s.make(f"count_reader.{place}", CountReader, unit=unit, place=place, user=user)
        s.make(f"count_entry.{place}", CountEntry, reader=reader, sheet=sheet, final=True)


def _hall(s) -> None:
    """A secret vote that nobody opened yet, with its stack of one code."""
    hall = s.make("hall", HallVote, title=f"预算表决{s.mark}", held_on=DAY, deputies=1, present=1, codes_on=DAY)
    question = s.make("hall_question", HallQuestion, hall=hall, position=1, label=f"关于预算的决议{s.mark}")
    s.make("hall_total", HallTotal, question=question, mark="yes")
    s.make("hall_code", HallCode, hall=hall, digest=s.town.code)
