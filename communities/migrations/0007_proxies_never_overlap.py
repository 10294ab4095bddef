"""A proxy that has run out stays as it was: what two people may not have is two proxies for the same day."""

from django.db import migrations

NEVER = """
ALTER TABLE communities_proxy ADD CONSTRAINT proxies_between_two_never_overlap EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    int8range(holder_id, holder_id, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (revoked_at IS NULL)
"""
DROP = "ALTER TABLE communities_proxy DROP CONSTRAINT proxies_between_two_never_overlap"


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0006_councils_mandates'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='proxy',
            name='one_standing_proxy_between_two',
        ),
        migrations.RunSQL(NEVER, DROP),
    ]
