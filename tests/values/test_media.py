"""A file is what is in it, whatever it is called."""

import io
import zipfile

import pytest

from destraba.values.media import media_type_of, name_to_keep
from tests.values.naughty import NAUGHTY


def packed(*names: str, mimetype: str = "") -> bytes:
    """A document of an office program, as far as its table of contents goes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic....", "image/heic"),
        (b"%PDF-1.7\n", "application/pdf"),
        (
            packed("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            packed("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
)
def test_evidence_is_known_by_its_content(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\x00",
        b"#!/bin/sh\n",
        packed("evil.exe"),
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"\x00\x00\x00\x18ftypmp42....",
        *(text.encode("utf-8", "replace") for text in NAUGHTY[:200]),
    ],
)
def test_anything_else_is_nothing(content: bytes) -> None:
    assert media_type_of(content) is None


@pytest.mark.parametrize("name", [*NAUGHTY, "acta.hta", "acta.pdf.exe", "acta.js", "..", ".", ""])
def test_a_file_leaves_under_the_ending_of_its_type(name: str) -> None:
    for media_type, ending in (("application/pdf", ".pdf"), ("image/png", ".png"), ("text/html", ".bin")):
        kept = name_to_keep(name, media_type)
        assert kept.lower().endswith(ending)
        assert name_to_keep(kept, media_type) == kept
