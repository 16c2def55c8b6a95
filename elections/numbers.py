"""Series of numbers this app gives out beside those of its notices and decisions."""

from congress.numbers import series

STAFF_CARD = series(
    "elections.staff_card",
    "选举工作证编号",
    lambda township, year, number: f"第{number}号",
    within=lambda one: one.campaign,
)
