"""The sequence of public numbers, the tables of proposals and screening that only grow, and the shipped lists."""

from django.db import migrations

from projects.screening import lists

TABLES = ("edition", "finding", "capoverride", "appeal", "appealdecision", "note")
TRIGGERS = "".join(
    f"""
CREATE TRIGGER projects_{table}_rows_stay BEFORE UPDATE OR DELETE ON projects_{table}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
"""
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER projects_{table}_rows_stay ON projects_{table};" for table in TABLES)


def enter_lists(apps, schema_editor):
    for code, title, text, basis, by_hand in lists.NEGATIVE:
        apps.get_model("projects", "ExclusionReason").objects.get_or_create(
            code=code, defaults={"title": title, "text": text, "basis": basis, "by_hand": by_hand}
        )
    for code, title, basis in lists.POSITIVE:
        apps.get_model("projects", "PositiveKind").objects.get_or_create(
            code=code, defaults={"title": title, "basis": basis}
        )
    for outcome, title, text in lists.REPLIES:
        apps.get_model("projects", "ReplyTemplate").objects.get_or_create(
            outcome=outcome, title=title, defaults={"text": text}
        )


class Migration(migrations.Migration):
    replaces = [
        ("projects", "0008_proposals_screening_rows"),
    ]
    dependencies = [("projects", "0001_tables"), ("portal", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE proposal_number_seq AS bigint START 1;", reverse_sql="DROP SEQUENCE proposal_number_seq;"
        ),
        migrations.RunSQL(TRIGGERS, reverse_sql=UNDO),
        migrations.RunPython(enter_lists, migrations.RunPython.noop),
    ]
