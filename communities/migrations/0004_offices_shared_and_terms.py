"""A body serves several communities; terms of one post, and of one person in it, never overlap."""

from django.db import migrations, models


KEYS = """
    int8range(body_id, body_id, '[]') WITH &&,
    int8range(hashtextextended(title, 0) / 2, hashtextextended(title, 0) / 2, '[]') WITH &&,
    daterange(since, until, '[]') WITH &&
"""
PERSON = "int8range(hashtextextended(name, 0) / 2, hashtextextended(name, 0) / 2, '[]') WITH &&"
SEVERAL = """
UPDATE communities_office one SET several = TRUE FROM communities_office other
 WHERE one.body_id = other.body_id AND one.title = other.title AND one.id <> other.id
   AND daterange(one.since, one.until, '[]') && daterange(other.since, other.until, '[]')
"""
POST = f"""
ALTER TABLE communities_office ADD CONSTRAINT one_holder_of_a_post_at_a_time EXCLUDE USING gist ({KEYS}) WHERE (NOT several)
"""
HOLDER = f"""
ALTER TABLE communities_office ADD CONSTRAINT terms_of_one_person_in_a_post_never_overlap EXCLUDE USING gist ({KEYS}, {PERSON})
"""
DROP = "ALTER TABLE communities_office DROP CONSTRAINT {}"


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0003_proxies'),
    ]

    operations = [
        migrations.AddField(
            model_name='body',
            name='also_serves',
            field=models.ManyToManyField(blank=True, help_text='一个党委、工作站、物业等服务几个社区的，在这里选其他社区。', related_name='shared_bodies', to='communities.division', verbose_name='还服务哪些社区'),
        ),
        migrations.AddField(
            model_name='historicaloffice',
            name='several',
            field=models.BooleanField(default=False, help_text='例如委员、副主任。', verbose_name='同一职务可有几人'),
        ),
        migrations.AddField(
            model_name='office',
            name='several',
            field=models.BooleanField(default=False, help_text='例如委员、副主任。', verbose_name='同一职务可有几人'),
        ),
        migrations.RunSQL(SEVERAL, migrations.RunSQL.noop),
        migrations.RunSQL(POST, DROP.format("one_holder_of_a_post_at_a_time")),
        migrations.RunSQL(HOLDER, DROP.format("terms_of_one_person_in_a_post_never_overlap")),
    ]
