from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0002_voters_looked_for_in_an_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='vacant_on',
            field=models.DateField(blank=True, null=True, verbose_name='决定暂缺日期'),
        ),
        migrations.AddField(
            model_name='round',
            name='vacant_paper',
            field=models.CharField(blank=True, max_length=100, verbose_name='决定暂缺的文件'),
        ),
        migrations.AddField(
            model_name='round',
            name='vacant_why',
            field=models.CharField(blank=True, max_length=200, verbose_name='不再投票的原因'),
        ),
        migrations.AlterField(
            model_name='reviewedwinner',
            name='opinion',
            field=models.CharField(blank=True, choices=[('valid', '当选有效'), ('invalid', '当选无效'), ('declined', '本人不接受当选')], max_length=8, verbose_name='审查意见'),
        ),
    ]
