"""A charter whose quorum or pass mark nobody can ever reach is refused by the database too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0007_proxies_never_overlap'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('quorum_over__lte', models.F('quorum_under')), ('quorum_under__gte', 1), models.Q(('quorum_inclusive', True), ('quorum_over__lt', models.F('quorum_under')), _connector='OR')), name='a_quorum_is_a_share_of_the_seats', violation_error_message='法定人数要写成不大于 1 的分数，例如 2/3；“超过全体”不会有到会的一天。'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('pass_over__lte', models.F('pass_under')), ('pass_under__gte', 1), models.Q(('pass_inclusive', True), ('pass_over__lt', models.F('pass_under')), _connector='OR')), name='a_pass_mark_is_a_share_of_those_present', violation_error_message='通过比例要写成不大于 1 的分数，例如 1/2；“超过全体”永远通不过。'),
        ),
    ]
