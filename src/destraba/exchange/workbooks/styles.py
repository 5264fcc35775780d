"""The styles that cells refer to by number: their fill as a colour that one sees, and their indent.

Read straight from the part (ECMA-376 part 1, 18.8), and only what is asked for: a library that reads fonts
and borders too fails as a whole where some tool wrote one of them in its own way.
"""

import colorsys
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

from destraba.exchange.workbooks.parts import linked_part, root

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RGB = re.compile("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
# A theme lists dark before light; cells number them the other way round.
_THEME_ORDER = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2"),
    *("accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"),
)
# The palette of the format itself (18.8.27): eight colours, the same again, and forty-eight more.
_EIGHT = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
_INDEXED = f"""
{_EIGHT} {_EIGHT}
800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF
660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF
00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00
FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
""".split()


@dataclass(frozen=True, slots=True)
class Style:
    """`fill` is six hexadecimal digits; None for no fill, for a pattern and for a gradient."""

    fill: str | None = None
    indent: int = 0


PLAIN = Style()


def read_styles(archive: ZipFile) -> Sequence[Style]:
    """In the order in which cells number them; none when the workbook has no styles."""
    part = linked_part(archive, "styles")
    if part is None:
        return ()
    sheet = root(archive, part)
    palette = _Palette(_theme(archive), _indexed(sheet))
    fills = [palette.fill(fill) for fill in sheet.iterfind("{*}fills/{*}fill")]
    return [_style(xf, fills) for xf in sheet.iterfind("{*}cellXfs/{*}xf")]


def _style(xf: "Element", fills: Sequence[str | None]) -> Style:
    fill = int(xf.get("fillId", 0))
    alignment = xf.find("{*}alignment")
    indent = 0 if alignment is None else int(alignment.get("indent", 0))
    return Style(fills[fill] if fill < len(fills) else None, indent)


def _theme(archive: ZipFile) -> Mapping[int, str]:
    part = linked_part(archive, "theme")
    if part is None:
        return {}
    return {
        _THEME_ORDER.index(name): value
        for slot in root(archive, part).iterfind(".//{*}clrScheme/*")
        for colour in slot
        if (name := slot.tag.rpartition("}")[2]) in _THEME_ORDER
        and (value := _rgb(colour.get("lastClr") or colour.get("val")))
    }


def _indexed(sheet: "Element") -> Sequence[str]:
    own = [colour.get("rgb", "") for colour in sheet.iterfind("{*}colors/{*}indexedColors/{*}rgbColor")]
    return own or _INDEXED


class _Palette:
    """The colours of one workbook: plain, by number, or of its theme with a tint."""

    def __init__(self, theme: Mapping[int, str], indexed: Sequence[str]) -> None:
        self._theme = theme
        self._indexed = indexed

    def fill(self, fill: "Element") -> str | None:
        pattern = fill.find("{*}patternFill")
        if pattern is None or pattern.get("patternType") != "solid":
            return None
        colour = pattern.find("{*}fgColor")
        return None if colour is None else self._colour(colour)

    def _colour(self, colour: "Element") -> str | None:
        if (theme := colour.get("theme")) is not None:
            base = self._theme.get(int(theme))
        elif (number := int(colour.get("indexed", -1))) >= 0:
            base = _rgb(self._indexed[number]) if number < len(self._indexed) else None
        else:
            base = _rgb(colour.get("rgb"))
        return _tinted(base, float(colour.get("tint", 0))) if base else None


def _rgb(text: str | None) -> str | None:
    match = _RGB.fullmatch(text or "")
    return match[1].upper() if match else None


def _tinted(rgb: str, tint: float) -> str:
    """Darker below zero, lighter above (18.8.19)."""
    if not tint:
        return rgb
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)
