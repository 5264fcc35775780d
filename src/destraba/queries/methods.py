"""The method that a mesa follows: its preset in the version it holds, with its own adjustments."""

from destraba.methods.catalogue import apply_override, load
from destraba.methods.schema import Method
from destraba.models import Mesa


def method_of(mesa: Mesa) -> Method:
    """Raises UnknownMethod for a preset, or a version of it, that this installation does not have."""
    preset = load(mesa.method_id, mesa.method_version)
    return apply_override(preset, mesa.method_override) if mesa.method_override else preset
