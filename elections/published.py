"""What elections tell at the public entrance: registration while it is open, and the lists of voters."""

from collections.abc import Iterator

from django.urls import reverse

from congress.models import Township
from congress.web.public import Line, Published, register
from congress.wording import chinese_date
from elections.actions.requests import open_now
from elections.queries import published as queries


def _registration(township: Township) -> Iterator[Line]:
    if campaign := open_now():
        label = f"网上申请选民登记（至{chinese_date(campaign.online_until)}）"
        yield Line(label, reverse("public-register", args=[township.code]))


def _lists(township: Township) -> Iterator[Line]:
    found = list(queries.published_lists())
    for row in found:
        url = reverse("public-voter-list", args=[township.code, row.pk])
        yield Line(queries.title_of(row, township), url, row.published_on)
    if found:
        yield Line("查本人是否在名单上", reverse("public-look-up", args=[township.code]))


register(Published("选民登记", 5, _registration))
register(Published("选民名单", 6, _lists))
