import pickle
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.keys import sort_key
from destraba.values.texts import (
    TooLong,
    clean_line,
    clean_text,
    fold,
    initials,
    slug,
    unshouted,
    visible_line,
)
from tests.values.naughty import NAUGHTY

ANY = st.text(st.characters(exclude_categories=())) | st.text(
    "ab \t\r\n\x00\u0301\u00ad\u202e\ud800\u2028\u0085\u0344"
)
LIMIT = 10**6


def test_a_line_is_one_line_whatever_was_pasted() -> None:
    pasted = "  Registrar una plantación\r\nforestal\u2028demora\u0085 de 6\ta\v12  meses \n"

    assert clean_line(pasted, 200) == "Registrar una plantación forestal demora de 6 a 12 meses"


def test_a_text_keeps_its_lines_and_its_tabs() -> None:
    assert (
        clean_text("\r\nuno\r\ndos\rtres\n\n\tcuatro\u2029cinco  seis\n", 200)
        == "uno\ndos\ntres\n\n\tcuatro\ncinco  seis"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a␀b"),
        ("\x1b[31mrojo", "␛[31mrojo"),
        ("a\x7fb", "a␡b"),
        ("a\x9fb", "a⟨U+009F⟩b"),
        ("factura\u202efdp.exe", "factura⟨U+202E⟩fdp.exe"),
        ("a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩"),
        ("SER\u200bFOR", "SER⟨U+200B⟩FOR"),
        ("\ufeffSERFOR", "⟨U+FEFF⟩SERFOR"),
        ("a\U000e0041b", "a⟨U+E0041⟩b"),
        ("a\ud800b\ufffe", "a\ufffdb\ufffd"),
        ("refores\u00adtación", "reforestación"),
        ("nin\u0303o", "niño"),
    ],
)
def test_what_can_not_be_seen_is_shown(text: str, shown: str) -> None:
    assert clean_line(text, 200) == shown
    assert clean_text(text, 200) == shown


def test_the_limit_counts_what_is_kept() -> None:
    assert clean_line("  nin\u0303o  ", 4) == "niño"

    with pytest.raises(TooLong) as refused:
        clean_text("cinco", 4)

    assert (refused.value.limit, refused.value.length) == (4, 5)
    assert pickle.loads(pickle.dumps(refused.value)).length == 5


@given(ANY)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    line, lines = clean_line(text, LIMIT), clean_text(text, LIMIT)

    assert clean_line(line, LIMIT) == line
    assert clean_text(lines, LIMIT) == lines
    assert clean_line(lines, LIMIT) == line


@given(ANY)
def test_clean_text_can_be_stored_hashed_mailed_and_printed(text: str) -> None:
    _check_clean(text)


def test_naughty_text_comes_out_clean() -> None:
    for text in NAUGHTY:
        _check_clean(text)


def _check_clean(text: str) -> None:
    line, lines = clean_line(text, LIMIT), clean_text(text, LIMIT)
    unseen = {char for char in line if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}}

    assert not unseen
    assert not {char for char in lines if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}} - set(
        "\n\t"
    )
    assert line.encode().decode() == line
    assert unicodedata.is_normalized("NFC", line)
    assert unicodedata.is_normalized("NFC", lines)
    assert line == line.strip() == visible_line(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Setiembre\u00a0 2015 ", "setiembre 2015"),
        ("MARÇO", "marco"),
        ("Straße", "strasse"),
        ("1º", "1o"),
        ("ÑANDÚ", "nandu"),
        ("İstanbul", "istanbul"),
    ],
)
def test_folding_forgets_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mesa Ejecutiva Forestal", "mesa-ejecutiva-forestal"),
        ("Industrias creativas / 2015", "industrias-creativas-2015"),
        ("Logística (Callao)", "logistica-callao"),
        ("¿Ñandú?", "nandu"),
        ("a" * 59 + " bc", "a" * 59),
        ("日本", ""),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugs_are_plain_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_safe_in_an_address(text: str) -> None:
    made = slug(text)

    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(made) <= 60
    assert made == slug(made) == made.strip("-")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Pérez", "AP"),
        ("María del Carmen Quispe", "MQ"),
        ("Ángela", "Á"),
        ("de la Cruz, Juan", "CJ"),
        ("ßigma ñandú", "SÑ"),
        ("De la", "DL"),
        ("", ""),
        ("123", ""),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text())
def test_initials_are_at_most_two_characters(name: str) -> None:
    assert len(initials(name)) <= 2


class TestMarksWithoutEnd:
    """Sorting the marks upon one letter takes a time that grows with the square of their number."""

    def test_a_letter_keeps_thirty(self) -> None:
        heap = "a" + "\u0345" * 50 + "\u0334" * 50 + "b" + "\u0301" * 31
        cleaned = clean_text(heap, 1000)
        assert sum(unicodedata.combining(char) > 0 for char in cleaned) <= 60
        assert fold(heap).endswith("b")

    def test_what_scripts_need_stays_as_it_is(self) -> None:
        hebrew, vietnamese = "שָׁלוֹם", "Nguyễn Thị Hằng"
        assert clean_text(hebrew, 100) == unicodedata.normalize("NFC", hebrew)
        assert clean_text(vietnamese, 100) == vietnamese

    @pytest.mark.parametrize("function", [fold, sort_key, initials, visible_line])
    def test_a_megabyte_of_them_is_read_like_any_other(self, function: Callable[[str], str]) -> None:
        """Quadratic, this would take a day."""
        heap = "a" + "\u0345" * 500_000 + "\u0334" * 500_000
        assert len(function(heap)) < 1000


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("MESA EJECUTIVA FORESTAL", "Mesa Ejecutiva Forestal"),
        ("MESA DE LA CONSTRUCCIÓN Y EL AGRO", "Mesa de la Construcción y el Agro"),
        ("Mesa Ejecutiva Forestal", "Mesa Ejecutiva Forestal"),
        ("Mesa PRODUCE", "Mesa PRODUCE"),
        ("PRODUCE", "PRODUCE"),
        ("", ""),
    ],
)
def test_a_title_in_capitals_is_written_as_names_are(title: str, written: str) -> None:
    assert unshouted(title) == written
