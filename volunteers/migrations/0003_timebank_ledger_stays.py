"""The time bank only grows, every posting sums to zero within one unit and one origin, and no balance falls below zero.

The database keeps these promises itself: a second way to write, or a mistake in the portal, cannot break them.
`balance` of an account is written by the entries that come in and by nothing else.
"""

from django.db import migrations

TABLES = (
    "volunteers_hourrecord",
    "volunteers_portion",
    "volunteers_hourreview",
    "volunteers_reversal",
    "volunteers_posting",
    "volunteers_entry",
    "volunteers_tariff",
    "volunteers_certificate",
)

STAY = "".join(
    f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION portal_only_grows();
"""
    for table in TABLES
)

BALANCES = """
CREATE FUNCTION volunteers_entry_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE volunteers_account SET balance = balance + NEW.amount
        WHERE id = NEW.account_id AND volunteer_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER volunteers_entry_counts AFTER INSERT ON volunteers_entry
    FOR EACH ROW EXECUTE FUNCTION volunteers_entry_counts();

CREATE FUNCTION volunteers_account_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance = 0 THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
        AND (NEW.id, NEW.kind, NEW.origin, NEW.volunteer_id, NEW.expires_on)
            IS NOT DISTINCT FROM (OLD.id, OLD.kind, OLD.origin, OLD.volunteer_id, OLD.expires_on) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'account % is written by its entries alone', coalesce(NEW.id, OLD.id)
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER volunteers_account_rows_stay BEFORE INSERT OR UPDATE OR DELETE ON volunteers_account
    FOR EACH ROW EXECUTE FUNCTION volunteers_account_stays();
CREATE TRIGGER volunteers_account_stays BEFORE TRUNCATE ON volunteers_account
    FOR EACH STATEMENT EXECUTE FUNCTION portal_only_grows();
"""

SUMS = """
CREATE FUNCTION volunteers_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    posting bigint;
    sides integer;
    kinds integer;
    difference numeric;
    strangers integer;
BEGIN
    posting := CASE WHEN TG_TABLE_NAME = 'volunteers_posting' THEN NEW.id
                    ELSE (to_jsonb(NEW)->>'posting_id')::bigint END;
    SELECT count(*), coalesce(sum(entry.amount), 0),
           count(DISTINCT account.origin),
           count(*) FILTER (WHERE account.volunteer_id <> held.volunteer_id)
        INTO sides, difference, kinds, strangers
        FROM volunteers_posting held
        LEFT JOIN volunteers_entry entry ON entry.posting_id = held.id
        LEFT JOIN volunteers_account account ON account.id = entry.account_id
        WHERE held.id = posting;
    IF sides < 2 OR difference <> 0 OR kinds <> 1 OR strangers <> 0 THEN
        RAISE EXCEPTION 'posting % does not balance', posting USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER volunteers_posting_balances AFTER INSERT ON volunteers_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION volunteers_posting_balances();
CREATE CONSTRAINT TRIGGER volunteers_entry_balances AFTER INSERT ON volunteers_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION volunteers_posting_balances();
"""

UNDO = (
    "".join(f"DROP TRIGGER {table}_rows_stay ON {table}; DROP TRIGGER {table}_stays ON {table};" for table in TABLES)
    + """
DROP TRIGGER volunteers_account_stays ON volunteers_account;
DROP FUNCTION volunteers_account_stays() CASCADE;
DROP FUNCTION volunteers_entry_counts() CASCADE;
DROP FUNCTION volunteers_posting_balances() CASCADE;
"""
)


class Migration(migrations.Migration):
    replaces = [
        ("volunteers", "0003_timebank_stays"),
    ]
    dependencies = [("volunteers", "0002_skills"), ("portal", "0002_append_only")]

    operations = [migrations.RunSQL(STAY + BALANCES + SUMS, reverse_sql=UNDO)]
