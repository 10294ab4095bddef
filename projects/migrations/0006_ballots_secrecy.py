"""Each slot for a ballot lies on a page of its own; the daily chain and the end of a key are never rewritten."""

from django.db import migrations

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
    replaces = [
        ("projects", "0010_voting_secrecy"),
    ]
    dependencies = [("projects", "0005_frozen_rounds_stay"), ("portal", "0002_append_only")]
    operations = [
        migrations.RunSQL(ONE_SLOT_A_PAGE, migrations.RunSQL.noop),
        migrations.RunSQL(STAYS, migrations.RunSQL.noop),
    ]
