"""The ledger only grows, balances, and never pays what is not there; a paid payment stays as it is.

The database keeps these promises itself: a second way to write, or a mistake in the portal, cannot break them.
"""

from django.db import migrations

TABLES = ("projects_posting", "projects_ledgerentry", "projects_account", "projects_settlement")

STAY = "".join(
    f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION portal_only_grows();
"""
    for table in TABLES
)

PAID_STAYS = """
CREATE TRIGGER projects_payment_paid_rows_stay BEFORE UPDATE OR DELETE ON projects_payment
    FOR EACH ROW WHEN (OLD.state = 'released') EXECUTE FUNCTION portal_only_grows();
"""

BALANCED = """
CREATE FUNCTION projects_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sides integer;
    difference numeric;
BEGIN
    SELECT count(*), coalesce(sum(CASE side WHEN 'debit' THEN amount ELSE -amount END), 0)
        INTO sides, difference FROM projects_ledgerentry WHERE posting_id = NEW.id;
    IF sides <> 2 OR difference <> 0 THEN
        RAISE EXCEPTION 'posting % does not balance', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projects_posting_balances AFTER INSERT ON projects_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION projects_posting_balances();
"""

COVERED = """
CREATE FUNCTION projects_account_is_covered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    what text;
    held numeric;
BEGIN
    SELECT kind INTO what FROM projects_account WHERE id = NEW.account_id FOR NO KEY UPDATE;
    IF what IN ('grant', 'source') THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount ELSE -amount END), 0)
        INTO held FROM projects_ledgerentry WHERE account_id = NEW.account_id;
    IF held < 0 THEN
        RAISE EXCEPTION 'account % has not that much', NEW.account_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER projects_account_is_covered AFTER INSERT ON projects_ledgerentry
    FOR EACH ROW WHEN (NEW.side = 'credit') EXECUTE FUNCTION projects_account_is_covered();
"""

UNDO = (
    "".join(f"DROP TRIGGER {table}_rows_stay ON {table}; DROP TRIGGER {table}_stays ON {table};" for table in TABLES)
    + """
DROP TRIGGER projects_payment_paid_rows_stay ON projects_payment;
DROP FUNCTION projects_posting_balances() CASCADE;
DROP FUNCTION projects_account_is_covered() CASCADE;
"""
)


class Migration(migrations.Migration):
    replaces = [
        ("projects", "0006_funding_ledger_holds"),
    ]
    dependencies = [("projects", "0003_decisions_stand"), ("portal", "0002_append_only")]

    operations = [migrations.RunSQL(STAY + PAID_STAYS + BALANCED + COVERED, reverse_sql=UNDO)]
