"""What a file is by what is in it, whatever it is called: only kinds that evidence comes in are known."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_PHOTO_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1"})
_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_OPEN_DOCUMENTS = {
    b"text": "application/vnd.oasis.opendocument.text",
    b"spre": "application/vnd.oasis.opendocument.spreadsheet",
}
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    _OFFICE[b"word/"]: (".docx", ".dotx"),
    _OFFICE[b"xl/"]: (".xlsx", ".xltx"),
    _OFFICE[b"ppt/"]: (".pptx", ".ppsx", ".potx"),
    _OPEN_DOCUMENTS[b"text"]: (".odt",),
    _OPEN_DOCUMENTS[b"spre"]: (".ods",),
}
_NEVER_OPENED = (".bin",)


def name_to_keep(name: str, media_type: str) -> str:
    """The name under which a file of this type leaves the house: it ends as the type does, or the type's
    ending is added. A machine goes by the ending, and runs a PDF that is called ".hta" as a program."""
    endings = _ENDINGS.get(media_type, _NEVER_OPENED)
    return name if name.lower().endswith(endings) else f"{name.rstrip('. ')}{endings[0]}"


def media_type_of(content: bytes) -> str | None:
    """A photograph, a PDF or a document of an office program; None for anything else.

    Nothing is unpacked: a document is known by the names that stand in its table of contents.
    """
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _PHOTO_BRANDS:
        return "image/heic"
    return _document(content) if content.startswith(b"PK\x03\x04") else None


def _document(content: bytes) -> str | None:
    if content[30:].startswith(_OPEN_DOCUMENT):
        return _OPEN_DOCUMENTS.get(content[30 + len(_OPEN_DOCUMENT) :][:4])
    if b"[Content_Types].xml" not in content:
        return None
    if b"vbaProject.bin" in content:
        return None  # macros are programs, not evidence
    return next((media_type for folder, media_type in _OFFICE.items() if folder in content), None)
