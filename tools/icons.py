"""Write the icon sprite, `src/destraba/static/icons.svg`.

Run `python tools/icons.py` after adding a name to NAMES. Pages show an icon with the macro
`icon("name")` of `templates/components/icons.html`; the drawings come from the `lucide` package
(ISC licence), the marks of Destraba itself are drawn below.
"""

import re
from importlib import resources
from pathlib import Path
from zipfile import ZipFile

SPRITE = Path(__file__).parent.parent / "src" / "destraba" / "static" / "icons.svg"

NAMES = """
arrow-down arrow-left arrow-right arrow-up building-2 calendar check chevron-down chevron-left chevron-right
chevron-up circle-check circle-question-mark circle-x clipboard-paste clock columns-3 copy corner-down-left
download ellipsis external-link eye file-spreadsheet funnel git-compare history info key-round keyboard
languages link list-tree loader-circle lock log-in log-out mail map-pin menu message-square monitor moon
paperclip pencil phone plus printer rows-2 rows-3 search shield-check sun target trash-2 triangle-alert
undo-2 upload user users x
"""

# A bolt drawn out of its keeper; an arrow that runs to a line moved on (a due date that slipped).
MARKS = {
    "mark": '<path d="M2.25 12h10.5" stroke-width="4.5" stroke-linecap="butt"/><path d="M6.75 12V6.75"/>'
    '<path d="M22.5 3.75h-6v16.5h6"/>',
    "slip": '<path d="M3 12h14m-5-5 5 5-5 5M21.5 5.5v13"/>',
}


def drawing(archive: ZipFile, name: str) -> str:
    """The shapes of one icon, without the wrapping element and without white space."""
    inner = re.sub(r"</?svg[^>]*>|<!--.*?-->", "", archive.read(f"{name}.svg").decode(), flags=re.DOTALL)
    return re.sub(r"\s*(/?>)\s*", r"\1", re.sub(r"\s+", " ", inner)).strip()


def sprite() -> str:
    """The whole file: one symbol for each icon, sorted, so that a new one is a difference of one line."""
    with resources.files("lucide").joinpath("lucide.zip").open("rb") as packed, ZipFile(packed) as archive:
        shapes = MARKS | {name: drawing(archive, name) for name in NAMES.split()}
    symbols = (
        f'<symbol id="{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in sorted(shapes.items())
    )
    return "\n".join(('<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""))


if __name__ == "__main__":
    SPRITE.write_text(sprite(), encoding="utf-8")
