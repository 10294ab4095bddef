import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

ONLY_GROW = (
    "resolution", "slip", "carryover", "approvaldecision", "secondsignature", "refillanswer", "filing"
)
TRIGGERS = "".join(
    f"""
CREATE TRIGGER projects_{table}_rows_stay BEFORE UPDATE OR DELETE ON projects_{table}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
"""
    for table in ONLY_GROW
)
VOTES_STAND = """
CREATE FUNCTION projects_votes_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM projects_resolution WHERE item_id = COALESCE(NEW.item_id, OLD.item_id)) THEN
        RAISE EXCEPTION 'the item is resolved: % denied', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER projects_membervote_stands BEFORE INSERT OR UPDATE OR DELETE ON projects_membervote
    FOR EACH ROW EXECUTE FUNCTION projects_votes_stand();
CREATE TRIGGER projects_slip_stands BEFORE INSERT ON projects_slip
    FOR EACH ROW EXECUTE FUNCTION projects_votes_stand();
"""
UNDO = "".join(
    f"DROP TRIGGER projects_{table}_rows_stay ON projects_{table};" for table in ONLY_GROW
) + "DROP FUNCTION projects_votes_stand() CASCADE;"


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0001_initial'),
        ('portal', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('projects', '0002_rounds_wording'),
    ]

    operations = [
        migrations.CreateModel(
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
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_decisions', to='projects.proposal')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_decisions', to='projects.round')),
            ],
            options={
                'verbose_name': '审批决定',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CarryOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='projects.proposal')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='projects.round')),
            ],
            options={
                'verbose_name': '转入下一批次',
            },
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('notes', models.TextField(blank=True, verbose_name='讨论记录')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='projects.proposal')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='projects.meeting')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='MemberVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(blank=True, choices=[('for', '同意'), ('against', '反对'), ('abstain', '弃权')], max_length=8)),
                ('at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='projects.agendaitem')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='council_votes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=120, verbose_name='回避原因')),
                ('at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='projects.agendaitem')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
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
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('choice', models.CharField(choices=[('for', '同意'), ('against', '反对'), ('abstain', '弃权')], max_length=8)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='projects.agendaitem')),
            ],
        ),
        migrations.AddIndex(
            model_name='approvaldecision',
            index=models.Index(fields=['round', 'proposal'], name='projects_ap_round_i_7c4773_idx'),
        ),
        migrations.AddConstraint(
            model_name='approvaldecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), ('verdict', 'refuse')), models.Q(models.Q(('verdict', 'refuse'), _negated=True), ('amount__gt', 0)), _connector='OR'), name='an_approval_has_an_amount_and_a_refusal_none'),
        ),
        migrations.AddConstraint(
            model_name='approvaldecision',
            constraint=models.CheckConstraint(condition=models.Q(('amount__lte', models.F('asked'))), name='no_approval_above_what_was_asked'),
        ),
        migrations.AddConstraint(
            model_name='approvaldecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['refuse', 'lower']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='less_than_asked_says_why'),
        ),
        migrations.AddConstraint(
            model_name='carryover',
            constraint=models.UniqueConstraint(fields=('proposal', 'round'), name='one_carry_over_per_proposal_and_round'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(fields=('round', 'digest'), name='one_filing_per_list'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['community', '-starts_at'], name='projects_me_communi_8b48ee_idx'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['round', 'community'], name='projects_me_round_i_fdf9ca_idx'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('adjourned_at', None), _connector='OR'), name='a_meeting_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('opened_at__isnull', False), ('seats__isnull', False)), _connector='OR'), name='a_closed_meeting_was_opened'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('chair_signed_at__isnull', False), ('clerk_signed_at__isnull', False)), _connector='OR'), name='published_minutes_carry_two_signatures'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('clerk', None), ('chair', None), models.Q(('clerk', models.F('chair')), _negated=True), _connector='OR'), name='chair_and_clerk_are_two_people'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'person'), name='one_attendance_per_meeting_and_person'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'proposal'), name='a_proposal_is_once_on_an_agenda'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None), ('opened_at__isnull', False)), fields=('meeting',), name='one_item_at_the_vote_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='membervote',
            constraint=models.UniqueConstraint(fields=('item', 'person'), name='one_vote_per_item_and_member'),
        ),
        migrations.AddIndex(
            model_name='publicnotice',
            index=models.Index(fields=['round', 'community'], name='projects_pu_round_i_478c2c_idx'),
        ),
        migrations.AddIndex(
            model_name='publicnotice',
            index=models.Index(fields=['community', '-at'], name='projects_pu_communi_c13300_idx'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.UniqueConstraint(fields=('street', 'year', 'serial'), name='one_notice_number_per_street_and_year'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_notice_ends_after_it_starts'),
        ),
        migrations.AddIndex(
            model_name='objection',
            index=models.Index(fields=['outcome', 'due_on'], name='projects_ob_outcome_67aa4b_idx'),
        ),
        migrations.AddIndex(
            model_name='objection',
            index=models.Index(fields=['proposal', 'at'], name='projects_ob_proposa_32bc68_idx'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('objector__isnull', False), models.Q(('paper_ref', ''), _negated=True), _connector='OR'), name='an_objection_has_a_person_or_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'open'), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='an_answered_objection_has_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('objector', None), ('answered_by', None), models.Q(('objector', models.F('answered_by')), _negated=True), _connector='OR'), name='nobody_answers_his_own_objection'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'open')), fields=('proposal', 'objector'), name='one_open_objection_per_person_and_item'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('item', 'person'), name='one_recusal_per_item_and_member'),
        ),
        migrations.AddIndex(
            model_name='resolution',
            index=models.Index(fields=['proposal', 'at'], name='projects_re_proposa_7f2987_idx'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'passed'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_refusal_says_why'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'deferred'), ('needed__isnull', False), _connector='OR'), name='a_vote_says_how_many_were_needed'),
        ),
        migrations.AddConstraint(
            model_name='secondsignature',
            constraint=models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_no_says_why'),
        ),
        migrations.RunSQL(TRIGGERS + VOTES_STAND, reverse_sql=UNDO),
    ]
