"""Static files under names that change with their content, the modules that scripts import included."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(rb"^\s+", re.MULTILINE)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> Any:
        if name.endswith(".css"):
            content = ContentFile(lean(b"".join(content.chunks())))
        return super()._save(name, content)


def lean(style: bytes) -> bytes:
    """A style sheet without its comments and its indents, which is most of what a minifier saves.

    The known minifiers take the blank out of ".grid :is(th)" inside a layer, which then says something else.
    None of our sheets has a comment's marks within a string.
    """
    return _INDENT.sub(b"", _COMMENT.sub(b"", style))
