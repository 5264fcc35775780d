"""Minutes as PDF: what is printed, what never happens, how long it takes."""

import json
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from destraba.documents import typesetting
from destraba.documents.minutes import pdf
from destraba.documents.minutes.content import ItemTaken, MadeCommitment, MinutesContent
from destraba.documents.minutes.pdf import minutes_pdf
from tests.documents.minutes.naughty import NAUGHTY
from tests.documents.minutes.sheets import EMPTY, ENGLISH, FORESTAL, MADE_AT, large

PDF_UA = b"pdfuaid:part"


@pytest.fixture(scope="module", autouse=True)
def _pdftotext() -> None:
    assert shutil.which("pdftotext"), "poppler-utils is missing: ./run test installs it"


def text_of(made: bytes) -> str:
    """What one reads, blanks and breaks made one."""
    read = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def printed(content: MinutesContent) -> str:
    return text_of(minutes_pdf(content))


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", made))


def with_text(text: str) -> MinutesContent:
    """Acuerdos in which somebody wrote this wherever one can write."""
    item = ItemTaken(
        number="1",
        title=text,
        why=text,
        decisions=(text,),
        notes=(text,),
        commitments=(MadeCommitment(folio="C-1", what=text, who=text, due=text),),
    )
    return replace(FORESTAL, mesa=text, venue=text, items=(item,), general_notes=(text,), next_meeting=text)


def test_decisions_come_first_then_who_does_what_until_when() -> None:
    said = printed(ENGLISH)
    order = [
        "Minutes 3-2026",
        "Approved · without objections, 6 August 2026 · edition 2",
        "What was decided",
        "1. SERFOR y OSINFOR evalúan el plan",
        "Commitments",
        "Publicar el formato único del expediente",
        "What was taken up",
        "OSINFOR pide que el expediente único",
        "New problems",
        "Not reached: back on the next agenda",
        "Next meeting",
        "Attendance",
        "1 paragraph is withheld from this rendition.",
        f"On record in the ledger as {ENGLISH.receipt}",
    ]
    places = [said.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_an_ordinary_session_fits_on_one_page() -> None:
    assert pages(minutes_pdf(FORESTAL)) == 1
    assert "Página 1 de 1" in printed(FORESTAL)


def test_in_spanish_all_of_it_is_spanish() -> None:
    said = printed(FORESTAL)
    for words in ("Lo que se decidió", "Compromisos", "Quién", "Asistencia", "4 de 5 presentes", "edición 2"):
        assert words in said
    assert "Todavía puede cambiar" in said


def test_who_came_and_in_whose_place() -> None:
    said = printed(ENGLISH)
    assert "Elena Vargas in place of Julio Tapia · reemplazo" in said
    assert "SUNAT, Intendencia de aduanas · ausente" in said


def test_an_empty_meeting_says_so() -> None:
    said = printed(replace(EMPTY, language="en"))
    assert "No decision was put on record." in said
    assert "No new commitment was made." in said
    assert "Attendance" not in said


def test_it_is_tagged_for_those_who_listen() -> None:
    made = minutes_pdf(FORESTAL)
    assert PDF_UA in made
    assert b"/Lang" in made
    assert b"/MarkInfo" in made


@pytest.mark.parametrize("content", [EMPTY, FORESTAL, large()], ids=["empty", "usual", "large"])
def test_the_same_content_gives_the_same_bytes(content: MinutesContent) -> None:
    assert minutes_pdf(content) == minutes_pdf(content)


def test_the_time_of_its_making_is_the_contents() -> None:
    made = minutes_pdf(FORESTAL)
    assert MADE_AT.strftime("D:%Y%m%d%H%M%S").encode() in made
    assert made != minutes_pdf(replace(FORESTAL, made_at=MADE_AT + timedelta(hours=1)))


def test_no_font_of_the_machine_is_used() -> None:
    made = minutes_pdf(with_text("Ω≈ مُنَاقَشَةُ ☐ 田"))
    fonts = {name.split(b"+")[-1] for name in re.findall(rb"/FontName\s*/([\w+-]+)", made)}
    assert fonts
    assert all(name.startswith((b"LibertinusSerif", b"DejaVuSansMono")) for name in fonts)


@pytest.mark.parametrize("text", NAUGHTY)
def test_anything_that_somebody_typed_is_printed_and_means_nothing(text: str) -> None:
    assert minutes_pdf(with_text(text)).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', '#eval("1+1")', "*bold* _it_ $x^2$", "= heading", "<label> @ref"]
)
def test_markup_is_printed_as_it_was_typed(text: str) -> None:
    said = printed(with_text(text))
    assert said.count(text) >= 6
    assert "root:" not in said


def test_a_sign_that_no_font_has_costs_the_name_of_the_standard_and_nothing_else() -> None:
    made = minutes_pdf(with_text("Listo 😍"))
    assert PDF_UA not in made
    assert b"/MarkInfo" in made
    assert "Listo" in text_of(made)


def test_a_long_address_breaks_and_a_hash_does_not() -> None:
    address = "https://example.org/" + "plazo-de-evaluacion-" * 10
    assert address[:20] in printed(with_text(address))
    assert FORESTAL.receipt in printed(FORESTAL)


def test_the_layout_reads_nothing_but_its_value() -> None:
    layout = pdf.LAYOUT.read_text()
    for word in (
        "read(",
        "eval(",
        "import",
        "include",
        "image(",
        "plugin(",
        "csv(",
        "yaml(",
        "toml(",
        "xml(",
    ):
        assert word not in layout


def test_a_plenary_with_forty_items_and_sixty_seats_takes_seconds() -> None:
    minutes_pdf(EMPTY)  # fonts are looked up once
    began = time.monotonic()
    made = minutes_pdf(large(items=40, seats=60))
    assert time.monotonic() - began < 5
    said = text_of(made)
    assert said.count("Mesa Ejecutiva Forestal Acuerdos 3-2026 · Circulado") == pages(made) - 1
    assert f"Página {pages(made)} de {pages(made)}" in said
    assert said.count("Para cuándo") > 1  # the head of the table comes back on each of its pages


def test_what_is_handed_over_is_json() -> None:
    assert (
        json.loads(json.dumps(typesetting._breakable(pdf._page_data(FORESTAL))))["number"] == FORESTAL.number
    )
