"""An operation for migrations: many new tables at once."""

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel


class CreateTables(Operation):
    """Create the tables of these models together; they may refer to each other in any order.

    Django draws the whole model state anew after each CreateModel, because everything is related to the user: with 170
    models that took half a minute of a fresh installation. Here it is drawn once.
    """

    def __init__(self, models: list[CreateModel]):
        self.models = models

    def state_forwards(self, app_label, state) -> None:
        state.clear_delayed_apps_cache()
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} tables"
