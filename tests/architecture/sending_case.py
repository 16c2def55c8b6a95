"""What a form that makes a record is told by: its page, what is entered, who sends it; and rows like those of the samples."""

import uuid
from dataclasses import dataclass, field

DAY = "2022-05-05"


@dataclass(frozen=True)
class Case:
    """The page of a form, what is entered beside what it shows at first, and who sends it."""

    page: str
    entered: dict = field(default_factory=dict)
    who: str = "clerk"
    first: int = 302  # a page that shows a code once is an answer of its own
    args: dict = field(default_factory=dict)  # of the address, where the samples' are others
    query: str = ""  # what the page wants to know before it shows the form


def another(row, **values):
    """One more row like this one, other in these values."""
    held = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    return type(row).objects.create(**held | {"id": uuid.uuid4()} | values)


def no_seat_of_the_county(samples):
    """A congress the sample deputy has no seat in yet."""
    return another(samples["term"], level="county", number=9)
