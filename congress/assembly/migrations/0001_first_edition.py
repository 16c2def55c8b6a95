import congress.clock
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('assembly', '0001_initial'), ('assembly', '0002_figures_and_withdrawal'), ('assembly', '0003_messages'), ('assembly', '0004_officers_titled'), ('assembly', '0005_credentials'), ('assembly', '0006_session_numbers')]

    initial = True

    dependencies = [
        ('congress', '0001_first_edition'),
        ('deputies', '0001_first_edition'),
    ]

    operations = [
        migrations.CreateModel(
            name='PresidiumMeeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('created_at', models.DateTimeField(default=congress.clock.now, editable=False, verbose_name='录入时间')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='撤回原因')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('topics', models.TextField(verbose_name='议题')),
                ('entitled', models.PositiveSmallIntegerField(default=0, verbose_name='应到')),
                ('present', models.PositiveSmallIntegerField(default=0, verbose_name='实到')),
                ('decisions', models.TextField(blank=True, verbose_name='决定')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='congress.township', verbose_name='乡镇')),
            ],
            options={
                'verbose_name': '主席团会议',
                'verbose_name_plural': '主席团会议',
                'ordering': ('-held_on',),
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('created_at', models.DateTimeField(default=congress.clock.now, editable=False, verbose_name='录入时间')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='撤回原因')),
                ('number', models.PositiveSmallIntegerField(verbose_name='次')),
                ('opened_on', models.DateField(verbose_name='开幕日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='闭幕日期')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='地点')),
                ('entitled', models.PositiveSmallIntegerField(default=0, verbose_name='应到代表')),
                ('present', models.PositiveSmallIntegerField(default=0, verbose_name='实到代表')),
                ('on_leave', models.PositiveSmallIntegerField(blank=True, default=0, help_text='会前请了假的；没有请假也没有出席的不计', verbose_name='请假代表')),
                ('reports', models.PositiveSmallIntegerField(blank=True, default=0, help_text='会上听取和审查、审议的工作报告件数', verbose_name='听取审议报告')),
                ('projects', models.PositiveSmallIntegerField(blank=True, default=0, verbose_name='票决民生实事项目')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='deputies.term', verbose_name='届')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='congress.township', verbose_name='乡镇')),
            ],
            options={
                'verbose_name': '人代会会议',
                'verbose_name_plural': '人代会会议',
                'ordering': ('-opened_on',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('township', 'term', 'number'), name='session_once', violation_error_message='这一届的这次会议已经登记，请在原记录上修改。'), models.CheckConstraint(condition=models.Q(('present__lte', models.F('entitled'))), name='session_present_entitled', violation_error_message='实到代表不能多于应到代表。')],
            },
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('created_at', models.DateTimeField(default=congress.clock.now, editable=False, verbose_name='录入时间')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='撤回原因')),
                ('post', models.CharField(choices=[('chair', '人大主席'), ('vice_chair', '人大副主席'), ('head', '政府正职'), ('vice_head', '政府副职')], max_length=12, verbose_name='职务')),
                ('title', models.CharField(blank=True, help_text='不填时按本地现在的称谓；当时的称谓不同的请写明。', max_length=30, verbose_name='职务全称')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('elected_on', models.DateField(verbose_name='当选日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='离任日期')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='congress.township', verbose_name='乡镇')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='assembly.session', verbose_name='会议')),
            ],
            options={
                'verbose_name': '选举产生的人员',
                'verbose_name_plural': '选举产生的人员',
                'ordering': ('elected_on', 'post'),
            },
        ),
        migrations.CreateModel(
            name='CredentialsMember',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('created_at', models.DateTimeField(default=congress.clock.now, editable=False, verbose_name='录入时间')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='撤回原因')),
                ('post', models.CharField(choices=[('head', '主任委员'), ('vice', '副主任委员'), ('member', '委员')], default='member', max_length=8, verbose_name='职务')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='退出日期')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deputies.deputy', verbose_name='代表')),
                ('township', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='congress.township', verbose_name='乡镇')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='assembly.session', verbose_name='通过的会议')),
            ],
            options={
                'verbose_name': '代表资格审查委员会成员',
                'verbose_name_plural': '代表资格审查委员会成员',
                'ordering': ('session', 'post', 'created_at'),
            },
        ),
    ]
