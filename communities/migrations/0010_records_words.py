"""Columns of the records' pages are named in words."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0009_centres_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='body',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='communities.division', verbose_name='社区'),
        ),
        migrations.AlterField(
            model_name='council',
            name='community',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='council', to='communities.division', verbose_name='社区'),
        ),
        migrations.AlterField(
            model_name='historicalbody',
            name='community',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='communities.division', verbose_name='社区'),
        ),
        migrations.AlterField(
            model_name='historicalcouncil',
            name='community',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='communities.division', verbose_name='社区'),
        ),
        migrations.AlterField(
            model_name='historicaloffice',
            name='body',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='communities.body', verbose_name='机构'),
        ),
        migrations.AlterField(
            model_name='historicalseat',
            name='council',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='communities.council', verbose_name='居民议事会'),
        ),
        migrations.AlterField(
            model_name='historicalseat',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='议事代表'),
        ),
        migrations.AlterField(
            model_name='office',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offices', to='communities.body', verbose_name='机构'),
        ),
        migrations.AlterField(
            model_name='seat',
            name='council',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='communities.council', verbose_name='居民议事会'),
        ),
        migrations.AlterField(
            model_name='seat',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL, verbose_name='议事代表'),
        ),
    ]
