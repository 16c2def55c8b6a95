"""Hypothesis strategies for identity numbers; the persons do not exist."""

from datetime import date

from hypothesis import strategies as st

from congress.people import idnumber


@st.composite
def id_numbers(draw, since: date = date(1900, 1, 1), until: date = date(2099, 12, 31)) -> str:
    """A valid 18-character number."""
    division = draw(st.sampled_from(sorted(idnumber.PROVINCES))) + f"{draw(st.integers(0, 9999)):04}"
    born = draw(st.dates(since, until))
    first17 = f"{division}{born:%Y%m%d}{draw(st.integers(1, 999)):03}"
    return first17 + idnumber.check_digit(first17)


def spellings(number: str) -> list[str]:
    """The same number as people type it."""
    wide = number.translate({ord(plain): chr(ord(plain) + 0xFEE0) for plain in "0123456789X"})
    spelled = [
        number,
        f" {number[:6]} {number[6:14]} {number[14:]} ",
        number.lower(),
        wide,
        f"{number[:6]}-{number[6:14]}–{number[14:]}\u200b",
        f"\ufeff{number}\t\n",
        f"{number[:6]} - {number[6:14]} - {number[14:17]} {number[17:]}",
    ]
    if number[6:8] == "19":
        spelled.append(number[:6] + number[8:17])
    return spelled
