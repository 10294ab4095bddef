
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0008_centres_activities'),
        ('volunteers', '0006_activities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
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
            },
        ),
        migrations.CreateModel(
            name='WishCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('wish', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='check_row', to='volunteers.wish')),
            ],
        ),
        migrations.CreateModel(
            name='WishPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cipher', models.BinaryField()),
                ('wish', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='behind', to='volunteers.wish')),
            ],
        ),
        migrations.CreateModel(
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
        ),
        migrations.AddIndex(
            model_name='wish',
            index=models.Index(fields=['state', '-published_at'], name='volunteers__state_d68928_idx'),
        ),
        migrations.AddIndex(
            model_name='wish',
            index=models.Index(fields=['community', 'state'], name='volunteers__communi_72d933_idx'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['due_on'], name='claim_open'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('wish',), name='one_claim_per_wish'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('outcome__gt', '')), _connector='OR'), name='an_ended_claim_says_how'),
        ),
    ]
