"""Every suspension becomes a row: the one that stands in the mandate's columns, and those before it that a later one wrote
over, out of the before-images."""

from django.db import migrations

from congress.guard import scope
from congress.guard.action import action
from deputies.models.mandates import ROWS_OF_THEIR_OWN

GROUNDS = {"因刑事案件被羁押": "detained", "正在服刑，没有附加剥夺政治权利": "serving"}


def suspensions(states):
    """[(from, until, ground)] of a mandate's states [(from, until, ground or "")], oldest first: what was said last of each
    day a suspension began on, whoever wrote it over afterwards."""
    found = {}
    for since, until, ground in states:
        if since:
            found[since] = (until, ground or found.get(since, ("", ""))[1])
    return [(since, *told) for since, told in sorted(found.items())]


def _states(apps, mandate):
    befores = apps.get_model("congress", "RowHistory").objects.filter(table_name="deputies_mandate", row_id=str(mandate.pk))
    events = apps.get_model("congress", "AuditEvent").objects
    states, ground = [], ""
    for row in befores.order_by("at"):
        states.append((row.before.get("suspended_from"), row.before.get("suspended_until"), ground))
        event = events.filter(pk=row.action_id, verb="deputies.suspend_mandate").first()
        ground = GROUNDS.get(event.detail.get("情形"), "") if event else ""
    now = (one and str(one) for one in (mandate.suspended_from, mandate.suspended_until))
    return [*states, (*now, ground)]


def move(apps, schema_editor):
    """Makes the rows, with an event in each trail it touches."""
    rows = apps.get_model("deputies", "Suspension").objects
    mandates = apps.get_model("deputies", "Mandate").objects
    for township in apps.get_model("congress", "Township").objects.all():
        with scope.township(township):
            found = [
                (mandate, *one)
                for mandate in mandates.filter(township=township)
                for one in suspensions(_states(apps, mandate))
            ]
            if not found:
                continue
            with action(ROWS_OF_THEIR_OWN, actor=None, township=township, detail={"count": len(found)}):
                for mandate, since, until, ground in found:
                    rows.create(township_id=township.pk, mandate=mandate, since=since, until=until, ground=ground)


class Migration(migrations.Migration):

    dependencies = [
        ("congress", "0010_account_request"),
        ("deputies", "0009_suspension"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
