"""Series of numbers this app gives out."""

from congress.numbers import series

SUGGESTION = series("suggestion", "代表建议编号", lambda township, year, number: f"{year}-{number:03d}")
MATTER = series("matter", "反映事项编号", lambda township, year, number: f"{year}-{number:04d}")
