"""What is open today, so that boards, badges and reminders have something to show."""

from collections.abc import Iterator
from datetime import date, timedelta

from congress.law.suggestions import reply_due
from congress.models import Delivery, Message
from congress.wording import as_date
from reports.demo.cast import OF_TOWNSHIPS
from reports.demo.diary import Story
from reports.demo.places import SCHOOLS, WATER
from reports.demo.receptions import reception
from reports.demo.roster import waiting
from reports.demo.setting import set_email
from reports.demo.several import apart, joined
from reports.demo.suggestions import Life, a_life, from_the_start
from reports.demo.town import Town

# Units with an account of their own, by the subject they answer for.
SUBJECTS = {WATER: "水利设施", SCHOOLS: "教育资源"}
READ_AFTER = timedelta(days=10)
SENT_AFTER = timedelta(minutes=1)


def open_stories(town: Town) -> Iterator[tuple[date, Story]]:
    """Every open story with the day it begins."""
    today = town.diary.today

    def ago(days: int) -> date:
        return town.diary.workday(today - timedelta(days=days))

    for days_left, subject in ((30, ""), (7, SUBJECTS[WATER]), (1, SUBJECTS[SCHOOLS]), (-13, SUBJECTS[WATER])):
        assigned = assigned_for(town, days_left)
        yield assigned - timedelta(days=15), _one(town, subject, stop="talked", assigned=assigned)
    assigned = assigned_for(town, 8)
    yield assigned - timedelta(days=15), _one(town, "", stop="asked", assigned=assigned)
    yield ago(2), _one(town, "", stop="submitted")
    yield ago(8), _one(town, "", stop="registered")
    yield ago(16), _one(town, SUBJECTS[SCHOOLS], stop="assigned")
    yield ago(80), _one(town, "", stop="replied", replied=ago(6), lead=0)
    yield ago(95), _one(town, "", fate="twice", stop="dissatisfied", replied=ago(18))
    yield ago(110), _one(town, SUBJECTS[WATER], fate="twice", stop="again", replied=ago(26))
    yield ago(38), apart(town)
    yield ago(30), joined(town)
    yield ago(44), reception(town, 0, matters=1, way="stuck")
    yield ago(26), reception(town, 1, matters=2, way="stuck")
    yield ago(4), reception(town, 0, matters=2, way="open")
    yield ago(6), waiting(town)
    yield ago(20), _addresses(town)


def assigned_for(town: Town, days_left: int) -> date:
    """A day of assigning whose reply is due in so many days, or a little sooner where no working day fits.

    What is not due yet never becomes overdue by that; round long holidays it is a day off rather.
    """
    due = town.diary.today + timedelta(days=days_left)
    latest = min(days_left, 9) if days_left >= 0 else 9
    days = [(due - timedelta(days=sooner), back) for sooner in range(latest + 1) for back in range(80, 100)]
    fitting = [on - timedelta(days=back) for on, back in days if reply_due(on - timedelta(days=back)).date == on]
    return next((day for day in fitting if town.diary.workday(day) == day), fitting[0])


def _one(town: Town, subject: str, *, lead: int | None = None, **values) -> Story:
    deputy = town.lead() if lead is None else town.leads[lead]
    if subject:
        topic, proposal, village = town.proposal_about(subject)
        life = Life(topic, proposal, village, lead=deputy, **values)
    else:
        life = a_life(town, lead=deputy, upward=False, **{"fate": "good", **values})
    yield from from_the_start(town, life)


def _addresses(town: Town) -> Story:
    """The named accounts enter addresses; from here on messages are sent outside as well."""
    for account in OF_TOWNSHIPS[town.place.key]:
        set_email(account, town.users[account.who])
    yield from ()


def mark_sent(town: Town) -> None:
    """What was sent outside on the days told went when it was written, not when all this was told."""
    for row in Delivery.objects.filter(state=Delivery.State.QUEUED).select_related("message"):
        at = row.message.created_at + SENT_AFTER
        Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.SENT, attempts=1, claimed_at=at, sent_at=at)


def mark_read(town: Town) -> None:
    """In-boxes hold years of messages: all but the newest have been read. Call in the township's scope."""
    for message in Message.objects.filter(read_at__isnull=True):
        read_at = message.created_at + timedelta(hours=20)
        if (town.diary.today - as_date(message.created_at)) > READ_AFTER:
            Message.objects.filter(pk=message.pk).update(read_at=read_at)
