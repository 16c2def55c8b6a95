from django.db import migrations, models

from congress.assembly.models import TITLED, post_title
from congress.guard import scope
from congress.guard.action import action


def entitle(apps, schema_editor):
    """Officers keep the title they are called by, with an event in each trail it touches."""
    officers = apps.get_model("assembly", "Officer").objects
    for township in apps.get_model("congress", "Township").objects.all():
        with scope.township(township):
            rows = list(officers.filter(township=township, title=""))
            for row in rows:
                row.title = post_title(row.post, township)
            if rows:
                with action(TITLED, actor=None, township=township, detail={"count": len(rows)}):
                    officers.bulk_update(rows, ["title"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("assembly", "0003_messages"),
        ("congress", "0010_account_request"),
    ]

    operations = [
        migrations.AddField(
            model_name="officer",
            name="title",
            field=models.CharField(
                blank=True,
                help_text="不填时按本地现在的称谓；当时的称谓不同的请写明。",
                max_length=30,
                verbose_name="职务全称",
            ),
        ),
        migrations.RunPython(entitle, migrations.RunPython.noop),
    ]
