"""The holidays and make-up days that are published when the portal is installed."""

from django.db import migrations


def seed(apps, schema_editor):
    from portal.holidays import published_days

    day_model = apps.get_model("portal", "SpecialDay")
    day_model.objects.bulk_create(
        [day_model(on=day, works=works, name=name) for day, works, name in published_days()],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_append_only")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
