"""The archive that an .xlsx file is, looked through piece by piece before anything interprets it.

Every part is unpacked once here, whatever its header says, and thrown away: what the libraries unpack
afterwards has then been measured.
"""

import copy
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.extents import Extent
from destraba.exchange.workbooks.formats import refuse_others
from destraba.exchange.workbooks.limits import Limits
from destraba.exchange.workbooks.parts import sheet_parts

_PIECE = 64 * 1024
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML_NAMES = (".xml", ".rels", ".vml")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    LookupError,
    StopIteration,
)


def look_through(file: BinaryIO, packed_bytes: int, limits: Limits) -> dict[str, Extent]:
    """How far each worksheet reaches, by its name and in the workbook's order. Raises `Refused`."""
    try:
        with zipfile.ZipFile(file) as archive:
            extents = _measured_parts(archive, packed_bytes, limits)
            return {name: extents[part] for name, part in sheet_parts(archive).items()}
    except _BROKEN as error:
        raise Refused.of("unreadable", cause=type(error).__name__) from error


def _measured_parts(archive: zipfile.ZipFile, packed_bytes: int, limits: Limits) -> dict[str, Extent]:
    members = archive.infolist()
    names = {member.filename for member in members}
    # Two parts of one name: which of them a library takes is anybody's guess.
    if len(members) > limits.members or len(names) < len(members):
        raise Refused.of("bomb", limit=limits.ratio)
    refuse_others(names)
    extents: dict[str, Extent] = {}
    total = 0
    for member in members:
        scanner = _PartScanner(member.filename)
        before = total
        for piece in _pieces(archive, member):
            total += len(piece)
            _measure(total, packed_bytes, limits)
            scanner.feed(piece)
        if total - before != member.file_size:
            raise Refused.of("bomb", limit=limits.ratio)
        if extent := scanner.finish():
            extents[member.filename] = extent
    return extents


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part as it unpacks until its own end, not until where the header says that it ends."""
    if member.flag_bits & _ENCRYPTED:
        raise Refused.of("password_protected")
    if member.compress_type not in _METHODS:
        raise Refused.of("unreadable", cause=member.filename)
    endless = copy.copy(member)
    endless.file_size = sys.maxsize
    with archive.open(endless) as part:
        while piece := part.read(_PIECE):
            yield piece


def _measure(unpacked: int, packed_bytes: int, limits: Limits) -> None:
    if unpacked > limits.ratio_from_bytes and unpacked > packed_bytes * limits.ratio:
        raise Refused.of("bomb", limit=limits.ratio)
    if unpacked > limits.unpacked_bytes:
        raise Refused.of("too_large_unpacked", limit=limits.unpacked_bytes // 1_000_000)


class _PartScanner:
    """Reads a part as XML as long as it is XML: a DOCTYPE is refused, a worksheet is measured."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._sheet: Extent | None = None
        self._is_xml = True
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._on_root

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        if not self._is_xml:
            return
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
                raise MemoryError from error
            if self._sheet or self._name.lower().endswith(_XML_NAMES):
                raise Refused.of("unreadable", cause=self._name) from error
            self._is_xml = False  # a picture, a printer's settings

    def finish(self) -> Extent | None:
        self.feed(b"", last=True)
        return self._sheet

    def _on_root(self, tag: str, attributes: dict[str, str]) -> None:
        self._parser.StartElementHandler = None
        if tag.rpartition(" ")[2] == "worksheet":
            self._sheet = Extent()
            self._parser.StartElementHandler = self._sheet.on_element

    def _refuse_doctype(self, *_: object) -> None:
        raise Refused.of("doctype", part=self._name)
