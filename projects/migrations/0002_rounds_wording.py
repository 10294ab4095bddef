"""The words of a district."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0001_initial"), ("projects", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vocabulary",
                    models.CharField(
                        choices=[("dishes", "点菜、配菜、定菜、做菜、评菜"), ("city", "征集、评议、确定、实施、验收")],
                        default="dishes",
                        max_length=10,
                        verbose_name="用语",
                    ),
                ),
                ("words", models.JSONField(blank=True, default=dict)),
                (
                    "district",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wording",
                        to="communities.division",
                        verbose_name="区",
                    ),
                ),
            ],
            options={"verbose_name": "用语设置"},
        ),
    ]
