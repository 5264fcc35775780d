"""Events in words."""

from destraba.ledger.describe.sentences import QUIET, Change, Sentence, changed_value, describe, redacted

__all__ = ["QUIET", "Change", "Sentence", "changed_value", "describe", "redacted"]
