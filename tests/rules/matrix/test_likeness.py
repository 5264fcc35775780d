"""The same problem in other words, in Spanish as people type it."""

import pytest

from destraba.rules.matrix.likeness import Synonyms, alike
from tests.values.naughty import NAUGHTY

ON_RECORD = [
    "La guía de transporte forestal tarda 12 días",
    "Inscribir una plantación toma de seis meses a un año",
    "La autorización sanitaria tarda 45 días y vence al año",
    "No hay crédito a diez años o más",
    "El tribunal forestal lleva ocho años sin formarse",
    "SERFOR no publica las concesiones que supervisa",
    "Que una norma declare al sector de interés nacional",
    "Los camiones esperan seis horas para entrar al terminal",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GUIAS DE TRANSPORTE FORESTAL", 0),
        ("la guia de trasporte forestal demora", 0),
        ("inscripción: inscribir plantaciones toma un año", 1),
        ("demoras de las autorizaciones sanitarias", 2),
        ("créditos de largo plazo, a diez años", 3),
        ("Tribunales forestales sin formar", 4),
        ("una norma que declare de interés nacional al sector", 6),
        ("el camión espera horas para entrar al terminal", 7),
    ],
)
def test_accents_plurals_and_the_order_of_words_are_forgiven(typed: str, meant: int) -> None:
    assert alike(typed, ON_RECORD)[0].at == meant


@pytest.mark.parametrize("typed", ["", "guía", "el de la y", "exoneración del impuesto", "días", "12"])
def test_too_little_and_something_else_finds_nothing(typed: str) -> None:
    assert alike(typed, ON_RECORD) == []


def test_the_names_of_an_agency_are_one_word() -> None:
    names = Synonyms.of(
        [
            ("Servicio Nacional Forestal y de Fauna Silvestre", "f00d0001"),
            ("SERFOR", "f00d0001"),
            ("Gobierno Regional de Ucayali", "ba5e0002"),
        ]
    )
    typed = "El Servicio Nacional Forestal y de Fauna Silvestre no publica sus concesiones"
    without, with_names = alike(typed, ON_RECORD)[0], alike(typed, ON_RECORD, names)[0]
    assert (without.at, with_names.at) == (5, 5)
    assert without.score < 70 < 95 < with_names.score
    assert alike("Demora el GORE Ucayali", ["Gob. Reg. de Ucayali: demora"], names)[0].score == 100.0


def test_a_name_that_two_bodies_share_tells_neither() -> None:
    shared = Synonyms.of([("DIGESA", "aaaa0001"), ("DIGESA", "bbbb0002"), ("y de la", "cccc0003")])
    assert shared.in_place(["digesa", "demora"]) == ["diges", "demor"]


def test_the_most_alike_come_first_and_no_more_than_asked_for() -> None:
    others = ["La guía de transporte tarda", "La guía de transporte forestal tarda 12 días", "Otra cosa"] * 4
    found = alike("La guía de transporte forestal tarda 12 días", others, limit=5)
    assert len(found) == 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("text", NAUGHTY)
def test_any_text_can_be_compared(text: str) -> None:
    assert all(0 <= one.score <= 100 for one in alike(f"{text} guía de transporte", [text, *ON_RECORD]))
