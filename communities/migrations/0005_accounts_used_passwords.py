"""Passwords that staff had are remembered as digests; the standing ones from today on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


STANDING = """
INSERT INTO communities_usedpassword (person_id, hashed, at)
SELECT id, password, now() FROM communities_user WHERE is_staff AND password <> '' AND password NOT LIKE '!%'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0004_offices_shared_and_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='UsedPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hashed', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='used_passwords', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunSQL(STANDING, migrations.RunSQL.noop),
    ]
