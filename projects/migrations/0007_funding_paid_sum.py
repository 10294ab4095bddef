"""A project carries the sum of its released payments, so that figures over a district need not add up every payment.

The database adds each payment in the transaction that releases it; nobody else can write the sum, neither a service nor a hand.
"""

from django.db import migrations, models

FOLLOWS = """
CREATE FUNCTION projects_paid_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE projects_project SET paid = paid + NEW.amount
        WHERE id = (SELECT project_id FROM projects_contract WHERE id = NEW.contract_id);
    RETURN NULL;
END $$;
CREATE TRIGGER projects_paid_follows_entered AFTER INSERT ON projects_payment
    FOR EACH ROW WHEN (NEW.state = 'released') EXECUTE FUNCTION projects_paid_follows();
CREATE TRIGGER projects_paid_follows_decided AFTER UPDATE ON projects_payment
    FOR EACH ROW WHEN (NEW.state = 'released' AND OLD.state <> 'released') EXECUTE FUNCTION projects_paid_follows();
"""

STANDS = """
CREATE FUNCTION projects_paid_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.paid := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.paid END;
    RETURN NEW;
END $$;
CREATE TRIGGER projects_paid_begins_at_nothing BEFORE INSERT ON projects_project
    FOR EACH ROW WHEN (NEW.paid <> 0) EXECUTE FUNCTION projects_paid_stands();
CREATE TRIGGER projects_paid_stands BEFORE UPDATE ON projects_project
    FOR EACH ROW WHEN (NEW.paid <> OLD.paid AND pg_trigger_depth() = 0) EXECUTE FUNCTION projects_paid_stands();
"""

FILL = """
UPDATE projects_project p SET paid = held.fen
    FROM (SELECT c.project_id, sum(y.amount) AS fen FROM projects_payment y JOIN projects_contract c ON c.id = y.contract_id
          WHERE y.state = 'released' GROUP BY c.project_id) held
    WHERE held.project_id = p.id;
"""

UNDO = "DROP FUNCTION projects_paid_follows() CASCADE; DROP FUNCTION projects_paid_stands() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_ballots_secrecy")]

    operations = [
        migrations.AddField(
            model_name="project",
            name="paid",
            field=models.BigIntegerField(default=0, editable=False, verbose_name="已支付（分）"),
        ),
        migrations.RunSQL(FILL, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOWS + STANDS, reverse_sql=UNDO),
    ]
