"""manage.py seed_demo: an invented county with four townships and five years of history, in demonstration mode only."""

import time
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from congress import clock
from congress.models import County
from congress.web import filling
from reports.demo import seeding
from reports.demo.cast import PASSWORD, everybody
from reports.demo.places import Place


def _day(text: str) -> date:
    return date.fromisoformat(text)


class Command(BaseCommand):
    """Refuses outside demonstration mode and beside other places; goes on where a filling was broken off; does nothing when
    the demonstration is whole."""

    help = "装入演示数据（虚构的区、乡镇、人员和历年记录），只能在演示模式下使用"

    def add_arguments(self, parser):
        parser.add_argument("--demo-today", type=_day, metavar="YYYY-MM-DD", help="演示到哪一天为止，默认今天")
        parser.add_argument("--only-if-empty", action="store_true", help="库中已有任何区划时什么也不做")
        parser.add_argument("--small", action="store_true", help="只装入约三分之一的记录，供试验")

    def handle(self, *args, demo_today, only_if_empty, small, **options):
        if not settings.DEMO:
            raise CommandError("演示数据只能装入演示环境（CONGRESS_DEMO=1）；正式环境中请勿使用。")
        if only_if_empty and County.objects.exists():
            self.stdout.write("库中已有区划，未装入演示数据。")
            return
        if seeding.is_whole():
            self.stdout.write("演示数据已在，未作改动。")
            return
        if County.objects.exists() and not seeding.is_there():
            raise CommandError("库中已有正式的区划，演示数据只能装入空的数据库。")
        today, began = demo_today or clock.today(), time.monotonic()
        if today < seeding.EARLIEST:
            raise CommandError(f"演示日期不能早于{seeding.EARLIEST:%Y-%m-%d}。")
        try:
            seeding.seed(today, small=small, tell=self._tell)
        finally:
            filling.done()
        self.stdout.write(f"演示数据已装入，用时{time.monotonic() - began:.0f}秒。\n\n{self._accounts()}")

    def _tell(self, place: Place, month: date | None) -> None:
        """On every page month by month, at the terminal year by year."""
        filling.tell(f"{place.name}已写到{month.year}年{month.month}月" if month else f"{place.name}正在推算期限")
        if month is None or month.month == 1:
            self.stdout.write(f"{place.name}：{f'正在写入{month.year}年' if month else '正在推算期限'}")

    @staticmethod
    def _accounts() -> str:
        lines = [f"{one.username:<20}{one.where}　{one.label}" for one in everybody()]
        return "\n".join([f"演示账号（密码均为 {PASSWORD}）：", *lines])
