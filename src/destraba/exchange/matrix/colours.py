"""The light that a cell declares, by its fill or by its word."""

import colorsys
from collections.abc import Mapping

from destraba.rules.lights import Light
from destraba.values.texts import fold

OwnColours = Mapping[str, Light | None]
"""What a mesa's own colours mean, by six hexadecimal digits, where they differ from the usual ones."""

FILLS: Mapping[Light, str] = {
    Light.DONE: "0070C0",
    Light.GREEN: "00B050",
    Light.AMBER: "FFC000",
    Light.RED: "FF0000",
    Light.GREY: "BFBFBF",
    Light.WAITING: "B1A0C7",
}
"""The fills that are written: the standard palette of spreadsheets, so that people can go on by hand."""

# Degrees on the colour wheel, each range up to the next. Between green and blue, and from violet to pink,
# nobody can tell what was meant.
_HUES: tuple[tuple[int, Light | None], ...] = (
    (16, Light.RED),
    (69, Light.AMBER),
    (166, Light.GREEN),
    (186, None),
    (256, Light.DONE),
    (335, None),
    (360, Light.RED),
)
_WHITE, _BLACK, _COLOURLESS, _PALE = 0.96, 0.12, 0.12, 0.8

_WORDS = {
    Light.DONE: """cumplido|cumplida|concluido|concluida|completado|completada|completo|completa
        |hecho|hecha|culminado|terminado|terminada|finalizado|finalizada|culminada|ejecutado
        |ejecutada|implementado|implementada|resuelto|resuelta|logrado|aprobado|publicado|azul|done
        |complete|completed|finished|closed|implemented|blue|feito|cumprido|cumprida|🔵|✅""",
    Light.GREEN: """verde|en plazo|en fecha|a tiempo|segun lo previsto|avanza|bien|green|on track
        |on time|no prazo|🟢""",
    Light.AMBER: """en proceso|en curso|en ejecucion|en implementacion|en tramite|en avance
        |en negociacion|parcial|parcialmente cumplido|cumplido parcialmente|cumplido parcial
        |con observaciones|en riesgo|ambar|amarillo|amarilla|naranja|amber|yellow|orange|in progress
        |ongoing|partial|at risk|em andamento|em curso|amarelo|laranja|🟡|🟠""",
    Light.RED: """rojo|roja|retrasado|retrasada|atrasado|atrasada|vencido|vencida|incumplido
        |incumplida|no cumplido|no cumplida|bloqueado|bloqueada|trabado|trabada|detenido|paralizado
        |red|overdue|late|delayed|blocked|stuck|off track|vermelho|vermelha|🔴""",
    Light.GREY: """no iniciado|no iniciada|sin iniciar|por iniciar|sin inicio|no empezado|gris|gray
        |grey|not started|to do|nao iniciado|nao iniciada|cinza|⚪""",
    Light.WAITING: "en espera|espera|a la espera|waiting|on hold|em espera|aguardando",
}
_LIGHT_OF = {
    phrase: light for light, phrases in _WORDS.items() for phrase in map(str.strip, phrases.split("|"))
}
_NO_WORD = frozenset({"", "-", "--", "n/a", "na", "s/d", "sin dato", "ninguno", "none"})


class UnknownLight(ValueError):
    """A word or a colour that declares no light that anybody knows."""


def light_of_word(text: str) -> Light | None:
    """None where the cell says nothing. "En proceso (80%)" begins with its light. Raises `UnknownLight`."""
    folded = fold(text).strip(" .:;()")
    if folded in _NO_WORD:
        return None
    beginnings = (folded[:end] for end in range(len(folded), 0, -1) if not folded[end : end + 1].isalnum())
    for beginning in beginnings:
        if light := _LIGHT_OF.get(beginning.rstrip(" .:;,(-")):
            return light
    raise UnknownLight(text)


def light_of_fill(fill: str | None, colours: OwnColours | None = None) -> Light | None:
    """None for no fill, and for white. Raises `UnknownLight` for a colour that might mean anything."""
    if fill is None:
        return None
    if colours and fill in colours:
        return colours[fill]
    hue, lightness, saturation = _parts(fill)
    if lightness > _WHITE:
        return None
    if lightness < _BLACK:
        raise UnknownLight(fill)
    if saturation < _COLOURLESS:
        return Light.GREY
    light = next(light for end, light in _HUES if hue * 360 <= end)
    if light is None:
        raise UnknownLight(fill)
    return light


def is_pale(fill: str) -> bool:
    """Whether it might be no more than the shade of every second row."""
    return _parts(fill)[1] > _PALE


def _parts(fill: str) -> tuple[float, float, float]:
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return colorsys.rgb_to_hls(red, green, blue)
