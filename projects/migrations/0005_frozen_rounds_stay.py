"""What a call froze stays frozen, whoever writes: rules, digest, stages and number of a round, its calendar and money.

A round counts as frozen when it carries the digest that was published. Nothing is deleted from it or added to it.
"""

from django.db import migrations

ROUND = """
CREATE FUNCTION a_frozen_round_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.digest ~ '[1-9a-f]' AND (
        NEW.rules, NEW.digest, NEW.frozen_at, NEW.unused_stages, NEW.number, NEW.title, NEW.street_id
    ) IS DISTINCT FROM (
        OLD.rules, OLD.digest, OLD.frozen_at, OLD.unused_stages, OLD.number, OLD.title, OLD.street_id
    ) THEN
        RAISE EXCEPTION 'round % is frozen', OLD.number USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_round_guarded BEFORE UPDATE ON projects_round
    FOR EACH ROW EXECUTE FUNCTION a_frozen_round_stays();
"""

PARTS = """
CREATE FUNCTION a_part_of_a_frozen_round_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.round_id ELSE OLD.round_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM projects_round WHERE id = concerned AND digest ~ '[1-9a-f]') THEN
        RAISE EXCEPTION 'the round of this % is frozen', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER frozen_round_guarded BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION a_part_of_a_frozen_round_stays();
"""
    for table in ("projects_envelope", "projects_stagewindow")
)


class Migration(migrations.Migration):
    replaces = [
        ("projects", "0009_frozen_rounds_stay"),
    ]
    dependencies = [("projects", "0004_funding_ledger_holds"), ("portal", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            ROUND + PARTS,
            reverse_sql="DROP FUNCTION a_frozen_round_stays() CASCADE; "
            "DROP FUNCTION a_part_of_a_frozen_round_stays() CASCADE;",
        ),
    ]
