"""A file as an answer that can do no harm: nobody's browser takes it for a page of ours, or runs it."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


def file_answer(content: bytes, name: str, media_type: str, *, in_place: bool = False) -> HttpResponse:
    """The file to keep; `in_place` for what a page may show as well."""
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(not in_place, name) or "attachment"
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
