"""Slots for ballots, random ids, the daily chain, the end of a key, started ballots."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


RANDOM_IDS = """
ALTER TABLE projects_participation DROP COLUMN id;
ALTER TABLE projects_participation ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid();
"""
OLD_IDS = """
ALTER TABLE projects_participation DROP COLUMN id;
ALTER TABLE projects_participation ADD COLUMN id bigserial PRIMARY KEY;
"""
# With the filler a slot takes more than a tenth of a page, so that each lies on its own; a change stays on its page.
ONE_SLOT_A_PAGE = """
ALTER TABLE projects_ballot SET (fillfactor = 10);
ALTER TABLE projects_ballot ALTER COLUMN filler SET STORAGE PLAIN;
"""
STAYS = "".join(
    f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION portal_only_grows();
"""
    for table in ("projects_dayseal", "projects_keysignature", "projects_keyend")
)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_frozen_rounds_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyEnd",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="key_end",
                        serialize=False,
                        to="projects.round",
                    ),
                ),
                ("by_people", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "密钥已销毁",
            },
        ),
        migrations.AddField(
            model_name="ballot",
            name="filler",
            field=models.TextField(
                default="                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "
            ),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[("online", "网上"), ("kiosk", "服务中心"), ("paper", "纸质")],
                default="",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="revision",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(RANDOM_IDS, OLD_IDS)],
            state_operations=[
                migrations.AlterField(
                    model_name="participation",
                    name="id",
                    field=models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DaySeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("cast", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField()),
                ("paper", models.PositiveIntegerField()),
                ("withdrawn", models.PositiveIntegerField()),
                ("final", models.BooleanField(default=False)),
                ("digest", models.CharField(max_length=64)),
                (
                    "slate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seals", to="projects.slate"
                    ),
                ),
            ],
            options={
                "verbose_name": "每日存证",
                "ordering": ["day", "final"],
                "constraints": [
                    models.UniqueConstraint(fields=("slate", "day", "final"), name="one_seal_per_slate_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeySignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="key_signatures", to="projects.round"
                    ),
                ),
            ],
            options={
                "verbose_name": "销毁密钥确认",
                "ordering": ["at"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "person"), name="one_key_signature_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="StartedBallot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="started_ballots",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="projects.round"
                    ),
                ),
            ],
            options={
                "verbose_name": "未完成的选票",
                "constraints": [
                    models.UniqueConstraint(fields=("round", "person"), name="one_started_ballot_per_person")
                ],
            },
        ),
        migrations.RunSQL(ONE_SLOT_A_PAGE, migrations.RunSQL.noop),
        migrations.RunSQL(STAYS, migrations.RunSQL.noop),
    ]
