"""Which part of an .xlsx archive holds what, and the comments pinned to cells (ECMA-376, parts 1 and 2).

Only for archives whose parts were measured before, as `packages` does: there is no DOCTYPE left to fear.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from destraba.exchange.workbooks.cells import place_named


@dataclass(frozen=True, slots=True)
class _Link:
    """From one part to another: `kind` is the last word of its type, "worksheet" or "comments"."""

    key: str
    kind: str
    part: str


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The part of each worksheet by the sheet's name, in the order of the workbook; charts are left out."""
    workbook = _workbook_part(archive)
    by_key = {link.key: link.part for link in _links(archive, workbook) if link.kind == "worksheet"}
    listed = (
        (sheet.get("name", ""), _with_namespace(sheet, "id"))
        for sheet in root(archive, workbook).iterfind("{*}sheets/{*}sheet")
    )
    return {name: by_key[key] for name, key in listed if key in by_key}


def linked_part(archive: ZipFile, kind: str) -> str | None:
    """The part of that kind ("styles", "theme") which the whole workbook shares."""
    return next((link.part for link in _links(archive, _workbook_part(archive)) if link.kind == kind), None)


def notes(archive: ZipFile, part: str) -> dict[int, dict[int, str]]:
    """The comments on a worksheet's cells by row and column, without who wrote them."""
    found: dict[int, dict[int, str]] = {}
    for link in _links(archive, part):
        if link.kind == "comments":
            for comment in root(archive, link.part).iterfind("{*}commentList/{*}comment"):
                row, column = place_named(comment.get("ref", ""))
                found.setdefault(row, {})[column] = "".join(comment.itertext()).strip()
    return found


def root(archive: ZipFile, part: str) -> ET.Element:
    """The outermost element. Ask it with `{*}`: the two dialects of the format differ in namespaces alone."""
    return ET.fromstring(archive.read(part))  # noqa: S314 - no DOCTYPE and a measured size, see above


def _workbook_part(archive: ZipFile) -> str:
    return next(link.part for link in _links(archive, "") if link.kind == "officeDocument")


def _links(archive: ZipFile, part: str) -> Iterator[_Link]:
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in archive.namelist():
        return
    for element in root(archive, rels):
        target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
        kind = element.get("Type", "").rpartition("/")[2]
        yield _Link(element.get("Id", ""), kind, target.lstrip("/"))


def _with_namespace(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")
