"""Text that somebody will paste some day."""

import json
from pathlib import Path

# The public Big List of Naughty Strings lies beside the checkout where it was put there.
_LIST = Path(__file__).parents[3] / "shared" / "data" / "naughty-strings.json"

_OWN = [
    "",
    " \t\r\n\v\f\x85\u2028\u2029",
    "\x00\x1b[31m\x7f\x9f",
    "\ud800 \udfff \ufffe \U0010ffff",
    "\u202eabc\u202c\u200b\ufeff\u2066x\u2069",
    "e\u0301\u0323 ﬁ ½ Ⅷ ٣ ² İ ŉ",
    "9" * 5000,
    "1 " * 5000,
    "1,2.3'4 " * 1000,
    "-" * 5000,
    "((((" * 2000 + ";" * 2000,
    "SERFOR, " * 3000,
    "NaN sNaN Infinity 1e999999",
]

_LISTED: list[str] = json.loads(_LIST.read_text(encoding="utf-8")) if _LIST.is_file() else []

NAUGHTY = _OWN + _LISTED

SOME = _OWN + _LISTED[::20]
"""Some of each sort, for where every text costs a page: the list goes sort by sort."""
