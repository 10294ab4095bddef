"""Tables that only grow: a trigger denies UPDATE, DELETE and TRUNCATE, also to the portal itself (S47).

Other apps use the same function: CREATE TRIGGER … EXECUTE FUNCTION portal_only_grows().
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION portal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % only grows: % denied', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""

TRIGGERS = "".join(
    f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION portal_only_grows();
"""
    for table in ("portal_logentry", "portal_logseal")
)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FUNCTION + TRIGGERS,
            reverse_sql="DROP FUNCTION portal_only_grows() CASCADE;",
        ),
    ]
