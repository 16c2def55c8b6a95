from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0003_vacant_seats'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='paper',
            field=models.CharField(blank=True, editable=False, max_length=240, verbose_name='登记材料'),
        ),
    ]
