import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from destraba.values.keys import InvalidPosition, new_key, position_between, positions, sort_key
from tests.values.naughty import NAUGHTY


def test_keys_are_of_version_seven_and_follow_time() -> None:
    first = new_key()
    time.sleep(0.002)
    second = new_key()

    assert first.version == second.version == 7
    assert first < second


def test_keys_never_repeat() -> None:
    assert len({new_key() for _ in range(10_000)}) == 10_000


def test_numbers_sort_by_value() -> None:
    assert sorted(["P-12", "P-2", "P-1.10", "P-1.9", "P-1"], key=sort_key) == [
        "P-1",
        "P-1.9",
        "P-1.10",
        "P-2",
        "P-12",
    ]


def test_spanish_sorts_as_spanish() -> None:
    words = ["ñandú", "nube", "Nube alta", "ojo", "NÚCLEO", "nz", "Ánimo", "zorro", "anzuelo", "año", "ano"]

    assert sorted(words, key=sort_key) == [
        "Ánimo",
        "ano",
        "anzuelo",
        "año",
        "nube",
        "Nube alta",
        "NÚCLEO",
        "nz",
        "ñandú",
        "ojo",
        "zorro",
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("SERFOR", "serfor"),
        ("Acuícola", "ACUICOLA"),
        ("«Mesa» – forestal!", "mesa forestal"),
        ("P-002", "p 2"),
        ("٣", "3"),
        ("½ día", "1 2 dia"),
        ("nin\u0303o", "niño"),
        ("", " - "),
    ],
)
def test_what_differs_in_dress_sorts_together(left: str, right: str) -> None:
    assert sort_key(left) == sort_key(right)


def test_other_scripts_follow_in_the_order_of_unicode() -> None:
    assert sorted(["水", "Ω", "zorro", "Жар", "一"], key=sort_key) == ["zorro", "Ω", "Жар", "一", "水"]


def test_a_number_that_does_not_fit_is_left_out_whole() -> None:
    assert sort_key("mesa 12", width=14) == "mesa"
    assert sort_key("mesa 12", width=15) == "mesa 0000000012"


def test_sort_keys_of_naughty_text_are_ascii() -> None:
    for text in NAUGHTY:
        _check_sort_key(text, 200)


@given(st.text(), st.integers(1, 40))
@example("x" * 9 + "000123", 12)
@example("ñ\u0303~日", 3)
def test_a_sort_key_is_ascii_short_and_its_own_key(text: str, width: int) -> None:
    _check_sort_key(text, width)


def _check_sort_key(text: str, width: int) -> None:
    key = sort_key(text, width)

    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789~ ")
    assert len(key) <= width
    assert sort_key(key, width) == key


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_any_two_numbers_sort_by_value(left: int, right: int) -> None:
    assert (sort_key(f"C-{left}") < sort_key(f"C-{right}")) == (left < right)


def test_a_long_list_has_short_positions() -> None:
    made = positions(5000)

    assert made[:3] == ["a0", "a1", "a2"]
    assert made == sorted(made)
    assert max(map(len, made)) <= 4
    assert positions(2, after=made[-1])[0] > made[-1]
    assert positions(0) == []


def test_a_list_that_grows_upwards_has_short_positions_too() -> None:
    first = None
    for _ in range(5000):
        above = position_between(None, first)
        assert first is None or above < first
        first = above

    assert first is not None
    assert len(first) <= 4


def test_there_is_always_room_at_the_tightest_place() -> None:
    low, high = position_between(None, None), position_between("a0", None)
    for step in range(300):
        middle = position_between(low, high)
        assert low < middle < high
        low, high = (middle, high) if step % 2 else (low, middle)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a1", "a0"),
        ("a1", "a1"),
        ("a0V", "a0V"),
        ("a5", "a0V"),
        ("", None),
        ("a", None),
        ("b1", None),  # "b1" lacks a digit
        ("b01", None),  # one written with two digits
        ("a0V0", None),  # a second spelling of "a0V"
        (None, "0a"),
        (None, "a-"),
        ("ñ1", None),
    ],
)
def test_what_is_no_position_or_out_of_order_is_refused(before: str | None, after: str | None) -> None:
    with pytest.raises(InvalidPosition):
        position_between(before, after)


class ALiveList(RuleBasedStateMachine):
    """Rows are put in anywhere, for ever; the order of their positions is the order of the rows."""

    @initialize(start=st.integers(0, 5))
    def begin(self, start: int) -> None:
        self.rows = positions(start)

    @rule(place=st.floats(0, 1))
    def put_in(self, place: float) -> None:
        at = round(place * len(self.rows))
        before = self.rows[at - 1] if at else None
        after = self.rows[at] if at < len(self.rows) else None
        self.rows.insert(at, position_between(before, after))

    @rule(count=st.integers(1, 70))
    def append(self, count: int) -> None:
        self.rows += positions(count, after=self.rows[-1] if self.rows else None)

    @rule(place=st.floats(0, 1), count=st.integers(1, 70))
    def push_apart(self, place: float, count: int) -> None:
        at = round(place * len(self.rows))
        for _ in range(count):
            after = self.rows[at] if at < len(self.rows) else None
            self.rows.insert(at, position_between(self.rows[at - 1] if at else None, after))

    @invariant()
    def in_order(self) -> None:
        rows = getattr(self, "rows", [])
        assert all(left.encode() < right.encode() for left, right in pairwise(rows))


TestALiveList = ALiveList.TestCase
TestALiveList.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
