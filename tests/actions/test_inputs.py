"""Text from outside is cleaned alike, whichever door it came in by."""

import pytest

from destraba.actions.inputs import because, line, passage, required_line
from destraba.values.errors import Invalid


def test_a_title_is_one_clean_line() -> None:
    assert required_line("title", "  La  guía\ntarda ") == "La guía tarda"


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_a_title_that_says_nothing_is_refused_by_name(blank: str) -> None:
    with pytest.raises(Invalid) as caught:
        required_line("title", blank)
    assert caught.value.reason.code == "required"
    assert caught.value.reason.params == {"field": "title"}


def test_a_line_may_be_blank_and_a_passage_keeps_its_lines() -> None:
    assert line("axis", "  ") == ""
    assert passage("detail", "uno\r\ndos\n") == "uno\ndos"


def test_what_hides_text_is_made_visible() -> None:
    assert line("title", "Acta\u202egpj") == "Acta⟨U+202E⟩gpj"


@pytest.mark.parametrize("clean", [line, passage])
def test_too_long_says_how_long_it_is_and_how_long_it_may_be(clean: object) -> None:
    with pytest.raises(Invalid) as caught:
        clean("title", "x" * 12, 10)  # type: ignore[operator]
    assert caught.value.reason.code == "too_long"
    assert caught.value.reason.params == {"field": "title", "limit": 10, "length": 12}


def test_a_reason_is_needed_where_one_is_asked_for() -> None:
    assert because(" Falta presupuesto. ") == "Falta presupuesto."
    with pytest.raises(Invalid) as caught:
        because("  ")
    assert caught.value.reason.code == "needs_reason"
