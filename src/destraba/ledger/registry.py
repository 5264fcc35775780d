"""Which models the ledger carries, by the name that events give them."""

from functools import cache

from django.apps import apps

from destraba.models.records import Record


@cache
def ledgered_models() -> dict[str, type[Record]]:
    """`{"problem": Problem, ...}`: every concrete record, by its class and never by a name from outside."""
    return {
        model._meta.model_name: model
        for model in apps.get_app_config("destraba").get_models()
        if issubclass(model, Record) and model._meta.model_name
    }


def object_type(record: Record | type[Record]) -> str:
    """The name under which events speak of this model."""
    return str(record._meta.model_name)
