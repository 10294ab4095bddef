"""The list of skills that is shipped."""

from django.db import migrations

from volunteers.teams.rules import SKILLS


def enter_skills(apps, schema_editor):
    for code, title, needs_proof in SKILLS:
        apps.get_model("volunteers", "Skill").objects.get_or_create(
            code=code, defaults={"title": title, "needs_proof": needs_proof}
        )


class Migration(migrations.Migration):
    replaces = [
        ("volunteers", "0001_teams"),
    ]
    dependencies = [("volunteers", "0001_tables"), ("portal", "0002_append_only")]
    operations = [migrations.RunPython(enter_skills, migrations.RunPython.noop)]
