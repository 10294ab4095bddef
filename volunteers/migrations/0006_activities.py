
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0007_paper'),
        ('projects', '0015_rehearsal_rooms'),
        ('volunteers', '0005_rewards_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, null=True, unique=True, verbose_name='编号')),
                ('title', models.CharField(max_length=40, verbose_name='活动名称')),
                ('kind', models.CharField(choices=[('service', '便民服务'), ('care', '探访陪伴'), ('green', '清洁环保'), ('watch', '看工地'), ('open_day', '开放日'), ('event', '文体活动')], max_length=10, verbose_name='类别')),
                ('about', models.TextField(verbose_name='做什么')),
                ('place', models.CharField(max_length=80, verbose_name='地点')),
                ('brings', models.CharField(blank=True, max_length=200, verbose_name='要求')),
                ('adults_only', models.BooleanField(default=False, verbose_name='只限成年人')),
                ('made_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True, verbose_name='发布时间')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='取消时间')),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='取消原因')),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='communities.servicecentre')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='communities.division')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.milestone')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('skills', models.ManyToManyField(blank=True, related_name='calls', to='volunteers.skill')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='volunteers.team')),
            ],
            options={
                'verbose_name': '志愿活动',
            },
        ),
        migrations.CreateModel(
            name='CallReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='活动小结')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='volunteers.call')),
            ],
            options={
                'verbose_name': '活动小结',
            },
        ),
        migrations.CreateModel(
            name='CallPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to='activities/%Y/%m/')),
                ('caption', models.CharField(max_length=80, verbose_name='照片说明')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='volunteers.callreport')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='开始')),
                ('ends_at', models.DateTimeField(verbose_name='结束')),
                ('places', models.PositiveSmallIntegerField(verbose_name='名额')),
                ('taken', models.PositiveSmallIntegerField(default=0)),
                ('secret', models.CharField(editable=False, max_length=64)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='volunteers.call')),
            ],
            options={
                'verbose_name': '班次',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='volunteers.volunteer')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='volunteers.shift')),
            ],
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('held', '已报上'), ('waiting', '候补中'), ('given_up', '已放弃'), ('released', '已由队长放出'), ('swapped', '已有人替班')], max_length=10)),
                ('asked_at', models.DateTimeField(verbose_name='报名时间')),
                ('moved_at', models.DateTimeField()),
                ('swap_since', models.DateTimeField(null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='volunteers.shift')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': '报名',
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came_at', models.DateTimeField(verbose_name='签到')),
                ('came_via', models.CharField(choices=[('qr', '扫码'), ('code', '输入签到码'), ('list', '队长登记')], max_length=4)),
                ('left_at', models.DateTimeField(null=True, verbose_name='签退')),
                ('left_via', models.CharField(blank=True, choices=[('qr', '扫码'), ('code', '输入签到码'), ('list', '队长登记')], max_length=4)),
                ('hours_at', models.DateTimeField(null=True)),
                ('came_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sign_up', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='presence', to='volunteers.signup')),
            ],
            options={
                'verbose_name': '签到记录',
            },
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['community', '-made_at'], name='volunteers__communi_e55f13_idx'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['project', 'cancelled_at'], name='volunteers__project_6e2309_idx'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='a_cancelled_call_says_why'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(fields=['starts_at'], name='volunteers__starts__c49f63_idx'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_shift_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('taken__lte', models.F('places'))), name='no_place_is_given_twice'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('shift', 'volunteer'), name='one_invitation_per_shift_and_volunteer'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['shift', 'state', 'asked_at'], name='volunteers__shift_i_9bdb28_idx'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(fields=['volunteer', 'state'], name='volunteers__volunte_daf332_idx'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('held', 'waiting'))), fields=('shift', 'volunteer'), name='one_standing_sign_up_per_shift_and_volunteer'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('swap_since', None), ('state', 'held'), _connector='OR'), name='only_a_held_place_is_swapped'),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=models.Index(condition=models.Q(('hours_at', None)), fields=['left_at'], name='presence_without_hours'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gt', models.F('came_at')), _connector='OR'), name='nobody_leaves_before_she_came'),
        ),
    ]
