import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.words.stems import stem, stems_of, words_of
from tests.values.naughty import NAUGHTY


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Las guías de transporte", "guia del TRANSPORTE"),
        ("regulación", "regulaciones"),
        ("El trámite tarda", "los tramites tardan"),
        ("autorizaciones sanitarias", "autorización sanitaria"),
        ("país", "países"),
    ],
)
def test_accents_plurals_and_small_words_make_no_difference(left: str, right: str) -> None:
    assert stems_of(left) == stems_of(right) != []


def test_what_differs_stays_apart() -> None:
    assert stems_of("concesión forestal") != stems_of("plantación forestal")


def test_numbers_and_codes_are_kept_as_they_are() -> None:
    assert stems_of("Ley 29763, anexo B2") == ["ley", "29763", "anex", "b2"]


def test_nothing_comes_of_nothing() -> None:
    assert stems_of("") == stems_of("de la y…") == []


@pytest.mark.parametrize("text", NAUGHTY)
def test_any_text_has_stems(text: str) -> None:
    assert len(stems_of(text)) <= len(words_of(text))


@given(st.text())
def test_a_stem_is_never_blank(text: str) -> None:
    assert all(stem(word) for word in words_of(text))
