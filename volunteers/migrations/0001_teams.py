"""Volunteers and teams, and the list of skills that is shipped."""


import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from volunteers.teams.rules import SKILLS



def enter_skills(apps, schema_editor):
    for code, title, needs_proof in SKILLS:
        apps.get_model("volunteers", "Skill").objects.get_or_create(
            code=code, defaults={"title": title, "needs_proof": needs_proof}
        )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('communities', '0003_plain_plurals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='代码')),
                ('title', models.CharField(max_length=20, verbose_name='名称')),
                ('needs_proof', models.BooleanField(default=False, verbose_name='需要证件')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'verbose_name': '志愿技能',
                'verbose_name_plural': '志愿技能',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='队伍名称')),
                ('kind', models.CharField(choices=[('community', '社区志愿服务队'), ('station', '社区U站'), ('pair', '社工+志愿者结对'), ('party', '党员志愿服务队'), ('unit', '共建单位志愿服务队')], max_length=10, verbose_name='类别')),
                ('about', models.CharField(max_length=300, verbose_name='做什么')),
                ('meets_at', models.CharField(blank=True, max_length=80, verbose_name='集合地点')),
                ('founded_on', models.DateField(verbose_name='成立日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='解散日期')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='communities.division')),
                ('founded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('social_worker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paired_teams', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '志愿服务队',
            },
        ),
        migrations.CreateModel(
            name='Volunteer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('estate', models.CharField(blank=True, max_length=60, verbose_name='小区或城中村')),
                ('band', models.CharField(choices=[('adult', '已满18周岁'), ('minor', '14至17周岁')], max_length=6, verbose_name='年龄段')),
                ('times', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('weekday_morning', '工作日上午'), ('weekday_afternoon', '工作日下午'), ('weekday_evening', '工作日晚上'), ('weekend_morning', '周末上午'), ('weekend_afternoon', '周末下午'), ('weekend_evening', '周末晚上')], max_length=20), blank=True, default=list, size=None)),
                ('registered_on', models.DateField(verbose_name='登记日期')),
                ('agreed_at', models.DateTimeField()),
                ('agreed_version', models.CharField(max_length=20)),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='退出日期')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volunteers', to='communities.division')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer', to=settings.AUTH_USER_MODEL)),
                ('skills', models.ManyToManyField(blank=True, related_name='volunteers', to='volunteers.skill')),
            ],
            options={
                'verbose_name': '志愿者',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False, verbose_name='队长')),
                ('asked_at', models.DateTimeField(verbose_name='申请时间')),
                ('joined_on', models.DateField(blank=True, null=True, verbose_name='加入日期')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='离队日期')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='volunteers.team')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': '队员',
            },
        ),
        migrations.CreateModel(
            name='GuardianConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('parent', '父母'), ('grandparent', '祖父母或外祖父母'), ('other', '其他监护人')], max_length=12, verbose_name='与本人关系')),
                ('guardian_name', models.CharField(max_length=50, verbose_name='监护人姓名')),
                ('paper_ref', models.CharField(max_length=40, verbose_name='同意书编号')),
                ('seen_at', models.DateTimeField(verbose_name='核对时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('seen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': '监护人同意记录',
            },
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('community', 'name'), name='one_living_team_of_a_name_in_a_community'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'pair'), _negated=True), ('social_worker__isnull', False), _connector='OR'), name='a_pair_has_a_social_worker'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['community', 'left_on'], name='volunteers__communi_5d9a3a_idx'),
        ),
        migrations.AddConstraint(
            model_name='volunteer',
            constraint=models.CheckConstraint(condition=models.Q(('left_on', None), ('left_on__gte', models.F('registered_on')), _connector='OR'), name='a_volunteer_leaves_after_she_came'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['team', 'left_on'], name='volunteers__team_id_de1f0f_idx'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('team', 'volunteer'), name='one_open_membership_per_team_and_volunteer'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('leads', False), ('joined_on__isnull', False), _connector='OR'), name='who_leads_a_team_belongs_to_it'),
        ),
        migrations.AddConstraint(
            model_name='guardianconsent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('volunteer',), name='one_standing_guardian_consent_per_volunteer'),
        ),
        migrations.RunPython(enter_skills, migrations.RunPython.noop),
    ]
