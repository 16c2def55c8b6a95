from django.db import migrations

import congress.guard.words


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0001_first_edition'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='receptiondeputy',
            index=congress.guard.words.WordIndex('office', name='receiver_words'),
        ),
    ]
