"""Sets a page with typst: a layout of ours, and one JSON value that it reads.

Texts arrive in the layout as strings and are set as strings, so nothing that anybody wrote is ever markup.
There are no packages and no network, and fonts are those that typst carries (Libertinus Serif under the Open
Font License, DejaVu Sans Mono for signs that the former lacks), never those of the machine: the same value
gives the same bytes everywhere.

typst hangs in a process whose parent had compiled before it forked: processes that compile have to be started
afresh, as granian starts its workers.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

# A run without a blank, such as an address, may be broken after so many characters; a hash stays whole, for
# one copies it.
_LONG_RUN = re.compile(r"\S{24}(?=\S{6})")
_HASH = re.compile(r"[0-9a-f]{64}")
_MAY_BREAK = "\u200b"


def typeset(layout: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """A PDF, tagged as PDF/UA-1 asks.

    Where somebody wrote a sign that no font here has, such as an emoji, the standard can't be met: an empty
    box stands for it, and the file is tagged all the same but does not call itself PDF/UA.
    """
    import typst  # heavy: 80 MB that only those who print need

    try:
        return _compiled(layout, data, made_at, standard=["ua-1"])
    except typst.TypstError:
        return _compiled(layout, data, made_at, standard=[])


def _compiled(
    layout: Path, data: Mapping[str, Any], made_at: datetime, *, standard: "list[typst.PDFStandard]"
) -> bytes:
    import typst  # heavy: 80 MB that only those who print need

    return typst.compile(
        layout,
        root=layout.parent,
        font_paths=_own_fonts(),
        sys_inputs={"data": json.dumps(_breakable(data), ensure_ascii=False)},
        package_path=layout.parent / "no-packages",
        package_cache_path=layout.parent / "no-packages",
        timestamp=int(made_at.timestamp()),
        format="pdf",
        pdf_standards=standard,
    )


@cache
def _own_fonts() -> "typst.Fonts":
    import typst  # heavy: 80 MB that only those who print need

    return typst.Fonts(include_system_fonts=False)


def _breakable(value: Any) -> Any:
    match value:
        case str() if _HASH.fullmatch(value):
            return value
        case str():
            return _LONG_RUN.sub(rf"\g<0>{_MAY_BREAK}", value)
        case Mapping():
            return {name: _breakable(each) for name, each in value.items()}
        case Sequence():
            return [_breakable(each) for each in value]
        case _:
            return value
