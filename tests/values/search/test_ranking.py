"""What stands first."""

from destraba.values.search.ranking import Nearness, nearness
from destraba.values.search.wanted import asked
from destraba.values.search.words import folded_line, folded_names


def near(typed: str, title: str) -> Nearness:
    return nearness(asked(typed), folded_line(title))


def test_the_nearer_the_title_the_higher() -> None:
    assert [
        near("guías de transporte", title)
        for title in (
            "La guía de transporte",
            "Guía de transportes fluviales",
            "El transporte y su guía",
            "Guía electrónica",
            "Otra cosa",
            "",
        )
    ] == [
        Nearness.THE_SAME,
        Nearness.BEGINS_SO,
        Nearness.ALL_WORDS,
        Nearness.PARTLY,
        Nearness.ELSEWHERE,
        Nearness.ELSEWHERE,
    ]


def test_a_beginning_counts_as_its_word() -> None:
    assert near("guia transp", "Guía de transportes fluviales") is Nearness.BEGINS_SO
    assert near("transp", "La guía de transporte") is Nearness.ALL_WORDS
    assert near("guia transporte fluvial", "Guía de transporte") is Nearness.PARTLY


def test_of_several_names_the_nearest_counts() -> None:
    names = folded_names("Servicio Nacional Forestal", "SERFOR")
    assert nearness(asked("serfor"), names) is Nearness.THE_SAME
    assert nearness(asked("nacional serfor"), names) is Nearness.PARTLY
