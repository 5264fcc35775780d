"""What a team declares by a colour or a word."""

import pytest

from destraba.exchange.matrix.colours import FILLS, UnknownLight, is_pale, light_of_fill, light_of_word
from destraba.rules.lights import Light


@pytest.mark.parametrize(
    ("light", "words"),
    [
        (
            Light.DONE,
            "Cumplido|CUMPLIDA|Concluido|Done|Completed|Azul|Blue|Concluído|🔵|Cumplido en 2016|Hecho.",
        ),
        (Light.GREEN, "Verde|Green|On track|🟢"),
        (
            Light.AMBER,
            "En proceso|En curso|Ámbar|Amarillo|Yellow|In progress|Em andamento|En proceso (80%)|🟡",
        ),
        (Light.RED, "Rojo|Red|Atrasado|Overdue|Vermelho|No cumplido|🔴"),
        (Light.GREY, "No iniciado|Gris|Gray|Grey|Not started|Não iniciado"),
        (Light.WAITING, "En espera|Espera a SUNAT|Waiting|On hold"),
    ],
)
def test_words_in_three_languages(light: Light, words: str) -> None:
    assert {word: light_of_word(word) for word in words.split("|")} == dict.fromkeys(words.split("|"), light)


@pytest.mark.parametrize("word", ["", "  ", "-", "s/d", "N/A"])
def test_no_word_declares_nothing(word: str) -> None:
    assert light_of_word(word) is None


@pytest.mark.parametrize("word", ["??", "Cumplidor", "pronto", "¿rojo o verde?", "redondo", "50%"])
def test_a_word_that_nobody_knows_is_no_light(word: str) -> None:
    with pytest.raises(UnknownLight):
        light_of_word(word)


@pytest.mark.parametrize(
    ("light", "fills"),
    [
        (Light.DONE, "0070C0 00B0F0 4472C4 5B9BD5 0000FF 002060 1F4E79 BDD7EE"),
        (Light.GREEN, "00B050 92D050 00FF00 70AD47 C6EFCE 008000 A9D08E"),
        (Light.AMBER, "FFC000 FFFF00 ED7D31 FFEB9C F4B084 FF9900 BF8F00"),
        (Light.RED, "FF0000 C00000 FFC7CE FF5050 E6001A"),
        (Light.GREY, "BFBFBF D9D9D9 808080 A6A6A6 F2F2F2"),
    ],
)
def test_the_usual_palette_and_its_neighbours(light: Light, fills: str) -> None:
    assert {fill: light_of_fill(fill) for fill in fills.split()} == dict.fromkeys(fills.split(), light)


@pytest.mark.parametrize("fill", [None, "FFFFFF", "FEFEFE"])
def test_no_fill_and_white_declare_nothing(fill: str | None) -> None:
    assert light_of_fill(fill) is None


@pytest.mark.parametrize("fill", ["7030A0", "FF00FF", "000000", "00FFFF", "B1A0C7"])
def test_a_colour_that_might_mean_anything_is_no_light(fill: str) -> None:
    with pytest.raises(UnknownLight):
        light_of_fill(fill)


def test_the_mesas_own_colours_win() -> None:
    own = {"00B050": Light.DONE, "7030A0": Light.RED, "BFBFBF": None}

    assert [light_of_fill(fill, own) for fill in own] == [Light.DONE, Light.RED, None]
    assert light_of_fill("FFC000", own) is Light.AMBER


def test_every_fill_that_is_written_reads_as_its_light() -> None:
    """But waiting, which has no colour in common use: its word says it."""
    alone = {light: fill for light, fill in FILLS.items() if light is not Light.WAITING}

    assert {light: light_of_fill(fill) for light, fill in alone.items()} == {light: light for light in alone}
    assert set(FILLS) == set(Light) - {Light.NONE}


def test_pale_fills_are_told_from_strong_ones() -> None:
    assert [is_pale(fill) for fill in ("DDEBF7", "F2F2F2", "0070C0", "FFC000")] == [True, True, False, False]
