"""What was typed, and how each database is asked for it."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.search.wanted import (
    LONGEST_QUERY,
    MOST_WORDS,
    AllOf,
    AnyOf,
    Asked,
    AskedWord,
    Term,
    all_of,
    any_of,
    asked,
    for_postgres,
    for_sqlite,
)

WANTED = all_of([Term("gui"), any_of([Term("export"), Term("exporta", is_beginning=True)])])


def test_every_word_counts_and_the_last_may_be_half_typed() -> None:
    assert asked(" Guías  de exportaci ") == Asked(
        "Guías de exportaci", (AskedWord("guias", "gui"), AskedWord("exportaci", "exportaci", True))
    )


def test_small_words_count_only_where_there_is_nothing_else() -> None:
    assert [one.folded for one in asked("la").words] == ["la"]
    assert [one.folded for one in asked("la guía de").words] == ["guia"]


def test_one_letter_is_the_beginning_of_too_much() -> None:
    (only,) = asked("x").words
    assert not only.is_beginning


@pytest.mark.parametrize("text", ["", "   ", "'\"()*:^-", "😀🎉", "\x00\x01", "\u202e\u202d"])
def test_without_words_nothing_is_asked(text: str) -> None:
    assert not asked(text)


def test_a_whole_page_is_cut_to_its_first_words() -> None:
    typed = asked("palabra distinta otra mas aqui alla lejos cerca arriba abajo " * 1000)
    assert len(typed.words) == MOST_WORDS
    assert len(typed.text) <= LONGEST_QUERY


def test_a_word_said_twice_counts_once() -> None:
    assert len(asked("guía GUIA Guía").words) == 1


def test_each_database_reads_the_same() -> None:
    assert for_sqlite(WANTED) == '("gui" AND ("export" OR "exporta"*))'
    assert for_postgres(WANTED) == "('gui' & ('export' | 'exporta':*))"


def test_one_needs_no_cover() -> None:
    assert all_of([Term("a"), Term("a")]) == any_of([Term("a")]) == Term("a")
    assert AllOf((Term("a"), Term("b"))) == all_of([Term("a"), Term("b")])
    assert any_of([Term("a"), Term("b")]) == AnyOf((Term("a"), Term("b")))


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_an_operator(text: str) -> None:
    words = asked(text).words
    if not words:
        return
    with sqlite3.connect(":memory:") as database:
        database.execute(
            "CREATE VIRTUAL TABLE w USING fts5(words, tokenize=\"ascii tokenchars '='\", detail=none)"
        )
        query = for_sqlite(all_of(one.wanted() for one in words))
        assert database.execute("SELECT rowid FROM w WHERE w MATCH ?", [query]).fetchall() == []
    database.close()
