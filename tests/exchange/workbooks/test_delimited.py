"""CSV in the hands of Excel, of LibreOffice and of other systems."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import CellKind
from destraba.exchange.workbooks.delimited import guard, unguard
from destraba.exchange.workbooks.limits import Limits
from destraba.exchange.workbooks.read import read_workbook
from tests.exchange.books import DATA

ROWS = [["N°", "Problema", "Acción"], ["1", "Trámite, con coma", "Simplificar"], ["2", "Año", "Señal"]]


def grid(content: bytes, *, limits: Limits | None = None) -> list[list[str]]:
    sheet = read_workbook(content, "matriz.csv", limits=limits or Limits()).sheets[0]
    return [
        [sheet.text(row, column) for column in range(1, sheet.columns + 1)]
        for row in range(1, sheet.rows + 1)
    ]


def written(delimiter: str) -> str:
    quoted = [[f'"{text}"' if delimiter in text else text for text in row] for row in ROWS]
    return "\r\n".join(delimiter.join(row) for row in quoted) + "\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found(delimiter: str, encoding: str) -> None:
    assert grid(written(delimiter).encode(encoding)) == ROWS


def test_a_byte_that_windows_does_not_know_is_taken_as_it_is() -> None:
    assert grid(b"a;b\r\nA\xf1o;\x81\r\n") == [["a", "b"], ["Año", "\x81"]]


def test_excel_may_say_which_delimiter_it_used() -> None:
    assert grid(b"sep=|\r\na,b,c|d\r\n1,2,3|4\r\n") == [["a,b,c", "d"], ["1,2,3", "4"]]


def test_commas_in_prose_do_not_part_columns() -> None:
    text = "Problema;Nota\r\nUno, dos y tres;a, b\r\nOtro;a, b, c, d\r\n"

    assert grid(text.encode()) == [["Problema", "Nota"], ["Uno, dos y tres", "a, b"], ["Otro", "a, b, c, d"]]


def test_lines_within_quotes_stay_in_their_cell_and_blank_rows_keep_their_number() -> None:
    assert grid(b'a;b\r\n"1\r\n2";"say ""x"""\r\n\r\nc;d\r\n') == [
        ["a", "b"],
        ["1\r\n2", 'say "x"'],
        ["", ""],
        ["c", "d"],
    ]


def test_every_cell_is_text_and_the_sheet_has_the_name_of_the_file() -> None:
    sheet = read_workbook(b"a;1;2015-09-30\r\n", "forestal.csv").sheets[0]

    assert sheet.name == "forestal"
    assert {cell.kind for cell in sheet.row(1)} == {CellKind.TEXT}


@pytest.mark.parametrize(
    ("content", "limits", "code", "cell"),
    [
        (b"a;b\r\n" * 21, Limits(rows=20), "too_many_rows", "A21"),
        (b";".join([b"a"] * 401), Limits(), "too_many_columns", "OK1"),
        (b"a;b\r\n" * 21, Limits(cells=40), "too_many_cells", None),
        (b"a;" + b"x" * 32_768, Limits(), "cell_too_long", "B1"),
    ],
)
def test_the_same_limits_hold(content: bytes, limits: Limits, code: str, cell: str | None) -> None:
    with pytest.raises(Refused) as caught:
        grid(content, limits=limits)

    assert caught.value.reason.code == code
    assert caught.value.reason.params.get("cell") == cell


def test_a_quote_that_never_ends_is_refused_with_its_line() -> None:
    with pytest.raises(Refused) as caught:
        grid(b'a;b\r\n1;"' + b"x\r\n" * 60_000)

    assert caught.value.reason.code == "unreadable_row"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        " =1",
        "\u00a0=1",
        "'=1",
        "''=1",
        "\ufeff=1",
        "\u200b@x",
        "'",
        "'a",
        "a=1",
        "",
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back(text: str) -> None:
    kept = guard(text)

    assert unguard(kept) == text
    assert kept.lstrip()[:1] not in {"=", "+", "-", "@"}


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\u00a0ax")))
def test_guarding_can_always_be_undone(text: str) -> None:
    assert unguard(guard(text)) == text


def test_naughty_strings_are_guarded_and_come_back() -> None:
    path = DATA / "naughty-strings.json"
    listed = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else ["=cmd|' /C calc'!A0", "-1"]

    assert [unguard(guard(text)) for text in listed] == listed
