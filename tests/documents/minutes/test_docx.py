"""Minutes as a document that one goes on editing."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from destraba.documents.minutes.content import ItemTaken, MadeCommitment, MinutesContent
from destraba.documents.minutes.docx import minutes_docx
from tests.documents.minutes.naughty import NAUGHTY
from tests.documents.minutes.sheets import EMPTY, ENGLISH, FORESTAL, MADE_AT, large


def opened(content: MinutesContent) -> Any:
    return Document(io.BytesIO(minutes_docx(content)))


def text_of(document: Any) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_headings_are_headings() -> None:
    document = opened(ENGLISH)
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [
        "What was decided",
        "Commitments",
        "What was taken up",
        "New problems",
        "Not reached: back on the next agenda",
        "Next meeting",
        "Attendance",
    ]
    assert [each.text for each in document.paragraphs if each.style.name == "Title"] == ["Minutes 3-2026"]


def test_every_commitment_has_its_row_and_the_head_comes_back_on_each_page() -> None:
    (table,) = opened(ENGLISH).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["No.", "What", "Who", "By when"]
    assert rows[1][0] == "C-12"
    assert rows[1][3] == "28 de agosto\nacordado en la sala"
    assert rows[4] == ["C-15", "Enviar los tiempos de aforo de julio", "SUNAT", "no day yet\npedido"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_it_is_in_the_language_of_its_reader() -> None:
    document = opened(FORESTAL)
    assert "Lo que se decidió" in text_of(document)
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"es"}


def test_who_came_and_in_whose_place() -> None:
    said = text_of(opened(ENGLISH))
    assert "Sector privado  4 of 5 present" in said
    assert "Presidencia, Elena Vargas in place of Julio Tapia · reemplazo" in said
    assert "Sociedad Nacional de Industrias · excusado" in said


def test_a_public_rendition_without_names_says_what_it_leaves_out() -> None:
    said = text_of(opened(ENGLISH))
    assert "1 paragraph is withheld from this rendition." in said


def test_nothing_in_it_tells_of_the_machine() -> None:
    core = opened(FORESTAL).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("Mesas Ejecutivas", "", "")
    assert (core.created, core.modified) == (MADE_AT, MADE_AT)
    with zipfile.ZipFile(io.BytesIO(minutes_docx(FORESTAL))) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("content", [EMPTY, FORESTAL, large()], ids=["empty", "usual", "large"])
def test_the_same_content_gives_the_same_bytes(content: MinutesContent) -> None:
    assert minutes_docx(content) == minutes_docx(content)


def test_an_empty_meeting_says_so() -> None:
    said = text_of(opened(replace(EMPTY, language="en")))
    assert "No decision was put on record." in said
    assert "No new commitment was made." in said


@pytest.mark.parametrize("text", NAUGHTY)
def test_anything_that_somebody_typed_can_be_opened(text: str) -> None:
    item = ItemTaken(
        number="1",
        title=text,
        decisions=(text,),
        notes=(text,),
        commitments=(MadeCommitment(folio="C-1", what=text, who=text),),
    )
    assert opened(replace(FORESTAL, mesa=text, items=(item,))).tables
