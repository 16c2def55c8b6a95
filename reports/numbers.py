"""Series of numbers this app gives out."""

import re

from congress.documents.numbering import Numbering
from congress.numbers import series

# A brief has an issue in place of a document number: 〔2026〕第3期.
BRIEF_NUMBERS = Numbering(
    series("brief", "工作简报期号", lambda township, year, number: f"〔{year}〕第{number}期"),
    re.compile(r"〔(?P<year>\d{4})〕第(?P<serial>[1-9]\d{0,3})期"),
    lambda township, day: f"〔{day.year}〕第3期",
)
