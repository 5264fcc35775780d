"""Events in words."""

from destraba.ledger.describe.sentences import Change, Sentence, describe

__all__ = ["Change", "Sentence", "describe"]
