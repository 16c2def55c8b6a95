from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0004_papers_of_a_registration'),
    ]

    operations = [
        migrations.AlterField(
            model_name='committee',
            name='appointed_by',
            field=models.CharField(help_text='县级人大常委会，或者委托的选举委员会的全称；法规直接规定由谁主持补选的，填法规和条文', max_length=60, verbose_name='任命（委托）机关'),
        ),
        migrations.AlterField(
            model_name='committee',
            name='appointed_on',
            field=models.DateField(help_text='补选没有任命的，填决定补选的日期', verbose_name='任命（委托）日期'),
        ),
        migrations.AlterField(
            model_name='committee',
            name='kind',
            field=models.CharField(choices=[('own', '本级选举委员会'), ('entrusted', '受县级选举委员会委托办理'), ('branch', '县级选举委员会分会'), ('by_law', '补选的主持机关（机构）')], default='own', max_length=10, verbose_name='类别'),
        ),
    ]
