"""Words made comparable."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.search.words import LONGEST, composed, folded_line, folded_names, kept, words_of
from destraba.values.words.stems import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("exportacion", "exportaciones"),
        ("exportar", "exportacion"),
        ("tramite", "tramites"),
        ("guia", "guias"),
        ("solucion", "soluciones"),
        ("interes", "intereses"),
        ("luz", "luces"),
        ("mes", "meses"),
        ("ley", "leyes"),
        ("pais", "paises"),
        ("publico", "publicas"),
    ],
)
def test_a_word_and_its_kin_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_neighbours_are_not_kin() -> None:
    assert len({stem(word) for word in ("puerto", "importe", "norma", "mesa", "multa", "2017")}) == 6


def test_accents_and_case_make_no_difference() -> None:
    assert kept("EXPORTACIÓN") == kept("exportacion") == {"export": None, "exportacion": None}
    decomposed = "exportacio\u0301n"
    assert kept(decomposed) == kept("exportación")


def test_dots_do_not_part_an_abbreviation() -> None:
    assert list(kept("D.S. 016-2017, E.I.R.L.")) == ["ds", "016", "2017", "eirl"]
    assert {"fin", "obra"} <= set(kept("fin. obra"))


def test_small_words_are_left_out() -> None:
    assert list(kept("La guía de los que van")) == ["gui", "guia", "van"]
    assert folded_line("La guía de transporte") == "guia transporte"


def test_names_are_kept_apart() -> None:
    assert folded_names("Servicio Forestal", "", "SERFOR") == "servicio forestal | serfor"


def test_letters_without_a_latin_form_are_kept_by_number() -> None:
    (only,) = kept("Ελλάδα")
    assert only.startswith("=u")
    assert set(only) <= set("=" + string.ascii_lowercase + string.digits)


def test_no_text_makes_a_mark() -> None:
    assert not any(key.startswith("=") for key in kept("=vteam ==m0 =x"))


@given(st.text(max_size=200))
def test_whatever_was_written_is_kept_as_plain_words(text: str) -> None:
    for key in kept(text):
        assert key.isascii()
        assert key.removeprefix("=u").isalnum()
        assert " " not in key
    line = composed(text)
    assert all(line[word.start : word.end].strip() for word in words_of(line))


def test_a_word_without_end_is_cut() -> None:
    assert list(kept("x" * 10_000)) == ["x" * LONGEST]
