"""The Matrix on paper: what is printed, what comes back on each page, what never happens."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from destraba.documents.matrix import child, pdf
from destraba.documents.matrix.content import MatrixContent, Paper
from destraba.documents.matrix.pdf import matrix_pdf, page_of, typeset_page
from destraba.values.errors import Invalid
from tests.documents.matrix.sheets import BARE, EMPTY, LIGHTS, LINE, MATRIX, PROBLEM, SOLUTION, large
from tests.values.naughty import NAUGHTY

PDF_UA = b"pdfuaid:part"


@pytest.fixture(scope="module", autouse=True)
def _poppler() -> None:
    assert shutil.which("pdftotext"), "poppler-utils is missing: ./run test installs it"


def texts_of(made: bytes) -> list[str]:
    """What one reads on each page, blanks and breaks made one."""
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True)
    return [" ".join(page.split()) for page in read.stdout.decode().split("\f")[:-1]]


def printed(content: MatrixContent, paper: Paper = Paper.A3) -> str:
    return " ".join(texts_of(matrix_pdf(content, paper)))


def size_of(made: bytes) -> tuple[int, int]:
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)", made)
    assert box
    return round(float(box[1])), round(float(box[2]))


@pytest.mark.parametrize(("paper", "size"), [(Paper.A3, (1191, 842)), (Paper.A4, (842, 595))])
def test_it_lies_on_its_side_and_is_tagged(paper: Paper, size: tuple[int, int]) -> None:
    made = matrix_pdf(MATRIX, paper)
    assert size_of(made) == size
    assert PDF_UA in made
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert made.count(b"/S/TH") + made.count(b"/S /TH") >= 6  # heads are heads for those who listen


def test_it_says_what_it_is_and_all_that_is_in_it() -> None:
    said = printed(MATRIX)
    for words in (
        "Matriz · 2 trabas · 2 soluciones · 2 compromisos",
        "Mesa Ejecutiva Forestal",
        "4 ago 2026, 10:00",
        "Ana Paredes",
        "Semáforo: Ámbar · 2 de 13 trabas",
        "P-1 Inscribir una plantación toma un año En foco Trámites · prioridad: alta",
        "P-1.1 Registro simple Aprobada · 6-12 meses → 3 días",
        "P-1.2 Sin nadie",
        "P-2 Nadie supervisa",
        "estado del registro v37",
        "Página 1 de 1",
    ):
        assert words in said
    for word in (
        "SERFOR",
        "con GORE Loreto",
        "30 jun 2017",
        "31 mar 2017",
        "Sin noticias",
        "Falta una firma",
    ):
        assert word in said
    assert all(each.word in said for each in LIGHTS)


def test_what_is_open_without_owner_or_day_is_told_and_what_is_settled_is_not() -> None:
    line = replace(LINE, due="", first_due="", owner="", helpers="")
    assert "sin fecha todavía" in printed(replace(MATRIX, problems=(replace(BARE, direct=(line,)),)))
    settled = replace(line, is_open=False)
    assert "sin fecha todavía" not in printed(replace(MATRIX, problems=(replace(BARE, direct=(settled,)),)))


def test_in_english_all_of_it_is_english() -> None:
    said = printed(replace(MATRIX, language="en"))
    for words in ("Problem, solution, commitment", "Who answers", "Page 1 of 1", "In focus"):
        assert words in said
    assert "Página" not in said


@pytest.mark.parametrize("paper", list(Paper))
def test_heads_and_bands_come_back_on_each_page_and_pages_are_counted(paper: Paper) -> None:
    pages = texts_of(matrix_pdf(large(1, 90), paper))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Página {number} de {len(pages)}" in page
        assert "Traba, solución, compromiso" in page
        assert "P-0 Nadie supervisa" in page
        assert "P-0.1 Registro simple" in page


def test_a_mesa_of_a_usual_size_is_a_few_pages() -> None:
    assert len(texts_of(matrix_pdf(large(13, 2), Paper.A3))) <= 2


def test_nobody_is_left_with_an_empty_sheet() -> None:
    assert "No hay filas que imprimir." in printed(EMPTY)


def test_long_texts_are_printed_to_the_end() -> None:
    long = " ".join(f"palabra{number}" for number in range(1_000))
    line = replace(LINE, title="Título " * 70 + "final", situation=long)
    problem = replace(PROBLEM, title="Traba " * 80 + "última", direct=(line,), solutions=(SOLUTION,))
    said = printed(replace(MATRIX, problems=(problem, BARE)), Paper.A4)
    assert "palabra999" in said
    assert "última" in said
    assert "P-2" in said


def test_the_same_content_gives_the_same_bytes() -> None:
    assert matrix_pdf(MATRIX, Paper.A4) == matrix_pdf(MATRIX, Paper.A4)


def test_anything_that_somebody_typed_is_printed_and_means_nothing() -> None:
    lines = tuple(replace(LINE, title=text[:200], owner=text[:100], why=text[:80]) for text in NAUGHTY)
    bands = (replace(PROBLEM, title=NAUGHTY[7][:300] or "x", marks=(NAUGHTY[3][:80],)),)
    assert matrix_pdf(replace(MATRIX, problems=(*bands, replace(BARE, direct=lines))), Paper.A3).startswith(
        b"%PDF"
    )


@pytest.mark.parametrize("text", ["#panic()", "= Título", "$x^2$", '#read("/etc/passwd")', "*fuerte* _bajo_"])
def test_markup_is_printed_as_it_was_typed(text: str) -> None:
    assert text in printed(replace(MATRIX, problems=(replace(BARE, title=text),)))


def test_a_sign_that_no_font_has_costs_the_name_of_the_standard_and_nothing_else() -> None:
    made = matrix_pdf(replace(MATRIX, problems=(replace(BARE, title="Trámite 🌲 lento"),)), Paper.A3)
    assert PDF_UA not in made
    assert "lento" in texts_of(made)[0]
    assert PDF_UA in matrix_pdf(replace(MATRIX, problems=(replace(BARE, title="ñ Ž Ω ж €"),)), Paper.A3)


def test_no_more_is_set_than_anybody_turns_the_pages_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST", MATRIX.rows - 1)
    with pytest.raises(Invalid) as refused:
        matrix_pdf(MATRIX, Paper.A3)
    assert (refused.value.reason.code, refused.value.reason.params["count"]) == ("too_long_to_print", 6)


def test_a_typesetter_that_breaks_off_is_a_sentence_and_no_crash() -> None:
    with pytest.raises(Invalid) as refused:
        typeset_page(b'{"made_at": "2026-08-04T15:00:00+00:00", "data": {}}')
    assert refused.value.reason.code == "not_printed"


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.001)
    with pytest.raises(Invalid) as refused:
        matrix_pdf(MATRIX, Paper.A3)
    assert refused.value.reason.code == "not_printed"


class PanicException(BaseException):
    """As typst raises it, which is no Exception."""


def test_where_bands_can_not_come_back_they_stand_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[bool] = []
    set_for_good = child.typeset

    def panics(layout: Any, data: Any, *, made_at: Any) -> bytes:
        tried.append(data["bands_come_back"])
        if data["bands_come_back"]:
            raise PanicException
        return set_for_good(layout, data, made_at=made_at)

    monkeypatch.setattr(child, "typeset", panics)
    page = json.loads(page_of(MATRIX, Paper.A3))
    made = child.printed(page["data"], MATRIX.made_at)
    assert tried == [True, False]
    assert "P-1.1 Registro simple" in texts_of(made)[0]
    monkeypatch.setattr(child, "typeset", lambda *_given, **_named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        child.printed(page["data"], MATRIX.made_at)
