"""The tables of the programme."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import projects.acceptance.rules
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.tables import CreateTables


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("projects", "0001_initial"),
        ("projects", "0002_rounds_wording"),
        ("projects", "0004_voting_and_tally"),
        ("projects", "0005_funding_delivery_acceptance_evaluation"),
        ("projects", "0007_proposals_screening"),
        ("projects", "0011_paper_ballots"),
        ("projects", "0012_voting_replaced_sheets"),
        ("projects", "0013_voting_kiosk"),
        ("projects", "0014_screening_shared_work"),
        ("projects", "0015_rehearsal_rooms"),
        ("projects", "0016_funding_endings"),
        ("projects", "0017_tally_elected"),
        ("projects", "0018_search_index"),
    ]

    dependencies = [
        ('communities', '0002_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            models=[migrations.CreateModel(
                name='ExclusionReason',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=4, unique=True, verbose_name='编号')),
                    ('title', models.CharField(max_length=40, verbose_name='名称')),
                    ('text', models.CharField(max_length=200, verbose_name='给居民的说明')),
                    ('basis', models.CharField(choices=[('S', '有公开出处'), ('D', '平台默认，可按区调整')], max_length=1, verbose_name='依据')),
                    ('by_hand', models.BooleanField(default=True, verbose_name='可由初审人员选用')),
                    ('active', models.BooleanField(default=True, verbose_name='启用')),
                ],
                options={
                    'verbose_name': '负面清单',
                    'ordering': ['code'],
                },
            ), migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=30, unique=True, verbose_name='批次编号')),
                    ('title', models.CharField(max_length=80, verbose_name='批次名称')),
                    ('intro', models.TextField(blank=True, verbose_name='说明')),
                    ('stage', models.CharField(choices=[('rounds', '筹备'), ('proposals', '征集'), ('screening', '初审'), ('deliberation', '议事会评议'), ('voting', '居民投票'), ('tally', '计票定项'), ('publicity', '公示'), ('approval', '街道审批'), ('funding', '资金与采购'), ('delivery', '实施'), ('acceptance', '验收'), ('evaluation', '评价'), ('done', '结束')], default='rounds', editable=False, max_length=14)),
                    ('stage_since', models.DateTimeField(editable=False)),
                    ('unused_stages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=14), blank=True, default=list, size=None)),
                    ('rules', models.JSONField(default=dict)),
                    ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                    ('frozen_at', models.DateTimeField(editable=False, null=True)),
                    ('cancelled_at', models.DateTimeField(editable=False, null=True)),
                    ('cancel_reason', models.TextField(blank=True, editable=False)),
                    ('created_at', models.DateTimeField()),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('repeats', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='projects.round', verbose_name='重办的批次')),
                    ('street', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='communities.division', verbose_name='街道')),
                ],
                options={
                    'verbose_name': '批次',
                    'indexes': [models.Index(fields=['stage', 'street'], name='projects_ro_stage_a72f7a_idx')],
                },
            ), migrations.CreateModel(
                name='PositiveKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=4, unique=True, verbose_name='编号')),
                    ('title', models.CharField(max_length=40, verbose_name='名称')),
                    ('basis', models.CharField(choices=[('S', '有公开出处'), ('D', '平台默认，可按区调整')], max_length=1, verbose_name='依据')),
                    ('active', models.BooleanField(default=True, verbose_name='启用')),
                ],
                options={
                    'verbose_name': '正面清单',
                    'ordering': ['code'],
                },
            ), migrations.CreateModel(
                name='Appeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField(verbose_name='申请理由')),
                    ('answer_by', models.DateField(verbose_name='答复期限')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.finding')),
                    ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '复核申请',
                },
            ), migrations.CreateModel(
                name='AppealDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('upheld', models.BooleanField(verbose_name='复核结果')),
                    ('reason', models.TextField(verbose_name='理由')),
                    ('at', models.DateTimeField()),
                    ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='projects.appeal')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '复核决定',
                },
            ), migrations.CreateModel(
                name='CapOverride',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('estimate', models.BigIntegerField(verbose_name='准许的金额（分）')),
                    ('cap', models.BigIntegerField(verbose_name='上限（分）')),
                    ('reason', models.TextField(verbose_name='理由')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cap_overrides', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '超限额准许',
                    'constraints': [models.CheckConstraint(condition=models.Q(('estimate__gt', models.F('cap'))), name='an_override_is_for_more_than_the_cap')],
                },
            ), migrations.CreateModel(
                name='CoFunding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('residents', '居民自筹'), ('company', '企业捐助'), ('fund', '社区基金'), ('other', '其他社会资金')], max_length=10, verbose_name='来源')),
                    ('name', models.CharField(max_length=80, verbose_name='出资方')),
                    ('amount', models.BigIntegerField(verbose_name='金额（分）')),
                    ('entered_at', models.DateTimeField()),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cofundings', to='projects.project')),
                ],
                options={
                    'verbose_name': '社会资金',
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_cofunding_is_not_empty')],
                },
            ), migrations.CreateModel(
                name='Contract',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=40, verbose_name='合同编号')),
                    ('amount', models.BigIntegerField(verbose_name='合同金额（分）')),
                    ('route', models.CharField(choices=[('direct', '直接委托'), ('quotes', '三家比选'), ('tender', '公开采购')], max_length=8, verbose_name='采购方式')),
                    ('signed_on', models.DateField(verbose_name='签约日期')),
                    ('starts_by', models.DateField(blank=True, null=True, verbose_name='最迟开工日')),
                    ('entered_at', models.DateTimeField()),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('liaison', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts_liaised', to=settings.AUTH_USER_MODEL)),
                    ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts_answered_for', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='projects.project')),
                    ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='projects.provider')),
                ],
                options={
                    'verbose_name': '合同',
                    'indexes': [models.Index(fields=['provider', 'signed_on'], name='projects_co_provide_cb0256_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_contract_has_an_amount'), models.UniqueConstraint(fields=('project', 'number'), name='one_contract_per_project_and_number')],
                },
            ), migrations.CreateModel(
                name='Envelope',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('amount', models.BigIntegerField(verbose_name='资金额度（分）')),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='communities.division')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='envelopes', to='projects.round')),
                ],
                options={
                    'verbose_name': '社区额度',
                    'constraints': [models.UniqueConstraint(fields=('round', 'community'), name='one_envelope_per_round_and_community'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='an_envelope_is_not_empty')],
                },
            ), migrations.CreateModel(
                name='Account',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('grant', '财政下达'), ('source', '社会资金来源'), ('envelope', '社区额度'), ('allotted', '已下达项目'), ('contracted', '已签合同'), ('paid', '已支付')], max_length=10)),
                    ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='projects.cofunding')),
                    ('envelope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='projects.envelope')),
                    ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='projects.project')),
                ],
                options={
                    'verbose_name': '账户',
                    'constraints': [models.UniqueConstraint(fields=('kind', 'envelope', 'project', 'source'), name='one_account_per_kind_and_owner', nulls_distinct=False)],
                },
            ), migrations.CreateModel(
                name='Finding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(choices=[('accepted', '通过初审'), ('returned', '退回补正'), ('rejected', '不予通过'), ('redirected', '转其他部门'), ('merged', '与另一提案合并')], max_length=10, verbose_name='结论')),
                    ('reason', models.TextField(blank=True, verbose_name='公开的理由')),
                    ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None)),
                    ('positive', models.CharField(blank=True, max_length=4)),
                    ('estimate', models.BigIntegerField(null=True)),
                    ('cap', models.BigIntegerField(null=True)),
                    ('correct_by', models.DateField(null=True, verbose_name='补正期限')),
                    ('department', models.CharField(blank=True, max_length=60, verbose_name='转给哪个部门')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('override', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='projects.capoverride')),
                    ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_findings', to='projects.proposal')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '初审结论',
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['proposal', '-id'], name='projects_fi_proposa_3e92a9_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'rejected'), _negated=True), models.Q(models.Q(('codes', []), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_rejection_names_its_reasons'), models.CheckConstraint(condition=models.Q(('outcome', 'returned'), ('correct_by', None), _connector='XOR'), name='a_return_says_until_when'), models.CheckConstraint(condition=models.Q(('outcome', 'redirected'), ('department', ''), _connector='XOR'), name='a_redirection_names_the_department'), models.CheckConstraint(condition=models.Q(('outcome', 'merged'), ('merged_into', None), _connector='XOR'), name='a_merger_names_the_other_proposal'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('proposal')), _negated=True), _connector='OR'), name='nothing_is_merged_into_itself'), models.CheckConstraint(condition=models.Q(('by__isnull', False), ('codes', ['N90']), _connector='OR'), name='time_decides_only_what_is_overdue')],
                },
            ), migrations.CreateModel(
                name='Indicator',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('of', models.CharField(choices=[('project', '项目'), ('community', '社区')], max_length=10, verbose_name='评什么')),
                    ('group', models.CharField(max_length=20, verbose_name='维度')),
                    ('title', models.CharField(max_length=40, verbose_name='指标')),
                    ('means', models.CharField(max_length=200, verbose_name='评分标准')),
                    ('most', models.PositiveSmallIntegerField(verbose_name='满分')),
                    ('place', models.PositiveSmallIntegerField(verbose_name='序号')),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='communities.division')),
                ],
                options={
                    'verbose_name': '指标',
                    'ordering': ['of', 'place', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('most__range', (1, 100))), name='an_indicator_gives_one_to_a_hundred_points'), models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('district', 'of', 'title'), name='one_living_indicator_per_title')],
                },
            ), migrations.CreateModel(
                name='Inspection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='第几次')),
                    ('opened_at', models.DateTimeField()),
                    ('outcome', models.CharField(choices=[('open', '验收中'), ('meets', '验收合格'), ('rework', '需要整改')], default=projects.acceptance.rules.Outcome['OPEN'], max_length=6)),
                    ('concluded_at', models.DateTimeField(null=True)),
                    ('rework_by', models.DateField(null=True, verbose_name='整改期限')),
                    ('reason', models.TextField(blank=True, verbose_name='整改内容')),
                    ('concluded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='projects.project')),
                ],
                options={
                    'verbose_name': '验收',
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='one_inspection_per_project_and_number'), models.UniqueConstraint(condition=models.Q(('outcome', 'open')), fields=('project',), name='one_open_inspection_per_project'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'rework'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('rework_by__isnull', False)), _connector='OR'), name='a_rework_has_its_reason_and_date')],
                },
            ), migrations.CreateModel(
                name='Absence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField(verbose_name='缺席原因')),
                    ('recorded_at', models.DateTimeField()),
                    ('cosigned_at', models.DateTimeField(null=True)),
                    ('cosigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('inspection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='absence', to='projects.inspection')),
                ],
                options={
                    'verbose_name': '点菜人缺席登记',
                    'constraints': [models.CheckConstraint(condition=models.Q(('cosigned_by', None), models.Q(('cosigned_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='two_people_record_an_absence')],
                },
            ), migrations.CreateModel(
                name='KeyEnd',
                fields=[
                    ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='key_end', serialize=False, to='projects.round')),
                    ('by_people', models.BooleanField()),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': '密钥已销毁',
                },
            ), migrations.CreateModel(
                name='Filing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(max_length=40, verbose_name='备案号')),
                    ('digest', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='projects.round')),
                ],
                options={
                    'verbose_name': '备案',
                    'constraints': [models.UniqueConstraint(fields=('round', 'digest'), name='one_filing_per_list')],
                },
            ), migrations.CreateModel(
                name='KeySignature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='key_signatures', to='projects.round')),
                ],
                options={
                    'verbose_name': '销毁密钥确认',
                    'ordering': ['at'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='one_key_signature_per_person')],
                },
            ), migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=20, null=True, unique=True, verbose_name='会议编号')),
                    ('starts_at', models.DateTimeField(verbose_name='开会时间')),
                    ('place', models.CharField(max_length=80, verbose_name='地点')),
                    ('marks', models.JSONField()),
                    ('secret', models.BooleanField(default=False, verbose_name='无记名')),
                    ('agenda_sent_at', models.DateTimeField()),
                    ('seats', models.PositiveSmallIntegerField(null=True)),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('adjourned_at', models.DateTimeField(null=True)),
                    ('adjourn_reason', models.TextField(blank=True)),
                    ('chair_signed_at', models.DateTimeField(null=True)),
                    ('clerk_signed_at', models.DateTimeField(null=True)),
                    ('published_at', models.DateTimeField(null=True)),
                    ('chair', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('clerk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='communities.division')),
                    ('convened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='communities.council')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='projects.round')),
                ],
                options={
                    'verbose_name': '议事会会议',
                    'ordering': ['-starts_at', '-pk'],
                    'indexes': [models.Index(fields=['community', '-starts_at'], name='projects_me_communi_8b48ee_idx'), models.Index(fields=['round', 'community'], name='projects_me_round_i_fdf9ca_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('closed_at', None), ('adjourned_at', None), _connector='OR'), name='a_meeting_ends_once'), models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('opened_at__isnull', False), ('seats__isnull', False)), _connector='OR'), name='a_closed_meeting_was_opened'), models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('chair_signed_at__isnull', False), ('clerk_signed_at__isnull', False)), _connector='OR'), name='published_minutes_carry_two_signatures'), models.CheckConstraint(condition=models.Q(('clerk', None), ('chair', None), models.Q(('clerk', models.F('chair')), _negated=True), _connector='OR'), name='chair_and_clerk_are_two_people')],
                },
            ), migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('present', '到会'), ('absent', '缺席'), ('excused', '请假')], max_length=8)),
                    ('at', models.DateTimeField()),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='communities.seat')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='projects.meeting')),
                ],
                options={
                    'ordering': ['seat'],
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='one_attendance_per_meeting_and_person')],
                },
            ), migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('notes', models.TextField(blank=True, verbose_name='讨论记录')),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='projects.meeting')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='projects.proposal')),
                ],
                options={
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('meeting', 'proposal'), name='a_proposal_is_once_on_an_agenda'), models.UniqueConstraint(condition=models.Q(('closed_at', None), ('opened_at__isnull', False)), fields=('meeting',), name='one_item_at_the_vote_at_a_time')],
                },
            ), migrations.CreateModel(
                name='MemberVote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('choice', models.CharField(blank=True, choices=[('for', '同意'), ('against', '反对'), ('abstain', '弃权')], max_length=8)),
                    ('at', models.DateTimeField()),
                    ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='projects.agendaitem')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='council_votes', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('item', 'person'), name='one_vote_per_item_and_member')],
                },
            ), migrations.CreateModel(
                name='PanelMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seat', models.CharField(choices=[('proposer', '点菜人'), ('resident', '居民代表'), ('supervisor', '监督员'), ('community', '社区工作者'), ('technical', '专业技术人员')], max_length=10, verbose_name='席位')),
                    ('skill', models.CharField(blank=True, max_length=40, verbose_name='专业')),
                    ('appointed_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(null=True)),
                    ('left_reason', models.CharField(blank=True, max_length=120)),
                    ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel', to='projects.project')),
                ],
                options={
                    'verbose_name': '验收小组成员',
                    'ordering': ['appointed_at', 'pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('project', 'person'), name='one_panel_seat_per_project_and_person')],
                },
            ), migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('meets', models.BooleanField(verbose_name='结论')),
                    ('text', models.TextField(blank=True, verbose_name='意见')),
                    ('at', models.DateTimeField()),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='projects.inspection')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='projects.panelmember')),
                ],
                options={
                    'verbose_name': '验收意见',
                    'constraints': [models.UniqueConstraint(fields=('inspection', 'member'), name='one_mark_per_inspection_and_member'), models.CheckConstraint(condition=models.Q(('meets', True), models.Q(('text', ''), _negated=True), _connector='OR'), name='a_fault_says_what_is_wrong')],
                },
            ), migrations.CreateModel(
                name='PaperBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('envelope', models.PositiveSmallIntegerField(verbose_name='信封号')),
                    ('printed', models.PositiveSmallIntegerField(verbose_name='印制')),
                    ('handed_out', models.PositiveSmallIntegerField(default=0, verbose_name='发出')),
                    ('replaced', models.PositiveSmallIntegerField(default=0, verbose_name='换新')),
                    ('left_over', models.PositiveSmallIntegerField(null=True, verbose_name='剩余')),
                    ('returned', models.PositiveSmallIntegerField(null=True, verbose_name='收回')),
                    ('why_missing', models.TextField(blank=True, verbose_name='未收回的说明')),
                    ('attempt', models.PositiveSmallIntegerField(default=1)),
                    ('spoilt', models.PositiveSmallIntegerField(default=0, verbose_name='作废')),
                    ('digest', models.CharField(blank=True, max_length=64)),
                    ('printed_at', models.DateTimeField()),
                    ('sealed_at', models.DateTimeField(null=True)),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('printed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sealed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_batches', to='projects.slate')),
                ],
                options={
                    'verbose_name': '纸质选票信封',
                    'constraints': [models.UniqueConstraint(fields=('slate', 'envelope'), name='one_envelope_number_per_slate'), models.CheckConstraint(condition=models.Q(('handed_out__lte', models.F('printed'))), name='no_sheet_is_handed_out_twice'), models.CheckConstraint(condition=models.Q(('sealed_at', None), models.Q(('printed', django.db.models.expressions.CombinedExpression(models.F('handed_out'), '+', models.F('left_over'))), ('returned__lte', django.db.models.expressions.CombinedExpression(models.F('handed_out'), '-', models.F('replaced')))), _connector='OR'), name='a_sealed_envelope_adds_up')],
                },
            ), migrations.CreateModel(
                name='PaperSheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('serial', models.CharField(max_length=9, unique=True)),
                    ('tracker', models.CharField(max_length=16, unique=True)),
                    ('replaced', models.CharField(blank=True, choices=[('miswritten', '填错了，已换新'), ('damaged', '污损了，已换新'), ('lost', '遗失了，已换新')], max_length=10)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='projects.paperbatch')),
                    ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '纸质选票',
                },
            ), migrations.CreateModel(
                name='Keying',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempt', models.PositiveSmallIntegerField()),
                    ('turn', models.PositiveSmallIntegerField()),
                    ('choices', models.JSONField(default=dict)),
                    ('spoilt', models.CharField(blank=True, choices=[('over_limit', '超过可选的项数或金额'), ('unreadable', '看不清选了什么')], max_length=10)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keyings', to='projects.papersheet')),
                ],
                options={
                    'verbose_name': '纸质选票录入',
                    'constraints': [models.UniqueConstraint(fields=('sheet', 'attempt', 'turn'), name='one_keying_per_sheet_and_turn'), models.UniqueConstraint(fields=('sheet', 'attempt', 'by'), name='nobody_keys_a_sheet_twice'), models.CheckConstraint(condition=models.Q(('turn__in', (1, 2, 3))), name='a_sheet_is_keyed_three_times_at_most')],
                },
            ), migrations.CreateModel(
                name='PaperVoid',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempt', models.PositiveSmallIntegerField()),
                    ('reason', models.TextField(verbose_name='理由')),
                    ('asked_at', models.DateTimeField()),
                    ('agreed_at', models.DateTimeField(null=True)),
                    ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voids', to='projects.paperbatch')),
                ],
                options={
                    'verbose_name': '信封作废',
                    'constraints': [models.UniqueConstraint(fields=('batch', 'attempt'), name='an_attempt_is_voided_once'), models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='two_people_void_an_envelope')],
                },
            ), migrations.CreateModel(
                name='Payment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('instalment', models.CharField(choices=[('advance', '预付款'), ('progress', '进度款'), ('balance', '尾款'), ('retention', '质保金')], max_length=10, verbose_name='款项')),
                    ('amount', models.BigIntegerField(verbose_name='金额（分）')),
                    ('voucher', models.CharField(max_length=40, verbose_name='凭证号')),
                    ('purpose', models.CharField(max_length=120, verbose_name='用途')),
                    ('state', models.CharField(choices=[('requested', '待批准'), ('released', '已支付'), ('refused', '已退回')], default='requested', max_length=10)),
                    ('requested_at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('refuse_reason', models.TextField(blank=True)),
                    ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='projects.contract')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '付款',
                    'ordering': ['requested_at', 'pk'],
                    'indexes': [models.Index(fields=['state', 'requested_at'], name='projects_pa_state_da21bf_idx'), models.Index(fields=['state', 'decided_at'], name='projects_pa_state_16a184_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_payment_has_an_amount'), models.CheckConstraint(condition=models.Q(('voucher', ''), _negated=True), name='a_payment_has_a_voucher'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('requested_by')), _negated=True), _connector='OR'), name='two_people_release_a_payment'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'requested')), models.Q(models.Q(('state', 'requested'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_decided_payment_says_who_and_when'), models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('contract', 'voucher'), name='one_payment_per_contract_and_voucher')],
                },
            ), migrations.CreateModel(
                name='Posting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('grant', '额度下达'), ('cofund', '社会资金到位'), ('allot', '下达项目'), ('contract', '签订合同'), ('pay', '支付'), ('reduce', '合同核减'), ('return', '结余退回'), ('forfeit', '扣留质保金')], max_length=10)),
                    ('key', models.CharField(max_length=60, unique=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='projects.contract')),
                    ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='projects.payment')),
                    ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='projects.project')),
                ],
                options={
                    'verbose_name': '记账',
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['kind', 'at'], name='projects_po_kind_e61581_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'pay'), _negated=True), models.Q(('contract__isnull', False), ('payment__isnull', False)), _connector='OR'), name='money_is_paid_for_a_payment_under_a_contract')],
                },
            ), migrations.CreateModel(
                name='LedgerEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('debit', '借'), ('credit', '贷')], max_length=6)),
                    ('amount', models.BigIntegerField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='projects.account')),
                    ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='projects.posting')),
                ],
                options={
                    'verbose_name': '分录',
                    'indexes': [models.Index(fields=['account', 'side'], name='projects_le_account_a8b03b_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='an_entry_has_an_amount'), models.UniqueConstraint(fields=('posting', 'side'), name='one_debit_and_one_credit_per_posting')],
                },
            ), migrations.CreateModel(
                name='Project',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=40, verbose_name='项目名称')),
                    ('category', models.CharField(choices=[('services', '服务类'), ('goods', '货物类'), ('works', '工程类')], max_length=10, verbose_name='类型')),
                    ('content_class', models.CharField(choices=[('convenience', '便民利民'), ('activities', '群众活动'), ('civic', '公益风尚'), ('facilities', '公共设施'), ('other', '其他')], max_length=12, verbose_name='内容类别')),
                    ('budget', models.BigIntegerField(verbose_name='批准金额（分）')),
                    ('stage', models.CharField(choices=[('funding', '资金与采购'), ('delivery', '实施'), ('acceptance', '验收'), ('evaluation', '评价'), ('done', '已办结')], default='funding', editable=False, max_length=14)),
                    ('stage_since', models.DateTimeField(editable=False)),
                    ('approved_at', models.DateTimeField()),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='communities.division')),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='projects.round')),
                    ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='project', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '项目',
                    'indexes': [models.Index(fields=['community', 'stage'], name='projects_pr_communi_a365d7_idx'), models.Index(fields=['stage', 'stage_since'], name='projects_pr_stage_91dba8_idx'), models.Index(fields=['round', 'stage'], name='projects_pr_round_i_0ea390_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('budget__gt', 0)), name='a_project_has_a_budget')],
                },
            ), migrations.CreateModel(
                name='ProgressReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('percent', models.PositiveSmallIntegerField(verbose_name='进度（%）')),
                    ('text', models.TextField(verbose_name='进展说明')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='projects.project')),
                ],
                options={
                    'verbose_name': '进度报告',
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['project', '-at'], name='projects_pr_project_ac7506_idx'), models.Index(fields=['at'], name='projects_pr_at_a7785e_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='progress_ends_at_a_hundred')],
                },
            ), migrations.CreateModel(
                name='ProblemReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=20, null=True, unique=True, verbose_name='编号')),
                    ('source', models.CharField(choices=[('resident', '居民反映'), ('supervisor', '监督意见')], default='resident', max_length=10)),
                    ('aspect', models.CharField(choices=[('content', '实施内容'), ('site', '现场管理'), ('budget', '资金使用'), ('quality', '质量安全'), ('other', '其他')], default='other', max_length=8, verbose_name='哪方面')),
                    ('text', models.TextField(verbose_name='问题说明')),
                    ('at', models.DateTimeField()),
                    ('answer_by', models.DateField()),
                    ('answer', models.TextField(blank=True, verbose_name='答复')),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problem_reports', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='projects.project')),
                ],
                options={
                    'verbose_name': '问题反映',
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['answer_by'], name='problem_unanswered'), models.Index(fields=['project', '-at'], name='projects_pr_project_33426e_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('by')), _negated=True), _connector='OR'), name='nobody_answers_her_own_report'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_has_its_time')],
                },
            ), migrations.CreateModel(
                name='PlanChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('milestone', models.CharField(max_length=40)),
                    ('was', models.DateField()),
                    ('becomes', models.DateField(null=True)),
                    ('reason', models.TextField(verbose_name='原因')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_changes', to='projects.project')),
                ],
                options={
                    'verbose_name': '计划调整',
                    'ordering': ['at', 'pk'],
                },
            ), migrations.CreateModel(
                name='Milestone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=40, verbose_name='节点')),
                    ('due_on', models.DateField(verbose_name='计划完成日')),
                    ('planned_amount', models.BigIntegerField(blank=True, null=True, verbose_name='计划用款（分）')),
                    ('mends', models.BooleanField(default=False)),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='完成日期')),
                    ('added_at', models.DateTimeField()),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='projects.project')),
                ],
                options={
                    'verbose_name': '计划节点',
                    'ordering': ['due_on', 'pk'],
                    'indexes': [models.Index(fields=['project', 'done_on', 'due_on'], name='projects_mi_project_ea1561_idx'), models.Index(fields=['due_on'], name='projects_mi_due_on_30a056_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('planned_amount', None), ('planned_amount__gte', 0), _connector='OR'), name='a_planned_amount_is_not_negative')],
                },
            ), migrations.CreateModel(
                name='IndicatorScore',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(null=True)),
                    ('points', models.PositiveSmallIntegerField(verbose_name='得分')),
                    ('evidence', models.CharField(max_length=300, verbose_name='依据')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_scores', to='communities.division')),
                    ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='projects.indicator')),
                    ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_scores', to='projects.project')),
                ],
                options={
                    'verbose_name': '指标得分',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('indicator', 'project'), name='one_score_per_indicator_and_project'), models.UniqueConstraint(condition=models.Q(('community__isnull', False)), fields=('indicator', 'community', 'year'), name='one_score_per_indicator_community_and_year'), models.CheckConstraint(condition=models.Q(models.Q(('community', None), ('project__isnull', False), ('year', None)), models.Q(('community__isnull', False), ('project', None), ('year__isnull', False)), _connector='OR'), name='a_score_is_of_a_project_or_of_a_community_in_a_year'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='points_have_their_evidence')],
                },
            ), migrations.CreateModel(
                name='Finish',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(verbose_name='完工说明')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finishes', to='projects.project')),
                ],
                options={
                    'verbose_name': '完工申报',
                    'ordering': ['at', 'pk'],
                },
            ), migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('before', '实施前'), ('during', '实施中'), ('after', '实施后'), ('sign_in', '签到表'), ('materials', '物资清单')], max_length=10, verbose_name='类别')),
                    ('file', models.FileField(upload_to='delivery/%Y/%m/')),
                    ('caption', models.CharField(max_length=80, verbose_name='说明')),
                    ('is_photo', models.BooleanField(default=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='projects.progressreport')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='projects.project')),
                ],
                options={
                    'verbose_name': '过程资料',
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['project', 'kind'], name='projects_ev_project_19f261_idx')],
                },
            ), migrations.CreateModel(
                name='BalanceRuling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('holds', models.BooleanField()),
                    ('total', models.PositiveIntegerField()),
                    ('answers', models.PositiveIntegerField()),
                    ('at', models.DateTimeField()),
                    ('lifted_at', models.DateTimeField(null=True)),
                    ('lift_reason', models.TextField(blank=True)),
                    ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='balance_ruling', to='projects.project')),
                ],
                options={
                    'verbose_name': '尾款与评价',
                    'constraints': [models.CheckConstraint(condition=models.Q(('lifted_by', None), models.Q(('lift_reason', ''), _negated=True), _connector='OR'), name='a_lifted_hold_says_why')],
                },
            ), migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='编号')),
                    ('paper_ref', models.CharField(blank=True, max_length=40, verbose_name='纸质登记号')),
                    ('origin', models.CharField(choices=[('resident', '居民'), ('council', '居民议事会'), ('committee', '居委会'), ('station', '社区工作站'), ('party', '社区党委'), ('delegate', '两代表一委员'), ('mandated', '必选项目')], default='resident', max_length=10, verbose_name='来源')),
                    ('standing', models.CharField(choices=[('draft', '草稿'), ('lodged', '待初审'), ('returned', '待补正'), ('withdrawn', '已撤回'), ('rejected', '初审未通过'), ('redirected', '已转办'), ('merged', '已合并'), ('accepted', '待评议'), ('deferred', '暂缓评议'), ('refused', '评议未通过'), ('shortlisted', '列入候选'), ('elected', '得票入选，待议事会确认'), ('chosen', '已入选'), ('not_chosen', '未入选'), ('struck', '异议成立，已撤下'), ('approved', '已立项'), ('declined', '审批未通过'), ('carried', '转入下一批次')], default='draft', max_length=12)),
                    ('standing_since', models.DateTimeField()),
                    ('title', models.CharField(blank=True, max_length=40, verbose_name='提案名称')),
                    ('need', models.TextField(blank=True, verbose_name='现在有什么不方便')),
                    ('wish', models.TextField(blank=True, verbose_name='希望怎么办')),
                    ('place', models.CharField(blank=True, max_length=80, verbose_name='地点')),
                    ('beneficiaries', models.CharField(blank=True, max_length=80, verbose_name='受益的人')),
                    ('beneficiary_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='大约受益人数')),
                    ('category', models.CharField(blank=True, choices=[('services', '服务类'), ('goods', '货物类'), ('works', '工程类')], max_length=10, verbose_name='类型')),
                    ('content_class', models.CharField(blank=True, choices=[('convenience', '便民利民'), ('activities', '群众活动'), ('civic', '公益风尚'), ('facilities', '公共设施'), ('other', '其他')], max_length=12, verbose_name='内容类别')),
                    ('estimate', models.BigIntegerField(blank=True, null=True, verbose_name='估算金额（分）')),
                    ('shuffle_key', models.FloatField(db_index=True)),
                    ('bigrams', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, editable=False, size=None)),
                    ('created_at', models.DateTimeField()),
                    ('lodged_at', models.DateTimeField(null=True)),
                    ('correct_by', models.DateField(blank=True, null=True, verbose_name='补正期限')),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='communities.division')),
                    ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='projects.round')),
                ],
                options={
                    'verbose_name': '提案',
                    'indexes': [models.Index(fields=['round', 'standing'], name='projects_pr_round_i_192995_idx'), models.Index(fields=['community', 'standing', '-lodged_at'], name='projects_pr_communi_46b5cf_idx'), models.Index(fields=['proposer', '-created_at'], name='projects_pr_propose_0e482f_idx'), models.Index(fields=['standing', 'shuffle_key'], name='projects_pr_standin_225cf0_idx'), django.contrib.postgres.indexes.GinIndex(fields=['bigrams'], name='proposal_bigrams'), models.Index(condition=models.Q(('standing', 'returned')), fields=['correct_by'], name='proposal_to_correct')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('paper_ref', ''), _negated=True), fields=('community', 'paper_ref'), name='a_paper_is_entered_once_in_a_community'), models.CheckConstraint(condition=models.Q(('standing', 'draft'), ('number__isnull', False), _connector='OR'), name='a_lodged_proposal_has_a_number'), models.CheckConstraint(condition=models.Q(('estimate', None), ('estimate__gt', 0), _connector='OR'), name='an_estimate_is_positive')],
                },
            ), migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(verbose_name='内部备注')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '内部备注',
                    'ordering': ['pk'],
                },
            ), migrations.CreateModel(
                name='Follow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='projects.proposal')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'person'), name='one_follow_per_proposal_and_person')],
                },
            ), migrations.CreateModel(
                name='Escalation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('waits_since', models.DateTimeField()),
                    ('at', models.DateTimeField()),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '超期督办',
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'waits_since'), name='one_escalation_per_wait')],
                },
            ), migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(choices=[('lodged', '提交'), ('edited', '修改'), ('corrected', '补正'), ('screened', '初审核定')], max_length=10)),
                    ('words', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '提案版本',
                    'ordering': ['pk'],
                },
            ), migrations.CreateModel(
                name='CostItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, verbose_name='项目')),
                    ('quantity', models.PositiveIntegerField(verbose_name='数量')),
                    ('unit_price', models.BigIntegerField(verbose_name='单价（分）')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cost_items', to='projects.proposal')),
                ],
            ), migrations.CreateModel(
                name='CarryOver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='projects.round')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '转入下一批次',
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'round'), name='one_carry_over_per_proposal_and_round')],
                },
            ), migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file', models.FileField(upload_to='proposals/%Y/%m/')),
                    ('caption', models.CharField(max_length=80, verbose_name='说明')),
                    ('is_photo', models.BooleanField(default=True)),
                    ('uploaded_at', models.DateTimeField()),
                    ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='projects.proposal')),
                ],
            ), migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '初审分工',
                },
            ), migrations.CreateModel(
                name='ApprovalDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verdict', models.CharField(choices=[('approve', '批准'), ('conditions', '有条件批准'), ('lower', '核减金额后批准'), ('refuse', '不批准')], max_length=10, verbose_name='决定')),
                    ('amount', models.BigIntegerField(verbose_name='批准金额（分）')),
                    ('asked', models.BigIntegerField()),
                    ('conditions', models.TextField(blank=True, verbose_name='条件')),
                    ('reason', models.TextField(blank=True, verbose_name='理由')),
                    ('gates', models.JSONField()),
                    ('needs_second', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_decisions', to='projects.round')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_decisions', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '审批决定',
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['round', 'proposal'], name='projects_ap_round_i_7c4773_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), ('verdict', 'refuse')), models.Q(models.Q(('verdict', 'refuse'), _negated=True), ('amount__gt', 0)), _connector='OR'), name='an_approval_has_an_amount_and_a_refusal_none'), models.CheckConstraint(condition=models.Q(('amount__lte', models.F('asked'))), name='no_approval_above_what_was_asked'), models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['refuse', 'lower']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='less_than_asked_says_why')],
                },
            ), migrations.CreateModel(
                name='ProposerAbsence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField(verbose_name='缺席原因')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating_absence', to='projects.project')),
                ],
                options={
                    'verbose_name': '点菜人未评价登记',
                },
            ), migrations.CreateModel(
                name='Provider',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='单位名称')),
                    ('credit_code', models.CharField(max_length=18, unique=True, verbose_name='统一社会信用代码')),
                    ('contact', models.CharField(blank=True, max_length=50, verbose_name='对外联系人')),
                    ('phone', models.CharField(max_length=30, verbose_name='对外电话')),
                    ('address', models.CharField(blank=True, max_length=120, verbose_name='地址')),
                    ('eligible_until', models.DateField(verbose_name='资格期限')),
                    ('registered_at', models.DateTimeField()),
                    ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '承接单位',
                    'ordering': ['name', 'pk'],
                },
            ), migrations.CreateModel(
                name='PublicNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField()),
                    ('serial', models.PositiveIntegerField()),
                    ('starts_on', models.DateField(verbose_name='公示起')),
                    ('ends_on', models.DateField(verbose_name='公示止')),
                    ('days', models.PositiveSmallIntegerField()),
                    ('unit', models.CharField(max_length=8)),
                    ('entries', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_notices', to='communities.division')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_notices', to='projects.round')),
                    ('street', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.division')),
                ],
                options={
                    'verbose_name': '公示',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['round', 'community'], name='projects_pu_round_i_478c2c_idx'), models.Index(fields=['community', '-at'], name='projects_pu_communi_c13300_idx')],
                    'constraints': [models.UniqueConstraint(fields=('street', 'year', 'serial'), name='one_notice_number_per_street_and_year'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_notice_ends_after_it_starts')],
                },
            ), migrations.CreateModel(
                name='Objection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=20, null=True, unique=True, verbose_name='异议编号')),
                    ('paper_ref', models.CharField(blank=True, max_length=40, verbose_name='纸质登记号')),
                    ('text', models.TextField(verbose_name='异议内容')),
                    ('at', models.DateTimeField()),
                    ('due_on', models.DateField(verbose_name='答复期限')),
                    ('outcome', models.CharField(choices=[('open', '待答复'), ('answered', '已答复'), ('upheld', '异议成立')], default='open', max_length=8)),
                    ('answer', models.TextField(blank=True, verbose_name='答复')),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('comment', models.TextField(blank=True, verbose_name='点菜人说明')),
                    ('commented_at', models.DateTimeField(null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('objector', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='projects.proposal')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='projects.publicnotice')),
                ],
                options={
                    'verbose_name': '异议',
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['outcome', 'due_on'], name='projects_ob_outcome_67aa4b_idx'), models.Index(fields=['proposal', 'at'], name='projects_ob_proposa_32bc68_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('objector__isnull', False), models.Q(('paper_ref', ''), _negated=True), _connector='OR'), name='an_objection_has_a_person_or_a_paper'), models.CheckConstraint(condition=models.Q(('outcome', 'open'), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='an_answered_objection_has_an_answer'), models.CheckConstraint(condition=models.Q(('objector', None), ('answered_by', None), models.Q(('objector', models.F('answered_by')), _negated=True), _connector='OR'), name='nobody_answers_his_own_objection'), models.UniqueConstraint(condition=models.Q(('outcome', 'open')), fields=('proposal', 'objector'), name='one_open_objection_per_person_and_item')],
                },
            ), migrations.CreateModel(
                name='Rating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('proposer', '点菜人'), ('resident', '居民')], max_length=8)),
                    ('score', models.PositiveSmallIntegerField(verbose_name='评分')),
                    ('text', models.TextField(blank=True, verbose_name='想说的话')),
                    ('at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='projects.project')),
                ],
                options={
                    'verbose_name': '居民评价',
                    'ordering': ['at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('project', 'person'), name='one_rating_per_project_and_person'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='a_score_is_one_to_five')],
                },
            ), migrations.CreateModel(
                name='RatingWindow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('opened_at', models.DateTimeField()),
                    ('closes_on', models.DateField(verbose_name='评价截止日')),
                    ('residents', models.PositiveIntegerField()),
                    ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating_window', to='projects.project')),
                ],
                options={
                    'verbose_name': '评价期',
                },
            ), migrations.CreateModel(
                name='Recusal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=120, verbose_name='回避原因')),
                    ('at', models.DateTimeField()),
                    ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='projects.agendaitem')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('item', 'person'), name='one_recusal_per_item_and_member')],
                },
            ), migrations.CreateModel(
                name='RefillAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('refill', models.BooleanField()),
                    ('declined', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refill_answers', to='projects.round')),
                ],
                options={
                    'verbose_name': '递补决定',
                },
            ), migrations.CreateModel(
                name='Rehearsal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('budget', models.BigIntegerField(verbose_name='资金额度（分）')),
                    ('rules', models.JSONField()),
                    ('seed', models.CharField(max_length=64)),
                    ('started_at', models.DateTimeField()),
                    ('result', models.JSONField(null=True)),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.division')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.round')),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '投票演练',
                    'constraints': [models.UniqueConstraint(fields=('round', 'community'), name='one_rehearsal_per_round_and_community')],
                },
            ), migrations.CreateModel(
                name='RehearsalPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('code', models.CharField(max_length=8, unique=True)),
                    ('choices', models.JSONField(null=True)),
                    ('revision', models.PositiveSmallIntegerField(default=0)),
                    ('tracker', models.CharField(blank=True, max_length=16)),
                    ('rehearsal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='projects.rehearsal')),
                ],
                options={
                    'verbose_name': '测试人员',
                    'ordering': ['place'],
                    'constraints': [models.UniqueConstraint(fields=('rehearsal', 'place'), name='one_test_person_per_place')],
                },
            ), migrations.CreateModel(
                name='RehearsalProject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=30)),
                    ('title', models.CharField(max_length=120)),
                    ('need', models.TextField(blank=True)),
                    ('wish', models.TextField(blank=True)),
                    ('cost', models.BigIntegerField(verbose_name='金额（分）')),
                    ('rehearsal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='projects', to='projects.rehearsal')),
                ],
                options={
                    'verbose_name': '演练项目',
                    'ordering': ['number'],
                },
            ), migrations.CreateModel(
                name='ReplyTemplate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(choices=[('accepted', '通过初审'), ('returned', '退回补正'), ('rejected', '不予通过'), ('redirected', '转其他部门'), ('merged', '与另一提案合并')], max_length=10, verbose_name='用于')),
                    ('title', models.CharField(max_length=40, verbose_name='名称')),
                    ('text', models.TextField(verbose_name='内容')),
                    ('active', models.BooleanField(default=True, verbose_name='启用')),
                ],
                options={
                    'verbose_name': '答复模板',
                    'ordering': ['outcome', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('outcome', 'title'), name='one_reply_template_per_outcome_and_title')],
                },
            ), migrations.CreateModel(
                name='Resolution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(choices=[('passed', '通过'), ('refused', '不通过'), ('deferred', '下次再议')], max_length=8)),
                    ('seats', models.PositiveSmallIntegerField()),
                    ('present', models.PositiveSmallIntegerField()),
                    ('recused', models.PositiveSmallIntegerField()),
                    ('in_favour', models.PositiveSmallIntegerField()),
                    ('against', models.PositiveSmallIntegerField()),
                    ('abstained', models.PositiveSmallIntegerField()),
                    ('needed', models.PositiveSmallIntegerField(null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='projects.agendaitem')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='projects.proposal')),
                ],
                options={
                    'verbose_name': '决议',
                    'indexes': [models.Index(fields=['proposal', 'at'], name='projects_re_proposa_7f2987_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome', 'passed'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_refusal_says_why'), models.CheckConstraint(condition=models.Q(('outcome', 'deferred'), ('needed__isnull', False), _connector='OR'), name='a_vote_says_how_many_were_needed')],
                },
            ), migrations.CreateModel(
                name='SampleCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempt', models.PositiveSmallIntegerField()),
                    ('agrees', models.BooleanField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='projects.papersheet')),
                ],
                options={
                    'verbose_name': '纸质选票抽查',
                    'constraints': [models.UniqueConstraint(fields=('sheet', 'attempt', 'by'), name='nobody_checks_a_sheet_twice')],
                },
            ), migrations.CreateModel(
                name='SavedFilter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=20, verbose_name='名称')),
                    ('asked', models.JSONField(default=dict)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='screening_filters', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '常用筛选',
                    'ordering': ['title'],
                    'constraints': [models.UniqueConstraint(fields=('person', 'title'), name='one_filter_per_person_and_title')],
                },
            ), migrations.CreateModel(
                name='SearchEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('c', '社区'), ('k', '服务中心'), ('s', '服务事项'), ('a', '活动和课程'), ('p', '提案和项目'), ('n', '公示公告'), ('b', '机构')], max_length=1)),
                    ('key', models.BigIntegerField()),
                    ('title', models.CharField(max_length=120)),
                    ('about', models.CharField(blank=True, max_length=200)),
                    ('place', models.CharField(blank=True, max_length=80)),
                    ('url', models.CharField(max_length=200)),
                    ('heads', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                    ('terms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                    ('on', models.DateTimeField(null=True)),
                    ('stamp', models.BigIntegerField(default=0)),
                ],
                options={
                    'verbose_name': '搜索',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['heads'], name='search_heads'), django.contrib.postgres.indexes.GinIndex(fields=['terms'], name='search_terms')],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='one_search_entry_per_thing')],
                },
            ), migrations.CreateModel(
                name='SearchState',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('log_id', models.BigIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='only_one_search_state')],
                },
            ), migrations.CreateModel(
                name='SecondSignature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('agrees', models.BooleanField()),
                    ('reason', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='second', to='projects.approvaldecision')),
                ],
                options={
                    'verbose_name': '复核签字',
                    'constraints': [models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_no_says_why')],
                },
            ), migrations.CreateModel(
                name='Settlement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('paid', models.BigIntegerField()),
                    ('returned', models.BigIntegerField()),
                    ('retained', models.BigIntegerField(default=0, verbose_name='留作质保金（分）')),
                    ('note', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='projects.project')),
                ],
                options={
                    'verbose_name': '结算',
                },
            ), migrations.CreateModel(
                name='SignOff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('satisfaction', models.PositiveSmallIntegerField(verbose_name='满意程度')),
                    ('text', models.TextField(blank=True, verbose_name='想说的话')),
                    ('at', models.DateTimeField()),
                    ('inspection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sign_off', to='projects.inspection')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '点菜人签字',
                    'constraints': [models.CheckConstraint(condition=models.Q(('satisfaction__gte', 1), ('satisfaction__lte', 5)), name='satisfaction_is_one_to_five')],
                },
            ), migrations.CreateModel(
                name='Slate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('budget', models.BigIntegerField(verbose_name='资金额度（分）')),
                    ('seed', models.CharField(max_length=64)),
                    ('roll_size', models.PositiveIntegerField(default=0)),
                    ('digest', models.CharField(max_length=64)),
                    ('frozen_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slates', to='communities.division')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slates', to='projects.round')),
                ],
                options={
                    'verbose_name': '选票项目表',
                    'constraints': [models.UniqueConstraint(fields=('round', 'community'), name='one_slate_per_round_and_community')],
                },
            ), migrations.CreateModel(
                name='RollEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll_entries', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.round')),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='projects.slate')),
                ],
                options={
                    'verbose_name': '选民名册',
                    'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='one_roll_entry_per_round_and_person')],
                },
            ), migrations.CreateModel(
                name='Participation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                    ('channel', models.CharField(choices=[('online', '网上'), ('kiosk', '服务中心'), ('paper', '纸质')], max_length=6)),
                    ('day', models.DateField()),
                    ('centre', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.servicecentre')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.round')),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='projects.slate')),
                ],
                options={
                    'verbose_name': '参与登记',
                    'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='one_participation_per_round_and_person')],
                },
            ), migrations.CreateModel(
                name='KioskPass',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code_hash', models.CharField(max_length=64, unique=True)),
                    ('expires_at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.slate')),
                ],
                options={
                    'verbose_name': '自助投票码',
                    'constraints': [models.UniqueConstraint(fields=('slate', 'person'), name='one_kiosk_pass_per_slate_and_person')],
                },
            ), migrations.CreateModel(
                name='Kiosk',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('opened_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('wrong_tries', models.PositiveSmallIntegerField(default=0)),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.servicecentre')),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kiosks', to='projects.slate')),
                ],
                options={
                    'verbose_name': '自助投票设备',
                },
            ), migrations.CreateModel(
                name='DaySeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('cast', models.PositiveIntegerField()),
                    ('changed', models.PositiveIntegerField()),
                    ('paper', models.PositiveIntegerField()),
                    ('withdrawn', models.PositiveIntegerField()),
                    ('final', models.BooleanField(default=False)),
                    ('digest', models.CharField(max_length=64)),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='projects.slate')),
                ],
                options={
                    'verbose_name': '每日存证',
                    'ordering': ['day', 'final'],
                    'constraints': [models.UniqueConstraint(fields=('slate', 'day', 'final'), name='one_seal_per_slate_and_day')],
                },
            ), migrations.CreateModel(
                name='CountedTracker',
                fields=[
                    ('tracker', models.CharField(max_length=16, primary_key=True, serialize=False)),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted_trackers', to='projects.slate')),
                ],
            ), migrations.CreateModel(
                name='CountedBallot',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                    ('choices', models.JSONField()),
                    ('channel', models.CharField(choices=[('online', '网上'), ('kiosk', '服务中心'), ('paper', '纸质')], max_length=6)),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted_ballots', to='projects.slate')),
                ],
            ), migrations.CreateModel(
                name='Candidate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('cost', models.BigIntegerField(verbose_name='金额（分）')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='projects.proposal')),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='projects.slate')),
                ],
                options={
                    'verbose_name': '候选项目',
                    'constraints': [models.UniqueConstraint(fields=('slate', 'proposal'), name='one_candidacy_per_slate_and_proposal')],
                },
            ), migrations.CreateModel(
                name='Ballot',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                    ('link', models.BinaryField(max_length=32, unique=True)),
                    ('tracker', models.CharField(max_length=16, unique=True)),
                    ('choices', models.JSONField(default=dict)),
                    ('channel', models.CharField(blank=True, choices=[('online', '网上'), ('kiosk', '服务中心'), ('paper', '纸质')], default='', max_length=6)),
                    ('revision', models.PositiveSmallIntegerField(default=0)),
                    ('filler', models.TextField(default='                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        ')),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='projects.slate')),
                ],
            ), migrations.CreateModel(
                name='Slip',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('choice', models.CharField(choices=[('for', '同意'), ('against', '反对'), ('abstain', '弃权')], max_length=8)),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='projects.agendaitem')),
                ],
            ), migrations.CreateModel(
                name='SpoiltSheet',
                fields=[
                    ('tracker', models.CharField(max_length=16, primary_key=True, serialize=False)),
                    ('reason', models.CharField(choices=[('over_limit', '超过可选的项数或金额'), ('unreadable', '看不清选了什么'), ('miswritten', '填错了，已换新'), ('damaged', '污损了，已换新'), ('lost', '遗失了，已换新')], max_length=10)),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spoilt_sheets', to='projects.slate')),
                ],
                options={
                    'verbose_name': '作废的纸质选票',
                },
            ), migrations.CreateModel(
                name='StageMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('left', models.CharField(max_length=14)),
                    ('entered', models.CharField(max_length=14)),
                    ('passed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=14), default=list, size=None)),
                    ('reason', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='projects.project')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='projects.round')),
                ],
                options={
                    'verbose_name': '流转记录',
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['entered', 'at'], name='projects_st_entered_1271ea_idx')],
                },
            ), migrations.CreateModel(
                name='StageWindow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stage', models.CharField(choices=[('rounds', '筹备'), ('proposals', '征集'), ('screening', '初审'), ('deliberation', '议事会评议'), ('voting', '居民投票'), ('tally', '计票定项'), ('publicity', '公示'), ('approval', '街道审批'), ('funding', '资金与采购'), ('delivery', '实施'), ('acceptance', '验收'), ('evaluation', '评价'), ('done', '结束')], max_length=14)),
                    ('opens_at', models.DateTimeField()),
                    ('closes_at', models.DateTimeField()),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows', to='projects.round')),
                ],
                options={
                    'indexes': [models.Index(fields=['stage', 'closes_at'], name='projects_st_stage_180fab_idx')],
                    'constraints': [models.UniqueConstraint(fields=('round', 'stage'), name='one_window_per_round_and_stage'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='a_window_closes_after_it_opens')],
                },
            ), migrations.CreateModel(
                name='StartedBallot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='started_ballots', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.round')),
                ],
                options={
                    'verbose_name': '未完成的选票',
                    'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='one_started_ballot_per_person')],
                },
            ), migrations.CreateModel(
                name='Stop',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField(verbose_name='暂停原因')),
                    ('stopped_at', models.DateTimeField()),
                    ('resumed_at', models.DateTimeField(null=True)),
                    ('resume_note', models.TextField(blank=True)),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='终止时间')),
                    ('end_reason', models.TextField(blank=True, verbose_name='终止原因')),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='projects.project')),
                    ('resumed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('stopped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': '暂停',
                    'ordering': ['stopped_at', 'pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('resumed_at', None)), fields=('project',), name='one_open_stop_per_project'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_stop_says_why'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(models.Q(('end_reason', ''), _negated=True), ('ended_by__isnull', False), ('resumed_at', None)), _connector='OR'), name='what_is_given_up_says_why_and_is_not_resumed')],
                },
            ), migrations.CreateModel(
                name='SupervisorRating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content', models.PositiveSmallIntegerField(verbose_name='实施内容')),
                    ('site', models.PositiveSmallIntegerField(verbose_name='现场管理')),
                    ('budget', models.PositiveSmallIntegerField(verbose_name='资金使用')),
                    ('quality', models.PositiveSmallIntegerField(verbose_name='质量安全')),
                    ('text', models.TextField(blank=True, verbose_name='监督意见')),
                    ('at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisor_ratings', to='projects.project')),
                ],
                options={
                    'verbose_name': '监督评价',
                    'ordering': ['at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('project', 'person'), name='one_rating_per_project_and_supervisor'), models.CheckConstraint(condition=models.Q(('budget__range', (1, 5)), ('content__range', (1, 5)), ('quality__range', (1, 5)), ('site__range', (1, 5))), name='supervisors_scores_are_one_to_five')],
                },
            ), migrations.CreateModel(
                name='Support',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('moved_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.proposal')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to=settings.AUTH_USER_MODEL)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='projects.proposal')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'person'), name='one_support_per_proposal_and_person')],
                },
            ), migrations.CreateModel(
                name='Tally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rule', models.CharField(max_length=40)),
                    ('budget', models.BigIntegerField()),
                    ('left_out', models.JSONField(default=list)),
                    ('settled', models.JSONField(default=list)),
                    ('ballots', models.PositiveIntegerField()),
                    ('blank', models.PositiveIntegerField()),
                    ('spent', models.BigIntegerField()),
                    ('result', models.JSONField()),
                    ('digest', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('slate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='projects.slate')),
                ],
                options={
                    'verbose_name': '计票',
                    'ordering': ['-pk'],
                },
            ), migrations.CreateModel(
                name='Outcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('votes', models.PositiveIntegerField()),
                    ('cost', models.BigIntegerField()),
                    ('chosen', models.BooleanField()),
                    ('reason', models.CharField(max_length=20)),
                    ('left', models.BigIntegerField(null=True)),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='projects.proposal')),
                    ('tally', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='projects.tally')),
                ],
                options={
                    'verbose_name': '计票结果',
                    'ordering': ['place'],
                    'constraints': [models.UniqueConstraint(fields=('tally', 'proposal'), name='one_outcome_per_tally_and_proposal')],
                },
            ), migrations.CreateModel(
                name='Wording',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('vocabulary', models.CharField(choices=[('dishes', '点菜、配菜、定菜、做菜、评菜'), ('city', '征集、评议、确定、实施、验收')], default='dishes', max_length=10, verbose_name='用语')),
                    ('words', models.JSONField(blank=True, default=dict)),
                    ('district', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='wording', to='communities.division', verbose_name='区')),
                ],
                options={
                    'verbose_name': '用语设置',
                },
            )],
        ),
    ]
