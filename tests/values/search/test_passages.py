"""The piece of a text that says why."""

from hypothesis import given
from hypothesis import strategies as st

from destraba.values.search.passages import LENGTH, Passage, marked, meets, passage
from destraba.values.search.wanted import asked


def shown(pieces: Passage) -> str:
    return "".join(f"[{one.text}]" if one.is_found else one.text for one in pieces)


def test_words_are_marked_as_they_were_written() -> None:
    words = asked("guias exporta").words
    assert shown(marked("Guía de EXPORTACIÓN, sin guías", words)) == "[Guía] de [EXPORTACIÓN], sin [guías]"


def test_small_words_are_never_marked() -> None:
    assert shown(marked("La ley de la lana", asked("la").words)) == "La ley de la [lana]"


def test_a_passage_lies_around_the_first_word_found() -> None:
    text = "Nadie lo pidió. " * 20 + "La guía tarda doce días.\n\n" + "Y sigue el texto. " * 20
    found = passage(text, asked("guía").words)
    assert shown(found).startswith("… ")
    assert "La [guía] tarda doce días. Y sigue" in shown(found)
    assert shown(found).endswith(" …")
    assert sum(len(one.text) for one in found) <= LENGTH + 4


def test_a_short_text_is_shown_whole() -> None:
    assert shown(passage("La guía", asked("guía").words)) == "La [guía]"


def test_what_says_nothing_of_it_gives_no_passage() -> None:
    assert passage("Otra cosa", asked("guía").words) == ()
    assert meets("Otra cosa", asked("guía").words) == frozenset()


@given(st.text(max_size=400), st.text(max_size=30))
def test_nothing_is_lost_or_added(text: str, typed: str) -> None:
    words = asked(typed).words
    assert "".join(one.text for one in marked(text, words)) == text
    line = " ".join(text.split())
    assert "".join(one.text for one in passage(text, words)).removeprefix("… ").removesuffix(" …") in line
