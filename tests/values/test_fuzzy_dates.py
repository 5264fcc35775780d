import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.fuzzy_dates import FuzzyDate, Precision, UnreadableDate, is_no_date, read
from tests.values.naughty import NAUGHTY

DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
FUZZY_DATES = st.builds(FuzzyDate, DATES, st.sampled_from(Precision), st.text(), st.text())

SPANISH = (
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre".split()  # noqa: SIM905
)


@pytest.mark.parametrize(
    "text",
    [
        "30/09/2015",
        "30-09-2015",
        "30.9.15",
        "30/9/2015 00:00",
        " 30 / 09 / 2015 ",
        "2015-09-30",
        "2015/09/30",
        "2015-09-30 00:00:00",
        "2015-09-30T23:59:59.123456-05:00",
        "2015-09-30T10:00Z",
        "30 de septiembre de 2015",
        "30 de Setiembre del 2015",
        "30 set 2015",
        "30-sep-15",
        "30 SEPTIEMBRE 2015",
        "30 de setembro de 2015",
        "September 30, 2015",
        "Sept. 30th 2015",
        "30th of September, 2015",
        "hasta el 30/09/2015",
        "al 30/09/2015",
        "３０/０９/２０１５",
        "30–09–2015",
    ],
)
def test_a_day_in_many_hands(text: str) -> None:
    found = read(text)

    assert found is not None
    assert (found.date, found.precision) == (dt.date(2015, 9, 30), Precision.DAY)
    assert found.last_day == dt.date(2015, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        "set-15",
        "sep-15",
        "Sep '15",
        "sept 2015",
        "Sept. 2015",
        "setiembre 2015",
        "SETIEMBRE DEL 2015",
        "septiembre de 2015",
        "September 2015",
        "setembro de 2015",
        "set/2015",
        "set-2015",
        "09/2015",
        "9.2015",
        "2015-09",
        "en setiembre de 2015",
        "fines de setiembre 2015",
        "a fines de setiembre de 2015",
        "by the end of September 2015",
    ],
)
def test_a_month_in_many_hands(text: str) -> None:
    found = read(text)

    assert found is not None
    assert (found.first_day, found.precision) == (dt.date(2015, 9, 1), Precision.MONTH)
    assert found.last_day == dt.date(2015, 9, 30)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("ene-17", 1),
        ("Janeiro 2017", 1),
        ("feb 2017", 2),
        ("fev/17", 2),
        ("março de 2017", 3),
        ("abr. 2017", 4),
        ("mayo 2017", 5),
        ("may 2017", 5),
        ("maio 2017", 5),
        ("june 2017", 6),
        ("jul-2017", 7),
        ("Agosto 2017", 8),
        ("aug 2017", 8),
        ("out 2017", 10),
        ("oct-17", 10),
        ("noviembre 2017", 11),
        ("DICIEMBRE 2017", 12),
        ("dez 2017", 12),
    ],
)
def test_months_in_three_languages(text: str, month: int) -> None:
    assert read(text) == FuzzyDate(dt.date(2017, month, 1), Precision.MONTH, text)


@pytest.mark.parametrize(
    "text",
    [
        "T3 2015",
        "Q3 2015",
        "q3-15",
        "3T 2015",
        "3T15",
        "2015-Q3",
        "2015 T3",
        "3er trimestre 2015",
        "3º trimestre de 2015",
        "III trimestre 2015",
        "III Trim. 2015",
        "tercer trimestre de 2015",
        "terceiro trimestre de 2015",
        "third quarter of 2015",
        "3rd quarter 2015",
        "fin del tercer trimestre de 2015",
    ],
)
def test_a_quarter_in_many_hands(text: str) -> None:
    found = read(text)

    assert found is not None
    assert (found.first_day, found.precision) == (dt.date(2015, 7, 1), Precision.QUARTER)
    assert found.last_day == dt.date(2015, 9, 30)


@pytest.mark.parametrize(
    "text",
    ["2015", "en 2015", "año 2015", "fin de 2015", "fines de 2015", "a fines del año 2015", "end of 2015"],
)
def test_a_year_is_due_on_its_last_day(text: str) -> None:
    found = read(text)

    assert found is not None
    assert (found.first_day, found.precision) == (dt.date(2015, 1, 1), Precision.YEAR)
    assert found.last_day == dt.date(2015, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "--",
        "—",
        "?",
        "...",
        "por definir",
        "Por definir.",
        "(a definir)",
        "s/f",
        "S.F.",
        "TBD",
        "tbd?",
        "sin fecha",
        "Más adelante",
        "N/A",
        "no aplica",
        "pendiente",
        "to be confirmed",
        "sem data",
    ],
)
def test_words_that_say_there_is_no_date(text: str) -> None:
    assert is_no_date(text)
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/2016", "impossible_date"),
        ("29/02/2015", "impossible_date"),
        ("12/31/2015", "impossible_date"),  # day first, never swapped in silence
        ("31 de abril de 2017", "impossible_date"),
        ("13/2015", "impossible_date"),
        ("00/2015", "impossible_date"),
        ("T5 2015", "impossible_date"),
        ("Q0 2015", "impossible_date"),
        ("30/09/1899", "year_out_of_range"),
        ("2200", "year_out_of_range"),
        ("mayo 0017", "year_out_of_range"),
        ("pronto-ish", "not_a_date"),
        ("Se espera pronto", "not_a_date"),
        ("mayo", "not_a_date"),
        ("15/3", "not_a_date"),
        ("30/09-2015", "not_a_date"),
        ("2015-2016", "not_a_date"),
        ("entre mayo y junio 2017", "not_a_date"),
        ("antes de mayo 2017", "not_a_date"),
        ("mediados de 2015", "not_a_date"),
        ("segundo semestre 2015", "not_a_date"),
        ("sin reglamento desde jul-2011", "not_a_date"),
        ("42277", "not_a_date"),
        ("2015-09-30 mañana", "not_a_date"),
    ],
)
def test_what_is_neither_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(UnreadableDate) as refused:
        read(text)

    assert (refused.value.text, refused.value.code) == (text, code)


@pytest.mark.parametrize(("text", "year"), [("03/04/00", 2000), ("03/04/69", 2069), ("03/04/70", 1970)])
def test_an_ambiguous_date_is_day_first_and_two_digits_turn_at_seventy(text: str, year: int) -> None:
    assert read(text) == FuzzyDate(dt.date(year, 4, 3), Precision.DAY, text)


def test_the_words_and_the_source_are_kept() -> None:
    found = read("  set-15\n", source="Matriz, G8")

    assert found == FuzzyDate(dt.date(2015, 9, 1), Precision.MONTH, "set-15", "Matriz, G8")
    assert found != read("setiembre 2015")
    assert len({found, read("set-15", source="Matriz, G8")}) == 1


def test_the_words_are_kept_without_what_can_not_be_seen() -> None:
    found = read("setiembre\t2015\u00ad")

    assert found is not None
    assert found.text == "setiembre 2015"


def test_any_day_of_a_period_names_it() -> None:
    assert FuzzyDate(dt.date(2015, 9, 17), Precision.MONTH) == FuzzyDate(dt.date(2015, 9, 1), Precision.MONTH)
    assert FuzzyDate(dt.date(2015, 9, 17), Precision.QUARTER).date == dt.date(2015, 7, 1)
    assert FuzzyDate(dt.date(2015, 9, 17), Precision.YEAR).date == dt.date(2015, 1, 1)


def test_february_ends_when_it_ends() -> None:
    assert FuzzyDate(dt.date(2016, 2, 1), Precision.MONTH).last_day == dt.date(2016, 2, 29)
    assert FuzzyDate(dt.date(2017, 2, 1), Precision.MONTH).last_day == dt.date(2017, 2, 28)


def test_dates_are_ordered_by_the_day_on_which_they_are_due() -> None:
    texts = ["2015", "diciembre 2015", "30/12/2015", "T3 2015", "01/10/2015"]
    dates = [found for text in texts if (found := read(text))]

    ordered = sorted(dates, key=lambda found: found.sort_on)

    assert [found.text for found in ordered] == [
        "T3 2015",
        "01/10/2015",
        "30/12/2015",
        "2015",
        "diciembre 2015",
    ]


def test_an_unreadable_date_survives_the_way_back_from_the_parser_process() -> None:
    error = pickle.loads(pickle.dumps(UnreadableDate("31/02/2016", "impossible_date")))

    assert (error.text, error.code) == ("31/02/2016", "impossible_date")


@given(FUZZY_DATES)
def test_plain_and_back(date: FuzzyDate) -> None:
    assert FuzzyDate.from_plain(date.to_plain()) == date
    assert all(isinstance(value, str) for value in date.to_plain().values())


@given(FUZZY_DATES)
def test_a_period_begins_before_it_ends_and_its_last_day_names_it(date: FuzzyDate) -> None:
    assert date.first_day <= date.last_day
    assert FuzzyDate(date.last_day, date.precision).date == date.date


@given(
    DATES,
    st.sampled_from(["{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0.day} de {1} de {0.year}", "{0.day}-{2}-{0.year}"]),
)
def test_every_day_can_be_read_in_every_form(date: dt.date, form: str) -> None:
    month = SPANISH[date.month - 1]

    found = read(form.format(date, month, month[:3].upper()))

    assert found is not None
    assert (found.date, found.precision) == (date, Precision.DAY)


@given(DATES, st.sampled_from(["{0:%m/%Y}", "{1} {0.year}", "{2}. del {0.year}"]))
def test_every_month_can_be_read_in_every_form(date: dt.date, form: str) -> None:
    month = SPANISH[date.month - 1]

    found = read(form.format(date, month, month[:3].upper()))

    assert found is not None
    assert (found.date, found.precision) == (date.replace(day=1), Precision.MONTH)


PIECES = st.sampled_from(
    [
        "1",
        "31",
        "2",
        "12",
        "2015",
        "15",
        "0",
        "99",
        "/",
        "-",
        ".",
        " ",
        "de",
        "set",
        "mayo",
        "T",
        "Q",
        "er",
        "fin",
        "trimestre",
        "00:00",
        "T10:00",
        "'",
        "el",
        "III",
        "\xa0",
        "º",
        ",",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=9).map("".join))
def test_any_text_is_a_date_or_none_or_refused_by_name(text: str) -> None:
    assert _outcome(text) in OUTCOMES


def test_naughty_text_is_a_date_or_none_or_refused_by_name() -> None:
    for text in NAUGHTY:
        assert _outcome(text) in OUTCOMES


OUTCOMES = {"date", "no_date", "not_a_date", "impossible_date", "year_out_of_range"}


def _outcome(text: str) -> str:
    try:
        found = read(text)
    except UnreadableDate as refused:
        return refused.code
    if found is None:
        return "no_date" if is_no_date(text) else "silently nothing"
    return "date" if 1900 <= found.date.year <= 2199 else "a date out of range"


@given(st.builds(FuzzyDate, DATES, st.sampled_from(Precision)))
def test_one_word_says_the_period(given_date: FuzzyDate) -> None:
    assert FuzzyDate.from_code(given_date.code) == given_date


@pytest.mark.parametrize("code", ["", "2017-", "2017-Q5", "2017-13", "ayer", "2017-02-30"])
def test_what_is_no_such_word_is_refused(code: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (whatever int or date say)
        FuzzyDate.from_code(code)
