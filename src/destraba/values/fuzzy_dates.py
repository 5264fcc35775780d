"""Dates as people give them: a day, a month, a quarter or a year, with the words and the source kept.

The seeds give most dates by month ("Sept 2015") and disagree on some, so a date never claims more than it was
told (product.md, "Commitment"; seed 001, section 4.5).
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from destraba.values.texts import fold, visible_line

FIRST_YEAR, LAST_YEAR = 1900, 2199


class Precision(StrEnum):
    """How long the period is that a date stands for."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS_LONG = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}


class UnreadableDate(ValueError):
    """Neither a date nor words for having none.

    `code` is "not_a_date", "impossible_date" (31/02/2016) or "year_out_of_range" (1900 to 2199 are in range).
    """

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text, code)
        self.text = text
        self.code = code


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A period, named by its first day. `text` is what was written and `source` who says so, or empty."""

    date: dt.date
    precision: Precision = Precision.DAY
    text: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.precision is not Precision.DAY:
            months = _MONTHS_LONG[self.precision]
            first = self.date.replace(month=(self.date.month - 1) // months * months + 1, day=1)
            object.__setattr__(self, "date", first)

    @property
    def first_day(self) -> dt.date:
        return self.date

    @property
    def last_day(self) -> dt.date:
        """What is due in a period is due on its last day."""
        if self.precision is Precision.DAY:
            return self.date
        month = self.date.month + _MONTHS_LONG[self.precision] - 1
        return self.date.replace(month=month, day=calendar.monthrange(self.date.year, month)[1])

    @property
    def sort_on(self) -> dt.date:
        """Dates of every precision are ordered by the day on which they are due."""
        return self.last_day

    @property
    def code(self) -> str:
        """The period in one word, for a reason: "2017-06-30", "2017-06", "2017-Q2", "2017"."""
        match self.precision:
            case Precision.DAY:
                return self.date.isoformat()
            case Precision.MONTH:
                return f"{self.date:%Y-%m}"
            case Precision.QUARTER:
                return f"{self.date:%Y}-Q{(self.date.month + 2) // 3}"
        return f"{self.date:%Y}"

    @classmethod
    def from_code(cls, code: str) -> "FuzzyDate":
        """Raises ValueError for what is no such word."""
        year, mark, rest = code.partition("-")
        if not mark:
            return cls(dt.date(int(year), 1, 1), Precision.YEAR)
        if rest.startswith("Q"):
            return cls(dt.date(int(year), int(rest[1:]) * 3, 1), Precision.QUARTER)
        if "-" not in rest:
            return cls(dt.date(int(year), int(rest), 1), Precision.MONTH)
        return cls(dt.date.fromisoformat(code))

    def to_plain(self) -> dict[str, str]:
        return {
            "date": self.date.isoformat(),
            "precision": self.precision.value,
            "text": self.text,
            "source": self.source,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, str]) -> "FuzzyDate":
        date = dt.date.fromisoformat(plain["date"])
        return cls(date, Precision(plain["precision"]), plain["text"], plain["source"])


# Folded and without punctuation: "s/f" is "s f".
_NO_DATE = re.compile(
    r"|(?:por|a|sin) (?:definir|definirse|determinar|confirmar|acordar|fijar|establecer)|no definid[oa]"
    r"|indefinido|pendiente(?: de definir)?|mas adelante|sin (?:fecha|plazo)(?: definid[oa])?|sin datos?"
    r"|s ?f|s ?d|n ?d|n ?a|no aplica|no hay|ningun[oa]|desconocid[oa]"
    r"|tbd|tbc|tba|to be (?:defined|determined|decided|confirmed|agreed)"
    r"|undated|no date|pending|later|none|unknown|not applicable"
    r"|sem (?:data|prazo)|mais adiante|nao (?:definid[oa]|se aplica)"
)
_PUNCTUATION = re.compile(r"[\s.,:;*_()\[\]¿?/-]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def _numbered(*names: str) -> dict[str, int]:
    return {name: number for number, spellings in enumerate(names, start=1) for name in spellings.split()}


_MONTHS = _numbered(
    "ene enero jan january janeiro",
    "feb febrero february fev fevereiro",
    "mar marzo march marco",
    "abr abril apr april",
    "may mayo mai maio",
    "jun junio june junho",
    "jul julio july julho",
    "ago agosto aug august",
    "sep set sept septiembre setiembre september setembro",
    "oct octubre october out outubro",
    "nov noviembre november novembro",
    "dic diciembre dec december dez dezembro",
)
_QUARTERS = _numbered(
    "1er 1ro 1o 1st i primer primero primeiro first",
    "2do 2o 2nd ii segundo second",
    "3er 3ro 3o 3rd iii tercer tercero terceiro third",
    "4to 4o 4th iv cuarto quarto fourth",
)


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = r"(?P<month>[0-9]{1,2})"
_MONTH_NAME = rf"(?P<name>{_any(_MONTHS)})\.?"
_QUARTER = r"(?P<quarter>[0-9])"
_QUARTER_NAME = rf"(?P<ordinal>{_any(_QUARTERS)})\.?"
_YEAR4 = r"(?P<year>[0-9]{4})"
_YEAR = r"'?(?P<year>[0-9]{4}|[0-9]{2})"
_CLOCK = r"(?:[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)? ?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?"
_LINK = r"(?:[ /.,-]+(?:de |del |of |do )?)?"
_BY = r"(?:(?:al?|el|en|para|hasta|in|by|until|em|ate|ao) ){0,2}"
# A period is due on its last day anyhow.
_END = (
    rf"{_BY}(?:(?:el |the )?(?:fin|fines|final|finales|end|fim|late) (?:de |del |of |do )?)?(?:ano |year )?"
)

_Parts = tuple[str, int, int]
"""The year as written, the month, the day."""


def _numeric(match: re.Match[str]) -> _Parts:
    return match["year"], int(match["month"]), int(match.groupdict().get("day", 1))


def _named(match: re.Match[str]) -> _Parts:
    return match["year"], _MONTHS[match["name"]], int(match.groupdict().get("day", 1))


def _quarter(match: re.Match[str]) -> _Parts:
    # A fifth quarter would begin in a thirteenth month, which is refused like any other.
    return match["year"], int(match["quarter"]) * 3 - 2, 1


def _quarter_named(match: re.Match[str]) -> _Parts:
    return match["year"], _QUARTERS[match["ordinal"]] * 3 - 2, 1


def _year(match: re.Match[str]) -> _Parts:
    return match["year"], 1, 1


_Form = tuple[re.Pattern[str], Precision, Callable[[re.Match[str]], _Parts]]

_FORMS: tuple[_Form, ...] = (
    (re.compile(rf"{_YEAR4}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}{_CLOCK}"), Precision.DAY, _numeric),
    (
        re.compile(rf"{_BY}{_DAY} ?(?P<mark>[-/.]) ?{_MONTH} ?(?P=mark) ?{_YEAR}{_CLOCK}"),
        Precision.DAY,
        _numeric,
    ),
    (
        re.compile(rf"{_BY}{_DAY}(?:ro|o|st|nd|rd|th)?{_LINK}{_MONTH_NAME}{_LINK}{_YEAR}"),
        Precision.DAY,
        _named,
    ),
    (re.compile(rf"{_BY}{_MONTH_NAME} {_DAY}(?:st|nd|rd|th)?(?:, ?| ){_YEAR4}"), Precision.DAY, _named),
    (re.compile(rf"{_END}{_MONTH_NAME}{_LINK}{_YEAR}"), Precision.MONTH, _named),
    (re.compile(rf"{_END}{_MONTH}[-/.]{_YEAR4}"), Precision.MONTH, _numeric),
    (re.compile(rf"{_END}{_YEAR4}[-/.]{_MONTH}"), Precision.MONTH, _numeric),
    (re.compile(rf"{_END}[tq] ?{_QUARTER}{_LINK}{_YEAR}"), Precision.QUARTER, _quarter),
    (re.compile(rf"{_END}{_QUARTER} ?[tq]{_LINK}{_YEAR}"), Precision.QUARTER, _quarter),
    (re.compile(rf"{_END}{_YEAR4}{_LINK}[tq] ?{_QUARTER}"), Precision.QUARTER, _quarter),
    (
        re.compile(rf"{_END}{_QUARTER_NAME} (?:trimestre|trim\.?|quarter){_LINK}{_YEAR}"),
        Precision.QUARTER,
        _quarter_named,
    ),
    (re.compile(rf"{_END}{_YEAR4}"), Precision.YEAR, _year),
)


def read(text: str, *, source: str = "") -> FuzzyDate | None:
    """A date in Spanish, English or Portuguese, day first; None if blank or in words such as "por definir".

    Two digits of a year up to 69 are in the 2000s. Raises `UnreadableDate`.
    """
    if is_no_date(text):
        return None
    written = visible_line(text)
    folded = _DASHES.sub("-", fold(written))
    for form, precision, parts in _FORMS:
        if match := form.fullmatch(folded):
            return FuzzyDate(_date(text, *parts(match)), precision, written, source)
    raise UnreadableDate(text, "not_a_date")


def is_no_date(text: str) -> bool:
    """Blank, a dash, or words that say there is no date yet."""
    words = _PUNCTUATION.sub(" ", _DASHES.sub("-", fold(visible_line(text))))
    return _NO_DATE.fullmatch(words.strip()) is not None


def _date(text: str, written_year: str, month: int, day: int) -> dt.date:
    year = int(written_year)
    if len(written_year) == 2:
        year += 1900 if year > 69 else 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDate(text, "year_out_of_range")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UnreadableDate(text, "impossible_date") from None
