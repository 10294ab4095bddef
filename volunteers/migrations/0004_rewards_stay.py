"""An ended redemption never changes and none is deleted: what was handed over once cannot be handed over again."""

from django.db import migrations

STAY = """
CREATE TRIGGER volunteers_redemption_ended_rows_stay BEFORE UPDATE ON volunteers_redemption
    FOR EACH ROW WHEN (OLD.state <> 'held') EXECUTE FUNCTION portal_only_grows();
CREATE TRIGGER volunteers_redemption_rows_stay BEFORE DELETE ON volunteers_redemption
    FOR EACH ROW EXECUTE FUNCTION portal_only_grows();
CREATE TRIGGER volunteers_redemption_stays BEFORE TRUNCATE ON volunteers_redemption
    FOR EACH STATEMENT EXECUTE FUNCTION portal_only_grows();
"""

UNDO = """
DROP TRIGGER volunteers_redemption_ended_rows_stay ON volunteers_redemption;
DROP TRIGGER volunteers_redemption_rows_stay ON volunteers_redemption;
DROP TRIGGER volunteers_redemption_stays ON volunteers_redemption;
"""


class Migration(migrations.Migration):
    replaces = [
        ("volunteers", "0005_rewards_stay"),
    ]
    dependencies = [("volunteers", "0003_timebank_ledger_stays"), ("portal", "0002_append_only")]

    operations = [migrations.RunSQL(STAY, reverse_sql=UNDO)]
