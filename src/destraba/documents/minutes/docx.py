"""Minutes as DOCX, for those who go on editing: real headings, tables whose heads are repeated, A4."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from destraba.documents.minutes.content import (
    AttendanceGroup,
    MadeCommitment,
    Mention,
    MinutesContent,
    SeatAtTable,
)
from destraba.documents.minutes.plain import cleaned, lines
from destraba.documents.minutes.words import present_of, words_of

Words = Mapping[str, str]

_FONT = "Georgia"
_INK, _INK_2, _TINTA = RGBColor(0x1B, 0x19, 0x22), RGBColor(0x4F, 0x4B, 0x59), RGBColor(0x50, 0x30, 0x8C)
_WIDTHS = (Mm(16), Mm(72), Mm(42), Mm(34))
_EDGE = Mm(23)
_LONGEST_PROPERTY = 255
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def minutes_docx(content: MinutesContent) -> bytes:
    """The minutes as a document; the same content gives the same bytes."""
    shown = cleaned(content)
    words = words_of(shown)
    document = Document()
    _set_paper(document)
    _set_styles(document, shown.language)
    _set_properties(document, shown)
    _run_head_and_foot(document, shown, words)
    _write_masthead(document, shown, words)
    _write_decisions(document, shown, words)
    _write_commitments(document, shown.commitments, words)
    _write_items(document, shown, words)
    _write_mentions(document, words["new_problems"], shown.new_problems)
    _write_mentions(document, words["not_reached"], shown.not_reached)
    if shown.next_meeting:
        document.add_heading(words["next_meeting"], 1)
        document.add_paragraph(shown.next_meeting)
    _write_attendance(document, shown, words)
    _write_fine_print(document, shown, words)
    return _undated(document)


# --- paper ------------------------------------------------------------------------------------------


def _set_paper(document: Made) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _EDGE
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = True


def _set_styles(document: Made, language: str) -> None:
    sizes = {
        "Normal": 10.5,
        "Title": 24,
        "Heading 1": 13,
        "Heading 2": 11,
        "List Number": 11,
        "List Bullet": 10,
    }
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = _TINTA if name == "Heading 1" else _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_after = Pt(4)
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def _set_properties(document: Made, content: MinutesContent) -> None:
    """Nothing of the machine that made it."""
    core = document.core_properties
    core.title, core.subject = content.number[:_LONGEST_PROPERTY], content.mesa[:_LONGEST_PROPERTY]
    core.author = (content.programme or content.mesa)[:_LONGEST_PROPERTY]
    core.language = content.language
    core.comments = core.keywords = core.last_modified_by = ""
    core.created = core.modified = content.made_at.astimezone(UTC).replace(tzinfo=None)
    core.revision = 1


def _run_head_and_foot(document: Made, content: MinutesContent, words: Words) -> None:
    section = document.sections[0]
    running = _said(content.number, "" if content.is_final else content.status)
    _tabbed(section.header.paragraphs[0], content.mesa).add_run(running)
    for footer in (section.footer, section.first_page_footer):
        line = _tabbed(footer.paragraphs[0], _said(content.number, content.status))
        line.add_run(f"{words['page']} ")
        _add_field(line, "PAGE")
        line.add_run(f" {words['of']} ")
        _add_field(line, "NUMPAGES")


def _tabbed(line: Paragraph, left: str) -> Paragraph:
    """What stands at the left; what follows goes to the right edge."""
    stops: Any = line.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(210) - 2 * _EDGE, WD_TAB_ALIGNMENT.RIGHT)
    line.style = "Normal"
    line.add_run(f"{left}\t")
    return line


def _add_field(line: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    line._p.append(field)


# --- what it says -----------------------------------------------------------------------------------


def _write_masthead(document: Made, content: MinutesContent, words: Words) -> None:
    if above := _said(content.programme, content.host):
        _small(document.add_paragraph(), above)
    document.add_paragraph().add_run(content.mesa).font.size = Pt(14)
    document.add_paragraph(content.number, style="Title")
    when = ", ".join(filter(None, (content.day, content.hours, content.zone)))
    document.add_paragraph(_said(content.meeting_number, content.meeting_kind, when))
    if content.venue:
        document.add_paragraph(content.venue)
    line = document.add_paragraph()
    line.add_run(content.status).bold = True
    edition = words["edition"] if content.edition > 1 else ""
    if rest := _said(content.status_note, edition, "" if content.is_final else words["not_final"]):
        line.add_run(f" · {rest}")


def _write_decisions(document: Made, content: MinutesContent, words: Words) -> None:
    document.add_heading(words["decisions"], 1)
    decided = [(item, text) for item in content.items for text in item.decisions]
    for item, text in decided:
        line = document.add_paragraph("\n".join(lines(text)), style="List Number")
        _small(line, "  " + _said(f"{words['item']} {item.number}", item.folio))
    if not decided:
        document.add_paragraph(words["no_decisions"])


def _write_commitments(document: Made, made: Sequence[MadeCommitment], words: Words) -> None:
    document.add_heading(words["commitments"], 1)
    if not made:
        document.add_paragraph(words["no_commitments"])
        return
    table: Any = document.add_table(rows=1, cols=4, style="Table Grid")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, ("folio", "what", "who", "due"), strict=True):
        cell.paragraphs[0].add_run(words[name]).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for each in made:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        due = "\n".join(filter(None, (each.due or words["no_day"], each.standing)))
        for cell, text in zip(row.cells, (each.folio, each.what, each.who, due), strict=True):
            cell.text = text
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width


def _write_items(document: Made, content: MinutesContent, words: Words) -> None:
    if content.items:
        document.add_heading(words["items"], 1)
    for item in content.items:
        heading = document.add_heading(f"{item.number}. {item.title}", 2)
        _small(heading, "  " + _said(item.folio, item.why))
        for note in item.notes:
            document.add_paragraph("\n".join(lines(note)))
    if content.general_notes:
        document.add_heading(words["notes"], 1)
    for note in content.general_notes:
        document.add_paragraph("\n".join(lines(note)))


def _write_mentions(document: Made, title: str, mentions: Sequence[Mention]) -> None:
    if mentions:
        document.add_heading(title, 1)
    for each in mentions:
        document.add_paragraph(_said(each.folio, each.title, each.note), style="List Bullet")


def _write_attendance(document: Made, content: MinutesContent, words: Words) -> None:
    groups = [group for group in content.attendance if group.seats]
    if groups:
        document.add_heading(words["attendance"], 1)
    for group in groups:
        _write_group(document, group, content.language, words)


def _write_group(document: Made, group: AttendanceGroup, language: str, words: Words) -> None:
    heading = document.add_heading(group.name, 2)
    _small(heading, "  " + present_of(group, language))
    for seat in group.seats:
        line = document.add_paragraph(style="List Bullet")
        line.add_run(seat.organization).bold = seat.in_room
        if rest := ", ".join(filter(None, (seat.title, _person(seat, words)))):
            line.add_run(f", {rest}")
        if seat.presence:
            line.add_run(f" · {seat.presence}").italic = True


def _person(seat: SeatAtTable, words: Words) -> str:
    if seat.substitute and seat.name:
        return f"{seat.substitute} {words['for']} {seat.name}"
    return seat.substitute or seat.name


def _write_fine_print(document: Made, content: MinutesContent, words: Words) -> None:
    if words["withheld"]:
        _small(document.add_paragraph(), words["withheld"])
    if content.receipt:
        _small(document.add_paragraph(), f"{words['receipt']} {content.receipt}")


def _small(line: Paragraph, text: str) -> None:
    run = line.add_run(text)
    run.bold = False
    run.font.size, run.font.color.rgb = Pt(8.5), _INK_2


def _said(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _undated(document: Made) -> bytes:
    """The file without the day on which it was packed."""
    saved, packed = io.BytesIO(), io.BytesIO()
    package = document.part.package
    for part in package.parts:
        part.before_marshal()
    PackageWriter.write(saved, package.rels, package.parts)  # type: ignore[no-untyped-call]
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, parts.read(name))
    return packed.getvalue()
