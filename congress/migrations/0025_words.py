"""The functions of the index of words have to be there before the indexes of other apps; `guard/install` keeps them."""

from django.db import migrations

from congress.guard.words import WORDS


class Migration(migrations.Migration):
    dependencies = [("congress", "0024_task_put_off")]

    operations = [migrations.RunSQL(WORDS, migrations.RunSQL.noop)]
