"""Words for codes."""

import pytest

from destraba.ledger.labels import LABELS, choices, label, label_of
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.permissions import Deed


def test_every_member_of_every_enumeration_has_words() -> None:
    for enum, words in LABELS.items():
        assert set(words) == {member.value for member in enum}
        assert all(label(member) for member in enum)


def test_equal_codes_of_two_enumerations_keep_their_own_words() -> None:
    assert Light.DONE == CommitmentState.DONE
    assert LABELS[Light] is not LABELS[CommitmentState]


def test_an_enumeration_that_nobody_reads_has_none() -> None:
    with pytest.raises(KeyError):
        label(Deed.REDACT)


def test_a_bare_code_is_told_by_whatever_it_is_a_code_of() -> None:
    assert label_of("amber") == label(Light.AMBER)
    assert label_of("suspended") != "suspended"
    assert label_of("title") != "title"
    assert label_of("nobody_knows") == "nobody_knows"


def test_choices_keep_the_order_of_the_enumeration() -> None:
    assert [value for value, _words in choices(Light)] == [member.value for member in Light]
