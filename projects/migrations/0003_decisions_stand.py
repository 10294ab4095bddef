"""Decisions of the council and of the street are never rewritten; the votes of a resolved item neither."""

from django.db import migrations

ONLY_GROW = (
    "resolution", "slip", "carryover", "approvaldecision", "secondsignature", "refillanswer", "filing"
)
TRIGGERS = "".join(
    f"""
CREATE TRIGGER projects_{table}_rows_stay BEFORE UPDATE OR DELETE ON projects_{table}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
"""
    for table in ONLY_GROW
)
VOTES_STAND = """
CREATE FUNCTION projects_votes_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM projects_resolution WHERE item_id = COALESCE(NEW.item_id, OLD.item_id)) THEN
        RAISE EXCEPTION 'the item is resolved: % denied', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER projects_membervote_stands BEFORE INSERT OR UPDATE OR DELETE ON projects_membervote
    FOR EACH ROW EXECUTE FUNCTION projects_votes_stand();
CREATE TRIGGER projects_slip_stands BEFORE INSERT ON projects_slip
    FOR EACH ROW EXECUTE FUNCTION projects_votes_stand();
"""
UNDO = "".join(
    f"DROP TRIGGER projects_{table}_rows_stay ON projects_{table};" for table in ONLY_GROW
) + "DROP FUNCTION projects_votes_stand() CASCADE;"


class Migration(migrations.Migration):
    replaces = [
        ("projects", "0003_deliberation_publicity_approval"),
    ]
    dependencies = [("projects", "0002_proposals_screening_rows"), ("portal", "0002_append_only")]
    operations = [migrations.RunSQL(TRIGGERS + VOTES_STAND, reverse_sql=UNDO)]
