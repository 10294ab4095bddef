"""Whoever signs in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("communities", "0001_initial"),
        ("communities", "0002_accounts_and_records"),
    ]
    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]
    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('staff_name', models.CharField(blank=True, max_length=40, null=True, unique=True, verbose_name='工号')),
                ('name', models.CharField(blank=True, max_length=50, verbose_name='姓名')),
                ('phone_cipher', models.BinaryField(blank=True, null=True)),
                ('phone_index', models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('is_staff', models.BooleanField(default=False, verbose_name='工作人员')),
                ('is_active', models.BooleanField(default=True, verbose_name='可以登录')),
                ('adult', models.BooleanField(blank=True, null=True, verbose_name='已满18周岁')),
                ('date_joined', models.DateTimeField(verbose_name='注册时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='注销时间')),
                ('show_name', models.BooleanField(default=False, verbose_name='同意公开姓名')),
                ('elder_mode', models.BooleanField(default=False, verbose_name='长者模式')),
                ('sessions_ended', models.PositiveIntegerField(default=0, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '人员',
            },
        ),
    ]
