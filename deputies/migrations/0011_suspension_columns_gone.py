from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("deputies", "0010_suspensions_as_rows"),
    ]

    operations = [
        migrations.RemoveField(model_name="mandate", name="suspended_from"),
        migrations.RemoveField(model_name="mandate", name="suspended_until"),
    ]
