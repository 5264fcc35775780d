"""The catalogue of events: names for ever, each once."""

import re

import pytest

from destraba.ledger import kinds


def test_kinds_are_nouns_with_what_was_done_to_them() -> None:
    assert len(kinds.all_kinds()) > 60
    for kind in kinds.all_kinds():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind.name)
        assert len(kind.name) <= 60


def test_a_kind_is_found_by_its_name() -> None:
    assert kinds.kind_named("problem.raised") is kinds.PROBLEM_RAISED
    with pytest.raises(KeyError):
        kinds.kind_named("problem.forgotten")


def test_a_name_can_not_be_given_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        kinds._kind("problem.raised")
