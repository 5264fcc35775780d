"""How long an item takes, as people type it: 15, 90m, 1.5h, 1:30."""

import re

_MINUTES = re.compile(r"(\d{1,4})\s*(?:m|min|minutos?|minutes?|')?")
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:h|hs|horas?|hours?)")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")


class UnreadableDuration(ValueError):
    """The text is no length of time."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read(text: str) -> int:
    """Minutes. A bare number is minutes; `1:30` and `1.5h` are 90. Raises UnreadableDuration."""
    given = text.strip().lower()
    if found := _MINUTES.fullmatch(given):
        return int(found[1])
    if found := _CLOCK.fullmatch(given):
        return int(found[1]) * 60 + int(found[2])
    if found := _HOURS.fullmatch(given):
        return int(found[1]) * 60 + round(float(f"0.{found[2] or 0}") * 60)
    raise UnreadableDuration(text)


def written(minutes: int) -> str:
    """`15 min`, `1:30`: what `read` reads back."""
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}"
