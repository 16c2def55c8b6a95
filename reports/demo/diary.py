"""Tells a history in the order of its days: stories that wait, and a clock set to each day."""

import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from congress import clock
from congress.guard import scope
from congress.law.periods import WorkCalendar
from congress.models import Township

# A story does something and yields how long it waits: a number of days (then the next working day) or a date (that day).
Story = Iterator[int | date]


def _month(moment: datetime) -> date:
    return moment.date().replace(day=1)


class Diary:
    """What is to happen in one township, by moment; the last day told is the one before `today`."""

    def __init__(self, today: date, rng: Random, calendar: WorkCalendar):
        self.today = today
        self._rng = rng
        self._calendar = calendar
        self._queue: list[tuple[datetime, int, Story, time | None]] = []
        self._count = itertools.count()
        self._now: datetime | None = None

    def workday(self, day: date) -> date:
        """The day, or the next one on which the office works."""
        while not self._calendar.is_workday(day):
            day += timedelta(days=1)
        return day

    def begin(self, when: int | date, story: Story, hour: time | None = None) -> None:
        """Let a story begin on a day, or so many days from now (then on a working day); at some hour, where none is said."""
        heapq.heappush(self._queue, (self._moment(when, hour), next(self._count), story, hour))

    def _moment(self, when: int | date, hour: time | None) -> datetime:
        base = self._now.date() if self._now else date(2021, 7, 1)
        day = when if isinstance(when, date) else self.workday(base + timedelta(days=when))
        at = hour or time(self._rng.choice((9, 9, 10, 10, 11, 14, 15, 15, 16, 17)), self._rng.randrange(60))
        moment = datetime.combine(day, at, clock.SHANGHAI)
        return max(moment, self._now + timedelta(minutes=1)) if self._now else moment

    def play(self, township: Township, tell: Callable[[date], None] = lambda day: None) -> None:
        """Let everything happen before today, in order; one scope a month, whose first day `tell` hears."""
        while self._due():
            month = _month(self._queue[0][0])
            tell(month)
            with scope.township(township):
                while self._due() and _month(self._queue[0][0]) == month:
                    self._step()
        for _, _, story, _ in self._queue:
            story.close()

    def _due(self) -> bool:
        return bool(self._queue) and self._queue[0][0].date() < self.today

    def _step(self) -> None:
        moment, _, story, hour = heapq.heappop(self._queue)
        # Each has its own minute, or what two of them note within one would stand in no order.
        self._now = max(moment, self._now + timedelta(minutes=1)) if self._now else moment
        with clock.running(self._now):
            wait = next(story, None)
        if wait is not None:
            self.begin(wait, story, hour)
