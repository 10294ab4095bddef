"""Proxies, and what was done by them: those rows only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TABLE = "communities_proxyact"
STAYS = f"""
CREATE TRIGGER {TABLE}_rows_stay BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0002_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proxy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('no_phone', '没有手机'), ('old_phone', '手机不能上网'), ('cannot', '看不清或不会操作')], max_length=10, verbose_name='原因')),
                ('paper_ref', models.CharField(max_length=40, verbose_name='委托书编号')),
                ('starts_on', models.DateField(verbose_name='起')),
                ('ends_on', models.DateField(verbose_name='止')),
                ('witnessed_at', models.DateTimeField(verbose_name='见证时间')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies', to='communities.division')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies_held', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proxies_given', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('witnessed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '代办登记',
            },
        ),
        migrations.CreateModel(
            name='ProxyAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=60)),
                ('path', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('proxy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='communities.proxy')),
            ],
            options={
                'verbose_name': '代办记录',
            },
        ),
        migrations.AddIndex(
            model_name='proxy',
            index=models.Index(fields=['community', '-witnessed_at'], name='communities_communi_9fcfcb_idx'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('holder')), _negated=True), name='nobody_is_her_own_proxy'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('witnessed_by', models.F('holder')), _negated=True), models.Q(('witnessed_by', models.F('person')), _negated=True)), name='a_proxy_is_witnessed_by_a_third_person'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_proxy_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='a_revoked_proxy_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='proxy',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person', 'holder'), name='one_standing_proxy_between_two'),
        ),
        migrations.AddIndex(
            model_name='proxyact',
            index=models.Index(fields=['proxy', '-at'], name='communities_proxy_i_eeb73d_idx'),
        ),
        migrations.RunSQL(STAYS, f"DROP TRIGGER {TABLE}_rows_stay ON {TABLE}"),
    ]
