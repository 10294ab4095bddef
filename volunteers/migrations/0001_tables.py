"""The tables of the volunteers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.tables import CreateTables


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("volunteers", "0002_timebank_ledger"),
        ("volunteers", "0004_rewards"),
        ("volunteers", "0006_activities"),
        ("volunteers", "0007_wishes"),
    ]

    dependencies = [
        ('communities', '0002_records'),
        ('projects', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            models=[migrations.CreateModel(
                name='Account',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('service', '服务'), ('counted', '已计入时长'), ('waiting', '待复核时长'), ('tariff', '积分发放'), ('free', '可用积分'), ('held', '占用积分'), ('redeemed', '已兑换积分'), ('expired', '已过期积分')], max_length=8)),
                    ('origin', models.CharField(blank=True, choices=[('scanned', '扫码签到'), ('by_hand', '手工登记')], max_length=8)),
                    ('expires_on', models.DateField(null=True)),
                    ('balance', models.BigIntegerField(default=0, editable=False)),
                    ('volunteer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='volunteers.volunteer')),
                ],
                options={
                    'verbose_name': '时间银行账户',
                    'indexes': [models.Index(condition=models.Q(('balance__gt', 0), ('kind', 'free')), fields=['expires_on'], name='points_that_will_expire')],
                    'constraints': [models.UniqueConstraint(fields=('volunteer', 'kind', 'origin', 'expires_on'), name='one_account_per_volunteer_kind_and_lot', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='no_balance_below_zero'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['service', 'tariff', 'redeemed', 'expired']), ('volunteer', None)), models.Q(('kind__in', ['counted', 'waiting', 'free', 'held']), ('volunteer__isnull', False)), _connector='OR'), name='what_is_inside_is_somebodys'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['service', 'counted', 'waiting']), models.Q(('origin', ''), _negated=True)), models.Q(('kind__in', ['tariff', 'free', 'held', 'redeemed', 'expired']), ('origin', '')), _connector='OR'), name='hours_say_how_they_came_in'), models.CheckConstraint(condition=models.Q(('expires_on', None), ('kind__in', ['free', 'held']), _connector='OR'), name='hours_never_expire')],
                },
            ), migrations.CreateModel(
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
            ), migrations.CreateModel(
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
                    'indexes': [models.Index(fields=['community', '-made_at'], name='volunteers__communi_e55f13_idx'), models.Index(fields=['project', 'cancelled_at'], name='volunteers__project_6e2309_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='a_cancelled_call_says_why')],
                },
            ), migrations.CreateModel(
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
            ), migrations.CreateModel(
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
            ), migrations.CreateModel(
                name='HourRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('origin', models.CharField(choices=[('scanned', '扫码签到'), ('by_hand', '手工登记')], max_length=8, verbose_name='来源')),
                    ('activity_ref', models.CharField(max_length=60, null=True, verbose_name='活动编号')),
                    ('title', models.CharField(max_length=80, verbose_name='服务内容')),
                    ('started_at', models.DateTimeField(verbose_name='开始时间')),
                    ('ended_at', models.DateTimeField(verbose_name='结束时间')),
                    ('minutes', models.PositiveIntegerField(verbose_name='时长（分钟）')),
                    ('reason', models.TextField(blank=True, verbose_name='手工登记的原因')),
                    ('entered_at', models.DateTimeField()),
                    ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='volunteers.volunteer')),
                ],
                options={
                    'verbose_name': '服务时长',
                    'indexes': [models.Index(fields=['volunteer', '-started_at'], name='volunteers__volunte_6eeba0_idx')],
                    'constraints': [models.UniqueConstraint(fields=('volunteer', 'activity_ref'), name='one_record_per_volunteer_and_activity'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='a_record_has_minutes'), models.CheckConstraint(condition=models.Q(('ended_at__gt', models.F('started_at'))), name='a_service_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('activity_ref__isnull', False), ('origin', 'scanned')), models.Q(('entered_by__isnull', False), ('origin', 'by_hand'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='hours_by_hand_say_who_and_why')],
                },
            ), migrations.CreateModel(
                name='Merchant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, verbose_name='商家名称')),
                    ('kind', models.CharField(choices=[('food', '餐饮'), ('shop', '超市便利'), ('care', '理发洗护'), ('health', '药店健康'), ('learn', '书店培训'), ('repair', '维修家政'), ('other', '其他')], max_length=8, verbose_name='类别')),
                    ('address', models.CharField(max_length=120, verbose_name='地址')),
                    ('phone', models.CharField(blank=True, max_length=30, verbose_name='对外电话')),
                    ('about', models.CharField(blank=True, max_length=200, verbose_name='简介')),
                    ('joined_on', models.DateField(verbose_name='加入日期')),
                    ('left_on', models.DateField(blank=True, null=True, verbose_name='退出日期')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merchants', to='communities.division', verbose_name='所在社区')),
                ],
                options={
                    'verbose_name': '爱心商家',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('community', 'name'), name='one_merchant_per_name_and_community')],
                },
            ), migrations.CreateModel(
                name='MerchantTerm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(verbose_name='开始日期')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                    ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('merchant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='volunteers.merchant')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merchant_terms', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '商家经办人',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('merchant', 'person'), name='one_open_term_per_merchant_and_person')],
                },
            ), migrations.CreateModel(
                name='Offer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=40, verbose_name='礼遇名称')),
                    ('about', models.CharField(blank=True, max_length=200, verbose_name='使用说明')),
                    ('points', models.PositiveIntegerField(verbose_name='所需积分')),
                    ('stock', models.PositiveIntegerField(verbose_name='总数')),
                    ('left', models.PositiveIntegerField(verbose_name='剩余')),
                    ('per_person', models.PositiveSmallIntegerField(default=1, verbose_name='每人最多')),
                    ('starts_on', models.DateField(verbose_name='开始日期')),
                    ('ends_on', models.DateField(verbose_name='结束日期')),
                    ('published_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('merchant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='volunteers.merchant')),
                    ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '商家礼遇',
                    'indexes': [models.Index(fields=['merchant', 'ends_on'], name='volunteers__merchan_c91399_idx'), models.Index(fields=['ends_on'], name='volunteers__ends_on_a6b2a7_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('left__lte', models.F('stock'))), name='no_more_left_than_there_was'), models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='an_offer_has_a_price'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='an_offer_has_days')],
                },
            ), migrations.CreateModel(
                name='Portion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('band', models.CharField(choices=[('at_once', '直接计入'), ('street', '街道复核'), ('district', '区级复核')], max_length=8)),
                    ('minutes', models.PositiveIntegerField()),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portions', to='volunteers.hourrecord')),
                ],
                options={
                    'verbose_name': '分段时长',
                    'indexes': [models.Index(condition=models.Q(('band', 'at_once'), _negated=True), fields=['band', 'on'], name='portion_for_review')],
                    'constraints': [models.UniqueConstraint(fields=('record', 'on', 'band'), name='one_portion_per_day_and_band'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='a_portion_has_minutes')],
                },
            ), migrations.CreateModel(
                name='HourReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verdict', models.CharField(choices=[('confirm', '计入'), ('refuse', '不计入')], max_length=8)),
                    ('reason', models.TextField(blank=True, verbose_name='理由')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('portion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='volunteers.portion')),
                ],
                options={
                    'verbose_name': '时长复核',
                    'constraints': [models.CheckConstraint(condition=models.Q(('verdict', 'confirm'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_hours_say_why')],
                },
            ), migrations.CreateModel(
                name='Posting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('earn', '登记时长'), ('confirm', '复核计入'), ('refuse', '复核不计入'), ('reverse', '冲正'), ('grant', '发放积分'), ('take_back', '收回积分'), ('hold', '占用积分'), ('release', '退回积分'), ('redeem', '兑换'), ('expire', '积分到期')], max_length=10)),
                    ('key', models.CharField(max_length=60, unique=True)),
                    ('reason', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('portion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='volunteers.portion')),
                    ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='volunteers.volunteer')),
                ],
                options={
                    'verbose_name': '时间银行记账',
                    'indexes': [models.Index(fields=['volunteer', '-at'], name='volunteers__volunte_caef88_idx')],
                },
            ), migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('amount', models.BigIntegerField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='volunteers.account')),
                    ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='volunteers.posting')),
                ],
                options={
                    'verbose_name': '时间银行分录',
                    'constraints': [models.UniqueConstraint(fields=('posting', 'account'), name='one_entry_per_posting_and_account'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='an_entry_moves_something')],
                },
            ), migrations.CreateModel(
                name='Reversal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField(verbose_name='原因')),
                    ('points_short', models.PositiveIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='volunteers.hourrecord')),
                ],
                options={
                    'verbose_name': '冲正',
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_reversal_says_why')],
                },
            ), migrations.CreateModel(
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
                    'indexes': [models.Index(fields=['starts_at'], name='volunteers__starts__c49f63_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_shift_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('taken__lte', models.F('places'))), name='no_place_is_given_twice')],
                },
            ), migrations.CreateModel(
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
                    'indexes': [models.Index(fields=['shift', 'state', 'asked_at'], name='volunteers__shift_i_9bdb28_idx'), models.Index(fields=['volunteer', 'state'], name='volunteers__volunte_daf332_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('held', 'waiting'))), fields=('shift', 'volunteer'), name='one_standing_sign_up_per_shift_and_volunteer'), models.CheckConstraint(condition=models.Q(('swap_since', None), ('state', 'held'), _connector='OR'), name='only_a_held_place_is_swapped')],
                },
            ), migrations.CreateModel(
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
                    'indexes': [models.Index(condition=models.Q(('hours_at', None)), fields=['left_at'], name='presence_without_hours')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gt', models.F('came_at')), _connector='OR'), name='nobody_leaves_before_she_came')],
                },
            ), migrations.CreateModel(
                name='Tariff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(verbose_name='起算日期')),
                    ('per_hour', models.PositiveIntegerField(verbose_name='每小时积分')),
                    ('lasts_years', models.PositiveSmallIntegerField(default=1, verbose_name='保留年数')),
                    ('note', models.TextField(blank=True, verbose_name='说明')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tariffs', to='communities.division')),
                ],
                options={
                    'verbose_name': '积分标准',
                    'ordering': ['-starts_on'],
                    'constraints': [models.UniqueConstraint(fields=('district', 'starts_on'), name='one_tariff_per_district_and_day'), models.CheckConstraint(condition=models.Q(('per_hour__lte', 1000)), name='a_tariff_is_not_out_of_bounds')],
                },
            ), migrations.CreateModel(
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
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('community', 'name'), name='one_living_team_of_a_name_in_a_community'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'pair'), _negated=True), ('social_worker__isnull', False), _connector='OR'), name='a_pair_has_a_social_worker')],
                },
            ), migrations.CreateModel(
                name='Claim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('claimed_at', models.DateTimeField()),
                    ('due_on', models.DateField()),
                    ('reminded_at', models.DateTimeField(null=True)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('done_text', models.CharField(blank=True, max_length=300)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('outcome', models.CharField(blank=True, choices=[('fulfilled', '已圆梦'), ('lapsed', '到期未完成'), ('given_up', '已放弃'), ('sent_back', '由社区放回')], max_length=10)),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='volunteers.team')),
                    ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='volunteers.volunteer')),
                    ('wish', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='volunteers.wish')),
                ],
                options={
                    'verbose_name': '认领',
                    'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['due_on'], name='claim_open')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('wish',), name='one_claim_per_wish'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('outcome__gt', '')), _connector='OR'), name='an_ended_claim_says_how')],
                },
            ), migrations.CreateModel(
                name='Thanks',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=300, verbose_name='感谢的话')),
                    ('photo', models.FileField(blank=True, upload_to='wishes/%Y/%m/')),
                    ('caption', models.CharField(blank=True, max_length=80, verbose_name='照片说明')),
                    ('agreed', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thanks', to='volunteers.claim')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('photo', ''), ('agreed', True), _connector='OR'), name='no_photo_without_the_persons_word')],
                },
            ), migrations.CreateModel(
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
                    'indexes': [models.Index(fields=['community', 'left_on'], name='volunteers__communi_5d9a3a_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('left_on', None), ('left_on__gte', models.F('registered_on')), _connector='OR'), name='a_volunteer_leaves_after_she_came')],
                },
            ), migrations.CreateModel(
                name='Redemption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('points', models.PositiveIntegerField()),
                    ('code', models.CharField(max_length=8, unique=True)),
                    ('state', models.CharField(choices=[('held', '待使用'), ('redeemed', '已兑换'), ('lapsed', '已过时'), ('cancelled', '已取消')], default='held', max_length=9)),
                    ('held_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='volunteers.offer')),
                    ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='volunteers.volunteer')),
                ],
                options={
                    'verbose_name': '兑换',
                    'indexes': [models.Index(fields=['volunteer', '-held_at'], name='volunteers__volunte_8f7e70_idx'), models.Index(condition=models.Q(('state', 'redeemed')), fields=['offer', 'ended_at'], name='redeemed_by_month'), models.Index(condition=models.Q(('state', 'held')), fields=['expires_at'], name='codes_that_lapse')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'held')), fields=('offer', 'volunteer'), name='one_open_code_per_offer_and_volunteer'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='an_ended_redemption_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'redeemed'), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='a_redemption_was_confirmed_by_somebody')],
                },
            ), migrations.CreateModel(
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
                    'indexes': [models.Index(fields=['team', 'left_on'], name='volunteers__team_id_de1f0f_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('team', 'volunteer'), name='one_open_membership_per_team_and_volunteer'), models.CheckConstraint(condition=models.Q(('leads', False), ('joined_on__isnull', False), _connector='OR'), name='who_leads_a_team_belongs_to_it')],
                },
            ), migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='volunteers.shift')),
                    ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='volunteers.volunteer')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('shift', 'volunteer'), name='one_invitation_per_shift_and_volunteer')],
                },
            ), migrations.CreateModel(
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
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('volunteer',), name='one_standing_guardian_consent_per_volunteer')],
                },
            ), migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=12, unique=True, verbose_name='证书编号')),
                    ('first_on', models.DateField()),
                    ('last_on', models.DateField()),
                    ('scanned', models.PositiveIntegerField(verbose_name='扫码签到（分钟）')),
                    ('by_hand', models.PositiveIntegerField(verbose_name='手工登记（分钟）')),
                    ('services', models.PositiveIntegerField(verbose_name='服务次数')),
                    ('issued_at', models.DateTimeField()),
                    ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='volunteers.volunteer')),
                ],
                options={
                    'verbose_name': '服务时长证书',
                    'indexes': [models.Index(fields=['volunteer', '-issued_at'], name='volunteers__volunte_fcc1d4_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='a_certificate_has_a_period')],
                },
            ), migrations.CreateModel(
                name='Wish',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=20, null=True, unique=True, verbose_name='编号')),
                    ('whom', models.CharField(choices=[('elder', '长者'), ('child', '孩子'), ('family', '家庭'), ('disabled', '行动不便的邻居'), ('other', '其他邻居')], max_length=10, verbose_name='为谁')),
                    ('title', models.CharField(max_length=30, verbose_name='心愿')),
                    ('need', models.CharField(max_length=300, verbose_name='说明')),
                    ('state', models.CharField(choices=[('collected', '待审核'), ('published', '等人认领'), ('claimed', '已认领'), ('fulfilled', '已圆梦'), ('closed', '未发布')], default='collected', max_length=10)),
                    ('made_at', models.DateTimeField()),
                    ('published_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='communities.division')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '微心愿',
                    'indexes': [models.Index(fields=['state', '-published_at'], name='volunteers__state_d68928_idx'), models.Index(fields=['community', 'state'], name='volunteers__communi_72d933_idx')],
                },
            ), migrations.CreateModel(
                name='WishCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(max_length=10)),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('wish', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='check_row', to='volunteers.wish')),
                ],
            ), migrations.CreateModel(
                name='WishPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('cipher', models.BinaryField()),
                    ('wish', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='behind', to='volunteers.wish')),
                ],
            ), migrations.CreateModel(
                name='Benefit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=40, verbose_name='礼遇名称')),
                    ('granted_by_body', models.CharField(max_length=60, verbose_name='提供单位')),
                    ('about', models.CharField(max_length=200, verbose_name='怎么使用')),
                    ('hours_needed', models.PositiveIntegerField(verbose_name='需要时长（小时）')),
                    ('scanned_only', models.BooleanField(default=False, verbose_name='只算扫码签到的时长')),
                    ('starts_on', models.DateField(verbose_name='开始日期')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                    ('published_at', models.DateTimeField()),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='communities.division')),
                    ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '志愿者礼遇',
                    'indexes': [models.Index(fields=['place', 'hours_needed'], name='volunteers__place_i_09fdbe_idx')],
                },
            )],
        ),
    ]
