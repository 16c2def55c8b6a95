from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_first_edition'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='voter',
            name='voter_by_strokes',
        ),
        migrations.AddIndex(
            model_name='voter',
            index=models.Index(fields=['township', 'stroke_key'], include=('id', 'name', 'village', 'household_no', 'withdrawn_at'), name='voter_by_strokes'),
        ),
    ]
