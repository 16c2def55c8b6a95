from django.db import migrations, models

from congress.guard import scope
from congress.guard.action import action
from deputies.models.names import KEYS, REKEY, set_name_keys


def rekey(apps, schema_editor):
    """Names in the one form they are looked for in, with the keys of today's tables; an event in each trail it touches."""
    deputies = apps.get_model("deputies", "Deputy").objects
    for township in apps.get_model("congress", "Township").objects.all():
        with scope.township(township):
            rows = list(deputies.filter(township=township))
            for row in rows:
                set_name_keys(row)
            if rows:
                with action(REKEY, actor=None, township=township, detail={"count": len(rows)}):
                    deputies.bulk_update(rows, KEYS, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("deputies", "0005_mandate_may_be_won_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="deputy",
            name="surname_key",
            field=models.CharField(blank=True, editable=False, max_length=400, verbose_name="姓氏笔画顺序"),
        ),
        migrations.RunPython(rekey, migrations.RunPython.noop),
    ]
