"""Every kind of event has its sentence, and every sentence speaks of columns that exist."""

import re

import pytest

from destraba.ledger.describe.phrases import PHRASES
from destraba.ledger.describe.sentences import QUIET
from destraba.ledger.kinds import Kind, all_kinds
from destraba.ledger.labels import FIELDS
from destraba.ledger.registry import ledgered_models

PLACES = re.compile(r"%\((\w+)\)s")
# Kinds whose first word is not the name of the record that they are about.
ABOUT = {
    "focus": "focusinterval",
    "solution_place": "solutionplace",
    "agenda_item": "agendaitem",
    "account": "person",
}
ABOUT_ANY_RECORD_OF_A_MESA = {"visibility", "change", "text"}


def columns_of(kind: Kind) -> set[str]:
    noun = kind.name.partition(".")[0]
    name = "problem" if noun in ABOUT_ANY_RECORD_OF_A_MESA else ABOUT.get(noun, noun)
    return set(ledgered_models()[name].ledger.recorded)


def test_every_kind_of_the_catalogue_has_its_sentence() -> None:
    assert PHRASES.keys() == set(all_kinds())


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_a_sentence_says_who_and_names_only_columns_of_its_record(kind: Kind) -> None:
    phrase = PHRASES[kind]
    places = set(PLACES.findall(str(phrase.text)))
    assert "who" in places
    named = {place.removesuffix("_was") for place in places - {"who", "what"}}
    told = set(phrase.tells or ())
    assert named | told <= columns_of(kind)
    assert told <= FIELDS.keys() - QUIET
