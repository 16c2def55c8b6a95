"""manage.py load_holidays: take the years chinesecalendar knows as a start; later years are entered from the notice."""

from datetime import date, timedelta

import chinese_calendar
from django.core.management.base import BaseCommand

from congress import clock
from congress.models import Holiday
from congress.upkeep import load_holidays

BASIS = "国务院办公厅关于{year}年部分节假日安排的通知（预先载入，请与通知原文核对）"


class Command(BaseCommand):
    """Writes days off on weekdays and worked weekends of the years given (default: this year and the next)."""

    help = "载入已发布年份的节假日安排"

    def add_arguments(self, parser):
        parser.add_argument("years", nargs="*", type=int)

    def handle(self, *args, years, **options):
        this_year = clock.today().year
        for year in years or (this_year, this_year + 1):
            try:
                days = list(_days(year))
            except NotImplementedError:
                self.stdout.write(
                    f"{year}年：尚无已发布的安排，请待通知发布后在“节假日”页录入；在此之前涉及工作日的期限按暂定显示。"
                )
                continue
            self.stdout.write(f"{year}年：已载入{load_holidays(None, days)}天。")


def _days(year: int):
    basis = BASIS.format(year=year)
    day = date(year, 1, 1)
    while day.year == year:
        off, name = chinese_calendar.get_holiday_detail(day)
        weekend = day.weekday() >= 5
        if off != weekend:
            yield Holiday(day=day, is_workday=not off, name=_chinese(name), basis=basis)
        day += timedelta(days=1)


def _chinese(name: str | None) -> str:
    """The library's English name of a holiday as the notice calls it."""
    try:
        return chinese_calendar.Holiday(name).chinese if name else "调休"
    except ValueError:
        return name or "调休"
